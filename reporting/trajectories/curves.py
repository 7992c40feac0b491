"""The curve of an estimate, as values that a table keeps and every output draws."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from foundation.rules.rates import MIN_CASES
from reporting.trajectories.rules.survival import Step, at_risk_at, told
from tables.engine.tables import Curve

TENTH = Decimal("0.1")


def percent(share: Fraction) -> Decimal:
    """A share as a percentage, rounded half up to one decimal."""
    return (Decimal(share.numerator) * 100 / Decimal(share.denominator)).quantize(TENTH, ROUND_HALF_UP)


def steps_curve(label: str, steps: Sequence[Step], days: Sequence[int]) -> Curve:
    """The curve until the last of these days or the last one that rests on enough cases, whichever comes first, and the
    numbers at risk on each of them: beyond, the table withholds what it would draw.
    """
    horizon = days[-1]
    shown = told(steps, MIN_CASES)
    points = [(0, Decimal("100.0"))]
    points += [(step.day, percent(step.survival)) for step in shown if step.ended and step.day <= horizon]
    until = min(horizon, shown[-1].day) if shown else 0
    return Curve(label, tuple(points), until, tuple((day, at_risk_at(steps, day)) for day in days))
