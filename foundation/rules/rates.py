"""A rate that never travels without its numerator, its denominator and its definition.

Source: domain, section 9: below five cases, counts only.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# Below that many cases a percentage says more than it knows.
MIN_CASES = 5


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of ``numerator`` in ``denominator``, with the sentence that defines both.

    A rate may pass 100 % when the numerator is no part of the denominator (phases of insertion over phases of support).

    Raises:
        ValueError: a count is negative, or the definition is missing.
    """

    numerator: int
    denominator: int
    definition: str

    def __post_init__(self) -> None:
        """Refuse a figure that could not be explained."""
        if self.numerator < 0 or self.denominator < 0:
            raise ValueError("counts cannot be negative")
        if not self.definition.strip():
            raise ValueError("a rate is never shown without its definition")

    @property
    def percent(self) -> Decimal | None:
        """The percentage, rounded half up to one decimal; ``None`` below ``MIN_CASES`` cases: counts only."""
        if self.denominator < MIN_CASES:
            return None
        return (Decimal(self.numerator) * 100 / Decimal(self.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def mean(total: int, cases: int) -> Decimal | None:
    """Return ``total`` per case (contracts per person), rounded half up to one decimal.

    ``None`` below ``MIN_CASES`` cases.

    Raises:
        ValueError: a count is negative.
    """
    if total < 0 or cases < 0:
        raise ValueError("counts cannot be negative")
    if cases < MIN_CASES:
        return None
    return (Decimal(total) / Decimal(cases)).quantize(Decimal("0.1"), ROUND_HALF_UP)
