"""What a guest's calendar is told, and what a guest may read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.rules.invitations import (
    Event,
    Guest,
    Method,
    holds_the_time,
    is_guest,
    method_of,
    next_sequence,
    tells_address,
    tells_place,
)

TODAY = date(2025, 3, 3)
EVENT = Event(TODAY, time(10), 45, "Rendez-vous", "bureau", "Camille Exemple", "camille@example.org")
LATER = replace(EVENT, on=date(2025, 3, 4))
PAST = replace(EVENT, on=date(2025, 3, 2))


@pytest.mark.parametrize(
    ("told", "wanted", "settled", "expected"),
    [
        (None, None, False, None),
        (None, EVENT, False, Method.REQUEST),
        (None, PAST, False, None),
        (EVENT, EVENT, False, None),
        (EVENT, LATER, False, Method.REQUEST),
        (PAST, LATER, False, Method.REQUEST),
        (LATER, PAST, False, None),
        (EVENT, replace(EVENT, organiser="Autre"), False, Method.REQUEST),
        (EVENT, None, False, Method.CANCEL),
        (LATER, None, False, Method.CANCEL),
        (PAST, None, False, None),
        (EVENT, None, True, None),
    ],
)
def test_what_a_calendar_is_told(told, wanted, settled, expected):
    assert method_of(told, wanted, settled=settled, on=TODAY) == expected


@pytest.mark.parametrize(
    ("chosen", "address", "told", "hidden", "expected"),
    [
        (True, "a@example.org", False, False, True),
        (True, "", False, False, False),
        (False, "a@example.org", False, False, False),
        (False, "", True, False, True),
        (True, "a@example.org", True, True, False),
    ],
)
def test_who_is_a_guest(chosen, address, told, hidden, expected):
    assert is_guest(chosen=chosen, address=address, told=told, hidden=hidden) is expected


@pytest.mark.parametrize(
    ("guest", "place", "shown", "address"),
    [
        (Guest.PERSON, "HOME", True, True),
        (Guest.PERSON, "", True, True),
        (Guest.COACH, "HOME", True, False),
        (Guest.COACH, "COMPANY", True, False),
        (Guest.FIRM, "HOME", False, False),
        (Guest.FIRM, "", True, False),
        (Guest.FIRM, "COMPANY", True, True),
        (Guest.PARTNER, "HOME", False, False),
        (Guest.PARTNER, "OFFICE", True, True),
    ],
)
def test_who_reads_where(guest, place, shown, address):
    assert (tells_place(guest, place), tells_address(guest, place)) == (shown, address)


@given(st.lists(st.integers(0, 50)))
def test_a_change_is_newer_than_all_that_was_sent(known):
    assert all(next_sequence(known) > number for number in known)
    assert next_sequence([]) == 0


@given(st.dates(), st.none() | st.times(), st.integers(1, 600), st.text(), st.text())
def test_an_event_is_kept_as_it_is(on, at, minutes, summary, location):
    event = Event(on, at, minutes, summary, location, "Camille", "camille@example.org")
    assert Event.of(event.facts()) == event


@pytest.mark.parametrize("guest", list(Guest))
def test_whoever_accompanies_somebody_is_not_taken_by_their_session(guest):
    assert holds_the_time(guest) is (guest != Guest.CARER)
