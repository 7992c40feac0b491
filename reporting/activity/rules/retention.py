"""Still at work one, three and six months after the first day: how long jobs last, whoever the employer.

Source: practice of the MIRE's activity report (regulation.md 1.6); no text that was seen fixes the test, so that the
definition is the house's own and is printed beside the figures. A job is that of the follow-up clock: contracts with
one employer that follow each other closely enough.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from foundation.rules.periods import add_months
from placements.rules.clocks import Contract, Job, jobs
from placements.rules.durable import DurablePolicy


@dataclass(frozen=True, slots=True)
class Milestone:
    """What became of one job by one milestone.

    Attributes:
        months: calendar months after the first day.
        observed: whether one knows what became of the job by that day: it has come by the last day of the observation,
            and the job was seen that far, or seen to end before.
        same_employer: whether the job still ran that day; false when it is not observed.
        employed: whether the person was seen at work that day, for this employer or another; false when not observed.
    """

    months: int
    observed: bool
    same_employer: bool
    employed: bool


def jobs_begun(contracts: Iterable[Contract], policy: DurablePolicy, first: date, last: date) -> tuple[Job, ...]:
    """Return the jobs of one person whose first day lies from ``first`` to ``last``, both included, in order."""
    found = jobs(contracts, types=policy.placed_types, gap_days=policy.same_employer_gap_days)
    return tuple(job for job in found if first <= job.starts_on <= last)


def milestone(job: Job, contracts: Sequence[Contract], policy: DurablePolicy, months: int, until: date) -> Milestone:
    """Return what became of a job ``months`` after its first day, as far as it is known on the day ``until``.

    The day looked at has the number of the first day, ``months`` later: a job from 3 March is looked at on 3 April, and
    a contract whose last day is 2 April is over. A few days between two contracts of one job do not interrupt it.
    ``contracts`` are all those of the person, as far as they were seen: a job last seen running before that day is not
    observed.
    """
    on = add_months(job.starts_on, months)
    kept = job.ends_on is None or on < job.ends_on
    if on > until or (job.censored and not kept):
        return Milestone(months, False, False, False)
    elsewhere = jobs(contracts, types=policy.placed_types, gap_days=policy.same_employer_gap_days)
    at_work = kept or any(
        other.starts_on <= on and (other.ends_on is None or on < other.ends_on) for other in elsewhere
    )
    return Milestone(months, True, kept, at_work)
