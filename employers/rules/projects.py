"""Which project the time of a visit to a firm is proposed for.

Pure functions. That the house says which one it proposes, and why, is its own choice: hours are what projects are paid
on, none is counted for one without somebody having read it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Key = TypeVar("Key")


class Why(StrEnum):
    """Why a project is proposed; `NOTHING` when none is."""

    NOTHING = ""
    ONLY = "only"
    USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Proposal(Generic[Key]):
    """The project that is proposed, by key, and why."""

    project: Key | None = None
    why: Why = Why.NOTHING


def proposed_project(running: Collection[Key], habits: Mapping[Key, int]) -> Proposal[Key]:
    """Return the project to propose among those that run that day: the only one, else the most usual one.

    ``habits`` are how often the coach works for each, whatever the unit, those that no longer run included. Nothing is
    proposed when two are as usual as one another.
    """
    if len(running) == 1:
        return Proposal(next(iter(running)), Why.ONLY)
    known = sorted((habits[one], position) for position, one in enumerate(running) if habits.get(one, 0) > 0)
    if not known or (len(known) > 1 and known[-1][0] == known[-2][0]):
        return Proposal()
    return Proposal(list(running)[known[-1][1]], Why.USUAL)
