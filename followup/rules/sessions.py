"""Collective sessions: their days, their places, and the time people spent there. Source: domain, section 7: a group
workshop does not count for the cadence.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from foundation.rules.workdays import WorkingDays

WEEK = timedelta(days=7)
PRESENT = "PRESENT"
# Who was excused or withdrew leaves the place to somebody else; who did not come took it.
TAKES_A_PLACE = frozenset({"REGISTERED", PRESENT, "ABSENT"})


def weekly_days(first: date, number: int, working_days: WorkingDays) -> tuple[date, ...]:
    """Return the days of a weekly series: ``number`` of them from ``first``, weeks whose day is off left out.

    The first day stays the one that was asked for.

    Raises:
        ValueError: ``number`` is not positive.
    """
    if number <= 0:
        raise ValueError("a series has at least one session")
    days = [first]
    day = first
    while len(days) < number:
        day += WEEK
        if not working_days.is_off(day):
            days.append(day)
    return tuple(days)


def places_left(capacity: int, states: Iterable[str]) -> int:
    """Return how many places are free, never less than 0 (the places of a session may have been cut)."""
    return max(0, capacity - sum(state in TAKES_A_PLACE for state in states))


def minutes_attended(presences: Iterable[tuple[str, int]]) -> int:
    """Return the minutes that somebody spent in sessions, from pairs of (state, minutes): presences alone count."""
    return sum(minutes for state, minutes in presences if state == PRESENT)
