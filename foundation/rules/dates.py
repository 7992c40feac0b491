"""Which days can be meant: bounds that every door holds, and the year that two digits stand for.

A date is a slip when no one can mean it, and is refused; it is unlikely when somebody might, and is asked about once
(domain, section 5 bis).
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import ClassVar

from foundation.rules.periods import UNENDING_YEAR, add_months, age_on

# How the files of the Belgian social security write that there is no end.
WITHOUT_END = date(UNENDING_YEAR, 12, 31)


class DateFault(Enum):
    """Why no one can mean a day."""

    WITHOUT_END = auto()
    TOO_EARLY = auto()
    TOO_LATE = auto()


@dataclass(frozen=True, slots=True)
class DateBounds:
    """From `earliest` to `months_ahead` months after today, both days included.

    A day more than `usual_months_back` before today, or more than `usual_months_ahead` after it, is possible and
    unlikely; None: never for that reason.
    """

    LONGEST_AHEAD: ClassVar[int] = 5 * 12

    earliest: date = date(1900, 1, 1)
    months_ahead: int = LONGEST_AHEAD
    usual_months_back: int | None = None
    usual_months_ahead: int | None = 2 * 12

    def latest(self, on: date) -> date:
        """The last day that can be meant, on the day `on`."""
        return add_months(on, self.months_ahead)

    def fault_of(self, day: date, on: date) -> DateFault | None:
        """Why no one can mean `day` on the day `on`, or None."""
        if day == WITHOUT_END:
            return DateFault.WITHOUT_END
        if day < self.earliest:
            return DateFault.TOO_EARLY
        return DateFault.TOO_LATE if day > self.latest(on) else None

    def is_unlikely(self, day: date, on: date) -> bool:
        """Whether to ask, on the day `on`, if `day` is really meant; `day` has no fault."""
        if self.usual_months_ahead is not None and day > add_months(on, self.usual_months_ahead):
            return True
        return self.usual_months_back is not None and day < add_months(on, -self.usual_months_back)

    def year_meant(self, short_year: int, on: date) -> int:
        """The year nearest to today among those that two digits may stand for; of two as near, the past one."""
        century = on.year // 100 * 100
        years = (century + offset + short_year for offset in (-100, 0, 100))
        return min(years, key=lambda year: (abs(year - on.year), year))


@dataclass(frozen=True, slots=True)
class BirthBounds(DateBounds):
    """A birth: « 58 » is 1958, since nobody is to be born; a child or somebody very old is asked about."""

    YOUNGEST_USUAL: ClassVar[int] = 15
    OLDEST_USUAL: ClassVar[int] = 80

    months_ahead: int = 0

    def is_unlikely(self, day: date, on: date) -> bool:
        """Whether nobody of that age looks for work as a rule."""
        return not self.YOUNGEST_USUAL <= age_on(day, on) <= self.OLDEST_USUAL

    def year_meant(self, short_year: int, on: date) -> int:
        """The latest year that has begun."""
        century = on.year // 100 * 100
        return max(year for year in (century - 100 + short_year, century + short_year) if year <= on.year)


DEFAULT = DateBounds()
BIRTH = BirthBounds()
# Assumption: nobody was accompanied, nor followed in a job, before jobcoaching began in Wallonia; the oldest path that
# the sources tell is of 2001.
_JOBCOACHING = date(1990, 1, 1)
OPENING = DateBounds(earliest=_JOBCOACHING, months_ahead=0, usual_months_back=10 * 12)
# A first day is planned, a notice runs, for a year at most; a contract is concluded for longer.
WORK_DAY = DateBounds(earliest=_JOBCOACHING, months_ahead=12, usual_months_back=10 * 12)
CONTRACT_END = DateBounds(earliest=_JOBCOACHING, usual_months_back=10 * 12)
APPOINTMENT = DateBounds(usual_months_ahead=12)
