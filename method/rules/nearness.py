"""How near the end of a clock is: one rule for bars, lists, the coach's day and warnings.

Source: domain, section 5 for the 24 months. The thresholds are dated parameters, and each clock has its own: what is
little of two years is half of six months.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Nearness(StrEnum):
    """How near the end is."""

    FAR = "far"
    NEAR = "near"
    IMMINENT = "imminent"


@dataclass(frozen=True, slots=True)
class ClockLimits:
    """Days left from which the end of a clock is near, then imminent; 0 where nothing is told before the end."""

    near_days: int = 92
    imminent_days: int = 31

    @classmethod
    def of_warnings(cls, days: Sequence[int]) -> "ClockLimits":
        """Return the limits that warnings so many days before the end make: the first is near, the last imminent.

        A warning on the day of the end is none before it; a single one makes the end near, never imminent.
        """
        ahead = sorted((one for one in days if one > 0), reverse=True)
        return cls(ahead[0] if ahead else 0, ahead[-1] if ahead[1:] else 0)


def nearness(left: int, limits: ClockLimits) -> Nearness:
    """Return how near the end of a running clock is, ``left`` being the days left."""
    if left <= limits.imminent_days:
        return Nearness.IMMINENT
    return Nearness.NEAR if left <= limits.near_days else Nearness.FAR
