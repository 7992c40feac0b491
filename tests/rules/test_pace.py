"""How often somebody was seen: stretches of time, steps of the follow-up, pauses, the tolerance to the day."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.rules.cadence import CadencePolicy
from followup.rules.pace import LOOKBACK_MONTHS, Stretch, pace, read_seen, seen_lately, stretches, written
from foundation.rules.periods import Period, add_months
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


# --- from which day on somebody is silent if nobody sees them


WAITING = ((Phase.PRE_HIRE, Period(FIRST)),)


def lately(contacts, stays=WAITING, paused=()):
    return seen_lately(stays, (), POLICY, paused=paused, contacts=contacts)


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        # Once and a half an interval without anybody: ten days and a half.
        ([], FIRST + timedelta(days=11)),
        ([FIRST], FIRST + timedelta(days=11)),
        # Twice: 21 days are the tolerance, the 22nd is beyond it.
        ([FIRST, FIRST + timedelta(days=7)], FIRST + timedelta(days=22)),
        # Seen so often that the tolerance is far off.
        ([FIRST] * 8, FIRST + timedelta(days=85)),
        # Already too rarely when they were seen last: silent from the morrow.
        ([FIRST + timedelta(days=30)], FIRST + timedelta(days=31)),
    ],
)
def test_the_first_day_of_a_silence(contacts, expected) -> None:
    seen = lately(contacts)
    assert seen.silent_from(150) == expected
    assert seen.until(expected).is_silent(150)
    if seen.last is None or expected > seen.last + timedelta(days=1):
        assert not seen.until(expected - timedelta(days=1)).is_silent(150)


def test_a_pause_puts_the_silence_off_and_an_end_takes_it_away() -> None:
    pause = Period(FIRST + timedelta(days=5), FIRST + timedelta(days=15))
    assert lately([], paused=[pause]).silent_from(150) == FIRST + timedelta(days=21)
    for days, silent_from in ((10, None), (11, FIRST + timedelta(days=11))):
        ended = lately([], stays=[(Phase.PRE_HIRE, Period(FIRST, FIRST + timedelta(days=days)))])
        assert (ended.silent_from(150), ended.ends_on) == (silent_from, FIRST + timedelta(days=days))
    assert lately([]).ends_on is None
    assert (lately([], stays=[]).silent_from(150), lately([], stays=[]).ends_on) == (None, None)


def test_a_good_year_does_not_hide_a_slackening() -> None:
    weekly = [FIRST + timedelta(days=7 * week) for week in range(52)]
    seen = lately(weekly)
    assert seen.due[0].start == add_months(weekly[-1], -LOOKBACK_MONTHS)
    assert seen.held == 14
    assert seen.silent_from(150) == weekly[-1] + timedelta(days=56)


@given(
    st.lists(st.integers(0, 200), max_size=12),
    st.lists(st.tuples(st.integers(0, 250), st.integers(1, 60)), max_size=2),
    st.integers(100, 300),
)
def test_that_day_is_the_first_on_which_the_measure_says_so(days, pauses, tolerance) -> None:
    contacts = [FIRST + timedelta(days=number) for number in days]
    paused = [Period(FIRST + timedelta(days=a), FIRST + timedelta(days=a + b)) for a, b in pauses]
    stays = [(Phase.PREPARATORY, Period(FIRST, D("2025-05-01"))), (Phase.PRE_HIRE, Period(D("2025-05-01")))]
    seen = lately(contacts, stays, paused=paused)
    assert read_seen(written(seen), seen.last) == seen
    first = max(contacts, default=FIRST) + timedelta(days=1)
    silent_from = seen.silent_from(tolerance)
    for number in range(0, 400, 3):
        on = first + timedelta(days=number)
        assert seen.until(on).is_silent(tolerance) == (on >= silent_from)
    period = Period(seen.due[0].start, first)
    if period.start < first:
        # The same as the inspection measures over the same days.
        assert seen.until(first) == pace(due(stays, paused=paused, period=period), contacts)
