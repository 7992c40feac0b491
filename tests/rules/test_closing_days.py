"""Which days a house works: those that the law leaves, but its own days off."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.closing_days import (
    LONGEST_DAYS,
    Closing,
    ClosingFault,
    closing_fault,
    closing_of,
    left_to_replace,
    with_closings,
)
from foundation.workdays import working_days

pytestmark = pytest.mark.once

D = date.fromisoformat
# 2026: All Saints' Day is a Sunday, the Assumption a Saturday, Armistice Day a Wednesday, Christmas a Friday.
LEGAL = working_days(D("2026-06-01"))
DAYS = st.dates(D("2025-06-01"), D("2027-06-01"))
CLOSINGS = st.lists(st.builds(lambda day, length: Closing(day, day + timedelta(days=length)), DAYS, st.integers(0, 20)))


@pytest.mark.parametrize(
    ("first", "last", "replaces", "fault"),
    [
        ("2026-12-04", "2026-12-04", None, None),
        ("2026-12-04", "2026-12-03", None, ClosingFault.ENDS_BEFORE_START),
        ("2026-07-01", "2026-08-31", None, None),
        ("2026-07-01", "2026-09-01", None, ClosingFault.TOO_LONG),
        ("2026-12-05", "2026-12-06", None, ClosingFault.NEVER_WORKED),
        ("2026-12-25", "2026-12-27", None, ClosingFault.NEVER_WORKED),
        ("2026-12-25", "2026-12-28", None, None),
        ("2026-11-02", "2026-11-02", "2026-11-01", None),
        ("2026-08-14", "2026-08-14", "2026-08-15", None),
        ("2026-11-01", "2026-11-01", "2026-11-01", ClosingFault.NEVER_WORKED),
        ("2026-11-02", "2026-11-02", "2026-11-03", ClosingFault.NO_HOLIDAY),
        ("2026-04-07", "2026-04-07", "2026-04-05", ClosingFault.NO_HOLIDAY),  # Easter
        ("2026-11-12", "2026-11-12", "2026-11-11", ClosingFault.NOT_ON_A_WEEKEND),
        ("2026-11-02", "2026-11-03", "2026-11-01", ClosingFault.ONE_DAY_ONLY),
    ],
)
def test_what_can_be_closed(first, last, replaces, fault) -> None:
    assert closing_fault(Closing(D(first), D(last), "", D(replaces) if replaces else None), LEGAL) is fault


def test_the_longest_closing_is_that_long() -> None:
    first = D("2026-07-01")
    assert closing_fault(Closing(first, first + timedelta(days=LONGEST_DAYS - 1)), LEGAL) is None


@given(CLOSINGS, DAYS)
def test_a_day_is_worked_when_the_law_and_the_house_leave_it(closings, day) -> None:
    days = with_closings(LEGAL, closings)
    closed = closing_of(closings, day) is not None
    assert days.is_working(day) == (LEGAL.is_working(day) and not closed)
    assert days.is_off(day) == (day in LEGAL.holidays or closed)


@given(CLOSINGS, DAYS, st.integers(1, 15))
def test_closing_more_never_makes_a_deadline_earlier(closings, day, number) -> None:
    days = with_closings(LEGAL, closings)
    assert days.after(day, number) >= LEGAL.after(day, number)
    assert days.is_working(days.after(day, number))
    assert days.on_or_before(day) <= LEGAL.on_or_before(day)


def test_the_holidays_that_nothing_makes_up_for() -> None:
    closings = [Closing(D("2026-11-02"), D("2026-11-02"), "", D("2026-11-01"))]
    assert left_to_replace(LEGAL, [], 2026) == [D("2026-08-15"), D("2026-11-01")]
    assert left_to_replace(LEGAL, closings, 2026) == [D("2026-08-15")]
