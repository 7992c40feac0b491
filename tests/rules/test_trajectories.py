"""Paths over time: quarters, sequences of phases, bounces, waits and the length of jobs."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.periods import Period
from method.rules.phases import Phase
from placements.rules.clocks import Contract, Job
from placements.rules.observed import Known, News, observed
from reporting.trajectories.rules.paths import (
    Bounce,
    Passage,
    Quarter,
    bounces,
    courses,
    job_length,
    quarter_of,
    quarters,
    trajectory,
    wait_for_contract,
)
from reporting.trajectories.rules.survival import Observation, days_until, kaplan_meier, median_days, told

PREPARATORY, PRE_HIRE, HIRE, FOLLOW_UP, EXIT = Phase
LAST = date(2025, 6, 30)
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("on", "quarter"),
    [
        (date(2024, 12, 31), Quarter(2024, 4)),
        (date(2025, 1, 1), Quarter(2025, 1)),
        (date(2025, 3, 31), Quarter(2025, 1)),
        (date(2025, 4, 1), Quarter(2025, 2)),
        (date(2025, 9, 30), Quarter(2025, 3)),
        (date(2025, 10, 1), Quarter(2025, 4)),
    ],
)
def test_the_quarter_of_a_day(on, quarter) -> None:
    assert quarter_of(on) == quarter


def test_a_fifth_quarter_is_refused() -> None:
    with pytest.raises(ValueError, match="four quarters"):
        Quarter(2025, 5)


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(-400, 2000))
def test_quarters_follow_each_other_and_hold_every_day(first, days) -> None:
    last = first + timedelta(days=days)
    found = quarters(first, last)
    if days < 0 and quarter_of(last) < quarter_of(first):
        assert found == ()
        return
    assert found[0] == quarter_of(first)
    assert found[-1] == quarter_of(last)
    assert all(a.following() == b and a.first < b.first for a, b in pairwise(found))
    assert all(quarter_of(quarter.first) == quarter for quarter in found)
    assert all(quarter_of(quarter.first - ONE) < quarter for quarter in found)


def passages(*steps: tuple[Phase, date]) -> list[Passage]:
    return [Passage(*step) for step in steps]


def test_a_path_is_cut_at_the_end_of_the_last_day() -> None:
    path = passages((PREPARATORY, LAST - 2 * ONE), (PRE_HIRE, LAST), (HIRE, LAST + ONE))
    assert trajectory(path, LAST) == (PREPARATORY, PRE_HIRE)
    assert trajectory(path, LAST + ONE) == (PREPARATORY, PRE_HIRE, HIRE)
    assert trajectory(path, LAST - 3 * ONE) == ()


def test_a_passage_of_no_day_counts_and_a_phase_twice_in_a_row_counts_once() -> None:
    path = passages((PRE_HIRE, LAST - ONE), (HIRE, LAST), (FOLLOW_UP, LAST), (FOLLOW_UP, LAST))
    assert trajectory(path, LAST) == (PRE_HIRE, HIRE, FOLLOW_UP)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ((PREPARATORY, PRE_HIRE), ()),
        ((PREPARATORY, PRE_HIRE, HIRE, PRE_HIRE), (Bounce.FELL_THROUGH,)),
        ((PRE_HIRE, HIRE, FOLLOW_UP, PRE_HIRE), (Bounce.JOB_ENDED,)),
        (
            (PRE_HIRE, HIRE, PRE_HIRE, HIRE, FOLLOW_UP, PRE_HIRE, HIRE, FOLLOW_UP, EXIT),
            (Bounce.FELL_THROUGH, Bounce.JOB_ENDED),
        ),
        ((PREPARATORY, EXIT), ()),
        ((), ()),
    ],
)
def test_a_bounce_is_a_return_to_pre_hire(path, found) -> None:
    assert bounces(path) == found


@given(st.dictionaries(st.uuids(), st.lists(st.sampled_from(Phase), max_size=4).map(tuple), max_size=20))
def test_every_case_is_in_one_course_and_the_most_followed_come_first(paths) -> None:
    found = courses(paths)
    assert sorted(str(ref) for one in found for ref in one.refs) == sorted(map(str, paths))
    assert all(paths[ref] == one.path for one in found for ref in one.refs)
    assert [len(one.refs) for one in found] == sorted((len(one.refs) for one in found), reverse=True)
    assert len({one.path for one in found}) == len(found)


def test_two_courses_as_frequent_come_the_shorter_first_then_in_the_order_of_phases() -> None:
    paths = {
        UUID(int=1): (PREPARATORY, PRE_HIRE),
        UUID(int=2): (PREPARATORY, EXIT),
        UUID(int=3): (PREPARATORY,),
        UUID(int=4): (PREPARATORY, PRE_HIRE),
    }
    assert [one.path for one in courses(paths)] == [(PREPARATORY, PRE_HIRE), (PREPARATORY,), (PREPARATORY, EXIT)]


ENTRY = date(2025, 1, 6)


@pytest.mark.parametrize(
    ("first_contract_on", "left_on", "seen"),
    [
        (ENTRY, None, Observation(0, True)),
        (LAST, None, Observation(175, True)),
        # What begins the day after is not seen yet.
        (LAST + ONE, None, Observation(176, False)),
        (None, None, Observation(176, False)),
        (None, LAST, Observation(175, False)),
        (None, LAST + ONE, Observation(176, False)),
        (None, LAST + 2 * ONE, Observation(176, False)),
        (None, ENTRY, Observation(0, False)),
        # Hired on the very day of the exit, and after it.
        (date(2025, 3, 3), date(2025, 3, 3), Observation(56, True)),
        (date(2025, 3, 4), date(2025, 3, 3), Observation(56, False)),
        # A job that had begun before the case.
        (ENTRY - ONE, None, Observation(0, True)),
    ],
)
def test_how_long_a_first_contract_was_awaited(first_contract_on, left_on, seen) -> None:
    found = wait_for_contract(entered_on=ENTRY, first_contract_on=first_contract_on, left_on=left_on, last=LAST)
    assert found == seen


def test_a_case_is_not_watched_before_its_entry() -> None:
    with pytest.raises(ValueError, match="entry"):
        wait_for_contract(entered_on=LAST + ONE, first_contract_on=None, left_on=None, last=LAST)


def seen_job(first: date, last: date | None, on: date) -> Job:
    """A job of one contract of an open case, talked about every day."""
    known = Known(Contract("CDD", "firm", first, last), News(opened_on=first, recorded_on=first, talk_on=on))
    (contract,) = observed([known], on)
    return Job("firm", (contract,), contract.stretches)


@pytest.mark.parametrize(
    ("last", "seen"),
    [
        (None, Observation(30, False)),
        # The last day worked is the last day seen: the job has ended.
        (LAST, Observation(30, True)),
        (LAST - ONE, Observation(29, True)),
        # One more day is planned: it still runs.
        (LAST + ONE, Observation(30, False)),
    ],
)
def test_how_long_a_job_holds(last, seen) -> None:
    assert job_length(seen_job(date(2025, 6, 1), last, LAST)) == seen


def test_a_job_that_nobody_looked_at_has_no_length() -> None:
    with pytest.raises(ValueError, match="last day"):
        job_length(Job("firm", (Contract("CDI", "firm", LAST),), (Period(LAST),)))


@given(st.dates(date(2024, 1, 1), LAST), st.integers(1, 900), st.integers(1, 400))
def test_a_later_look_never_shortens_a_job_nor_revives_it(start, length, later) -> None:
    last = start + timedelta(days=length - 1)
    now, then = (job_length(seen_job(start, last, on)) for on in (LAST, LAST + timedelta(days=later)))
    assert now.days <= then.days <= length
    assert now == then or not now.ended


@given(st.lists(st.builds(Observation, st.integers(0, 30), st.booleans()), max_size=30))
def test_what_is_told_of_an_estimate_rests_on_enough(observed_days) -> None:
    steps = kaplan_meier(observed_days)
    shown = told(steps, 5)
    assert shown == steps[: len(shown)]
    assert all(step.at_risk >= 5 for step in shown)
    assert all(step.at_risk < 5 for step in steps[len(shown) :])


@given(st.lists(st.builds(Observation, st.integers(0, 30), st.booleans()), max_size=30))
def test_quartiles_come_in_order_and_the_median_is_the_middle_one(observed) -> None:
    steps = kaplan_meier(observed)
    found = [days_until(steps, Fraction(share, 4)) for share in (3, 2, 1)]
    assert found[1] == median_days(steps)
    known = [day for day in found if day is not None]
    assert known == sorted(known)
    assert found[: len(known)] == known
