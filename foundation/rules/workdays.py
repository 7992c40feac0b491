"""Working days: Monday to Friday, except the holidays that one is given and the days on which a house is closed."""

from dataclasses import dataclass
from datetime import date

from foundation.rules.periods import ONE_DAY

_SATURDAY = 5


def is_weekend(day: date) -> bool:
    """Return whether the day is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Which days are worked. Holidays and days off of the house cover at least the days that are asked about."""

    holidays: frozenset[date] = frozenset()
    closed: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Return whether the day is neither on a weekend nor off."""
        return not is_weekend(day) and not self.is_off(day)

    def is_off(self, day: date) -> bool:
        """Return whether the day is a holiday or one on which the house is closed, whichever day of the week it is."""
        return day in self.holidays or day in self.closed

    def next_after(self, day: date) -> date:
        """Return the first working day after a day."""
        day += ONE_DAY
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def on_or_before(self, day: date) -> date:
        """Return the day itself when it is worked, otherwise the last working day before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def after(self, day: date, number: int) -> date:
        """Return the ``number``-th working day after a day; the day itself does not count.

        Raises:
            ValueError: ``number`` is not positive.
        """
        if number <= 0:
            raise ValueError("a number of working days is positive")
        for _step in range(number):
            day = self.next_after(day)
        return day
