"""How long jobs last when many still run: the Kaplan-Meier estimate, with the numbers at risk.

A mean of finished jobs forgets those that hold; a share "still employed at six months" forgets those observed for
less. This estimate uses both, and says at each step how many jobs it rests on.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Observation:
    """One job observed for ``days`` days: it ended then (``ended``), or still ran when last seen (censored).

    Raises:
        ValueError: ``days`` is negative.
    """

    days: int
    ended: bool

    def __post_init__(self) -> None:
        """Raise `ValueError` for a negative number of days."""
        if self.days < 0:
            raise ValueError("a job cannot last a negative number of days")


@dataclass(frozen=True, slots=True)
class Step:
    """What happened ``day`` days after the start.

    Attributes:
        day: days since the first day at work.
        at_risk: jobs observed until that day, just before it.
        ended: jobs that ended that day.
        censored: jobs last seen running that day.
        survival: estimated share still running after that day, exact.
    """

    day: int
    at_risk: int
    ended: int
    censored: int
    survival: Fraction


def kaplan_meier(observations: Iterable[Observation]) -> tuple[Step, ...]:
    """Return the steps of the estimate in order of days; empty without observations.

    A job last seen running on a day is still at risk of the endings of that day.
    """
    ended: Counter[int] = Counter()
    censored: Counter[int] = Counter()
    for observation in observations:
        (ended if observation.ended else censored)[observation.days] += 1
    at_risk = ended.total() + censored.total()
    survival = Fraction(1)
    steps = []
    for day in sorted(ended.keys() | censored.keys()):
        survival *= Fraction(at_risk - ended[day], at_risk)
        steps.append(Step(day, at_risk, ended[day], censored[day], survival))
        at_risk -= ended[day] + censored[day]
    return tuple(steps)


def told(steps: Sequence[Step], least: int) -> tuple[Step, ...]:
    """Return the steps that rest on at least ``least`` observations: what table and curve alike show of an estimate.

    The numbers at risk only fall: these are the first steps.
    """
    return tuple(step for step in steps if step.at_risk >= least)


def survival_at(steps: Sequence[Step], day: int) -> Fraction | None:
    """Return the estimated share still running after ``day`` days.

    ``None`` when nothing was observed that long: the curve says nothing beyond its last observation, unless it fell to
    zero.
    """
    share = Fraction(1)
    for step in steps:
        if step.day > day:
            return share
        share = step.survival
    return share if steps and (steps[-1].day == day or share == 0) else None


def at_risk_at(steps: Sequence[Step], day: int) -> int:
    """Return how many jobs are observed at least until ``day``: the number at risk printed under the curve."""
    return next((step.at_risk for step in steps if step.day >= day), 0)


def median_days(steps: Sequence[Step]) -> int | None:
    """Return the first day after which at most half of the jobs still run; ``None`` while more than half hold."""
    return days_until(steps, Fraction(1, 2))


def days_until(steps: Sequence[Step], share: Fraction) -> int | None:
    """Return the first day after which at most ``share`` is left; ``None`` while more holds as far as one can see."""
    return next((step.day for step in steps if step.survival <= share), None)
