"""Contracts and the jobs that they make, and the first of the two clocks: 24 months of pre-hire.

The other one, six months of follow-up per job, is :mod:`placements.rules.windows`. Sources: domain, sections 3, 5 and
6; MIRE-PH-04 (24 months) of the regulation file.

Dates are computed over intervals, never day by day: a clock that has run for thirty years costs what its contracts
cost. Contracts and suspensions are stated as they are written (:mod:`placements.rules.contracts`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from foundation.rules.periods import ONE_DAY, Period, add_months, covered_days, merge
from placements.rules.contract_kinds import FOLLOWED_TYPES, PERMANENT_TYPES, STOPPING_TYPES
from placements.rules.contracts import Contract as Contract
from placements.rules.contracts import Suspension as Suspension

# Days before the end of a fixed-term contract at which its outcome must be prepared (domain, section 6).
FIXED_TERM_WARNING_DAYS = 30


class PrehireState(StrEnum):
    """What the 24-month clock does on a day."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    STOPPED = "stopped"
    EXPIRED = "expired"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPolicy:
    """The dated parameters of both clocks, read for the date of the event.

    Attributes:
        prehire_months: calendar months of pre-hire.
        followup_months: calendar months of follow-up of one job.
        same_employer_gap_days: most days without work between two contracts that are still one job.
        stopping_types: contract types that stop the 24-month clock.
        followed_types: contract types that open a follow-up.
        permanent_types: open-ended types; concluded after temporary ones at the same employer, they open a new
            follow-up.
        carry_over_months: a case re-opened earlier than that after its exit keeps the days already used.
    """

    prehire_months: int = 24
    followup_months: int = 6
    same_employer_gap_days: int = 7
    stopping_types: frozenset[str] = frozenset(STOPPING_TYPES)
    followed_types: frozenset[str] = frozenset(FOLLOWED_TYPES)
    permanent_types: frozenset[str] = frozenset(PERMANENT_TYPES)
    carry_over_months: int = 12


@dataclass(frozen=True, slots=True)
class PrehireClock:
    """The 24-month clock on one day. Every count is in days.

    Attributes:
        allowance_days: days granted in all, extensions included.
        used_days: days counted before the day asked (or before the closure), carried-over days included; goes on past
            the allowance, which shows the overrun.
        stopped_days: days not counted before the day asked (or before the closure).
        remaining_days: allowance less used days, never negative.
        state: what the clock does that day.
        deadline: first day no longer covered, every known stop taken into account, closure ignored; ``None`` while an
            open-ended stop keeps it unknown.
    """

    allowance_days: int
    used_days: int
    stopped_days: int
    remaining_days: int
    state: PrehireState
    deadline: date | None


@dataclass(frozen=True, slots=True)
class Job:
    """Contracts with one employer that follow each other closely enough to be one job; ``ends_on`` is half-open.

    ``pieces`` are the days under these contracts that belong to this job: weeks without work that are too many make
    two jobs of one contract by the week, and it then stands in both.
    """

    employer: str
    contracts: tuple[Contract, ...]
    pieces: tuple[Period, ...]

    @property
    def starts_on(self) -> date:
        """The first day of the first contract, or of the work resumed under it, included."""
        return self.pieces[0].start

    @property
    def firm(self) -> str:
        """The record of the firm where the person worked last."""
        return self.contracts[-1].place

    def has_employer_of(self, contract: Contract, on: date) -> bool:
        """Whether both have one employer on the day ``on``: a take-over counts from its day."""
        return self.contracts[-1].employer_on(on) == contract.employer_on(on)

    def goes_on(self, contract: Contract, piece: Period, gap_days: int, permanent: frozenset[str]) -> bool:
        """Whether days under a contract with the same employer prolong the job."""
        close = self.ends_on is None or (piece.start - self.ends_on).days <= gap_days
        return close and not (contract.type in permanent and self.contracts[-1].type not in permanent)

    def prolonged(self, contract: Contract, piece: Period) -> "Job":
        """The job with days more under a contract of its own, or one more."""
        known = any(contract is one for one in self.contracts)
        contracts = self.contracts if known else (*self.contracts, contract)
        return Job(contract.employer, contracts, (*self.pieces, piece))

    @property
    def ends_on(self) -> date | None:
        """First day after the last one worked; ``None`` while a contract is open-ended."""
        ends = [piece.end for piece in self.pieces]
        known = [end for end in ends if end is not None]
        return max(known) if len(known) == len(ends) else None

    @property
    def censored(self) -> bool:
        """Whether the job still ran when it was last seen: ``ends_on`` is then no end of it.

        Of a contract by the week that makes two jobs, the last days alone are those on which it was last seen.
        """
        return any(contract.censored and contract.stretches[-1] in self.pieces for contract in self.contracts)


