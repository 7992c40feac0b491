"""The work of a period: contacts and collective sessions, their minutes and phase, and whether the mandate covers them.

Sources: domain, sections 5 and 6: what took place is always recorded; outside the mandate it counts in no subsidised
hour.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from beneficiaries.models import CoachingCase, PhaseSpell
from beneficiaries.selectors.belonging import belonged_on, value_on_day
from followup.enums import AttendanceState, Outcome
from followup.models import CollectiveSession, Contact
from followup.rules.mandate import is_outside_mandate, read_lapses
from foundation.clock import today
from foundation.rules.periods import Period
from placements.models import Employment
from placements.models.employment import idle_of
from placements.rules.clocks import Contract
from placements.rules.windows import windows
from placements.selectors.policy import clock_policy
from tables.engine.scope import Scope
from tables.engine.tables import Subject

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One contact or one collective session.

    ``minutes`` is the time worked: none for a no-show. ``phase`` is that of the case on the day of the contact, ``""``
    for a session. ``channel``, ``party`` and ``outcome`` are codes of `followup.enums`; a session has none but
    ``HELD``, and says its place in words. ``outside`` tells that no subsidised hour may count it.
    """

    ref: UUID
    subject: Subject
    case_id: UUID | None
    coach_id: UUID
    project_id: UUID | None
    on: date
    minutes: int
    channel: str
    party: str
    place: str
    outcome: str
    phase: str
    outside: bool
    company_id: UUID | None = None


@dataclass(slots=True)
class Mandate:
    """What decides of the contacts of one case: its phases, and the days that its clocks cover."""

    organisation_id: UUID
    closed_on: date | None
    prehire_deadline: date | None
    windows: Sequence[Period] = ()
    phase_days: list[date] = field(default_factory=list)
    phases: list[str] = field(default_factory=list)
    lapses: Sequence[Period] = ()

    def phase_on(self, on: date) -> str:
        """The phase of the case on a day; of two on the same day, the one it went on to."""
        position = bisect_right(self.phase_days, on)
        if not self.phases:
            return ""
        return self.phases[max(position - 1, 0)]

    def is_outside(self, on: date) -> bool:
        """Whether the clocks do not cover that day."""
        return is_outside_mandate(
            on,
            prehire_deadline=self.prehire_deadline,
            windows=self.windows,
            closed_on=self.closed_on,
            lapses=self.lapses,
        )


def contact_work(scope: Scope) -> list[WorkRow]:
    """The contacts of the period, by day; four statements whatever their number.

    The coach of the scope is who did the work, its site and its project are those of the case on that day.
    """
    contacts = contacts_done(scope)
    return list(contact_rows(contacts, mandates(contacts.order_by().values("case_id"), scope)))


def contacts_done(scope: Scope) -> QuerySet[Contact]:
    """The contacts of the period, on whatever case of the scope, exits included; the project and the site are those of
    the case on the day of the contact. A call that nobody answered is none.
    """
    contacts = Contact.objects.filter(organisation__in=scope.organisations, on__gte=scope.first, on__lte=scope.last)
    contacts = contacts.exclude(outcome=Outcome.NO_REPLY)
    if scope.coach:
        contacts = contacts.filter(coach=scope.coach)
    contacts = contacts.filter(belonged_on("on", project=scope.project, site=scope.site))
    return contacts.order_by("on", "pk")


def contact_rows(contacts: QuerySet[Contact], known: Mapping[UUID, Mandate]) -> Iterator[WorkRow]:
    """The contacts as rows, one at a time: a year of a large organisation has several hundred thousand; one statement.

    ``known`` holds the mandate of each of their cases.
    """
    values = contacts.values_list(
        "pk",
        "case_id",
        "coach_id",
        "on",
        "minutes",
        "channel",
        "party",
        "place",
        "outcome",
        "company_id",
        value_on_day("project", "on"),
    )
    for pk, case_id, coach_id, on, minutes, channel, party, place, outcome, company_id, project_id in values.iterator(
        CHUNK
    ):
        mandate = known[case_id]
        yield WorkRow(
            ref=pk,
            subject=Subject.CONTACT,
            case_id=case_id,
            coach_id=coach_id,
            project_id=project_id,
            on=on,
            minutes=0 if outcome == Outcome.NO_SHOW else minutes,
            channel=channel,
            party=party,
            place=place,
            outcome=outcome,
            phase=mandate.phase_on(on),
            outside=mandate.is_outside(on),
            company_id=company_id,
        )


