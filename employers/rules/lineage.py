"""Which firm is the employer behind a record of a firm, on a day: establishments and take-overs.

An establishment is a place of its enterprise, and always was. A firm taken over by another is itself until the day of
the take-over, and the other one from that day on. « One employer » of domain.md 6 (one job, one follow-up, one durable
insertion) is read from here and nowhere else. Pure functions; firms are named by any stable key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ALWAYS = date.min
_JOINT, _FROM = ";", "="


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """What is stated of a record: the enterprise that it is a place of; the firm that took it over, and since when."""

    main: str = ""
    taken_over_by: str = ""
    taken_over_on: date | None = None


@dataclass(frozen=True, slots=True)
class Lineage:
    """The employer behind one record, day by day: ``(first day, key)``, the first row since always."""

    steps: tuple[tuple[date, str], ...]

    @classmethod
    def alone(cls, firm: str) -> "Lineage":
        """A firm that is no place of another, and that nobody took over."""
        return cls(((ALWAYS, firm),))

    @classmethod
    def read(cls, stored: str, firm: str) -> "Lineage":
        """The lineage of ``firm`` as it is stored; nothing stored is a firm alone.

        Raises:
            ValueError: the text is no lineage.
        """
        if not stored:
            return cls.alone(firm)
        rows = (row.split(_FROM, 1) for row in stored.split(_JOINT))
        return cls(tuple((date.fromisoformat(first), key) for first, key in rows))

    def stored(self, firm: str) -> str:
        """The lineage as it is stored beside the record ``firm``: nothing for a firm alone."""
        return (
            ""
            if self == Lineage.alone(firm)
            else _JOINT.join(f"{day.isoformat()}{_FROM}{key}" for day, key in self.steps)
        )

    def on(self, day: date) -> str:
        """The employer on a day."""
        return next(key for first, key in reversed(self.steps) if first <= day)

    @property
    def last(self) -> str:
        """The employer once every take-over known has happened."""
        return self.steps[-1][1]


class TieFault(StrEnum):
    """Why a tie cannot be."""

    ITSELF = "itself"
    CIRCLE = "circle"


def lineage_of(firm: str, ties: Mapping[str, Ties]) -> Lineage:
    """Return the employer behind a record, day by day; records that ``ties`` does not know are alone."""
    way = _reachable(firm, ties)
    days = {ALWAYS, *(ties[one].taken_over_on or ALWAYS for one in way if one in ties and ties[one].taken_over_by)}
    steps: list[tuple[date, str]] = []
    for day in sorted(days):
        key = _employer_on(firm, ties, day)
        if not steps or steps[-1][1] != key:
            steps.append((day, key))
    return Lineage(tuple(steps))


def families(ties: Mapping[str, Ties]) -> dict[str, str]:
    """Return, for each record, the key of its family: all records that any tie joins, whatever its day.

    Who may hear of a person is asked of the whole family: a firm about to be taken over has the same people behind it.
    """
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    for firm, tie in ties.items():
        root(firm)
        for other in filter(None, (tie.main, tie.taken_over_by)):
            low, high = sorted((root(firm), root(other)))
            parent[high] = low
    return {firm: root(firm) for firm in list(parent)}


def tie_fault(firm: str, other: str, ties: Mapping[str, Ties]) -> TieFault | None:
    """Return why ``firm`` cannot be tied to ``other``; ``None`` when it can."""
    if firm == other:
        return TieFault.ITSELF
    return TieFault.CIRCLE if firm in _reachable(other, ties) else None


def _employer_on(firm: str, ties: Mapping[str, Ties], day: date) -> str:
    """Follow the ties that hold on a day; a take-over of the record itself comes before its enterprise."""
    seen = {firm}
    while True:
        tie = ties.get(firm, Ties())
        taken = tie.taken_over_by if tie.taken_over_on is not None and tie.taken_over_on <= day else ""
        following = taken or tie.main
        if not following or following in seen:
            return firm
        firm = following
        seen.add(firm)


def _reachable(firm: str, ties: Mapping[str, Ties]) -> frozenset[str]:
    """The record and all those that its ties lead to, whatever their day."""
    found: set[str] = set()
    waiting = [firm]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        tie = ties.get(one, Ties())
        waiting += filter(None, (tie.main, tie.taken_over_by))
    return frozenset(found)
