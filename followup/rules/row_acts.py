"""What is pressed on a row of the coach's day, and when it can still be undone there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from foundation.rules.lists import ClosedList
from foundation.rules.periods import ONE_DAY
from foundation.rules.workdays import WorkingDays

_MONDAY, _WEEK = 0, 7


class RowActKind(ClosedList):
    """What was pressed; the label is what the row answers."""

    HELD = "HELD", "A eu lieu, consigné"
    ABSENT = "ABSENT", "Absence consignée"
    CANCELLED = "CANCELLED", "Rendez-vous annulé"
    POSTPONED = "POSTPONED", "Reporté"
    NO_REPLY = "NO_REPLY", "Sans réponse"
    NOTE = "NOTE", "Note gardée"
    TASK = "TASK", "Tâche faite"
    GRANTED = "GRANTED", "Demande accordée"
    REFUSED = "REFUSED", "Demande refusée"


#: those that are pressed on an appointment, and answered on its line
OUTCOMES = (RowActKind.HELD, RowActKind.ABSENT, RowActKind.CANCELLED)


class UndoVerdict(StrEnum):
    """Whether an act can be undone from the row."""

    YES = "yes"
    ALREADY = "already"
    OVER = "over"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Postponement:
    """A day that one press puts something off to: tomorrow, or the Monday that comes."""

    day: date
    is_tomorrow: bool


def postponements(on: date, days: WorkingDays) -> tuple[Postponement, ...]:
    """Return the days offered for one press, the nearest first.

    Tomorrow is offered when it is worked; the next Monday is, or the first working day after it. One that is the other
    is offered once, as tomorrow.
    """
    tomorrow = on + ONE_DAY
    monday = on + ONE_DAY * (_WEEK - on.weekday())
    first = monday if days.is_working(monday) else days.next_after(monday)
    offered = [Postponement(tomorrow, True)] if days.is_working(tomorrow) else []
    if not offered or offered[0].day != first:
        offered.append(Postponement(first, False))
    return tuple(offered)


def is_news(row: UUID, written_at: datetime, seen: datetime | None, mine: Mapping[UUID, datetime]) -> bool:
    """Return whether a row of a case was written after what a page had seen of that case, elsewhere than on that page.

    Args:
        row: its key.
        written_at: when it was last written.
        seen: the last writing that the page knew; ``None`` when the case had none.
        mine: the rows that acts of the page wrote, each with the end of the last such act: what is later is news again.
    """
    if seen is not None and written_at <= seen:
        return False
    own = mine.get(row)
    return own is None or written_at > own


def undo_verdict(*, acted_on: date, on: date, undone: bool, written_since: bool) -> UndoVerdict:
    """Return whether an act can be undone.

    The life of a page ends with its day; what was written since by somebody, whoever it is, would be contradicted. An
    act that is undone already stays so: pressed twice, it is undone once.
    """
    if undone:
        return UndoVerdict.ALREADY
    if acted_on != on:
        return UndoVerdict.OVER
    return UndoVerdict.WRITTEN if written_since else UndoVerdict.YES
