"""Where everything stands on the path of a case: edges, lanes, what is to come, what is old, what is short."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.rules.trail import Mark, Span, dots_of, lanes_of, place, trail, window_of
from foundation.rules.periods import Period

pytestmark = pytest.mark.once
ON = date(2026, 11, 30)
DAY = timedelta(days=1)


def stay(kind: str, start: date, end: date | None = None) -> Span:
    return Span(kind, Period(start, end), kind, kind)


def work(start: date, end: date | None = None, kind: str = "work") -> Span:
    return Span(kind, Period(start, end), "CDD", "CDD")


def test_a_case_without_a_phase_is_a_fault() -> None:
    with pytest.raises(ValueError, match="phase"):
        trail([], [], [], ON)


def test_a_case_of_one_day_has_two_months() -> None:
    shape = trail([stay("PREPARATORY", ON)], [], [Mark("held", ON)], ON)
    assert shape.window == Period(date(2026, 11, 1), date(2027, 1, 1))
    assert shape.phases[0].width > 0
    assert len(shape.dots) == 1


def test_contracts_before_the_entry_are_seen_for_three_months() -> None:
    phases = [stay("PREPARATORY", date(2026, 7, 3))]
    shape = trail(phases, [work(date(2025, 1, 1), date(2026, 6, 1))], [], ON)
    assert shape.window.start == date(2026, 4, 1)
    assert (shape.works[0].x, shape.works[0].planned) == (0, False)
    # Of one that ended before that, nothing is drawn.
    assert trail(phases, [work(date(2025, 1, 1), date(2026, 4, 1))], [], ON).works == ()


def test_what_is_to_come_of_a_contract_is_drawn_apart() -> None:
    phases = [stay("FOLLOW_UP", date(2026, 10, 6))]
    running, coming = trail(phases, [work(date(2026, 10, 6), date(2026, 12, 6))], [], ON).works
    assert (running.planned, coming.planned) == (False, True)
    assert coming.x == pytest.approx(running.x + running.width)
    assert (running.words, coming.words) == ("CDD", "")
    (future,) = trail(phases, [work(date(2026, 12, 20), date(2027, 3, 1))], [], ON).works
    assert (future.planned, future.words) == (True, "CDD")


def test_a_phase_goes_no_further_than_today_and_an_exit_to_the_end() -> None:
    (phase,) = trail([stay("PRE_HIRE", date(2026, 7, 3))], [work(ON + DAY, ON + 90 * DAY)], [], ON).phases
    shape = trail([stay("PRE_HIRE", date(2026, 7, 3))], [work(ON + DAY, ON + 90 * DAY)], [], ON)
    assert phase.x + phase.width == pytest.approx(place(ON + DAY, shape.window))
    left = [stay("PRE_HIRE", date(2024, 7, 3), date(2024, 9, 2)), stay("EXIT", date(2024, 9, 2))]
    shape = trail(left, [], [], ON)
    # Long after the exit, today lies outside; undone, the case goes on until today.
    assert shape.today_x is None
    assert shape.phases[-1].x + shape.phases[-1].width == pytest.approx(100)
    assert trail([stay("PRE_HIRE", date(2024, 7, 3))], [], [], ON).today_x is not None


def test_six_years_are_told_by_years_and_two_thousand_contacts_by_a_bounded_number_of_marks() -> None:
    start = date(2020, 12, 7)
    marks = [Mark("held", start + n * DAY) for n in range(2000)]
    shape = trail([stay("PRE_HIRE", start)], [], marks, ON)
    assert [tick.on.month for tick in shape.ticks] == [1] * len(shape.ticks)
    assert len(shape.dots) <= 100 / 0.45 + 1
    assert sum(dot.number for dot in shape.dots) == 2000


@pytest.mark.parametrize(
    ("periods", "lanes"),
    [
        ([], []),
        ([(0, 10), (10, 20)], [0, 0]),
        ([(0, 11), (10, 20)], [0, 1]),
        ([(0, None), (10, 20), (15, 30), (20, 25)], [0, 1, 2, 1]),
        ([(0, None), (0, None), (0, None), (0, None)], [0, 1, 2, 2]),
    ],
)
def test_contracts_of_one_time_stand_above_one_another(periods: list[tuple[int, int | None]], lanes: list[int]) -> None:
    made = [Period(ON + a * DAY, None if b is None else ON + b * DAY) for a, b in periods]
    assert lanes_of(made) == lanes


def test_marks_of_two_kinds_on_one_day_are_two() -> None:
    window = Period(date(2026, 1, 1), date(2026, 3, 1))
    found = list(dots_of([Mark("held", date(2026, 1, 5)), Mark("missed", date(2026, 1, 5))], window))
    assert [dot.kind for dot in found] == ["held", "missed"]


days = st.integers(-2400, 500)


@given(
    entry=st.integers(-2300, 0),
    works=st.lists(st.tuples(days, st.one_of(st.none(), st.integers(1, 900)), st.sampled_from(["work", "pause"]))),
    marks=st.lists(st.tuples(st.sampled_from(["held", "missed", "employer", "planned"]), days)),
    left=st.booleans(),
)
def test_nothing_stands_outside_and_no_mark_is_lost(
    entry: int, works: list[tuple[int, int | None, str]], marks: list[tuple[str, int]], left: bool
) -> None:
    start = ON + entry * DAY
    phases = [stay("PREPARATORY", start, ON if left else None), *([stay("EXIT", ON)] if left else [])]
    spans = [work(ON + a * DAY, None if b is None else ON + (a + b) * DAY, kind) for a, b, kind in works]
    told = [Mark(kind, ON + n * DAY) for kind, n in marks]
    shape = trail(phases, spans, told, ON)
    assert shape.window == window_of(phases, spans, told, ON)
    for bar in (*shape.phases, *shape.works):
        assert 0 <= bar.x <= 100
        assert bar.width > 0
        assert bar.x + bar.width <= 100.36
    assert all(0 <= dot.x < 100 for dot in shape.dots)
    assert sum(dot.number for dot in shape.dots) == sum(shape.window.contains(mark.on) for mark in told)
