"""Which coaches the board shows first: those that a coordinator must look at."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")

#: coaches on one page of the board
SHOWN = 25


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a coach stands: people above the norm, people late to be seen, since when, and the name."""

    over_by: Decimal
    late: int
    oldest: date | None
    name: str
    key: str


def ordered(coaches: Iterable[T], standing: Callable[[T], Standing]) -> list[T]:
    """Those above their norm first, the furthest first; then those with most people late, the longest late first; then
    by name. The key settles the rest, so that a page never shows somebody twice.
    """

    def place(one: T) -> tuple[Decimal, int, date, str, str]:
        seen = standing(one)
        return (-seen.over_by, -seen.late, seen.oldest or date.max, seen.name, seen.key)

    return sorted(coaches, key=place)


def page_after(ranked: Sequence[T], key_of: Callable[[T], str], after: str) -> tuple[list[T], str]:
    """The coaches of the page that follows the one of key ``after`` ("": the first page), and the key that the next
    page follows, "" on the last. A key that is not there any more begins again.
    """
    keys = [key_of(one) for one in ranked]
    start = keys.index(after) + 1 if after in keys else 0
    shown = list(ranked[start : start + SHOWN])
    more = start + SHOWN < len(ranked)
    return shown, key_of(shown[-1]) if more else ""
