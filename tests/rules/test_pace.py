"""How often somebody was seen: stretches of time, steps of the follow-up, pauses, the tolerance to the day."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.rules.cadence import CadencePolicy
from followup.rules.pace import Stretch, pace, stretches
from foundation.rules.periods import Period
from method.rules.phases import Phase

D = date.fromisoformat
POLICY = CadencePolicy()
YEAR = Period(D("2025-01-01"), D("2026-01-01"))
FIRST = D("2025-03-03")


def due(stays, windows=(), paused=(), period=YEAR):
    return stretches(stays, windows, POLICY, paused=paused, period=period)


def test_each_phase_asks_with_its_interval_within_the_period() -> None:
    stays = [(Phase.PREPARATORY, Period(D("2024-12-02"), FIRST)), (Phase.PRE_HIRE, Period(FIRST)), (Phase.EXIT, YEAR)]
    assert due(stays) == [Stretch(YEAR.start, FIRST, 31), Stretch(FIRST, YEAR.end, 7)]


def test_a_follow_up_asks_step_by_step_and_two_at_once_ask_once() -> None:
    one, two = Period(FIRST, D("2025-09-03")), Period(D("2025-04-01"), D("2025-10-01"))
    stays = [(Phase.FOLLOW_UP, Period(FIRST))]
    assert due(stays, [one]) == [
        Stretch(FIRST, D("2025-05-03"), 7),
        Stretch(D("2025-05-03"), D("2025-07-03"), 14),
        Stretch(D("2025-07-03"), D("2025-09-03"), 31),
    ]
    both = due(stays, [one, two])
    assert sum(stretch.days for stretch in both) == (D("2025-10-01") - FIRST).days
    assert due(stays) == []


def test_paused_days_are_cut_out() -> None:
    stays = [(Phase.PRE_HIRE, Period(FIRST, D("2025-04-01")))]
    ill = [Period(D("2025-03-10"), D("2025-03-17")), Period(D("2025-03-24"))]
    assert due(stays, paused=ill) == [
        Stretch(FIRST, D("2025-03-10"), 7),
        Stretch(D("2025-03-17"), D("2025-03-24"), 7),
    ]


@pytest.mark.parametrize(
    ("days", "held", "silent"),
    [(10, 0, False), (11, 0, True), (21, 2, False), (22, 2, True), (7, 0, False), (0, 0, False)],
)
def test_silence_begins_beyond_the_tolerance(days, held, silent) -> None:
    stretch = [Stretch(FIRST, FIRST + timedelta(days=days), 7)] if days else []
    found = pace(stretch, [FIRST] * held)
    assert found.is_silent(150) is silent
    assert (found.average is None) is (held == 0)


def test_a_contact_outside_of_the_time_that_asks_for_one_does_not_count() -> None:
    stretch = Stretch(FIRST, FIRST + timedelta(days=7), 7)
    found = pace([stretch], [FIRST - timedelta(days=1), FIRST, FIRST + timedelta(days=6), FIRST + timedelta(days=7)])
    assert (found.held, found.expected) == (2, Fraction(1))


spans = st.tuples(st.integers(0, 300), st.integers(0, 90)).map(
    lambda span: Period(YEAR.start + timedelta(days=span[0]), YEAR.start + timedelta(days=sum(span)))
)


@given(st.lists(spans, max_size=4), st.lists(spans, max_size=3))
def test_no_day_is_asked_about_twice_and_none_while_paused(windows, paused) -> None:
    found = due([(Phase.FOLLOW_UP, YEAR)], windows, paused)
    for before, after in pairwise(found):
        assert before.end <= after.start
    asked = {stretch.start + timedelta(days=n) for stretch in found for n in range(stretch.days)}
    covered = {
        day
        for day in (YEAR.start + timedelta(days=n) for n in range(400))
        if YEAR.contains(day) and any(w.contains(day) for w in windows) and not any(p.contains(day) for p in paused)
    }
    assert asked == covered
