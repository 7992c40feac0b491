"""Nothing after today is counted: until which day a period is seen, and when it is provisional."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.observing import is_provisional, is_to_come, observed_until

ON = date(2026, 11, 30)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("last", "until", "provisional"),
    [(ON - DAY, ON - DAY, False), (ON, ON, False), (ON + DAY, ON, True), (date(2027, 11, 30), ON, True)],
)
def test_a_period_is_seen_until_its_last_day_or_today(last, until, provisional) -> None:
    assert observed_until(last, ON) == until
    assert is_provisional(last, ON) is provisional


@pytest.mark.parametrize(("first", "to_come"), [(ON - DAY, False), (ON, False), (ON + DAY, True)])
def test_nothing_is_seen_of_a_period_that_begins_tomorrow(first, to_come) -> None:
    assert is_to_come(first, ON) is to_come


@given(st.dates(), st.dates())
def test_what_is_seen_is_never_after_either_and_provisional_says_that_it_was_cut(last, on) -> None:
    until = observed_until(last, on)
    assert until <= last
    assert until <= on
    assert is_provisional(last, on) == (until != last)
