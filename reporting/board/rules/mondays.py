"""Which Monday a reading belongs to, and with which ones it is compared."""

from collections.abc import Collection
from datetime import date, timedelta

WEEK = timedelta(days=7)
#: the same week of the year before: 52 whole weeks, so that a Monday meets a Monday
YEAR = 52 * WEEK


def monday_of(on: date) -> date:
    """The Monday of the week of a day; a Monday is its own."""
    return on - timedelta(days=on.weekday())


def last_year(monday: date) -> date:
    """The Monday of the same week a year before."""
    return monday - YEAR


def is_to_freeze(on: date, frozen: Collection[date]) -> bool:
    """Whether the reading of the week of a day is still to be taken.

    A worker that slept on Monday takes it on the first day that it wakes; weeks that passed whole stay without one,
    since nobody knows any more how they stood.
    """
    return monday_of(on) not in frozen


def compared(on: date, kept: Collection[date]) -> tuple[date | None, date | None]:
    """The Mondays with which the figures of today are compared: the latest one before today, and its week a year ago.

    On a Monday the reading of that very day says what today says: the one before is taken. Only a Monday that was
    read is given, of the year before too.
    """
    earlier = [day for day in kept if day < on]
    last = max(earlier, default=None)
    ago = last_year(monday_of(on))
    return last, ago if ago in kept else None
