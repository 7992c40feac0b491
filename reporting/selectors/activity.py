"""People, contracts, firms and contacts of a period, as plain values for the activity report."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from beneficiaries.models import CoachingCase
from employers.models import ProspectionContact
from followup.models import Contact
from foundation.rules.periods import age_on
from placements.models import Employment
from placements.rules.clocks import Contract
from reporting.engine.scope import Scope

DIRECT_PROSPECTION = ("VISIT", "PHONE", "VIDEO")
DIRECT_CHANNELS = ("IN_PERSON", "PHONE", "VIDEO")
EMPLOYER_PARTIES = ("EMPLOYER", "BOTH")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of the period with what the profile tables count; `age` is that of the last day of the period."""

    case_id: UUID
    beneficiary_id: UUID
    gender: str
    age: int | None
    origin: str
    education: str
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class EmploymentRow:
    """One contract that began in the period."""

    employment_id: UUID
    beneficiary_id: UUID
    gender: str
    contract_type: str


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One contract of a person, as the rules read it."""

    beneficiary_id: UUID
    contract: Contract


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """One firm contacted in the period; `direct` when somebody was met or spoken to."""

    company_id: UUID
    direct: bool


@dataclass(frozen=True, slots=True)
class ContactGroup:
    """Contacts of the period that share a channel and an outcome: how many, and how many minutes."""

    channel: str
    outcome: str
    count: int
    minutes: int


def cases_of(scope: Scope) -> QuerySet[CoachingCase]:
    """Cases that were open on at least one day of the period, in the scope."""
    cases = CoachingCase.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=scope.first),
        organisation__in=scope.organisations,
        opened_on__lte=scope.last,
    )
    if scope.site:
        cases = cases.filter(site=scope.site)
    if scope.project:
        cases = cases.filter(project=scope.project)
    if scope.coach:
        cases = cases.filter(coach=scope.coach)
    return cases.order_by("opened_on", "pk")


def case_rows(scope: Scope) -> list[CaseRow]:
    """The cases of the period; one statement."""
    values = cases_of(scope).values_list(
        "pk",
        "beneficiary_id",
        "beneficiary__gender",
        "beneficiary__birth_date",
        "beneficiary__origin",
        "beneficiary__education",
        "opened_on",
        "closed_on",
    )
    return [
        CaseRow(pk, person, gender, age_on(born, scope.last) if born else None, origin, education, opened, closed)
        for pk, person, gender, born, origin, education, opened, closed in values
    ]


def employment_rows(scope: Scope) -> list[EmploymentRow]:
    """The contracts whose first day is in the period, called-off hirings left out; one statement."""
    values = (
        Employment.objects.effective()
        .filter(case__in=_in_scope(scope), starts_on__gte=scope.first, starts_on__lte=scope.last)
        .order_by("starts_on", "pk")
        .values_list("pk", "case__beneficiary_id", "case__beneficiary__gender", "contract_type")
    )
    return [EmploymentRow(*row) for row in values]


def contract_rows(scope: Scope) -> list[ContractRow]:
    """The contracts of the cases of the period that had begun by its last day, whenever they began; one statement."""
    values = (
        Employment.objects.effective()
        .filter(case__in=_in_scope(scope), starts_on__lte=scope.last)
        .order_by("starts_on", "pk")
        .values_list("case__beneficiary_id", "contract_type", "company_id", "starts_on", "ends_on", "ended_on")
    )
    return [
        ContractRow(person, Contract(kind, str(company), first, planned, last))
        for person, kind, company, first, planned, last in values
    ]


def _in_scope(scope: Scope) -> QuerySet[CoachingCase, Any]:
    """Cases whose facts the period may count: those of the scope, closed ones included."""
    return cases_of(scope).order_by().values("pk")


def company_rows(scope: Scope) -> list[CompanyRow]:
    """The firms visited, called or written to in the period, for prospection or about a person; two statements."""
    found: dict[UUID, bool] = {}
    visits = ProspectionContact.objects.filter(
        organisation__in=scope.organisations, on__gte=scope.first, on__lte=scope.last
    ).order_by()
    if scope.coach:
        visits = visits.filter(coach=scope.coach)
    talks = contacts_of(scope).filter(party__in=EMPLOYER_PARTIES, company__isnull=False, outcome="HELD").order_by()
    for company, channel in visits.values_list("company_id", "channel").distinct():
        found[company] = found.get(company, False) or channel in DIRECT_PROSPECTION
    for company, channel in talks.values_list("company_id", "channel").distinct():
        found[company] = found.get(company, False) or channel in DIRECT_CHANNELS
    return [CompanyRow(company, direct) for company, direct in sorted(found.items())]


def contacts_of(scope: Scope) -> QuerySet[Contact]:
    """Contacts of the period on the cases of the scope."""
    return Contact.objects.filter(case__in=_in_scope(scope), on__gte=scope.first, on__lte=scope.last)


def contact_groups(scope: Scope) -> list[ContactGroup]:
    """Contacts of the period by channel and outcome; one statement."""
    groups: Any = (
        contacts_of(scope)
        .order_by("channel", "outcome")
        .values("channel", "outcome")
        .annotate(number=Count("pk"), total_minutes=Sum(F("minutes")))
    )
    return [ContactGroup(g["channel"], g["outcome"], g["number"], g["total_minutes"] or 0) for g in groups]
