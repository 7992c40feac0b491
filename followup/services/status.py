"""The status row and the deadlines of a case: dates derived from its facts, rebuilt in the transaction of every write
that matters.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, Subquery

from accounts.enums import Funder
from accounts.parameters import Key, value_on
from beneficiaries.enums import ExitReason
from beneficiaries.models import CoachingCase, ExceptionRequest, PhaseSpell
from beneficiaries.rules.exceptions import ExceptionState
from employers.rules.lineage import Lineage
from followup.enums import AppointmentState
from followup.models import Appointment, CaseAsk, CaseStatus, Contact
from followup.models import Deadline as DeadlineRow
from followup.registries import results_prefetches, settled_results
from followup.rules.cadence import (
    ContactFact,
    counts_for_cadence,
    counts_for_employer,
    no_shows_since_last_contact,
)
from followup.rules.deadlines import CaseFacts, Deadline, Refusal, deadlines
from followup.rules.mandate import lapses_of, written
from followup.rules.pace import written as pace_written
from followup.selectors.calendars import coming_places, with_calendars
from followup.selectors.pace import seen_of
from followup.selectors.policy import cadence_policy, deadline_policy
from followup.selectors.tasks import first_due
from foundation.rules.periods import ONE_DAY
from method.rules.phases import Phase
from placements.enums import REFUSED_BY_EMPLOYER, REFUSED_BY_PERSON
from placements.models import Employment
from placements.selectors.clocks import ClockFacts, clock_facts
from placements.selectors.discretion import hidden_among

# What the rebuild reads of each case, besides what others know of its results (`prefetches`).
OWN_PREFETCHES = (
    "project",
    "spells",
    "deadlines",
    "employments__followup_agreement",
    "suspensions",
    "extensions",
    "previous_case__spells",
    "previous_case__employments",
    "previous_case__suspensions",
    "previous_case__extensions",
    "next_cases",
)
# Columns that a deadline is made of; two rows alike are one deadline.
DEADLINE_FIELDS = ("kind", "due_on", "shown_from", "until", "company_id")

DeadlineValues = tuple[str, date, date, date | None, UUID | None]


def prefetches(appointments: "str | Prefetch[Any]" = "appointments") -> "tuple[str | Prefetch[Any], ...]":
    """What the rebuild reads of each case, so that ten thousand cases cost a bounded number of statements; its
    appointments in another way when more is asked of them.
    """
    # With whom each talk was held: a place of the employer is the employer.
    contacts = Prefetch("contacts", Contact.objects.annotate(firm_lineage=F("company__lineage")))
    return (*OWN_PREFETCHES, appointments, contacts, *results_prefetches())


class Derived(NamedTuple):
    """What the facts of a case give: the columns of its status row, and its deadlines by `DEADLINE_FIELDS`."""

    dates: dict[str, Any]
    deadlines: set[DeadlineValues]


@transaction.atomic
def rebuild_all(
    cases: Iterable[CoachingCase] | None = None, *, organisation_id: UUID | None = None, batch: int = 500
) -> int:
    """Recompute the status of many cases in batches and return how many there were.

    Acts settle what they write by themselves (`followup.services.settling`): this is for whoever writes outside any
    act, and for what changes every case at once, of all organisations or of one.
    """
    queryset = CoachingCase.objects.order_by("pk")
    if cases is not None:
        queryset = queryset.filter(pk__in=[case.pk for case in cases])
    if organisation_id is not None:
        queryset = queryset.filter(organisation_id=organisation_id)
    keys = list(queryset.values_list("pk", flat=True))
    for start in range(0, len(keys), batch):
        store_status(loaded(keys[start : start + batch]))
    return len(keys)


def with_facts(
    cases: QuerySet[CoachingCase], appointments: "str | Prefetch[Any]" = "appointments"
) -> QuerySet[CoachingCase]:
    """The cases with everything that `derive` reads of them."""
    # Read with the case itself: a request that waits costs no act a statement.
    waiting = ExceptionRequest.objects.filter(case=OuterRef("pk"), state=ExceptionState.REQUESTED)
    oldest = Subquery(waiting.order_by("requested_on").values("requested_on")[:1])
    news = CaseAsk.objects.filter(case=OuterRef("pk")).order_by("-asked_on").values("asked_on")[:1]
    read = cases.annotate(asked_on=oldest, news_asked_on=Subquery(news), task_due_on=first_due())
    return read.prefetch_related(*prefetches(appointments))


def loaded(keys: Sequence[UUID]) -> list[CoachingCase]:
    """Cases with everything that the rebuild reads of them, the rows that what it writes names, and which of what is
    planned the calendars of others hold.
    """
    found = CoachingCase.objects.filter(pk__in=keys).select_related("beneficiary", "coach", "project", "previous_case")
    found = found.annotate(has_places=Exists(coming_places().filter(case=OuterRef("pk"))))
    appointments = Prefetch("appointments", with_calendars(Appointment.objects.all()))
    return list(with_facts(found, appointments).order_by("pk"))


def store_status(cases: Sequence[CoachingCase]) -> None:
    """Recompute and store the status and the deadlines of cases that are `loaded`; part of the transaction that changed
    a fact.
    """
    fields = [f.name for f in CaseStatus._meta.concrete_fields if f.name not in ("id", "created_at", "case")]
    derived = [(case, derive(case)) for case in cases]
    rows = [CaseStatus(case=case, organisation_id=case.organisation_id, **one.dates) for case, one in derived]
    CaseStatus.objects.bulk_create(rows, update_conflicts=True, unique_fields=["case"], update_fields=fields)
    _store_deadlines([(case, one.deadlines) for case, one in derived])


def _store_deadlines(wanted: Sequence[tuple[CoachingCase, set[DeadlineValues]]]) -> None:
    """Leave exactly the wanted deadlines, rewriting only what differs. The cases have theirs prefetched."""
    gone: list[UUID] = []
    added: list[DeadlineRow] = []
    for case, values in wanted:
        missing = set(values)
        for row in case.deadlines.all():
            key = deadline_values(row)
            if key in missing:
                missing.remove(key)
            else:
                gone.append(row.pk)
        added += [
            DeadlineRow(case=case, organisation_id=case.organisation_id, **dict(zip(DEADLINE_FIELDS, key, strict=True)))
            for key in missing
        ]
    if gone:
        DeadlineRow.objects.filter(pk__in=gone).delete()
    if added:
        DeadlineRow.objects.bulk_create(added)


def deadline_values(row: DeadlineRow) -> DeadlineValues:
    """A stored deadline by what it is made of."""
    return row.kind, row.due_on, row.shown_from, row.until, row.company_id


def derive(case: CoachingCase) -> Derived:
    """Everything derived from a case whose `prefetches` are loaded.

    Dates only: the result does not depend on the day it is asked.
    """
    spell = max(case.spells.all(), key=lambda s: s.sequence)
    employments = [employment for employment in case.employments.all() if employment.cancelled_on is None]
    clocks = clock_facts(case, employments)
    contacts = sorted(case.contacts.all(), key=lambda contact: (contact.on, contact.created_at))
    planned = [a.on for a in case.appointments.all() if a.state == AppointmentState.PLANNED]
    facts = _case_facts(case, spell, clocks, employments, contacts, planned)
    window = max((w for w, _cadence in facts.windows), key=lambda w: (w.deadline, w.starts_on), default=None)
    jobs_end_on = facts.jobs_end_on()
    dates = {
        "coach_id": case.coach_id,
        "phase": spell.phase,
        "phase_started_on": spell.starts_on,
        "prehire_started_on": clocks.prehire_started_on,
        "prehire_deadline": facts.prehire_deadline,
        "prehire_lapses": written(lapses_of(_granted(case, clocks))),
        "prehire_course": course.written() if (course := clocks.course()) else {},
        "followup_starts_on": window.starts_on if window else None,
        "followup_deadline": window.deadline if window else None,
        "contract_ends_on": jobs_end_on - ONE_DAY if jobs_end_on else None,
        "last_contact_on": facts.last_contact_on,
        "next_appointment_on": min(planned, default=None),
        "no_shows_in_a_row": len(facts.no_shows),
    }
    policy = deadline_policy(spell.starts_on, case.organisation_id, clocks.policy)
    seen = seen_of(case, clocks, employments)
    tolerance = value_on(Key.SILENCE_TOLERANCE, spell.starts_on, case.organisation_id)
    dates |= {"pace": pace_written(seen), "silent_from": seen.silent_from(tolerance), "silent_until": seen.ends_on}
    return Derived(dates, {_values(deadline) for deadline in deadlines(facts, policy)})


def _granted(case: CoachingCase, clocks: ClockFacts) -> Iterator[tuple[date, date | None]]:
    """The extensions that stand, in order: when each was granted, and the end of the 24 months without it and those
    after it.
    """
    months = 0
    standing = [one for one in case.extensions.all() if one.taken_back_on is None]
    for extension in sorted(standing, key=lambda one: (one.granted_on, one.rank)):
        before = replace(clocks, extension_months=months).prehire(extension.granted_on)
        yield extension.granted_on, before.deadline if before else None
        months += extension.months


def _values(deadline: Deadline) -> DeadlineValues:
    """A computed deadline as it is stored."""
    company = UUID(deadline.employer) if deadline.employer else None
    return deadline.kind.value, deadline.due_on, deadline.shown_from, deadline.until, company


def _case_facts(
    case: CoachingCase,
    spell: PhaseSpell,
    clocks: ClockFacts,
    employments: Sequence[Employment],
    contacts: Sequence[Contact],
    planned: Sequence[date],
) -> CaseFacts:
    """The case as the rules of the deadlines read it."""
    talks: dict[str, list[date]] = {}
    for contact in contacts:
        if contact.company_id and counts_for_employer(contact.channel, contact.outcome, contact.party):
            firm = str(contact.company_id)
            ties: str = contact.firm_lineage  # type: ignore[attr-defined]  # read by `prefetches`
            talks.setdefault(Lineage.read(ties, firm).last, []).append(contact.on)
    counting = [c.on for c in contacts if counts_for_cadence(c.channel, c.outcome, c.party)]
    hidden = hidden_among(employments)
    started = clocks.prehire_started_on
    clock = clocks.prehire(started) if started else None
    return CaseFacts(
        phase=Phase(spell.phase),
        phase_started_on=spell.starts_on,
        last_contact_on=max(counting, default=None),
        prehire_deadline=clock.deadline if clock else None,
        contracts=clocks.followed(),
        windows=tuple((window, cadence_policy(window.starts_on, case.organisation_id)) for window in clocks.windows()),
        hidden_employers=frozenset(e.as_contract().employer for e in employments if e.family in hidden),
        refusals=_refusals(employments),
        suspended=clocks.suspended(),
        asked_on=getattr(case, "asked_on", None),
        news_asked_on=getattr(case, "news_asked_on", None),
        task_due_on=getattr(case, "task_due_on", None),
        looked_at={s.starts_on: s.looked_at for s in case.suspensions.all() if s.counts},
        employer_talks=talks,
        no_shows=no_shows_since_last_contact([ContactFact(c.on, c.channel, c.outcome, c.party) for c in contacts]),
        referred_on=case.referred_on,
        appointments=tuple(planned),
        results_asked=_are_results_asked(case, spell),
        results_settled=settled_results(case),
    )


def _refusals(employments: Sequence[Employment]) -> dict[str, Refusal]:
    """What was refused, firm by firm; of several contracts with one firm, the latest word holds."""
    told = [e for e in employments if hasattr(e, "followup_agreement")]
    told.sort(key=lambda e: (e.followup_agreement.agreed_on, e.starts_on))
    return {
        e.as_contract().employer: Refusal(
            by_person=e.followup_agreement.mode in REFUSED_BY_PERSON,
            by_employer=e.followup_agreement.mode in REFUSED_BY_EMPLOYER,
            lifted_on=e.followup_agreement.accepted_from,
        )
        for e in told
    }


def _are_results_asked(case: CoachingCase, spell: PhaseSpell) -> bool:
    """Whether the funder asks what became of the person; nobody asks it of somebody who died."""
    return case.project is not None and case.project.funder == Funder.FSE and spell.exit_reason != ExitReason.DEATH
