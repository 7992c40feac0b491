"""Months, half-open periods, and what a set of periods covers."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.periods import Period, add_months, age_on, covered_days, merge, months_between
from tests.rules.oracles import days

D = date.fromisoformat
some_dates = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@st.composite
def periods(draw):
    start = draw(st.dates(date(2024, 1, 1), date(2025, 12, 31)))
    length = draw(st.none() | st.integers(0, 200))
    return Period(start, None if length is None else start + timedelta(days=length))


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2023-08-31", 6, "2024-02-29"),
        ("2024-08-31", 6, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-12-01", 1, "2026-01-01"),
        ("2025-03-31", -1, "2025-02-28"),
        ("2025-01-15", -1, "2024-12-15"),
        ("2025-01-15", 0, "2025-01-15"),
    ],
)
def test_months_are_added_with_the_same_day_number_clamped(start, months, expected):
    assert add_months(D(start), months) == D(expected)


@given(some_dates, st.integers(-600, 600))
def test_months_are_added_as_the_reference_library_does(d, n):
    assert add_months(d, n) == d + relativedelta(months=n)


def test_months_outside_the_calendar_are_refused():
    with pytest.raises(ValueError, match="outside the calendar"):
        add_months(date(9999, 12, 1), 1)
    with pytest.raises(ValueError, match="outside the calendar"):
        add_months(date(1, 1, 1), -1)


@given(some_dates, st.integers(0, 4000))
def test_whole_months_passed_are_the_most_that_can_be_added(start, length):
    on = start + timedelta(days=length)
    months = months_between(start, on)
    assert add_months(start, months) <= on < add_months(start, months + 1)


def test_no_month_has_passed_before_the_start():
    assert months_between(D("2025-03-10"), D("2025-03-10")) == 0
    assert months_between(D("2025-03-10"), D("2024-03-10")) == 0


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        ("2001-03-03", "2026-03-02", 24),
        ("2001-03-03", "2026-03-03", 25),
        ("2001-03-03", "2026-03-04", 25),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2008-02-29", "2028-02-29", 20),
    ],
)
def test_the_birthday_itself_counts_as_the_new_age(birth, on, age):
    assert age_on(D(birth), D(on)) == age


def test_a_period_written_with_its_last_day_holds_it():
    period = Period.from_inclusive(D("2024-04-01"), D("2024-06-30"))
    assert (period.end, period.last_day, period.days()) == (D("2024-07-01"), D("2024-06-30"), 91)
    assert [period.contains(D(d)) for d in ("2024-03-31", "2024-04-01", "2024-06-30", "2024-07-01")] == [
        False,
        True,
        True,
        False,
    ]


def test_an_open_period_has_neither_length_nor_last_day():
    period = Period.from_inclusive(D("2024-04-01"), None)
    assert period.days() is None
    assert period.last_day is None
    assert period.contains(D("2199-01-01"))
    assert not period.is_empty


def test_an_empty_period_holds_no_day():
    period = Period.from_inclusive(D("2024-04-01"), D("2024-03-31"))
    assert period.is_empty
    assert period.days() == 0
    assert not period.contains(D("2024-04-01"))
    with pytest.raises(ValueError, match="no last day"):
        _ = period.last_day


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="cannot end"):
        Period(D("2024-04-01"), D("2024-03-31"))


@pytest.mark.parametrize(
    ("second", "expected"),
    [("2024-04-29", True), ("2024-04-30", True), ("2024-05-01", False)],
)
def test_touching_periods_do_not_overlap(second, expected):
    first = Period.from_inclusive(D("2024-04-01"), D("2024-04-30"))
    other = Period(D(second), None)
    assert first.overlaps(other) is expected
    assert other.overlaps(first) is expected


@given(periods(), periods())
def test_two_periods_overlap_when_they_share_a_day(a, b):
    shared = any(a.contains(d) and b.contains(d) for d in days(date(2024, 1, 1), date(2026, 8, 1)))
    assert a.overlaps(b) is shared
    assert b.overlaps(a) is shared


@given(st.lists(periods(), max_size=6))
def test_merging_keeps_the_days_and_is_idempotent(found):
    merged = merge(found)
    for d in days(date(2023, 12, 30), date(2026, 8, 1)):
        assert any(p.contains(d) for p in merged) is any(p.contains(d) for p in found)
    assert merge(merged) == merged
    assert merge(reversed(found)) == merged
    for before, after in pairwise(merged):
        assert before.end is not None
        assert before.end < after.start


@given(st.lists(periods(), max_size=6), st.dates(date(2023, 12, 1), date(2026, 3, 1)), st.integers(-10, 400))
def test_a_day_covered_twice_counts_once(found, start, length):
    end = start + timedelta(days=length)
    assert covered_days(found, start, end) == sum(any(p.contains(d) for p in found) for d in days(start, end))