def allowance_end(started_on: date, extension_months: int, policy: ClockPolicy) -> date:
    """Return the deadline of a clock that nothing would stop: the start plus all the months granted."""
    return add_months(started_on, policy.prehire_months + extension_months)


def prehire_stops(
    started_on: date, contracts: Iterable[Contract], suspensions: Iterable[Suspension], policy: ClockPolicy
) -> tuple[Period, ...]:
    """Return the days that the clock does not count, from its start on: merged, in order, half-open."""
    work = [contract for contract in contracts if contract.type in policy.stopping_types]
    raw = [piece for c in work for piece in c.stretches] + [until_work(s, work).period for s in suspensions]
    clipped = (period.clip(started_on) for period in raw)
    return merge(period for period in clipped if period is not None)


def until_work(suspension: Suspension, stopping: Iterable[Contract]) -> Suspension:
    """Return the suspension as work leaves it: a contract that begins while it lasts ends it the day before.

    Source: domain, section 5. ``stopping`` are the contracts that stop the clock. One that ran already when the
    suspension began leaves it as it is, and so does one of which no day is worked. Nothing is left of a suspension
    whose first day is the first one at work: it ends before it starts.
    """
    days = suspension.period
    begun = [c.starts_on for c in stopping if not c.worked.is_empty and days.contains(c.starts_on)]
    return replace(suspension, ends_on=min(begun) - ONE_DAY) if begun else suspension


def prehire_deadline(started_on: date, days: int, stops: Sequence[Period]) -> date | None:
    """Return the first day before which ``days`` counted days have passed.

    ``None`` when an open-ended stop comes first. ``stops`` are merged and in order, as :func:`prehire_stops` gives
    them. A stop that begins on that day or later comes too late to move it. With no day left (``days <= 0``) it is the
    start itself.
    """
    cursor, left = started_on, days
    for stop in stops:
        free = (stop.start - cursor).days
        if left <= max(free, 0):
            break
        if stop.end is None:
            return None
        left -= free
        cursor = stop.end
    return cursor + timedelta(days=max(left, 0))


def prehire_clock(
    *,
    started_on: date,
    contracts: Sequence[Contract],
    suspensions: Sequence[Suspension],
    closed_on: date | None,
    extension_months: int,
    policy: ClockPolicy,
    on: date,
    carried_over_days: int = 0,
) -> PrehireClock:
    """Return the 24-month clock on the day ``on``.

    Args:
        started_on: first day of PRE_HIRE.
        contracts: every known contract of the person, planned ones too; those that do not stop the clock are ignored.
        suspensions: approved suspensions only.
        closed_on: effective date of EXIT: from that day nothing is counted and the state is ``closed``.
        extension_months: months granted in writing, in all.
        policy: parameters in force.
        on: the day asked.
        carried_over_days: days already used by a former case, see :func:`carried_over`.

    Raises:
        ValueError: ``extension_months`` or ``carried_over_days`` is negative.
    """
    if extension_months < 0 or carried_over_days < 0:
        raise ValueError("months granted and days carried over cannot be negative")
    return clock_over(
        prehire_stops(started_on, contracts, suspensions, policy),
        started_on=started_on,
        allowance_days=(allowance_end(started_on, extension_months, policy) - started_on).days,
        carried_over_days=carried_over_days,
        closed_on=closed_on,
        on=on,
    )


