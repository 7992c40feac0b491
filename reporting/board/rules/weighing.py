"""How much one open case weighs in the load of a coach, when the house weighs."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

FULL = 100


@dataclass(frozen=True, slots=True)
class Weights:
    """Dated numbers of the house, in percent: of one person for each phase, and added for each open obstacle."""

    by_phase: Mapping[str, int]
    obstacle: int = 0

    @property
    def are_plain(self) -> bool:
        """Whether one case counts for one person, whatever it is: the house does not weigh."""
        return self.obstacle == 0 and all(weight == FULL for weight in self.by_phase.values())

    def load(self, cases: Mapping[str, int], obstacles: int) -> Decimal:
        """The load of these open cases, by phase, with that many open obstacles; in people. A phase without a weight
        counts whole.
        """
        parts = sum(number * self.by_phase.get(phase, FULL) for phase, number in cases.items())
        return Decimal(parts + obstacles * self.obstacle) / FULL
