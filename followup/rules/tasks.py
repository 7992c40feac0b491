"""Tasks of a case: who does them, whose turn it is, by when, and what a list of the house asks in each phase.

A task that a rule of the trade asks for is not written here: it is a deadline (:mod:`followup.rules.deadlines`), born
and settled by the facts alone. What people write by hand and what the house asks in each phase stand beside it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from foundation.rules.lists import ClosedList
from foundation.rules.periods import Period


class Doer(ClosedList):
    """Who does a task: a place beside the case and no name, so that a hand-over or an absence moves it by itself."""

    COACH = "COACH", "jobcoach"
    SECOND = "SECOND", "deuxième personne"
    COORDINATION = "COORD", "coordination"


class WhoseTurn(ClosedList):
    """Of whom something is waited for before the task can be done."""

    COACH = "COACH", "au jobcoach"
    PERSON = "PERSON", "à la personne"
    PARTNER = "PARTNER", "à un partenaire"
    EMPLOYER = "EMPLOYER", "à l’employeur"


#: whose tasks stand among what is due of whoever carries the case
ON_THE_DAY = (Doer.COACH, Doer.SECOND)


class DoneVerdict(StrEnum):
    """What is wrong with the day on which a task is said to be done."""

    FINE = "fine"
    FUTURE = "future"
    BEFORE_CASE = "before_case"


def done_verdict(done_on: date, *, opened_on: date, on: date) -> DoneVerdict:
    """Return what is wrong with a day: told late, a task keeps its true day, within the life of its case."""
    if done_on > on:
        return DoneVerdict.FUTURE
    return DoneVerdict.BEFORE_CASE if done_on < opened_on else DoneVerdict.FINE


@dataclass(frozen=True, slots=True)
class AskedInPhase:
    """A line that the house asks in a phase, as long as it stands.

    Attributes:
        key: its key.
        phase: in which phase it is asked.
        words: what is asked.
        stands: the days on which it is asked of cases; a line that is retired ends.
    """

    key: UUID
    phase: str
    words: str
    stands: Period


def asked_lines(
    lines: Iterable[AskedInPhase], phase: str, answered: Collection[UUID], on: date
) -> tuple[AskedInPhase, ...]:
    """Return the lines that a case in a phase has still to answer on a day, in the order of the house.

    Nothing is copied when a case is opened or changes phase: the lines are those of the phase in which it is. What was
    ticked is a task that is done, and stays whatever becomes of the line.
    """
    waiting = (line for line in lines if line.phase == phase and line.key not in answered)
    return tuple(line for line in waiting if line.stands.contains(on))
