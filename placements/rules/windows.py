"""The second of the two clocks: six months of follow-up per job.

Sources: domain, section 6; MIRE-PH-06 (six months, assumption) of the regulation file.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from foundation.rules.periods import Period, add_months
from placements.rules.clocks import ClockPolicy, Contract, Job, jobs


class FollowUpState(StrEnum):
    """What the follow-up does on a day."""

    NONE = "none"
    UPCOMING = "upcoming"
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class FollowUpWindow:
    """The follow-up of one job: ``[starts_on, deadline)``; ``firm`` is the record where the person works."""

    starts_on: date
    deadline: date
    employer: str
    firm: str = field(default="", compare=False)

    @property
    def place(self) -> str:
        """The record of the firm where the person works."""
        return self.firm or self.employer

    @property
    def period(self) -> Period:
        """The window as a half-open period."""
        return Period(self.starts_on, self.deadline)

    def state(self, on: date) -> FollowUpState:
        """Return whether the window is upcoming, running or done on the day ``on``."""
        if on < self.starts_on:
            return FollowUpState.UPCOMING
        return FollowUpState.RUNNING if on < self.deadline else FollowUpState.DONE


@dataclass(frozen=True, slots=True)
class FollowUpClock:
    """The follow-up on one day; every field but the state is ``None`` when there is none.

    ``remaining_days`` counts from the day asked to the deadline; 0 when done, ``None`` when upcoming.
    """

    state: FollowUpState
    starts_on: date | None = None
    deadline: date | None = None
    employer: str | None = None
    remaining_days: int | None = None


def windows(contracts: Iterable[Contract], policy: ClockPolicy) -> tuple[FollowUpWindow, ...]:
    """Return the follow-up windows, one per job, ordered by first day.

    Each runs from the first day at work to the earliest of ``followup_months`` calendar months, the end of the job and
    the first day of a permanent contract with the same employer, which opens a window of its own even while the former
    contract runs on (domain, section 6).
    """
    found = jobs(
        contracts,
        types=policy.followed_types,
        gap_days=policy.same_employer_gap_days,
        new_job_when_permanent=policy.permanent_types,
    )
    return tuple(
        FollowUpWindow(
            starts_on=job.starts_on,
            deadline=min(
                filter(
                    None,
                    (add_months(job.starts_on, policy.followup_months), job.ends_on, _made_permanent_on(job, found)),
                )
            ),
            employer=job.employer,
            firm=job.firm,
        )
        for job in found
    )


def _made_permanent_on(job: Job, among: Iterable[Job]) -> date | None:
    """The first day of the next job with the same employer: they overlap only when a permanent contract opened it."""
    later = [
        other.starts_on
        for other in among
        if other.starts_on > job.starts_on and job.has_employer_of(other.contracts[0], other.starts_on)
    ]
    return min(later, default=None)


def followup_clock(contracts: Iterable[Contract], policy: ClockPolicy, on: date) -> FollowUpClock:
    """Return the follow-up on the day ``on``.

    With several windows running, the one that started last; with none running, the last one done, else the next one.
    """
    known = windows(contracts, policy)
    running = [w for w in known if w.state(on) is FollowUpState.RUNNING]
    done = [w for w in known if w.state(on) is FollowUpState.DONE]
    if running:
        chosen = max(running, key=lambda w: (w.starts_on, w.deadline))
        remaining: int | None = (chosen.deadline - on).days
    elif done:
        chosen = max(done, key=lambda w: (w.deadline, w.starts_on))
        remaining = 0
    elif known:
        chosen = min(known, key=lambda w: (w.starts_on, w.deadline))
        remaining = None
    else:
        return FollowUpClock(FollowUpState.NONE)
    return FollowUpClock(chosen.state(on), chosen.starts_on, chosen.deadline, chosen.employer, remaining)
