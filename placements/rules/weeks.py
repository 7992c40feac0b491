"""Work by the week: which weeks of a job were worked, which were not, and which nobody has entered yet.

Source: domain, sections 5 and 6. A weekly interim job is one contract whose weeks are stated one by one. A week with
work is under contract from its Monday to its Sunday, within the first and last day of the job: Friday evening ends
nothing. A week stated without work has no contract: the 24 months count it, and it counts for no insertion. A week of
which nothing is stated is presumed worked: the job goes on until somebody says that it does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from foundation.rules.periods import Period, merge

WEEK = timedelta(days=7)
DAYS_IN_A_WEEK = Decimal(7)
HOURS_IN_A_WEEK = Decimal(60)


class WeekState(StrEnum):
    """What is known of one week of a job."""

    WORKED = "worked"
    IDLE = "idle"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Week:
    """The days and hours worked in the week of a Monday; both ``None`` as long as nothing is stated."""

    monday: date
    days: Decimal | None = None
    hours: Decimal | None = None

    @property
    def state(self) -> WeekState:
        """Worked as soon as one day or one hour is; idle when what is stated is nothing."""
        stated = [number for number in (self.days, self.hours) if number is not None]
        if not stated:
            return WeekState.UNKNOWN
        return WeekState.WORKED if any(stated) else WeekState.IDLE


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def weeks_between(first: date, last: date) -> tuple[date, ...]:
    """Return the Mondays of the weeks that hold a day from ``first`` to ``last``, both included."""
    start, end = monday_of(first), monday_of(last)
    return tuple(start + WEEK * number for number in range((end - start).days // 7 + 1))


def idle_periods(mondays: Iterable[date]) -> tuple[Period, ...]:
    """Return the days of the weeks without work, those that follow each other as one period."""
    return merge(Period(monday, monday + WEEK) for monday in mondays)


def idle_mondays(weeks: Iterable[Week]) -> tuple[date, ...]:
    """Return the Mondays of the weeks stated without work, in order."""
    return tuple(sorted(week.monday for week in weeks if week.state is WeekState.IDLE))
