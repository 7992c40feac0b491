"""To which project a case belonged on a day: boundaries of a change, and of the days that it may have."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.rules.belonging import Problem, change_problem, is_contiguous, stay_on

D = date.fromisoformat


@dataclass(frozen=True)
class Row:
    name: str
    starts_on: date
    ends_on: date | None = None


A = Row("A", D("2026-03-02"), D("2027-01-01"))
B = Row("B", D("2027-01-01"))


@pytest.mark.parametrize(
    ("on", "name"),
    [("2026-03-01", "A"), ("2026-03-02", "A"), ("2026-12-31", "A"), ("2027-01-01", "B"), ("2030-01-01", "B")],
)
def test_the_day_of_a_change_is_the_first_of_the_next_project(on, name) -> None:
    assert stay_on([B, A], D(on)).name == name


def test_without_any_there_is_none() -> None:
    assert stay_on([], D("2026-03-02")) is None


@pytest.mark.parametrize(
    ("on", "problem"),
    [
        ("2026-03-02", Problem.BEFORE_PREVIOUS),
        ("2026-03-03", None),
        ("2026-09-30", None),
        ("2026-10-01", Problem.AFTER_NEXT),
        ("2026-11-30", Problem.AFTER_NEXT),
        ("2026-12-01", Problem.FUTURE),
    ],
)
def test_a_change_lies_between_its_neighbours_and_has_come(on, problem) -> None:
    found = change_problem(D(on), today=D("2026-11-30"), after=D("2026-03-02"), until=D("2026-10-01"), closed_on=None)
    assert found == problem


@pytest.mark.parametrize(("on", "problem"), [("2026-09-29", None), ("2026-09-30", Problem.AFTER_EXIT)])
def test_a_case_that_left_belongs_nowhere_else(on, problem) -> None:
    known = {"today": D("2026-11-30"), "after": D("2026-03-02"), "until": None, "closed_on": D("2026-09-30")}
    assert change_problem(D(on), **known) == problem


@pytest.mark.parametrize(
    ("rows", "sound"),
    [
        ([A, B], True),
        ([Row("A", D("2026-03-02"))], True),
        ([], False),
        ([B], False),
        ([A], False),
        ([A, Row("B", D("2027-01-02"))], False),
        ([Row("A", D("2026-03-02"), D("2026-03-02")), Row("B", D("2026-03-02"))], False),
    ],
)
def test_stays_follow_each_other_from_the_opening_on(rows, sound) -> None:
    assert is_contiguous(rows, D("2026-03-02")) is sound


days = st.integers(0, 400).map(lambda number: D("2026-01-01") + timedelta(days=number))


@given(st.sets(days, min_size=1, max_size=6), days)
def test_every_day_has_one_stay_and_it_covers_the_day(starts, on) -> None:
    ordered = sorted(starts)
    rows = [Row(str(n), first, last) for n, (first, last) in enumerate(zip(ordered, [*ordered[1:], None], strict=True))]
    assert is_contiguous(rows, ordered[0])
    found = stay_on(reversed(rows), on)
    assert found.starts_on <= on or found is rows[0]
    assert found.ends_on is None or on < found.ends_on
