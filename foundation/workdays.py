"""The legal holidays of Belgium.

Which days a house works is asked of `accounts.selectors.workdays`, which knows its own closing days too.
"""

from datetime import date
from functools import cache

import holidays

from foundation.rules.workdays import WorkingDays


def working_days(around: date) -> WorkingDays:
    """Return the working days from the year before a day to the year after it, legal holidays left out; for what is of
    no house in particular.
    """
    return _of_years(around.year)


@cache
def _of_years(year: int) -> WorkingDays:
    return WorkingDays(frozenset(holidays.country_holidays("BE", years=range(year - 1, year + 2))))


def holiday_name(day: date) -> str:
    """The name of the legal holiday that falls on a day, in French; empty on another day."""
    return str(_names_of_year(day.year).get(day) or "")


@cache
def _names_of_year(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("BE", years=year, language="fr")
