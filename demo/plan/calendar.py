"""Working days of the invented calendar: nobody is received on a Sunday or on New Year's Day."""

from datetime import date, timedelta

# (month, day) of the fixed Belgian public holidays; the movable ones matter too little for an invented history.
HOLIDAYS = frozenset({(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)})


def is_working_day(d: date) -> bool:
    """Whether people are usually received on that day."""
    return d.weekday() < 5 and (d.month, d.day) not in HOLIDAYS


def working_day(d: date, earliest: date, latest: date) -> date:
    """Return the working day nearest to ``d`` within ``[earliest, latest]``; ``d`` brought inside when there is
    none.
    """
    d = min(max(d, earliest), latest)
    for distance in range(8):
        for candidate in (d + timedelta(days=distance), d - timedelta(days=distance)):
            if earliest <= candidate <= latest and is_working_day(candidate):
                return candidate
    return d


def next_working_day(d: date) -> date:
    """Return ``d``, or the first working day after it."""
    while not is_working_day(d):
        d += timedelta(days=1)
    return d


def previous_working_day(d: date) -> date:
    """Return ``d``, or the last working day before it."""
    while not is_working_day(d):
        d -= timedelta(days=1)
    return d
