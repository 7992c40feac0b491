"""The rows behind a figure, with the words and the address of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from beneficiaries.models import CoachingCase
from employers.models import Company
from followup.models import Contact
from placements.models import Employment
from reporting.engine.tables import Subject


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row that a figure counts: what it is, a detail, and where it can be seen."""

    label: str
    detail: str
    url: str


def rows_behind(subject: Subject, refs: Sequence[UUID], user: User) -> list[FigureRow]:
    """The rows of these identifiers that the user may see, in the order of the identifiers; one statement."""
    rows: dict[UUID, FigureRow] = {}
    if subject is Subject.CASE:
        for case in _visible(CoachingCase.objects.visible_to(user).select_related("beneficiary"), refs):
            rows[case.pk] = FigureRow(str(case.beneficiary), f"ouvert le {case.opened_on:%d/%m/%Y}", _case_url(case.pk))
    elif subject is Subject.EMPLOYMENT:
        jobs = Employment.objects.visible_to(user).select_related("case__beneficiary", "company")
        for job in _visible(jobs, refs):
            url = reverse("placements:case_jobs", args=[job.case_id])
            rows[job.pk] = FigureRow(str(job.case.beneficiary), str(job), url)
    elif subject is Subject.COMPANY:
        for company in _visible(Company.objects.visible_to(user), refs):
            url = reverse("employers:company_detail", args=[company.pk])
            rows[company.pk] = FigureRow(company.name, company.town, url)
    else:
        contacts = Contact.objects.visible_to(user).select_related("case__beneficiary")
        for contact in _visible(contacts, refs):
            rows[contact.pk] = FigureRow(str(contact.case.beneficiary), str(contact), _case_url(contact.case_id))
    return [rows[ref] for ref in refs if ref in rows]


def _visible(queryset: QuerySet[Any], refs: Sequence[UUID]) -> QuerySet[Any]:
    """The rows asked, whatever their order."""
    return queryset.filter(pk__in=refs).order_by("pk")


def _case_url(pk: UUID) -> str:
    """The file of a case."""
    return reverse("followup:case_summary", args=[pk])
