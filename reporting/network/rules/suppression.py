"""Nothing below five, nor anything that gives it back.

A small count is withheld; when only one count of a column is withheld, the total gives it back by subtraction: the
smallest of the others is withheld with it. Two withheld counts whose sum is itself below five would still say that
each is small, so that others follow until what is hidden together is five or more. A zero tells of nobody and may be
shown, but is withheld as well as any other when it is needed to protect one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

#: a row and a column of a table
Place = tuple[int, int]
#: the smallest number of people that is shown
LEAST = 5


def is_small(count: int) -> bool:
    """Whether a count speaks of so few people that they could be recognised."""
    return 0 < count < LEAST


def withheld(counts: Sequence[int], also: Collection[int] = ()) -> frozenset[int]:
    """The places of the counts of one column that are not shown beside their total; ``also`` are places that something
    else withholds already.

    What is withheld together is at least two counts and at least ``LEAST`` people, or the whole column: then the total
    itself is withheld when it is small (:func:`total_is_withheld`).
    """
    hidden = {place for place, count in enumerate(counts) if is_small(count)} | set(also)
    if not hidden:
        return frozenset()
    # The smallest first loses least; a count above zero protects better than none.
    rest = sorted(
        (place for place in range(len(counts)) if place not in hidden),
        key=lambda place: (counts[place] == 0, counts[place], place),
    )
    while rest and (len(hidden) < 2 or sum(counts[place] for place in hidden) < LEAST):
        hidden.add(rest.pop(0))
    return frozenset(hidden)


def total_is_withheld(counts: Sequence[int], also: Collection[int] = ()) -> bool:
    """Whether the total would give back what is withheld: too small itself, or of one count alone.

    Zeros alone beside a small count protect nothing: the total would be that count.
    """
    hidden = withheld(counts, also)
    return bool(hidden) and (is_small(sum(counts)) or len([one for one in counts if one]) < 2)


@dataclass(frozen=True, slots=True)
class Line:
    """Counts of a table that add up to one of its totals: a column, or a row. Each by its place in the table."""

    parts: tuple[Place, ...]
    total: Place


def withheld_in(counts: Mapping[Place, int], lines: Sequence[Line]) -> frozenset[Place]:
    """The places of a table whose counts are not shown: the small ones, and what would give one back along any line.

    Each line is held to the rule of one column, again and again until nothing more has to be withheld: what a column
    protects may be given back by its row. A total that is withheld takes a part of its line with it.
    """
    hidden = {place for place, count in counts.items() if is_small(count)}
    before: set[Place] | None = None
    while before != hidden:
        before = set(hidden)
        for line in lines:
            values = [counts[place] for place in line.parts]
            also = {at for at, place in enumerate(line.parts) if place in hidden}
            if line.total in hidden and not also:
                # The smallest that tells of somebody, if any does.
                also = set(sorted(range(len(values)), key=lambda at: (values[at] == 0, values[at], at))[:1])
                hidden |= {line.parts[at] for at in also}
                continue
            if line.total in hidden:
                continue
            hidden |= {line.parts[at] for at in withheld(values, also)}
            if total_is_withheld(values, also):
                hidden.add(line.total)
    return frozenset(hidden)
