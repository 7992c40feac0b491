"""A week drawn to scale: what overlaps stands side by side, what is free between two things, what clashes.

Everything is in minutes since midnight, of one day; a span is half-open, so that what ends at ten and what begins at
ten do not meet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HOUR = 60
DAY = 24 * HOUR
#: what is drawn of a day on which nothing is earlier or later
FIRST_HOUR, LAST_HOUR = 8, 18
#: when somebody is planned without being asked for it; an assumption: an hour at noon is left alone
OFFICE_HOURS = ((9 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR))
#: an appointment of the length that is proposed
SHORTEST_FREE = 45
#: what one move of a key or of the pointer is worth
STEP = 15


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Minutes ``[start, end)`` of a day."""

    start: int
    end: int

    @classmethod
    def lasting(cls, start: int, minutes: int) -> "Span":
        """From a minute on; what would go on after midnight ends there, and nothing lasts less than a minute."""
        return cls(start, min(max(start + minutes, start + 1), DAY))

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start

    def meets(self, other: "Span") -> bool:
        """Whether somebody would be at both at once."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Lane:
    """Where a span stands across its day: in the ``number``-th of ``of`` columns, from 0."""

    number: int = 0
    of: int = 1


def lanes(spans: Sequence[Span]) -> list[Lane]:
    """Return the lane of each span, in the order given: those that meet share the width, the others have all of it.

    A group is what meets from one to the next; all of a group have columns of one width.
    """
    found = [Lane()] * len(spans)
    group: list[int] = []
    ends: list[int] = []
    until = -1
    for index in sorted(range(len(spans)), key=lambda one: (spans[one].start, -spans[one].end)):
        span = spans[index]
        if span.start >= until:
            _close(found, group, len(ends))
            group, ends = [], []
        number = next((lane for lane, end in enumerate(ends) if end <= span.start), len(ends))
        ends[number : number + 1] = [span.end]
        found[index] = Lane(number)
        group.append(index)
        until = max(until, span.end)
    _close(found, group, len(ends))
    return found


def _close(found: list[Lane], group: Iterable[int], columns: int) -> None:
    for index in group:
        found[index] = Lane(found[index].number, columns)


def clashes(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Return the pairs of positions whose spans meet, the one that begins first first, by the hour of the second."""
    order = sorted(range(len(spans)), key=lambda one: (spans[one].start, spans[one].end, one))
    found = [
        (first, second)
        for place, first in enumerate(order)
        for second in order[place + 1 :]
        if spans[first].meets(spans[second])
    ]
    return sorted(found, key=lambda pair: (spans[pair[1]].start, spans[pair[0]].start, pair))


def free_spans(
    busy: Iterable[Span],
    *,
    hours: Iterable[tuple[int, int]] = OFFICE_HOURS,
    since: int = 0,
    shortest: int = SHORTEST_FREE,
) -> list[Span]:
    """Return what is left of the office hours between what is busy, from the minute ``since`` on, shorter gaps left
    out; a beginning is rounded up to the step of the agenda, so that nobody is planned at 10:07.
    """
    taken = sorted(busy)
    found = []
    for opening, closing in hours:
        start = max(opening, since)
        for span in [*taken, Span(closing, closing + 1)]:
            begins = -(-start // STEP) * STEP
            ends = min(span.start, closing)
            if ends - begins >= shortest:
                found.append(Span(begins, ends))
            start = max(start, span.end)
    return found


def drawn_hours(spans: Iterable[Span]) -> tuple[int, int]:
    """Return the first hour drawn and the one that ends the drawing: the office's day, wider when something is earlier
    or later.
    """
    known = list(spans)
    first = min([FIRST_HOUR, *(span.start // HOUR for span in known)])
    last = max([LAST_HOUR, *(-(-span.end // HOUR) for span in known)])
    return first, last
