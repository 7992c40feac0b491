"""Who may take back what was written by mistake."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.taking_back import may_take_back

TODAY = date(2025, 3, 3)
ME, OTHER = "me", "other"


@pytest.mark.parametrize(
    ("recorded_on", "recorded_by", "is_coordinator", "expected"),
    [
        (TODAY, ME, False, True),
        (TODAY - timedelta(days=1), ME, False, False),
        (TODAY + timedelta(days=1), ME, False, False),
        (TODAY, OTHER, False, False),
        (TODAY, None, False, False),
        (TODAY, OTHER, True, True),
        (TODAY, None, True, True),
        (TODAY - timedelta(days=4000), OTHER, True, True),
    ],
)
def test_its_author_the_same_day_a_coordinator_later(recorded_on, recorded_by, is_coordinator, expected):
    assert (
        may_take_back(
            recorded_on=recorded_on, recorded_by=recorded_by, actor=ME, is_coordinator=is_coordinator, on=TODAY
        )
        is expected
    )


@given(st.dates(), st.sampled_from([ME, OTHER, None]), st.sampled_from([ME, OTHER]), st.dates())
def test_nobody_but_a_coordinator_touches_another_day_or_another_author(recorded_on, recorded_by, actor, on):
    known = {"recorded_on": recorded_on, "recorded_by": recorded_by, "actor": actor, "on": on}
    assert may_take_back(**known, is_coordinator=True)
    assert may_take_back(**known, is_coordinator=False) == ((recorded_by, recorded_on) == (actor, on))
