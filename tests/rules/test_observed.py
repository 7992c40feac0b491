"""What was seen of each contract: every kind of news at its bounds, and what no news can bring."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.rules.clocks import Contract
from placements.rules.durable import DurablePolicy, durable_insertion, placed_since
from placements.rules.observed import Known, News, observed, outcomes

DAY = timedelta(days=1)
FIRST = date(2026, 3, 2)
LEFT = date(2026, 5, 3)
ON = date(2026, 11, 30)
WRITTEN = News(opened_on=date(2026, 1, 5), recorded_on=FIRST)
GONE = replace(WRITTEN, left_on=LEFT)


def seen(news=WRITTEN, contract=None, on=ON):
    """The last day seen of one contract and whether it still ran then; `None` when nothing was seen."""
    (found,) = observed([Known(contract or Contract("CDI", "firm", FIRST), news)], on)
    return None if found is None else (found.worked.last_day, found.censored)


@pytest.mark.parametrize(
    ("news", "last"),
    [
        # Written down the day it began, and never heard of again.
        (WRITTEN, FIRST),
        # Written down before it began: its first day has come, the case is open.
        (replace(WRITTEN, recorded_on=date(2026, 2, 20)), FIRST),
        # Written down later: it was known that day.
        (replace(WRITTEN, recorded_on=date(2026, 4, 1)), date(2026, 4, 1)),
        (replace(WRITTEN, talk_on=date(2026, 4, 20)), date(2026, 4, 20)),
        # A talk of before the first day is no news of it.
        (replace(WRITTEN, talk_on=FIRST - DAY), FIRST),
        (replace(WRITTEN, verified_on=date(2026, 9, 15)), date(2026, 9, 15)),
        # Gone: what was written down says nothing from the day of the exit on, a talk of that day does.
        (replace(GONE, recorded_on=ON), LEFT - DAY),
        (replace(GONE, talk_on=LEFT), LEFT),
        (replace(GONE, at_work_at_exit=True), LEFT - DAY),
        (replace(GONE, verified_on=date(2026, 9, 15)), date(2026, 9, 15)),
        # Learnt after the exit: that it began, and no more.
        (replace(GONE, learnt_after_exit=True, recorded_on=ON), FIRST),
        # Nobody works after their death, whatever was noted.
        (replace(GONE, died_on=LEFT, verified_on=date(2026, 9, 15)), LEFT),
    ],
)
def test_a_job_without_known_end_is_seen_until_its_last_news(news, last) -> None:
    assert seen(news) == (last, True)


TERM = Contract("CDD", "firm", FIRST, date(2026, 8, 31))


@pytest.mark.parametrize(
    ("news", "contract", "found"),
    [
        # The written term is seen when some news reaches it.
        (replace(WRITTEN, talk_on=date(2026, 8, 30)), TERM, (date(2026, 8, 30), True)),
        (replace(WRITTEN, talk_on=date(2026, 8, 31)), TERM, (date(2026, 8, 31), False)),
        (replace(WRITTEN, talk_on=date(2026, 9, 1)), TERM, (date(2026, 8, 31), False)),
        # A told end is known whenever it was told.
        (GONE, replace(TERM, ended_on=date(2026, 7, 10)), (date(2026, 7, 10), False)),
        # Told after the exit once over: told whole. Its term still to come: only that it began.
        (replace(GONE, learnt_after_exit=True, recorded_on=date(2026, 8, 31)), TERM, (date(2026, 8, 31), False)),
        (replace(GONE, learnt_after_exit=True, recorded_on=date(2026, 8, 30)), TERM, (FIRST, True)),
    ],
)
def test_an_end_is_seen_when_it_was_told_or_reached_by_news(news, contract, found) -> None:
    assert seen(news, contract) == found


@pytest.mark.parametrize(
    ("first", "news", "begun"),
    [
        (LEFT, GONE, True),
        (LEFT + DAY, GONE, False),
        (LEFT + DAY, replace(GONE, learnt_after_exit=True, recorded_on=ON), True),
        (LEFT + DAY, replace(GONE, verified_on=LEFT + DAY), True),
        (ON, WRITTEN, True),
        (ON + DAY, WRITTEN, False),
        (LEFT, replace(GONE, died_on=LEFT), True),
        (LEFT + DAY, replace(GONE, died_on=LEFT, learnt_after_exit=True), False),
    ],
)
def test_a_first_day_after_the_exit_or_today_is_not_seen_unless_it_was_told(first, news, begun) -> None:
    assert (seen(news, Contract("CDI", "firm", first)) is not None) is begun


@pytest.mark.parametrize("on", [date(2026, 8, 30), date(2026, 8, 31), ON])
def test_nothing_is_seen_after_the_day_of_the_question(on) -> None:
    ended = replace(TERM, ended_on=date(2026, 8, 31))
    assert seen(WRITTEN, ended, on) == (min(on, date(2026, 8, 31)), on < date(2026, 8, 31))


def test_the_next_contract_with_the_employer_shows_that_the_former_one_went_on() -> None:
    following = Contract("CDI", "firm", date(2026, 9, 1))
    elsewhere = replace(following, employer="other")
    for other, found in ((following, (date(2026, 8, 31), False)), (elsewhere, (FIRST, True))):
        first, _second = observed([Known(TERM, WRITTEN), Known(other, WRITTEN)], ON)
        assert (first.worked.last_day, first.censored) == found


def test_work_that_ran_when_the_case_was_opened_is_no_outcome() -> None:
    opened = replace(WRITTEN, opened_on=FIRST)
    before, same_day = Contract("CDI", "firm", FIRST - DAY), Contract("CDI", "other", FIRST)
    assert [one and one.employer for one in outcomes([Known(before, opened), Known(same_day, opened)], ON)] == [
        None,
        "other",
    ]


@pytest.mark.parametrize(("talk", "since"), [(date(2026, 5, 31), None), (date(2026, 6, 1), date(2026, 6, 2))])
def test_three_months_are_durable_when_their_last_day_was_seen(talk, since) -> None:
    contract = Contract("CDI", "firm", FIRST)
    found = [one for one in outcomes([Known(contract, replace(WRITTEN, talk_on=talk))], ON) if one]
    assert durable_insertion(found, DurablePolicy(), ON).since == since
    assert placed_since(found, DurablePolicy(), ON) == FIRST


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
maybe = st.none() | days


@st.composite
def histories(draw) -> Known:
    first = draw(days)
    planned = draw(st.none() | st.dates(first, date(2027, 1, 31)))
    ended = draw(st.none() | st.dates(first, planned or date(2026, 12, 31)))
    left = draw(maybe)
    news = News(
        opened_on=date(2026, 1, 1),
        recorded_on=draw(days),
        talk_on=draw(maybe),
        left_on=left,
        at_work_at_exit=draw(st.booleans()) and left is not None,
        learnt_after_exit=draw(st.booleans()) and left is not None,
        verified_on=draw(maybe),
        died_on=left if draw(st.booleans()) else None,
    )
    return Known(Contract("CDD", draw(st.sampled_from("ab")), first, planned, ended), news)


@given(st.lists(histories(), max_size=4), days, st.integers(0, 60))
def test_what_is_seen_lies_in_the_contract_and_only_grows_with_time(known, on, later) -> None:
    for one, now, then in zip(known, observed(known, on), observed(known, on + later * DAY), strict=True):
        if now is None:
            continue
        assert now.worked.start == one.contract.starts_on
        assert now.worked.end is not None
        assert now.worked.end <= on + DAY or not now.censored
        assert one.contract.worked.end is None or now.worked.end <= one.contract.worked.end
        assert then is not None
        assert then.worked.end >= now.worked.end
        assert now.censored or then == now
