"""When a task may be said to be done, and what the house asks of a case in its phase."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.rules.tasks import AskedInPhase, DoneVerdict, asked_lines, done_verdict
from foundation.rules.periods import Period

D = date.fromisoformat
DAY = timedelta(days=1)
OPENED, ON = D("2026-03-02"), D("2026-03-31")
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("done_on", "verdict"),
    [
        (OPENED - DAY, DoneVerdict.BEFORE_CASE),
        (OPENED, DoneVerdict.FINE),
        (ON - DAY, DoneVerdict.FINE),
        (ON, DoneVerdict.FINE),
        (ON + DAY, DoneVerdict.FUTURE),
    ],
)
def test_a_task_is_done_from_the_opening_of_its_case_until_today(done_on, verdict):
    assert done_verdict(done_on, opened_on=OPENED, on=ON) is verdict


def test_a_day_to_come_is_told_before_a_case_that_opens_later():
    assert done_verdict(ON + DAY, opened_on=ON + 2 * DAY, on=ON) is DoneVerdict.FUTURE


def line(key=ONE, phase="PRE_HIRE", starts_on=ON, ends_on=None) -> AskedInPhase:
    return AskedInPhase(key, phase, "Relire le CV", Period(starts_on, ends_on))


@pytest.mark.parametrize(
    ("one", "asked"),
    [
        (line(), True),
        (line(starts_on=ON + DAY), False),
        (line(starts_on=OPENED, ends_on=ON + DAY), True),
        (line(starts_on=OPENED, ends_on=ON), False),
        (line(phase="HIRE"), False),
        (line(key=TWO), False),
    ],
)
def test_a_line_is_asked_in_its_phase_from_its_day_until_it_is_retired_or_answered(one, asked):
    assert asked_lines([one], "PRE_HIRE", {TWO}, ON) == ((one,) if asked else ())


@st.composite
def lists(draw):
    starts = st.integers(-5, 5).map(lambda days: ON + days * DAY)
    made = []
    for key in (ONE, TWO, THREE):
        first = draw(starts)
        ends = draw(st.none() | st.integers(0, 6).map(lambda days, first=first: first + days * DAY))
        made.append(line(key, draw(st.sampled_from(["PRE_HIRE", "HIRE"])), first, ends))
    return draw(st.permutations(made))


@given(lists(), st.sets(st.sampled_from([ONE, TWO, THREE])))
def test_what_is_asked_is_a_part_of_the_list_in_its_order_and_ticking_takes_exactly_one_away(lines, answered):
    asked = asked_lines(lines, "PRE_HIRE", answered, ON)
    assert [one for one in lines if one in asked] == list(asked)
    assert all(one.phase == "PRE_HIRE" and one.key not in answered and one.stands.contains(ON) for one in asked)
    # Nothing that stands is forgotten, and nothing comes back once it is ticked.
    for one in asked:
        left = asked_lines(lines, "PRE_HIRE", answered | {one.key}, ON)
        assert left == tuple(other for other in asked if other is not one)
    assert asked_lines(lines, "PRE_HIRE", {ONE, TWO, THREE}, ON) == ()
    # A case that changes phase is asked what its new phase asks, and nothing of the former one.
    assert not set(asked) & set(asked_lines(lines, "HIRE", answered, ON))
