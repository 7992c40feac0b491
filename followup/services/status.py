"""The status row of a case: dates derived from its facts, rebuilt in the transaction of every write that matters."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from beneficiaries.models import CoachingCase
from beneficiaries.rules.phases import Phase
from followup.enums import AppointmentState
from followup.models import CaseStatus
from followup.policy import cadence_policy
from followup.rules.cadence import (
    ContactFact,
    counts_for_cadence,
    counts_for_employer,
    next_due_on,
    no_shows_in_a_row,
)
from foundation.rules.periods import ONE_DAY, Period
from placements.enums import FollowUpMode
from placements.models import Employment
from placements.rules.clocks import FollowUpWindow
from placements.selectors import ClockFacts, clock_facts

# What the rebuild reads of each case, so that ten thousand cases cost a bounded number of statements.
PREFETCHES = ("spells", "contacts", "appointments", "employments__followup_agreement")


def rebuild_status(case: CoachingCase) -> CaseStatus:
    """Recompute and store the status of one case; to be called inside the transaction that changed a fact."""
    case = CoachingCase.objects.prefetch_related(*PREFETCHES).get(pk=case.pk)
    status, _created = CaseStatus.objects.update_or_create(
        case=case, defaults={"organisation_id": case.organisation_id, **derived_dates(case)}
    )
    return status


@transaction.atomic
def rebuild_all(cases: Iterable[CoachingCase] | None = None, *, batch: int = 500) -> int:
    """Recompute the status of many cases in batches and return how many there were; every row ends as `rebuild_status`
    would leave it.
    """
    queryset = CoachingCase.objects.order_by("pk").prefetch_related(*PREFETCHES)
    if cases is not None:
        queryset = queryset.filter(pk__in=[case.pk for case in cases])
    total = 0
    for start in range(0, queryset.count(), batch):
        rows = [
            CaseStatus(case=case, organisation_id=case.organisation_id, **derived_dates(case))
            for case in queryset[start : start + batch]
        ]
        fields = [
            field.name for field in CaseStatus._meta.concrete_fields if field.name not in ("id", "created_at", "case")
        ]
        CaseStatus.objects.bulk_create(rows, update_conflicts=True, unique_fields=["case"], update_fields=fields)
        total += len(rows)
    return total


def derived_dates(case: CoachingCase) -> dict[str, Any]:
    """Every derived field of a case whose `PREFETCHES` are loaded. Dates only: the result does not depend on the day it
    is asked.
    """
    spells = sorted(case.spells.all(), key=lambda spell: spell.sequence)
    current = spells[-1]
    employments = [employment for employment in case.employments.all() if employment.cancelled_on is None]
    facts = clock_facts(case, employments)
    windows = facts.windows()
    contacts = sorted(case.contacts.all(), key=lambda contact: (contact.on, contact.created_at))
    last_contact = max((c.on for c in contacts if counts_for_cadence(c.channel, c.outcome, c.party)), default=None)
    planned = [a.on for a in case.appointments.all() if a.state == AppointmentState.PLANNED]
    return {
        "coach_id": case.coach_id,
        "phase": current.phase,
        "phase_started_on": current.starts_on,
        "prehire_started_on": facts.prehire_started_on,
        "prehire_deadline": _prehire_deadline(facts),
        "followup_starts_on": windows[-1].starts_on if windows else None,
        "followup_deadline": windows[-1].deadline if windows else None,
        "contract_ends_on": _contract_end(facts, employments),
        "last_contact_on": last_contact,
        "next_appointment_on": min(planned, default=None),
        "no_shows_in_a_row": no_shows_in_a_row([ContactFact(c.on, c.channel, c.outcome, c.party) for c in contacts]),
        **_due_dates(Phase(current.phase), current.starts_on, last_contact, windows, employments, contacts),
    }


def _prehire_deadline(facts: ClockFacts) -> date | None:
    """The first day no longer covered by the 24 months, from every known contract."""
    if facts.prehire_started_on is None:
        return None
    clock = facts.prehire(facts.prehire_started_on)
    return clock.deadline if clock else None


def _contract_end(facts: ClockFacts, employments: list[Employment]) -> date | None:
    """The last day of the followed contract that began last; none while it is open-ended."""
    followed = [e for e in employments if e.contract_type in facts.policy.followed_types]
    last = max(followed, key=lambda e: (e.starts_on, e.created_at), default=None)
    return last.last_day if last else None


def _due_dates(
    phase: Phase,
    phase_started_on: date,
    last_contact: date | None,
    windows: tuple[FollowUpWindow, ...],
    employments: list[Employment],
    contacts: list[Any],
) -> dict[str, date | None]:
    """When the person and the employer are next due. With several jobs followed, the earliest day of all."""
    policy = cadence_policy(phase_started_on)
    if phase is not Phase.FOLLOW_UP:
        due, _interval = next_due_on(phase, phase_started_on, last_contact, None, policy)
        return {"contact_due_on": due, "employer_due_on": None, "due_until": None}
    person: list[tuple[date, date]] = []
    employer: list[date] = []
    hidden = {str(e.company_id) for e in employments if _is_hidden(e)}
    for window in windows:
        due, _interval = next_due_on(phase, phase_started_on, last_contact, window.period, policy)
        if due is not None:
            person.append((due, window.deadline))
        if window.employer not in hidden:
            talk = _employer_due(window.period, window.employer, contacts, policy.employer_days)
            if talk is not None:
                employer.append(talk)
    due_on, until = min(person, default=(None, windows[-1].deadline if windows else None))
    return {"contact_due_on": due_on, "employer_due_on": min(employer, default=None), "due_until": until}


def _is_hidden(employment: Employment) -> bool:
    """Whether the employer must not hear of the follow-up of this job."""
    agreement = getattr(employment, "followup_agreement", None)
    return agreement is not None and agreement.mode != FollowUpMode.AGREED


def _employer_due(window: Period, employer: str, contacts: list[Any], every_days: int) -> date | None:
    """The next talk due with one employer inside its window."""
    talks = [
        c.on
        for c in contacts
        if counts_for_employer(c.channel, c.outcome, c.party) and str(c.company_id) == employer and c.on >= window.start
    ]
    due = max(talks, default=window.start) + every_days * ONE_DAY
    return due if window.end is None or due < window.end else None
