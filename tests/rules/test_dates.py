"""Which days can be meant, which are asked about, and the year of two digits."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.dates import BIRTH, CONTRACT_END, DEFAULT, OPENING, WITHOUT_END, WORK_DAY, DateBounds, DateFault
from foundation.rules.periods import Period, add_months

ON = date(2026, 11, 30)
days_of_use = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("bounds", "day", "fault"),
    [
        (DEFAULT, date(1899, 12, 31), DateFault.TOO_EARLY),
        (DEFAULT, date(1900, 1, 1), None),
        (DEFAULT, date(2031, 11, 30), None),
        (DEFAULT, date(2031, 12, 1), DateFault.TOO_LATE),
        (DEFAULT, WITHOUT_END, DateFault.WITHOUT_END),
        (BIRTH, date(2026, 11, 30), None),
        (BIRTH, date(2026, 12, 1), DateFault.TOO_LATE),
        (OPENING, date(1989, 12, 31), DateFault.TOO_EARLY),
        (OPENING, date(1990, 1, 1), None),
        (OPENING, date(2026, 12, 1), DateFault.TOO_LATE),
        (WORK_DAY, date(2027, 11, 30), None),
        (WORK_DAY, date(2027, 12, 1), DateFault.TOO_LATE),
        (CONTRACT_END, date(2031, 11, 30), None),
        (CONTRACT_END, date(2206, 12, 31), DateFault.TOO_LATE),
    ],
)
def test_what_no_one_can_mean(bounds: DateBounds, day: date, fault: DateFault | None) -> None:
    assert bounds.fault_of(day, ON) is fault


@pytest.mark.parametrize(
    ("bounds", "day", "unlikely"),
    [
        (DEFAULT, date(1900, 1, 1), False),
        (DEFAULT, date(2028, 11, 30), False),
        (DEFAULT, date(2028, 12, 1), True),
        (BIRTH, date(2011, 11, 30), False),
        (BIRTH, date(2011, 12, 1), True),
        (BIRTH, date(1945, 12, 1), False),
        (BIRTH, date(1945, 11, 30), True),
        (OPENING, date(2016, 11, 30), False),
        (OPENING, date(2016, 11, 29), True),
        (WORK_DAY, date(2027, 11, 30), False),
    ],
)
def test_what_is_asked_about(bounds: DateBounds, day: date, unlikely: bool) -> None:
    assert bounds.is_unlikely(day, ON) is unlikely


@given(st.integers(0, 99), days_of_use)
def test_no_year_of_two_digits_is_farther_than_another_century(short: int, on: date) -> None:
    year = DEFAULT.year_meant(short, on)
    assert year % 100 == short
    assert abs(year - on.year) == min(abs(short + century - on.year) for century in range(1800, 2300, 100))


@given(st.integers(0, 99), days_of_use)
def test_nobody_is_born_in_a_year_to_come(short: int, on: date) -> None:
    year = BIRTH.year_meant(short, on)
    assert on.year - 100 < year <= on.year


@given(st.dates(), days_of_use)
def test_every_day_is_judged(day: date, on: date) -> None:
    for bounds in (DEFAULT, BIRTH, OPENING, WORK_DAY, CONTRACT_END):
        if bounds.fault_of(day, on) is None:
            assert bounds.earliest <= day <= bounds.latest(on)
            bounds.is_unlikely(day, on)


@given(st.dates(max_value=date(9990, 1, 1)), st.dates())
def test_a_period_takes_every_last_day(first: date, last: date) -> None:
    if last >= first:
        assert Period.from_inclusive(first, last).contains(last)


@pytest.mark.parametrize("last", [WITHOUT_END, date(9999, 12, 30), date(9999, 1, 1)])
def test_no_period_ends_in_the_year_that_means_no_end(last: date) -> None:
    assert Period.from_inclusive(ON, last).end is None


def test_a_period_ends_before_it() -> None:
    assert Period.from_inclusive(ON, date(9998, 12, 31)).end == add_months(date(9998, 12, 1), 1)
