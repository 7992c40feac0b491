"""How long an access that is limited in time lasts, to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.access import MOST_MONTHS, last_day_allowed, proposed_last_day
from foundation.rules.periods import add_months

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("first", "proposed", "latest"),
    [
        (date(2025, 3, 3), date(2025, 6, 2), date(2026, 3, 2)),
        (date(2025, 11, 30), date(2026, 2, 27), date(2026, 11, 29)),
        (date(2024, 2, 29), date(2024, 5, 28), date(2025, 2, 27)),
        (date(2025, 1, 1), date(2025, 3, 31), date(2025, 12, 31)),
    ],
)
def test_the_last_days(first: date, proposed: date, latest: date) -> None:
    assert (proposed_last_day(first), last_day_allowed(first)) == (proposed, latest)


@given(DAYS)
def test_what_is_proposed_is_allowed_and_the_day_after_the_latest_is_a_whole_year_later(first: date) -> None:
    assert first <= proposed_last_day(first) < last_day_allowed(first)
    assert last_day_allowed(first) + timedelta(days=1) == add_months(first, MOST_MONTHS)