def mandates(case_ids: QuerySet[Any, Any], scope: Scope, *, with_phases: bool = True) -> dict[UUID, Mandate]:
    """The mandate of each of these cases, as far as the period of the scope needs it; three statements, two when
    nobody asks for the phases.
    """
    cases = (
        CoachingCase.objects.filter(pk__in=case_ids)
        .order_by("pk")
        .values_list(
            "pk",
            "organisation_id",
            "opened_on",
            "closed_on",
            "status__prehire_started_on",
            "status__prehire_deadline",
            "status__prehire_lapses",
        )
    )
    known, began = {}, {}
    for pk, organisation_id, opened_on, closed_on, started_on, deadline, lapses in cases:
        known[pk] = Mandate(organisation_id, closed_on, deadline, lapses=read_lapses(lapses))
        began[pk] = started_on or opened_on
    spells = PhaseSpell.objects.filter(case__in=case_ids, starts_on__lte=scope.last).order_by("case", "sequence")
    for case_id, phase, starts_on in spells.values_list("case_id", "phase", "starts_on") if with_phases else ():
        known[case_id].phase_days.append(starts_on)
        known[case_id].phases.append(phase)
    for case_id, contracts in _contracts(case_ids).items():
        known[case_id].windows = followed_periods(contracts, began[case_id])
    return known


def followed_periods(contracts: Sequence[Contract], began: date) -> list[Period]:
    """The days that the follow-up of jobs covers; ``began`` is the first day of pre-hire, whose law the clocks keep."""
    return [window.period for window in windows(contracts, clock_policy(began))]


def _contracts(case_ids: QuerySet[Any, Any]) -> dict[UUID, list[Contract]]:
    """The contracts of these cases that were not called off, in order; one statement."""
    found: dict[UUID, list[Contract]] = defaultdict(list)
    values = Employment.objects.effective().filter(case__in=case_ids).order_by("starts_on", "pk")
    for case_id, kind, firm, ties, first, planned, last, idle in values.values_list(
        "case_id", "contract_type", "company_id", "firm_lineage", "starts_on", "ends_on", "ended_on", "idle_weeks"
    ):
        contract = Contract.signed_with(
            firm, ties, type=kind, starts_on=first, ends_on=planned, ended_on=last, idle=idle_of(idle)
        )
        found[case_id].append(contract)
    return found


def session_work(scope: Scope) -> list[WorkRow]:
    """The collective sessions held in the period, by day, those called off left out; one statement.

    A session belongs to a project when everybody who has a place in it does that day; of a narrower scope, only those
    are counted. The minutes are those of the session, whatever the number of people.
    """
    sessions = CollectiveSession.objects.standing().filter(
        organisation__in=scope.organisations, on__gte=scope.first, on__lte=min(scope.last, today())
    )
    if scope.coach:
        sessions = sessions.filter(leader=scope.coach)
    rows: dict[UUID, WorkRow] = {}
    people: dict[UUID, set[tuple[UUID | None, UUID | None]]] = defaultdict(set)
    values = sessions.order_by("on", "at", "pk").values_list(
        "pk",
        "leader_id",
        "on",
        "minutes",
        "place",
        "attendances__state",
        value_on_day("project", "on", case="attendances__case_id"),
        value_on_day("site", "on", case="attendances__case_id"),
    )
    for pk, leader_id, on, minutes, place, state, project_id, site_id in values:
        if state is not None and state != AttendanceState.WITHDRAWN:
            people[pk].add((project_id, site_id))
        rows[pk] = WorkRow(
            ref=pk,
            subject=Subject.SESSION,
            case_id=None,
            coach_id=leader_id,
            project_id=_only(project for project, _site in people[pk]),
            on=on,
            minutes=minutes,
            channel="",
            party="",
            place=place,
            outcome=Outcome.HELD,
            phase="",
            outside=False,
        )
    return [
        row
        for row in rows.values()
        if (not scope.project or row.project_id == scope.project.pk)
        and (not scope.site or _only(site for _project, site in people[row.ref]) == scope.site.pk)
    ]


def _only(values: Iterator[UUID | None]) -> UUID | None:
    """The one value that all share, if there is one."""
    found = set(values)
    return found.pop() if len(found) == 1 else None