def clock_over(
    stops: Sequence[Period],
    *,
    started_on: date,
    allowance_days: int,
    carried_over_days: int,
    closed_on: date | None,
    on: date,
) -> PrehireClock:
    """Return the 24-month clock on the day ``on`` from the days that it does not count, as :func:`prehire_stops` gives
    them.
    """
    counted_until = on if closed_on is None else min(on, closed_on)
    stopped = covered_days(stops, started_on, counted_until)
    used = carried_over_days + max(0, (counted_until - started_on).days) - stopped

    if on < started_on:
        state = PrehireState.NOT_STARTED
    elif closed_on is not None and on >= closed_on:
        state = PrehireState.CLOSED
    elif used >= allowance_days:
        state = PrehireState.EXPIRED
    elif any(stop.contains(on) for stop in stops):
        state = PrehireState.STOPPED
    else:
        state = PrehireState.RUNNING
    return PrehireClock(
        allowance_days=allowance_days,
        used_days=used,
        stopped_days=stopped,
        remaining_days=max(0, allowance_days - used),
        state=state,
        deadline=prehire_deadline(started_on, allowance_days - carried_over_days, stops),
    )


def carried_over(*, used_days: int, exited_on: date, reopened_on: date, policy: ClockPolicy) -> int:
    """Return the used days that a re-opened case keeps: all within ``carry_over_months`` of the exit, else none.

    The months are half-open from the day of exit: re-opened on the same day number twelve months later, the case
    starts afresh.
    """
    return used_days if reopened_on < add_months(exited_on, policy.carry_over_months) else 0


def fixed_term_warning_on(contract: Contract, policy: ClockPolicy, days: int = FIXED_TERM_WARNING_DAYS) -> date | None:
    """Return when the end of a contract must be prepared: ``days`` before its last day; ``None`` when no end is known.

    ``None`` too for permanent contracts (their end is never a term) and for contracts that no day was worked of.
    """
    worked = contract.worked
    if contract.type in policy.permanent_types or worked.is_empty or worked.last_day is None:
        return None
    return worked.last_day - timedelta(days=days)


def jobs(
    contracts: Iterable[Contract],
    *,
    types: frozenset[str],
    gap_days: int,
    new_job_when_permanent: frozenset[str] = frozenset(),
) -> tuple[Job, ...]:
    """Group contracts into jobs, ordered by first day.

    Two contracts with one employer are the same job when at most ``gap_days`` days without work lie between them. A
    contract of a type in ``new_job_when_permanent`` that follows one of another type opens a new job all the same.
    Contracts of other types than ``types``, and those of which no day was worked, are left out.
    """
    pieces = [(contract, piece) for contract in contracts if contract.type in types for piece in contract.stretches]
    running: list[Job] = []
    found: list[Job] = []
    # Permanent contracts sort first on a shared first day: there, nothing came before them.
    for contract, piece in sorted(pieces, key=lambda one: (one[1].start, one[0].type not in new_job_when_permanent)):
        former = [job for job in running if job.has_employer_of(contract, piece.start)]
        joined = next(
            (job for job in reversed(former) if job.goes_on(contract, piece, gap_days, new_job_when_permanent)), None
        )
        # Who took a firm over may have had contracts of its own: the one that goes on leaves the others running.
        gone = [joined] if joined is not None else former
        found += former if joined is None else []
        running = [job for job in running if job not in gone]
        running.append(joined.prolonged(contract, piece) if joined else Job(contract.employer, (contract,), (piece,)))
    return tuple(sorted(found + running, key=lambda job: (job.starts_on, job.employer)))
