"""Beside the thread: what is due and whose turn it is, and what follows if the running contract is not renewed."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from beneficiaries.models import CoachingCase
from employers.models import Company
from followup.models import CaseStatus, Deadline
from followup.rules.kinds import DeadlineKind
from followup.selectors.events import JoinedLines
from followup.selectors.reasons import Reason, reason_of
from foundation.rules.periods import ONE_DAY
from placements.rules.durable import durable_insertion
from placements.selectors.jobs import load_jobs, loaded_clock_facts
from placements.selectors.policy import durable_policy
from placements.selectors.what_if import Shift, shift

# So many are read beside the thread; the coach's day has them all.
MOST_TURNS = 8


@dataclass(frozen=True, slots=True)
class Turn:
    """Something due, who has to do it, and the page that settles it."""

    reason: Reason
    whose: str
    url: str


@dataclass(frozen=True, slots=True)
class NotRenewed:
    """What follows if the contract that runs ends on its last day and none comes after.

    ``ends_on`` is that last day, ``back_on`` the first one without work; ``clock`` the end of the 24 months, with and
    without what is planned after it.
    """

    contract: str
    ends_on: date
    back_on: date
    clock: Shift | None
    durable: bool


def due_lines(on: date) -> Subquery:
    """What stands due of each case of a queryset, a line each: read with the case, so that it costs no statement."""
    line = Concat(
        "kind",
        Value("|"),
        Cast("due_on", CharField()),
        Value("|"),
        Coalesce(Cast("company_id", CharField()), Value("")),
        Value("|"),
        Coalesce("company__name", Value("")),
        output_field=CharField(),
    )
    due = Deadline.objects.filter(case=OuterRef("pk")).standing_on(on).order_by().values("case")
    return Subquery(due.annotate(lines=JoinedLines(line)).values("lines"))


def turns_of(case: CoachingCase, lines: str | None, on: date) -> list[Turn]:
    """What stands due of a case, the nearest first, from its `due_lines`; no statement."""
    status: CaseStatus = case.status
    found = (_deadline(line) for line in (lines or "").splitlines())
    # The tasks that people wrote stand below, each in its own words.
    due = sorted((one for one in found if one.kind != DeadlineKind.TASK), key=lambda one: (one.due_on, one.kind))
    return [_turn(reason_of(deadline, status, on), case) for deadline in due[:MOST_TURNS]]


def _deadline(line: str) -> Deadline:
    kind, due_on, firm, name = line.split("|", 3)
    company = Company(pk=UUID(firm), name=name) if firm else None
    return Deadline(kind=kind, due_on=date.fromisoformat(due_on), company=company)


def _turn(reason: Reason, case: CoachingCase) -> Turn:
    page = reason.url_name or ("followup:contact_create" if reason.is_contact or reason.firm else "")
    return Turn(
        reason=reason,
        whose=_("coordination") if reason.kind is DeadlineKind.DECISION else str(case.coach.get_full_name()),
        url=reverse(page, args=[case.pk]) if page else "",
    )


def not_renewed(case: CoachingCase, on: date) -> NotRenewed | None:
    """The trial of a contract that nothing follows; ``None`` without one that ends on a known day. No statement for a
    case whose contracts the header has read.
    """
    facts = loaded_clock_facts(case)
    stopping = facts.policy.stopping_types
    running = [
        job
        for job in load_jobs(case)
        if job.cancelled_on is None and job.contract_type in stopping and job.as_contract().worked.contains(on)
    ]
    ends = [job.last_day for job in running]
    if not running or any(end is None for end in ends) or not case.is_open:
        return None
    last = max(running, key=lambda job: job.last_day)
    trial = replace(facts, contracts=tuple(one for one in facts.contracts if one.starts_on <= on))
    return NotRenewed(
        contract=_("%(contract)s chez %(firm)s")
        % {"contract": last.get_contract_type_display(), "firm": last.company.name},
        ends_on=last.last_day,
        back_on=last.last_day + ONE_DAY,
        clock=shift(facts, trial, on),
        durable=durable_insertion(trial.contracts, durable_policy(on), last.last_day + ONE_DAY).durable,
    )
