"""Recording jobs to be filled and questioning their requirements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from employers.enums import VacancyState
from employers.models import Vacancy, VacancyRequirement
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act


class VacancyRefused(DomainError):
    """A job cannot be recorded, changed or closed as asked."""


VACANCY_FIELDS = (
    "contact",
    "title",
    "opened_on",
    "positions",
    "contract_type",
    "weekly_hours",
    "schedule",
    "place",
    "wage",
    "tasks",
    "quality",
)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement as stated, what the tasks really need, and whether the employer would negotiate it."""

    stated: str
    objectivated: str = ""
    negotiable: bool = True


@act
def save_vacancy(
    *,
    vacancy: Vacancy,
    requirements: Sequence[Requirement],
    actor: User,
    submission_id: UUID | None = None,
    **fields: Any,
) -> Vacancy:
    """Create or correct a job of one of the organisation's firms, with its requirements in order.

    `submission_id` becomes the key of a new job: sent twice, it gives the same job.

    Raises:
        NotAllowed: the actor does not work with firms here.
        VacancyRefused: the day has not come, or the person of reference is of another firm.
        InvalidFact: a field is wrong.
    """
    require(actor, "employers.change_company", vacancy.company)
    unknown = set(fields) - set(VACANCY_FIELDS)
    if unknown:
        raise TypeError(f"not a field of a job: {sorted(unknown)}")
    if submission_id is not None and vacancy._state.adding:
        already: Vacancy | None = Vacancy.objects.filter(pk=submission_id, company=vacancy.company).first()
        if already is not None:
            return already
        vacancy.pk = submission_id
    vacancy.organisation = vacancy.company.organisation
    for name, value in fields.items():
        setattr(vacancy, name, value.strip() if isinstance(value, str) else value)
    if vacancy.opened_on > today():
        raise VacancyRefused("future", _("Cette date n’est pas encore venue."), field="opened_on")
    if vacancy.contact is not None and vacancy.contact.company_id != vacancy.company_id:
        raise VacancyRefused("other_company", _("Cette personne est d’une autre entreprise."), field="contact")
    save_checked(vacancy)
    _write_requirements(vacancy, requirements)
    return vacancy


def _write_requirements(vacancy: Vacancy, requirements: Sequence[Requirement]) -> None:
    """Make the job's requirements those given, in that order; rows that stay keep their identity and history."""
    existing = list(vacancy.requirements.order_by("position", "created_at"))
    for index, requirement in enumerate(requirements):
        row = existing[index] if index < len(existing) else VacancyRequirement(vacancy=vacancy)
        row.position = index
        row.stated = requirement.stated.strip()
        row.objectivated = requirement.objectivated.strip()
        row.negotiable = requirement.negotiable
        save_checked(row)
    for surplus in existing[len(requirements) :]:
        surplus.delete()


@act
def close_vacancy(*, vacancy: Vacancy, state: str, on: date, actor: User) -> Vacancy:
    """Say that a job is filled or withdrawn, or open again.

    Raises:
        NotAllowed: the actor does not work with firms here.
        VacancyRefused: the day has not come or is before the job was announced.
    """
    require(actor, "employers.change_company", vacancy.company)
    if on > today():
        raise VacancyRefused("future", _("Cette date n’est pas encore venue."), field="on")
    if on < vacancy.opened_on:
        raise VacancyRefused("before_opening", _("Le poste n’était pas encore annoncé ce jour-là."), field="on")
    vacancy.state = state
    vacancy.closed_on = None if state == VacancyState.OPEN else on
    save_checked(vacancy)
    return vacancy
