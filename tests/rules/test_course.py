"""The stored course of the 24 months says on any day what the facts say."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.periods import Period
from placements.rules.clocks import ClockPolicy, Contract, PrehireState, Suspension, allowance_end, prehire_clock
from placements.rules.clocks import prehire_stops as stops_of
from placements.rules.course import PrehireCourse

pytestmark = pytest.mark.once
START = date(2025, 1, 6)
POLICY = ClockPolicy()


def read_back(course: PrehireCourse) -> PrehireCourse | None:
    return PrehireCourse.read(course.started_on, json.loads(json.dumps(course.written())))


@pytest.mark.parametrize("values", [None, {}])
def test_no_course_is_none(values: dict[str, object] | None) -> None:
    assert PrehireCourse.read(START, values) is None


def test_nothing_began() -> None:
    assert PrehireCourse.read(None, PrehireCourse(started_on=START, allowance_days=1).written()) is None


@pytest.mark.parametrize(
    ("on", "suspended"),
    [(date(2025, 2, 28), False), (date(2025, 3, 1), True), (date(2025, 3, 31), True), (date(2025, 4, 1), False)],
)
def test_a_suspension_is_told_apart(on: date, suspended: bool) -> None:
    pause = Period(date(2025, 3, 1), date(2025, 4, 1))
    course = read_back(PrehireCourse(started_on=START, allowance_days=730, stops=(pause,), pauses=(pause,)))
    assert course is not None
    assert course.is_suspended(on) is suspended
    assert (course.clock(on).state is PrehireState.STOPPED) is suspended


@given(
    gaps=st.lists(st.tuples(st.integers(0, 200), st.one_of(st.none(), st.integers(1, 200))), max_size=4),
    asked=st.integers(-30, 1500),
    closed=st.one_of(st.none(), st.integers(0, 1500)),
    carried=st.integers(0, 300),
    pause=st.integers(0, 600),
)
def test_written_and_read_it_is_the_clock_of_the_facts(
    gaps: list[tuple[int, int | None]], asked: int, closed: int | None, carried: int, pause: int
) -> None:
    contracts = []
    cursor = START - timedelta(days=20)
    for gap, length in gaps:
        first = cursor + timedelta(days=gap)
        last = None if length is None else first + timedelta(days=length)
        contracts.append(Contract("firm", first, last, "CDD" if last else "CDI"))
        cursor = last or first + timedelta(days=400)
    first_day = START + timedelta(days=pause)
    suspensions = (Suspension(first_day, first_day + timedelta(days=30)),)
    course = read_back(
        PrehireCourse(
            started_on=START,
            allowance_days=(allowance_end(START, 3, POLICY) - START).days,
            carried_over_days=carried,
            stops=stops_of(START, contracts, suspensions, POLICY),
        )
    )
    assert course is not None
    on = START + timedelta(days=asked)
    closed_on = None if closed is None else START + timedelta(days=closed)
    assert course.clock(on, closed_on) == prehire_clock(
        started_on=START,
        contracts=contracts,
        suspensions=suspensions,
        closed_on=closed_on,
        extension_months=3,
        policy=POLICY,
        on=on,
        carried_over_days=carried,
    )
