"""What an event does to the contracts and the suspensions beside it; the acts that state it settle them.

Source: domain, sections 5 and 5 bis. What each event touches: docs/decisions, « settled neighbours ».
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from foundation.rules.periods import ONE_DAY
from placements.rules.clocks import Contract


class Fate(StrEnum):
    """What becomes of a contract when the person dies."""

    STANDS = "stands"
    """It was over by then."""
    ENDS = "ends"
    """It ran: the day of the death is its last one."""
    CALLED_OFF = "called_off"
    """Its first day never came."""


@dataclass(frozen=True, slots=True)
class AfterDeath:
    """A contract after a death: what became of it, and the contract as it then is written."""

    fate: Fate
    contract: Contract


def after_death(contract: Contract, died_on: date) -> AfterDeath:
    """Return what a death on the day ``died_on`` leaves of a contract.

    The day of the death is the last day of a contract that ran that day; one whose first day comes later is called off.
    """
    if contract.starts_on > died_on:
        return AfterDeath(Fate.CALLED_OFF, contract)
    end = contract.worked.end
    if end is not None and end <= died_on + ONE_DAY:
        return AfterDeath(Fate.STANDS, contract)
    return AfterDeath(Fate.ENDS, replace(contract, ended_on=died_on))


def last_day_regained(ends_on: date | None, next_starts_on: date | None) -> date | None:
    """Return the last day that a suspension regains when the work that had ended it is taken back.

    It is the one that it had, or the eve of the next suspension when another was asked for meanwhile.
    """
    if next_starts_on is None:
        return ends_on
    eve = next_starts_on - ONE_DAY
    return eve if ends_on is None else min(ends_on, eve)


def followup_without(contracts: Iterable[Contract], starts_on: date, until: date) -> date | None:
    """Return the first day of a follow-up that began ``starts_on`` once a contract was called off.

    ``contracts`` are the others that are followed. It stays as it is when one of them is worked that day, begins with
    the next one that begins by ``until`` otherwise, and ``None`` says that it never began.
    """
    others = list(contracts)
    if any(contract.worked.contains(starts_on) for contract in others):
        return starts_on
    later = [c.starts_on for c in others if starts_on < c.starts_on <= until and not c.worked.is_empty]
    return min(later, default=None)
