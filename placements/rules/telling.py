"""Whether a contract that is written down begins something, or tells what took place.

Source: domain, sections 4, 5 and 5 bis: enforcement forbids starting what may no longer start, never telling what took
place. What is told keeps its true dates, and clocks and windows follow from them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from method.rules.phases import Phase
from placements.rules.clocks import Contract


class Telling(StrEnum):
    """What writing a contract down does to the phases, or why it may not begin."""

    LEADS = "leads"
    """It moves the case along."""
    CATCHES_UP = "catches_up"
    """It began before the phase in course and still runs: the case moves along from the first day of that phase."""
    TOLD = "told"
    """The phases were lived without it, and stand."""
    CLOSED = "closed"
    TOO_EARLY = "too_early"
    EXPIRED = "clock_expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Where a case stands when a contract is written down.

    Attributes:
        phase: the phase in course, EXIT included.
        phase_started_on: its first day.
        prehire_started_on: first day of pre-hire; ``None`` while it was never opened.
        expired: whether the 24 months were used up on the first day of the contract.
    """

    phase: Phase
    phase_started_on: date
    prehire_started_on: date | None
    expired: bool


def telling(contract: Contract, course: Course, on: date) -> Telling:
    """Return what writing ``contract`` down on the day ``on`` does.

    A first day that has passed took place, whatever the case may no longer begin; today's is still a beginning.
    """
    if contract.starts_on >= on:
        if course.phase is Phase.EXIT:
            return Telling.CLOSED
        if course.phase is Phase.PREPARATORY:
            return Telling.TOO_EARLY
        return Telling.EXPIRED if course.expired else Telling.LEADS
    started = course.prehire_started_on
    if course.phase is Phase.EXIT or started is None or contract.starts_on < started or course.expired:
        return Telling.TOLD
    if contract.starts_on >= course.phase_started_on:
        return Telling.LEADS
    end = contract.worked.end
    runs = end is None or end > on
    return Telling.CATCHES_UP if runs and course.phase is not Phase.FOLLOW_UP else Telling.TOLD
