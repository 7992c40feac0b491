"""What makes an appointment unlikely, and what becomes of one."""

from datetime import date, time

import pytest

from followup.rules.appointments import EARLIEST, LATEST, Slot, is_skipped_hour, is_sunday, is_unusual_hour
from followup.rules.outcomes import appointment_state

DAY = date(2025, 3, 3)


@pytest.mark.parametrize(("day", "expected"), [(8, False), (9, True), (10, False)])
def test_a_sunday_is_unlikely_a_saturday_is_not(day, expected):
    assert is_sunday(date(2025, 3, day)) is expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [(time(6, 59), True), (EARLIEST, False), (time(19, 59), False), (LATEST, True), (None, False)],
)
def test_hours_at_which_nobody_is_met(at, expected):
    assert is_unusual_hour(at) is expected


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        (date(2027, 3, 28), time(1, 59), False),
        (date(2027, 3, 28), time(2), True),
        (date(2027, 3, 28), time(2, 59), True),
        (date(2027, 3, 28), time(3), False),
        (date(2027, 3, 27), time(2, 30), False),
        # In October the hour comes twice: it exists.
        (date(2027, 10, 31), time(2, 30), False),
        (date(2027, 3, 28), None, False),
    ],
)
def test_an_hour_that_the_clocks_go_past(day, at, expected):
    assert is_skipped_hour(day, at) is expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [(time(8, 14), False), (time(8, 15), False), (time(8, 16), True), (time(9, 44), True), (time(9, 45), False)],
)
def test_two_appointments_meet_when_one_begins_before_the_other_ends(at, expected):
    first, second = Slot(DAY, time(9), 45), Slot(DAY, at, 45)
    assert first.overlaps(second) is expected
    assert second.overlaps(first) is expected


def test_what_has_no_hour_or_another_day_is_over_nothing():
    at_nine = Slot(DAY, time(9), 45)
    assert not at_nine.overlaps(Slot(DAY, None, 45))
    assert not Slot(DAY, None, 45).overlaps(at_nine)
    assert not at_nine.overlaps(Slot(date(2025, 3, 4), time(9), 45))


@pytest.mark.parametrize(
    ("outcome", "state"), [("HELD", "HELD"), ("NO_SHOW", "NO_SHOW"), ("EXCUSED", "NO_SHOW"), ("UNREACHED", "NO_SHOW")]
)
def test_an_appointment_follows_what_is_said_of_its_contact(outcome, state):
    assert appointment_state(outcome) == state
