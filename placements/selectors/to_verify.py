"""The jobs after whose continuation one asks, and of which nobody has news."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from accounts.parameters import Key, value_on
from foundation.rules.periods import add_months
from placements.models import Employment
from placements.rules.observed import MILESTONES, unseen_milestone
from placements.selectors.discretion import is_hidden
from placements.selectors.observed import known_jobs, with_news

# A job is asked about until its last milestone, and some months more for whoever is late.
MONTHS_ASKED = MILESTONES[-1] + 6


@dataclass(slots=True)
class ToVerify:
    """A job, the last day on which it was seen, and the first milestone of which nothing is known."""

    job: Employment
    seen_on: date
    months: int
    asked_about: date
    may_verify: bool = False

    @property
    def names_firm(self) -> bool:
        """Whether the firm is told: who hears of a discreet or refused follow-up is whoever may act on the case."""
        return self.may_verify or not is_hidden(self.job)


def jobs_without_end(on: date) -> QuerySet[Employment]:
    """The jobs of closed cases young enough to be asked about on a day, whether or not somebody has news of them."""
    found: QuerySet[Employment] = Employment.objects.effective().filter(
        case__closed_on__lte=on,
        ended_on__isnull=True,
        contract_type__in=value_on(Key.PLACED_CONTRACT_TYPES, on),
        starts_on__gte=add_months(on, -MONTHS_ASKED),
    )
    return found


def jobs_to_verify(user: User, on: date, coaches: Sequence[UUID] | None = None) -> list[ToVerify]:
    """The jobs of closed cases that a milestone asks about on a day, the longest waiting first; one statement.

    Left out: those whose end is known, those begun before their case, and what ended with a death. Of the cases that
    `coaches` had in the end, or of everybody's.
    """
    jobs = jobs_without_end(on).visible_to(user)  # type: ignore[attr-defined]
    if coaches is not None:
        jobs = jobs.filter(case__coach__in=coaches)
    jobs = jobs.select_related("case__beneficiary", "case__coach", "company", "followup_agreement")
    jobs = jobs.order_by("starts_on", "pk")
    found = []
    rows = list(with_news(jobs))
    for job, known in zip(rows, known_jobs(rows), strict=True):
        asked = unseen_milestone(known, on)
        if asked is not None:
            found.append(ToVerify(job, asked.seen_on, asked.months, asked.on))
    return sorted(found, key=lambda line: (line.asked_about, line.job.starts_on, str(line.job.pk)))
