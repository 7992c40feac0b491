"""Working days: Monday to Friday, except the holidays that one is given."""

from dataclasses import dataclass
from datetime import date

from foundation.rules.periods import ONE_DAY

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Which days are worked. The holidays cover at least the days that are asked about."""

    holidays: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Return whether the day is neither on a weekend nor a public holiday."""
        return day.weekday() < _SATURDAY and day not in self.holidays

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
