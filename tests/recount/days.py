"""Days counted one at a time, and the way in which figures are rounded."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

ONE = timedelta(days=1)


class Share(NamedTuple):
    """A rate: how many, among how many."""

    number: int
    among: int


class Asked(NamedTuple):
    """A period, whose last day is the earlier of that asked and today (D), of organisations, or of one project."""

    organisations: frozenset
    first: date
    last: date
    project: object = None


@cache
def later(day: date, months: int) -> date:
    """The same number of the month, so many months later, or the last day of a shorter month."""
    return day + relativedelta(months=months)


def each_day(first: date, last: date) -> Iterator[date]:
    """Every day from one to another, both included."""
    while first <= last:
        yield first
        first += ONE


def rounded(number: Decimal | int, to: str = "0.1") -> Decimal:
    return Decimal(number).quantize(Decimal(to), ROUND_HALF_UP)


def per_person(number: int, people: int) -> Decimal | None:
    """A mean, given from five people on."""
    return None if people < 5 else rounded(Decimal(number) / people)
