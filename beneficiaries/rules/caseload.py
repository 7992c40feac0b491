"""How many people a coach can accompany, and what a hand-over does to it.

The norm is a number of open cases for one full-time coach (domain.md 10: 20), in proportion for a part-time one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Load:
    """Open cases of one coach against the norm for their time at work."""

    cases: int
    norm: Decimal

    @property
    def over_by(self) -> Decimal:
        """Cases above the norm, 0 when within it."""
        return max(Decimal(0), self.cases - self.norm)


@dataclass(frozen=True, slots=True)
class Shift(Generic[K]):
    """The load of one coach before and after."""

    coach: K
    before: Load
    after: Load


def norm_for(fte: Decimal, per_full_time: int) -> Decimal:
    """The norm of somebody who works ``fte`` of a full time; somebody without a share has a norm of 0."""
    return fte * per_full_time


def shifts(loads: Mapping[K, Load], giver: K, receivers: Iterable[K]) -> Sequence[Shift[K]]:
    """What becomes of the loads when ``giver`` hands one case to each of ``receivers`` (named once per case).

    The giver comes first, then whoever receives, in the order of ``loads``. A case given to the giver moves nothing.

    Raises:
        KeyError: somebody's load is not known.
    """
    found = exchanges(loads, [(giver, receiver) for receiver in receivers])
    if not any(one.coach == giver for one in found):
        found = [Shift(giver, loads[giver], loads[giver]), *found]
    return sorted(found, key=lambda one: one.coach != giver)


def exchanges(loads: Mapping[K, Load], moves: Iterable[tuple[K, K]]) -> Sequence[Shift[K]]:
    """What becomes of the loads when cases move, each from who gives it to who receives it, in the order of ``loads``.

    A case given to whoever carries it moves nothing.

    Raises:
        KeyError: somebody's load is not known.
    """
    change = dict.fromkeys(loads, 0)
    touched = set()
    for giver, receiver in moves:
        change[giver] -= 1
        change[receiver] += 1
        touched |= {giver, receiver}
    return [
        Shift(coach, loads[coach], Load(loads[coach].cases + change[coach], loads[coach].norm))
        for coach in loads
        if coach in touched
    ]
