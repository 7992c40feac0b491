"""To which project, site and referrer a case belonged on a day, and which changes of it can be.

A case belongs to one project at a time, from a day on, like it stands in one phase: what was done before the day of a
change stays with the former project. Source: the operations of the ESF+ and the conventions of the FOREM each count
their own hours and people; domain, section 5 bis (what was typed wrong is corrected, with its reason).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar


class Stay(Protocol):
    """Days of a case in one place, ``[starts_on, ends_on)``; ``ends_on`` is ``None`` for the present one."""

    @property
    def starts_on(self) -> date:
        """The first day."""

    @property
    def ends_on(self) -> date | None:
        """The first day elsewhere."""


S = TypeVar("S", bound=Stay)


class Problem(StrEnum):
    """Why a day cannot be that of a change."""

    FUTURE = "future"
    BEFORE_PREVIOUS = "before_previous"
    AFTER_NEXT = "after_next"
    AFTER_EXIT = "after_exit"


def stay_on(stays: Iterable[S], on: date) -> S | None:
    """Return the stay that covers the day: the first one before it began, the last one after the exit; ``None`` without
    any.
    """
    ordered = sorted(stays, key=lambda stay: stay.starts_on)
    return next((stay for stay in reversed(ordered) if stay.starts_on <= on), ordered[0] if ordered else None)


def change_problem(on: date, *, today: date, after: date, until: date | None, closed_on: date | None) -> Problem | None:
    """Return why a stay cannot begin on the day ``on``, or ``None`` when it can.

    It has come; it lies after the first day of the stay before (``after``: no stay is empty), before the first day of
    the one that follows (``until``), and no later than the exit (``closed_on``: first day of EXIT).
    """
    if on > today:
        return Problem.FUTURE
    if on <= after:
        return Problem.BEFORE_PREVIOUS
    if until is not None and on >= until:
        return Problem.AFTER_NEXT
    if closed_on is not None and on >= closed_on:
        return Problem.AFTER_EXIT
    return None


def is_contiguous(stays: Sequence[Stay], opened_on: date) -> bool:
    """Return whether the stays, in order, begin as the case opens, follow each other without a gap, and last."""
    starts = [stay.starts_on for stay in stays]
    ends = [stay.ends_on for stay in stays]
    return bool(stays) and starts[0] == opened_on and ends == [*starts[1:], None] and starts == sorted(set(starts))
