"""The work force of a period, and the cases that it carries: means weighted by days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from foundation.rules.periods import ONE_DAY, Period, covered_days

HUNDREDTH = Decimal("0.01")
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a full time held over a period."""

    fte: Decimal
    held: Period


def weighted_fte(shares: Iterable[Share], first: date, last: date) -> Decimal:
    """Return the full-time equivalents from ``first`` to ``last``, both days included, each weighted by its days.

    Half a post over a year, or a full one over half a year, is 0.5. Rounded half up to two decimals; 0 when the period
    holds no day.
    """
    days = (last - first).days + 1
    if days <= 0:
        return Decimal(0)
    total = sum((share.fte * covered_days([share.held], first, last + ONE_DAY) for share in shares), Decimal(0))
    return (total / days).quantize(HUNDREDTH, ROUND_HALF_UP)


def mean_norm(asked: Iterable[tuple[int, Decimal]]) -> Decimal | int | None:
    """Return the norm of several organisations together: of each, its norm and its full-time equivalents.

    The same norm everywhere is that norm; different ones are weighted by who works where, to two decimals; ``None``
    when they differ and nobody works anywhere.
    """
    rows = list(asked)
    if len({norm for norm, _fte in rows}) == 1:
        return rows[0][0]
    total = sum((fte for _norm, fte in rows), Decimal(0))
    if not total:
        return None
    return (sum((norm * fte for norm, fte in rows), Decimal(0)) / total).quantize(HUNDREDTH, ROUND_HALF_UP)


def mean_open(cases: Iterable[Period], first: date, last: date) -> Decimal:
    """Return how many cases were open on an average day from ``first`` to ``last``, both included.

    ``cases`` are the days on which each was open. Rounded half up to one decimal; 0 when the period holds no day.
    """
    days = (last - first).days + 1
    if days <= 0:
        return Decimal(0)
    total = sum(covered_days([case], first, last + ONE_DAY) for case in cases)
    return (Decimal(total) / days).quantize(TENTH, ROUND_HALF_UP)


def per_fte(number: int | Decimal, fte: Decimal) -> Decimal | None:
    """Return ``number`` per full-time equivalent, rounded half up to one decimal; ``None`` without any."""
    return None if fte <= 0 else (Decimal(number) / fte).quantize(TENTH, ROUND_HALF_UP)
