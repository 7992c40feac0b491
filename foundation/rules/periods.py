"""Calendar arithmetic: months, half-open periods, and what a set of periods covers.

Every period inside the rules is half-open, ``[start, end)``. Contracts and suspensions are *written* with an inclusive
last day; :meth:`Period.from_inclusive` is the one place where that convention is converted (domain, section 3).
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
# A last day of this year is no day at all: the files of the Belgian social security write « no end » so.
UNENDING_YEAR = date.max.year


def add_months(d: date, n: int) -> date:
    """Return the same day ``n`` calendar months after ``d``, clamped to the end of the month.

    31 August + 6 months is 28 or 29 February. ``n`` may be zero or negative. Clamping is not reversible: adding then
    subtracting the same number of months may not give ``d`` back. Source: domain, section 3.

    Raises:
        ValueError: the result falls outside the years a ``date`` can hold (1 to 9999).
    """
    index = d.year * 12 + (d.month - 1) + n
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"{n} months from {d.isoformat()} is outside the calendar")
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(d.day, last))


def age_on(birth_date: date, on: date) -> int:
    """Return the age in completed years on the day ``on`` (negative before birth).

    The birthday itself counts as the new age. Somebody born on 29 February turns a year older on 1 March of ordinary
    years: only then has the anniversary been reached.
    """
    had_birthday = (on.month, on.day) >= (birth_date.month, birth_date.day)
    return on.year - birth_date.year - (0 if had_birthday else 1)


def months_between(start: date, on: date) -> int:
    """Return how many whole calendar months have passed from ``start`` to ``on``.

    0 when ``on`` is not after ``start``. The n-th month is complete on ``add_months(start, n)``.
    """
    if on <= start:
        return 0
    months = (on.year - start.year) * 12 + on.month - start.month
    return months if add_months(start, months) <= on else months - 1


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open span of days ``[start, end)``; ``end is None`` means it is still open.

    Raises:
        ValueError: ``end`` is before ``start``. A period whose end equals its start is empty and allowed.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    @classmethod
    def from_inclusive(cls, first: date, last: date | None) -> "Period":
        """Build a period from its first and last day, both belonging to it; ``last is None`` leaves it open, and
        so does a last day of :data:`UNENDING_YEAR`.

        Raises:
            ValueError: ``last`` is more than one day before ``first`` (the eve of ``first`` gives an empty period).
        """
        return cls(first, None if last is None or last.year == UNENDING_YEAR else last + ONE_DAY)

    @property
    def is_empty(self) -> bool:
        """True when the period holds no day at all."""
        return self.end is not None and self.end <= self.start

    @property
    def last_day(self) -> date | None:
        """The last day that belongs to the period; ``None`` when it is open.

        Raises:
            ValueError: the period is empty and has no last day.
        """
        if self.end is None:
            return None
        if self.is_empty:
            raise ValueError("an empty period has no last day")
        return self.end - ONE_DAY

    def days(self) -> int | None:
        """Return the number of days of the period, or ``None`` when it is open."""
        return None if self.end is None else (self.end - self.start).days

    def contains(self, d: date) -> bool:
        """Return whether the day ``d`` belongs to the period."""
        return self.start <= d and (self.end is None or d < self.end)

    def overlaps(self, other: "Period") -> bool:
        """Return whether at least one day belongs to both periods (touching ends do not overlap)."""
        if self.is_empty or other.is_empty:
            return False
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)

    def clip(self, start: date, end: date | None = None) -> "Period | None":
        """Return the part of the period inside ``[start, end)``, or ``None`` when no day is left."""
        first = max(self.start, start)
        ends = [e for e in (self.end, end) if e is not None]
        last = min(ends) if ends else None
        if last is not None and last <= first:
            return None
        return Period(first, last)


def merge(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Return the same days as disjoint, non-touching, non-empty periods in order.

    Overlapping and adjacent periods become one. Idempotent; the order of the input does not matter.
    """
    merged: list[Period] = []
    for period in sorted((p for p in periods if not p.is_empty), key=lambda p: p.start):
        last = merged[-1] if merged else None
        if last is None or (last.end is not None and period.start > last.end):
            merged.append(period)
        elif last.end is not None and (period.end is None or period.end > last.end):
            merged[-1] = Period(last.start, period.end)
    return tuple(merged)


def covered_days(periods: Iterable[Period], start: date, end: date) -> int:
    """Return how many days of ``[start, end)`` belong to at least one period (0 when ``end`` is not after ``start``).

    A day covered twice counts once.
    """
    if end <= start:
        return 0
    parts = (p.clip(start, end) for p in periods)
    return sum(p.days() or 0 for p in merge(p for p in parts if p is not None))
