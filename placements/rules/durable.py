"""Placed and durable: two figures that are never mixed.

*Placed* (mise à l'emploi) is any contract of employment. *Durable* (insertion durable) is three months in a row with
one employer, or six months of work in all. Sources: domain, section 9; MIRE-SUCC-02 (the test, confirmed) and
MIRE-SUCC-03 (two indicators); calendar months, gaps of seven days, 182 days and the types that count are assumptions
of the same file, hence parameters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from foundation.rules.periods import ONE_DAY, Period, add_months, covered_days, merge
from placements.rules.clocks import Contract, Job, jobs
from placements.rules.contract_kinds import DURABLE_TYPES, EMPLOYMENT_TYPES


@dataclass(frozen=True, slots=True, kw_only=True)
class DurablePolicy:
    """The definition, as dated parameters.

    Attributes:
        counted_types: contract types that count towards durable insertion.
        placed_types: contract types that are a placement.
        same_employer_months: calendar months in a row with one employer.
        several_employers_days: days of work in all, every employer together; a day worked twice counts once.
        same_employer_gap_days: most days without work between two contracts of one job.
    """

    counted_types: frozenset[str] = frozenset(DURABLE_TYPES)
    placed_types: frozenset[str] = frozenset(EMPLOYMENT_TYPES)
    same_employer_months: int = 3
    several_employers_days: int = 182
    same_employer_gap_days: int = 7


@dataclass(frozen=True, slots=True)
class Durable:
    """Whether the insertion is durable on the day asked, and since which day (``None`` when it is not)."""

    durable: bool
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What is still missing of a durable insertion on a day; meaningful while it is not reached.

    Attributes:
        worked_days: days of work before the day asked, every employer together.
        missing_days: days of work that are still needed in all.
        expected_on: the day on which the contracts known today, planned ones too, would make it durable; ``None`` when
            they do not suffice.
        employer: the firm of the job in course that would be durable first if it went on; ``None`` without one, and
            when the known contracts suffice.
        last_day_needed: the last day, inclusive, until which that job would have to go on.
    """

    worked_days: int
    missing_days: int
    expected_on: date | None = None
    employer: str | None = None
    last_day_needed: date | None = None


def durable_insertion(contracts: Sequence[Contract], policy: DurablePolicy, on: date) -> Durable:
    """Return whether the insertion is durable on ``on``, looking only at the days before it.

    Once reached it stays: the end of a job afterwards does not take it away.
    """
    reached = [d for d in (_one_employer_since(contracts, policy), _in_all_since(contracts, policy)) if d is not None]
    since = min(reached, default=None)
    if since is None or since > on:
        return Durable(False, None)
    return Durable(True, since)


def placed_since(contracts: Iterable[Contract], policy: DurablePolicy, on: date) -> date | None:
    """Return the first day worked under any contract of employment, no later than ``on``, or ``None``."""
    starts = [c.starts_on for c in contracts if c.type in policy.placed_types and not c.worked.is_empty]
    return min((start for start in starts if start <= on), default=None)


def durable_progress(contracts: Sequence[Contract], policy: DurablePolicy, on: date) -> Progress:
    """Return what is still missing on ``on`` of a durable insertion, and which way is the shortest."""
    worked = merge(piece for c in contracts if c.type in policy.counted_types for piece in c.stretches)
    done = covered_days(worked, min((p.start for p in worked), default=on), on)
    known = durable_insertion(contracts, policy, date.max)
    progress = Progress(
        worked_days=done,
        missing_days=max(0, policy.several_employers_days - done),
        expected_on=known.since if known.since is not None and known.since > on else None,
    )
    if known.durable:
        return progress
    running = [
        (add_months(job.starts_on, policy.same_employer_months) - ONE_DAY, job.employer)
        for job in jobs(contracts, types=policy.counted_types, gap_days=policy.same_employer_gap_days)
        if any(piece.contains(on) for piece in job.pieces)
    ]
    if not running:
        return progress
    last_day, employer = min(running)
    return replace(progress, employer=employer, last_day_needed=last_day)


def _one_employer_since(contracts: Sequence[Contract], policy: DurablePolicy) -> date | None:
    found = jobs(contracts, types=policy.counted_types, gap_days=policy.same_employer_gap_days)
    dates = [_job_reaches(job, add_months(job.starts_on, policy.same_employer_months)) for job in found]
    return min((d for d in dates if d is not None), default=None)


def _job_reaches(job: Job, target: date) -> date | None:
    """Return the first day from which the days before it show the job lasting until ``target``.

    Usually ``target`` itself. When it falls between two contracts of the job, the renewal shows only once its first
    day is over.
    """
    for piece in merge(job.pieces):
        if piece.end is None or piece.end >= target:
            return max(target, piece.start + ONE_DAY)
    return None


def _in_all_since(contracts: Iterable[Contract], policy: DurablePolicy) -> date | None:
    left = policy.several_employers_days
    worked: tuple[Period, ...] = merge(
        piece for c in contracts if c.type in policy.counted_types for piece in c.stretches
    )
    for period in worked:
        days = period.days()
        if days is None or days >= left:
            return period.start + timedelta(days=left)
        left -= days
    return None
