"""Recording firms, the people in them, and who went to see them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from employers.models import Company, CompanyContact, ProspectionContact
from foundation.clock import today
from foundation.enterprise_number import normalise_bce
from foundation.errors import DomainError
from foundation.persistence import InvalidFact, save_checked
from privacy.audit import act


class ProspectionRefused(DomainError):
    """A visit or a call cannot be recorded as stated."""


COMPANY_FIELDS = (
    "name",
    "bce_number",
    "sector",
    "size",
    "joint_committee",
    "street",
    "postal_code",
    "town",
    "phone",
    "email",
    "note",
)
PERSON_FIELDS = ("name", "function", "phone", "email", "is_reference")


@act
def save_company(*, company: Company, actor: User, **fields: Any) -> Company:
    """Create or correct a firm of the actor's organisation; the keywords are `COMPANY_FIELDS`.

    Raises:
        NotAllowed: the actor does not work with firms here.
        InvalidFact: the enterprise number is wrong or already carried by another firm.
    """
    require(actor, "employers.change_company", company)
    _set(company, COMPANY_FIELDS, fields)
    try:
        company.bce_number = normalise_bce(company.bce_number)
    except ValidationError as error:
        raise InvalidFact(error.messages[0], field="bce_number", code="bce_invalid") from error
    save_checked(company)
    return company


@act
def save_company_person(*, person: CompanyContact, actor: User, **fields: Any) -> CompanyContact:
    """Create or correct somebody in a firm; naming a person of reference replaces the former one.

    Raises:
        NotAllowed: the actor does not work with firms here.
        InvalidFact: a field is wrong.
    """
    require(actor, "employers.change_company", person.company)
    _set(person, PERSON_FIELDS, fields)
    if person.is_reference:
        for former in CompanyContact.objects.select_for_update().filter(company=person.company, is_reference=True):
            if former.pk != person.pk:
                former.is_reference = False
                save_checked(former)
    save_checked(person)
    return person


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonStatement:
    """Somebody met in a firm, as first heard of."""

    name: str
    function: str = ""
    phone: str = ""
    email: str = ""


@act
def register_company(
    *, company: Company, actor: User, reference: PersonStatement | None = None, **fields: Any
) -> Company:
    """Write down a firm that nobody knew yet, and in the same act the person there who decides.

    Raises:
        NotAllowed: the actor does not work with firms here.
        InvalidFact: the enterprise number is wrong or already carried by another firm, or a field is wrong.
    """
    company = save_company(company=company, actor=actor, **fields)
    if reference is not None:
        save_company_person(
            person=CompanyContact(company=company),
            actor=actor,
            name=reference.name,
            function=reference.function,
            phone=reference.phone,
            email=reference.email,
            is_reference=True,
        )
    return company


def _set(instance: Company | CompanyContact, allowed: tuple[str, ...], fields: dict[str, Any]) -> None:
    """Write the given fields, none but the allowed ones."""
    unknown = set(fields) - set(allowed)
    if unknown:
        raise TypeError(f"not a field of {instance._meta.label}: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(instance, name, value.strip() if isinstance(value, str) else value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit or a call to a firm: the day, how, how long in minutes, what it gave.

    `met_name` names somebody who was not known in the firm yet.
    """

    on: date
    channel: str
    minutes: int
    result: str
    met: CompanyContact | None = None
    met_name: str = ""
    summary: str = ""


@act
def record_prospection(
    *, company: Company, visit: Visit, actor: User, submission_id: UUID | None = None
) -> ProspectionContact:
    """Write down a visit or a call; sent twice with the same `submission_id`, it is kept once.

    Raises:
        NotAllowed: the actor does not work with firms here.
        ProspectionRefused: the day has not come, the person met is of another firm, or two people are given.
        InvalidFact: the duration is not positive.
    """
    require(actor, "employers.change_company", company)
    if submission_id:
        twin = ProspectionContact.objects.filter(submission_id=submission_id, company=company).first()
        if twin is not None:
            return twin
    if visit.on > today():
        raise ProspectionRefused("future", _("Cette date n’est pas encore venue."), field="on")
    if visit.met is not None and visit.met.company_id != company.pk:
        raise ProspectionRefused("other_company", _("Cette personne est d’une autre entreprise."), field="met")
    if visit.met is not None and visit.met_name.strip():
        raise ProspectionRefused(
            "two_people",
            _("Choisissez une personne connue, ou écrivez un nouveau nom : pas les deux."),
            field="met_name",
        )
    met = visit.met
    if visit.met_name.strip():
        met = save_company_person(person=CompanyContact(company=company), actor=actor, name=visit.met_name)
    prospection = ProspectionContact(
        organisation=company.organisation,
        company=company,
        coach=actor,
        on=visit.on,
        channel=visit.channel,
        met=met,
        minutes=visit.minutes,
        result=visit.result,
        summary=visit.summary.strip(),
        submission_id=submission_id,
    )
    save_checked(prospection)
    return prospection
