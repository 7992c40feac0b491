"""Until which day a period is observed: nothing after today is counted (domain, section 9)."""

from datetime import date


def observed_until(last: date, on: date) -> date:
    """Return the last day that is seen of a period whose last day is ``last``, asked on the day ``on``.

    Both days are included: today is seen, tomorrow is not.
    """
    return min(last, on)


def is_provisional(last: date, on: date) -> bool:
    """Return whether a period whose last day is ``last`` still runs after the day ``on``: its figures will move."""
    return last > on


def is_to_come(first: date, on: date) -> bool:
    """Return whether nothing of a period that begins on ``first`` can be seen on the day ``on``."""
    return first > on
