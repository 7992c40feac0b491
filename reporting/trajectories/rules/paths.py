"""Paths over time: cohorts of entry, sequences of phases, bounces, and the wait for a first contract.

A *bounce* is a return to pre-hire, from a follow-up (the job ended) or from a hire that fell through (domain, section
4). Whoever has not found a contract yet has not waited for nothing: their wait is known up to the last day observed
and no further, which `reporting.trajectories.rules.survival` takes into account.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from foundation.rules.periods import ONE_DAY
from method.rules.phases import Phase
from placements.rules.clocks import Job
from reporting.trajectories.rules.survival import Observation


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter; ``number`` is 1 to 4.

    Raises:
        ValueError: there is no such quarter.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        """Raise `ValueError` for a number that is not 1 to 4."""
        if not 1 <= self.number <= 4:
            raise ValueError("a year has four quarters")

    @property
    def first(self) -> date:
        """The first day of the quarter, included: 1 January, April, July or October."""
        return date(self.year, 3 * self.number - 2, 1)

    def following(self) -> "Quarter":
        """Return the quarter after it, over the end of the year."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)


def quarter_of(on: date) -> Quarter:
    """Return the quarter of a day."""
    return Quarter(on.year, (on.month + 2) // 3)


def quarters(first: date, last: date) -> tuple[Quarter, ...]:
    """Return the quarters from that of ``first`` to that of ``last``, in order; none when ``last`` comes before."""
    found = []
    quarter, end = quarter_of(first), quarter_of(last)
    while quarter <= end:
        found.append(quarter)
        quarter = quarter.following()
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Passage:
    """The entry of a case in a phase."""

    phase: Phase
    starts_on: date


def trajectory(passages: Iterable[Passage], last: date) -> tuple[Phase, ...]:
    """Return the phases that a case went through until the end of the day ``last``, in order.

    ``passages`` are in the order in which they happened. A phase entered twice in a row counts once; one that lasted
    no day (a job found alone passes through HIRE the same day) counts.
    """
    found: list[Phase] = []
    for passage in passages:
        if passage.starts_on <= last and (not found or found[-1] is not passage.phase):
            found.append(passage.phase)
    return tuple(found)


class Bounce(StrEnum):
    """From where somebody came back to pre-hire."""

    JOB_ENDED = "job_ended"
    FELL_THROUGH = "fell_through"


def bounces(path: Sequence[Phase]) -> tuple[Bounce, ...]:
    """Return each return to pre-hire of a path, in order."""
    origins = {Phase.FOLLOW_UP: Bounce.JOB_ENDED, Phase.HIRE: Bounce.FELL_THROUGH}
    return tuple(origins[a] for a, b in pairwise(path) if b is Phase.PRE_HIRE and a in origins)


@dataclass(frozen=True, slots=True)
class Course:
    """A sequence of phases and the cases that followed it, in the order in which they came."""

    path: tuple[Phase, ...]
    refs: tuple[UUID, ...]


def courses(paths: Mapping[UUID, tuple[Phase, ...]]) -> tuple[Course, ...]:
    """Return the sequences of phases, that of most cases first; of two as frequent, the shorter, then in phase order.

    Every case is in exactly one of them.
    """
    found: dict[tuple[Phase, ...], list[UUID]] = {}
    for ref, path in paths.items():
        found.setdefault(path, []).append(ref)
    rank = {phase: number for number, phase in enumerate(Phase)}
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), len(item[0]), [rank[phase] for phase in item[0]]))
    return tuple(Course(path, tuple(refs)) for path, refs in ordered)


def wait_for_contract(
    entered_on: date, first_contract_on: date | None, left_on: date | None, last: date
) -> Observation:
    """Return how long a case waited for its first contract, seen at the end of the day ``last``.

    The wait ends on the first day at work. Without any by then, it was watched until the day of exit (``left_on``: the
    first day of EXIT) or until the end of ``last``, whichever came first. A contract after the exit is not awaited any
    more.

    Raises:
        ValueError: the case was entered after ``last``.
    """
    if entered_on > last:
        raise ValueError("a case is watched from its entry on")
    seen_until = min(day for day in (last + ONE_DAY, left_on) if day is not None)
    if (
        first_contract_on is not None
        and first_contract_on <= last
        and (left_on is None or first_contract_on <= left_on)
    ):
        return Observation(max(0, (first_contract_on - entered_on).days), ended=True)
    return Observation(max(0, (seen_until - entered_on).days), ended=False)


def job_length(job: Job) -> Observation:
    """Return how long a job was seen to hold: until its end, or until the last day on which it was seen running.

    ``job`` is made of observed contracts (`placements.rules.observed`).

    Raises:
        ValueError: nobody said until when the job was seen.
    """
    if job.ends_on is None:
        raise ValueError("an observed job has a last day")
    return Observation((job.ends_on - job.starts_on).days, ended=not job.censored)
