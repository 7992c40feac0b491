"""Dice that always fall the same way.

Only ``random.Random.random()`` is used: its sequence is promised to stay the same across Python versions, which is not
the case of ``shuffle``, ``choice`` or ``randint``. Each thing that is drawn has dice of its own, seeded by its name, so
that adding a draw for one person changes nothing for the others.
"""

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

SEED = "ancrage-pilot-2002"


class Dice:
    """Reproducible draws for one named thing (``Dice("case", "mire-centre/017")``)."""

    def __init__(self, *name: object) -> None:
        digest = hashlib.sha256("/".join([SEED, *map(str, name)]).encode()).digest()
        # Invented data, not a secret: reproducibility is the whole point.
        self._random = random.Random(int.from_bytes(digest[:8], "big"))  # noqa: S311

    def fraction(self) -> float:
        """Return a number in ``[0, 1)``."""
        return self._random.random()

    def chance(self, probability: float) -> bool:
        """Return True with the given probability."""
        return self.fraction() < probability

    def number(self, low: int, high: int) -> int:
        """Return a whole number between ``low`` and ``high``, both included (``low`` when ``high`` is below it)."""
        return low + int(self.fraction() * (max(low, high) - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options, all equally likely."""
        return options[int(self.fraction() * len(options))]

    def weighted(self, options: Sequence[tuple[T, int]]) -> T:
        """Return one of the options, each as likely as its weight."""
        target = self.fraction() * sum(weight for _, weight in options)
        for option, weight in options:
            target -= weight
            if target < 0:
                return option
        return options[-1][0]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in another order (Fisher and Yates); the argument is left as it is."""
        result = list(items)
        for i in range(len(result) - 1, 0, -1):
            j = int(self.fraction() * (i + 1))
            result[i], result[j] = result[j], result[i]
        return result
