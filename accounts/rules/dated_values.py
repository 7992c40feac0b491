"""Dated values: which one holds on a day, and what adding, withdrawing and superseding one make of the others.

Source: domain, section 10. A timeline is what stands of one parameter for one owner (the installation, or one
organisation), by first day; a value holds until the day before the next one begins. Nothing here is ever edited: an act
returns another timeline.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple


class Dated(NamedTuple):
    """A value in force from ``start``; of an organisation, ``None`` means: that of the installation again."""

    start: date
    value: Any


Timeline = tuple[Dated, ...]


class Refusal(StrEnum):
    """Why an act on a timeline is refused."""

    NOT_AFTER_THE_LAST = "past_value"
    SAME_VALUE = "same_value"
    NOTHING_TO_LEAVE = "nothing_to_leave"
    IN_FORCE = "in_force"
    NOT_IN_FORCE = "not_in_force"
    NOT_STANDING = "not_standing"
    REACHES_ITS_FORMER = "reaches_former"
    REACHES_THE_NEXT = "reaches_next"


class TimelineRefused(ValueError):
    """The act would rewrite the past, or change nothing; ``day`` is the day that it may not reach, if there is one."""

    def __init__(self, refusal: Refusal, day: date | None = None) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.day = day


#: no value is known on that day
NOTHING: Final = object()


def held_on(timeline: Sequence[Dated], on: date) -> Any:
    """The value of a timeline on a day, ``NOTHING`` before its first one."""
    return next((dated.value for dated in reversed(timeline) if dated.start <= on), NOTHING)


def value_for(installation: Sequence[Dated], own: Sequence[Dated], on: date) -> Any:
    """What an organisation reads: its own value that day if it has one, or that of the installation.

    Before the first value of the installation that first value holds: the law of the time was not entered, and a figure
    is better than a failure. ``NOTHING`` when the installation has none at all.
    """
    mine = held_on(own, on)
    if mine is not NOTHING and mine is not None:
        return mine
    held = held_on(installation, on)
    if held is NOTHING and installation:
        return installation[0].value
    return held


def effective(installation: Sequence[Dated], own: Sequence[Dated]) -> Timeline:
    """What an organisation reads, as a timeline: its own values where it has some, the installation's elsewhere."""
    found: list[Dated] = []
    for start in sorted({dated.start for dated in (*installation, *own)}):
        mine, shared = held_on(own, start), held_on(installation, start)
        value = shared if mine is NOTHING or mine is None else mine
        if value is not NOTHING and (not found or found[-1].value != value):
            found.append(Dated(start, value))
    return tuple(found)


def added(timeline: Timeline, start: date, value: Any) -> Timeline:
    """A value more, after all the others.

    Raises:
        TimelineRefused: it does not begin after the last one, it is the last one again, or an organisation that has no
            value of its own would give it up.
    """
    last = timeline[-1] if timeline else None
    if last is None:
        if value is None:
            raise TimelineRefused(Refusal.NOTHING_TO_LEAVE)
        return (Dated(start, value),)
    if start <= last.start:
        raise TimelineRefused(Refusal.NOT_AFTER_THE_LAST, last.start)
    if value == last.value:
        raise TimelineRefused(Refusal.NOTHING_TO_LEAVE if value is None else Refusal.SAME_VALUE)
    return (*timeline, Dated(start, value))


def withdrawn(timeline: Timeline, start: date, today: date) -> Timeline:
    """Without the value of ``start``, which has not taken force: the one before it goes on.

    Raises:
        TimelineRefused: the value is in force, or was, or does not stand.
    """
    _standing(timeline, start)
    if start <= today:
        raise TimelineRefused(Refusal.IN_FORCE, start)
    return tuple(dated for dated in timeline if dated.start != start)


def superseded(timeline: Timeline, start: date, since: date, value: Any, today: date) -> Timeline:
    """With ``value`` from ``since`` in the place of the value of ``start``, which has taken force.

    From a day after ``start`` the former value keeps the days before; from ``start`` or earlier it keeps none. The
    values before it and after it are not reached.

    Raises:
        TimelineRefused: the value has not taken force, does not stand, is the same, or another one would be reached.
    """
    former = _standing(timeline, start)
    if start > today:
        raise TimelineRefused(Refusal.NOT_IN_FORCE, start)
    before = [dated for dated in timeline if dated.start < start]
    after = [dated for dated in timeline if dated.start > start]
    if before and since <= before[-1].start:
        raise TimelineRefused(Refusal.REACHES_ITS_FORMER, before[-1].start)
    if after and since >= after[0].start:
        raise TimelineRefused(Refusal.REACHES_THE_NEXT, after[0].start)
    if value == former.value and since >= start:
        raise TimelineRefused(Refusal.SAME_VALUE)
    kept = (former,) if since > start else ()
    return (*before, *kept, Dated(since, value), *after)


def _standing(timeline: Timeline, start: date) -> Dated:
    for dated in timeline:
        if dated.start == start:
            return dated
    raise TimelineRefused(Refusal.NOT_STANDING, start)
