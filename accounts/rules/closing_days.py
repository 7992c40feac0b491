"""The days on which a house is closed by its own choice, and those on which it makes up for a holiday.

Source: law of 4 January 1974 on legal holidays, article 6: a holiday that falls on a Sunday or on a day that is not
worked is made up for on a day that is. Which one is agreed in each house.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foundation.rules.periods import ONE_DAY
from foundation.rules.workdays import WorkingDays, is_weekend

#: nobody closes for longer in one go: a mistyped year must not put off all that is due
LONGEST_DAYS = 62


class ClosingFault(StrEnum):
    """Why days cannot be closed as stated, in the order in which the faults are told."""

    ENDS_BEFORE_START = "ends_before_start"
    TOO_LONG = "too_long"
    NEVER_WORKED = "never_worked"
    NO_HOLIDAY = "no_holiday"
    NOT_ON_A_WEEKEND = "not_on_a_weekend"
    ONE_DAY_ONLY = "one_day_only"


@dataclass(frozen=True, slots=True)
class Closing:
    """Days off of a house, the first and the last included, their name, and the holiday made up for if any."""

    first: date
    last: date
    name: str = ""
    replaces: date | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """Each of them."""
        return tuple(self.first + ONE_DAY * number for number in range((self.last - self.first).days + 1))


def closing_fault(closing: Closing, legal: WorkingDays) -> ClosingFault | None:
    """Return the first reason why a house cannot be closed so, or None; ``legal`` are the days that the law leaves."""
    if closing.last < closing.first:
        return ClosingFault.ENDS_BEFORE_START
    if (closing.last - closing.first).days >= LONGEST_DAYS:
        return ClosingFault.TOO_LONG
    if not any(legal.is_working(day) for day in closing.days):
        return ClosingFault.NEVER_WORKED
    if closing.replaces is None:
        return None
    if not _is_legal_holiday(closing.replaces, legal):
        return ClosingFault.NO_HOLIDAY
    if not is_weekend(closing.replaces):
        return ClosingFault.NOT_ON_A_WEEKEND
    return ClosingFault.ONE_DAY_ONLY if closing.first != closing.last else None


def _is_legal_holiday(day: date, legal: WorkingDays) -> bool:
    """Whether nobody works on a day by law: Easter and Pentecost are kept on their Mondays, and never made up for."""
    return day in legal.holidays and not (is_weekend(day) and day + ONE_DAY in legal.holidays)


def with_closings(legal: WorkingDays, closings: Iterable[Closing]) -> WorkingDays:
    """Return the days that a house works: those that the law leaves, but its own days off."""
    return WorkingDays(legal.holidays, frozenset(day for closing in closings for day in closing.days))


def closing_of(closings: Iterable[Closing], day: date) -> Closing | None:
    """Return why a house is closed on a day, or None."""
    return next((closing for closing in closings if closing.first <= day <= closing.last), None)


def left_to_replace(legal: WorkingDays, closings: Iterable[Closing], year: int) -> list[date]:
    """Return the holidays of a year that fall on a weekend and that nothing makes up for yet, in order."""
    done = {closing.replaces for closing in closings}
    return sorted(
        day
        for day in legal.holidays
        if day.year == year and is_weekend(day) and day not in done and _is_legal_holiday(day, legal)
    )
