"""Nothing below five, nor anything that gives it back.

A small count is withheld; when only one count of a column is withheld, the total gives it back by subtraction: the
smallest of the others is withheld with it. Two withheld counts whose sum is itself below five would still say that
each is small, so that others follow until what is hidden together is five or more. A zero tells of nobody and may be
shown, but is withheld as well as any other when it is needed to protect one.
"""

from collections.abc import Sequence

#: the smallest number of people that is shown
LEAST = 5


def is_small(count: int) -> bool:
    """Whether a count speaks of so few people that they could be recognised."""
    return 0 < count < LEAST


def withheld(counts: Sequence[int]) -> frozenset[int]:
    """The places of the counts of one column that are not shown beside their total.

    What is withheld together is at least two counts and at least ``LEAST`` people, or the whole column: then the total
    itself is withheld when it is small (:func:`total_is_withheld`).
    """
    hidden = {place for place, count in enumerate(counts) if is_small(count)}
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


def total_is_withheld(counts: Sequence[int]) -> bool:
    """Whether the total would give back what is withheld: too small itself, or of one count alone.

    Zeros alone beside a small count protect nothing: the total would be that count.
    """
    hidden = withheld(counts)
    return bool(hidden) and (is_small(sum(counts)) or len([one for one in counts if one]) < 2)
