"""Recording firms, the people in them, and who went to see them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Project, User
from accounts.permissions import require
from accounts.services.reasons import require_reason
from employers.models import Company, CompanyContact, ProspectionContact
from employers.services.ties import settle_ties
from foundation.addresses import about_place, town_spelt
from foundation.asking import ask
from foundation.clock import today
from foundation.countries import HOME
from foundation.enterprise_number import normalise_bce
from foundation.errors import DomainError
from foundation.formatting import date_words
from foundation.persistence import InvalidFact, save_checked
from privacy.audit import act, correcting


class ProspectionRefused(DomainError):
    """A visit or a call cannot be recorded as stated."""


COMPANY_FIELDS = (
    *("name", "country", "bce_number", "foreign_number", "sector", "size", "joint_committee"),
    *("street", "postal_code", "town", "phone", "email", "note"),
)
PERSON_FIELDS = ("name", "function", "phone", "email", "is_reference")


@act
def save_company(*, company: Company, actor: User, confirmed: frozenset[str] = frozenset(), **fields: Any) -> Company:
    """Create or correct a firm of the actor's organisation; the keywords are `COMPANY_FIELDS`.

    An enterprise number that another firm carries says that this one is another place of it.

    Raises:
        NotAllowed: the actor does not work with firms here.
        InvalidFact: the enterprise number is wrong.
        Unconfirmed: the postcode does not exist, or is not that of the town.
    """
    require(actor, "employers.change_company", company)
    former, place = company.bce_number, (company.postal_code, company.town, company.country)
    _set(company, COMPANY_FIELDS, fields)
    if company.country == HOME:
        company.foreign_number = ""
    try:
        company.bce_number = normalise_bce(company.bce_number) if company.country == HOME else ""
    except ValidationError as error:
        raise InvalidFact(error.messages[0], field="bce_number", code="bce_invalid") from error
    if (company.postal_code, company.town, company.country) != place:
        company.town = town_spelt(company.postal_code, company.town, company.country)
        ask(about_place(company.postal_code, company.town, company.country), confirmed)
    moved = company.bce_number != former and _joined_by_number(company)
    save_checked(company)
    if company.bce_number != former:
        _keep_number_of_places(company, former)
    if moved:
        settle_ties([company, *moved])
    return company


def _joined_by_number(company: Company) -> list[Company]:
    """One number is one enterprise: make a firm a place of the one that carries its number, or part it from the one
    that does not any more. Return the firms that it was joined to or parted from.
    """
    former = company.main
    if former is not None and company.bce_number and former.bce_number != company.bce_number:
        company.main = None
    if company.bce_number and company.main is None:
        carrying = Company.objects.filter(
            organisation=company.organisation_id, bce_number=company.bce_number, main__isnull=True
        )
        company.main = carrying.exclude(pk=company.pk).first()
    return [firm for firm in (former, company.main) if firm is not None] if former != company.main else []


def _keep_number_of_places(company: Company, former: str) -> None:
    """The places of an enterprise whose number is corrected follow it."""
    if not former:
        return
    for place in Company.objects.select_for_update().filter(main=company, bce_number=former):
        place.bce_number = company.bce_number
        save_checked(place)


@act
def save_company_person(
    *, person: CompanyContact, actor: User, submission_id: UUID | None = None, **fields: Any
) -> CompanyContact:
    """Create or correct somebody in a firm; naming a person of reference replaces the former one.

    `submission_id` becomes the key of somebody new: sent twice, it gives the same person.

    Raises:
        NotAllowed: the actor does not work with firms here.
        InvalidFact: a field is wrong.
    """
    require(actor, "employers.change_company", person.company)
    if submission_id is not None:
        already: CompanyContact | None = CompanyContact.objects.filter(pk=submission_id, company=person.company).first()
        if already is not None:
            return already
        person.pk = submission_id
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
    *,
    company: Company,
    actor: User,
    reference: PersonStatement | None = None,
    submission_id: UUID | None = None,
    confirmed: frozenset[str] = frozenset(),
    **fields: Any,
) -> Company:
    """Write down a firm that nobody knew yet, and in the same act the person there who decides.

    `submission_id` becomes the key of the firm: sent twice, it gives the same firm.

    Raises:
        NotAllowed: the actor does not work with firms here.
        InvalidFact: the enterprise number or a field is wrong.
    """
    if submission_id is not None:
        already: Company | None = Company.objects.filter(pk=submission_id, organisation=company.organisation_id).first()
        if already is not None:
            require(actor, "employers.change_company", already)
            return already
        company.pk = submission_id
    company = save_company(company=company, actor=actor, confirmed=confirmed, **fields)
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
    """A visit or a call to a firm: the day, how, how long in minutes, for which project, what it gave.

    `met_name` names somebody who was not known in the firm yet.
    """

    on: date
    channel: str
    minutes: int
    result: str
    met: CompanyContact | None = None
    met_name: str = ""
    summary: str = ""
    project: Project | None = None


@act
def record_prospection(
    *, company: Company, visit: Visit, actor: User, submission_id: UUID | None = None
) -> ProspectionContact:
    """Write down a visit or a call; sent twice with the same `submission_id`, it is kept once.

    Raises:
        NotAllowed: the actor does not work with firms here.
        ProspectionRefused: the day has not come, the person met is of another firm, two people are given, or the
            project is not known here or does not run that day.
        InvalidFact: the duration is not positive.
    """
    require(actor, "employers.change_company", company)
    if submission_id:
        twin = ProspectionContact.objects.filter(submission_id=submission_id, company=company).first()
        if twin is not None:
            return twin
    prospection = ProspectionContact(
        organisation=company.organisation, company=company, coach=actor, submission_id=submission_id
    )
    _write_visit(prospection, visit, actor)
    return prospection


@act
def correct_prospection(
    *, prospection: ProspectionContact, visit: Visit, reason: str, actor: User
) -> ProspectionContact:
    """Rewrite a visit or a call that was written wrongly, its project included; whose it is stays.

    Raises:
        NotAllowed: neither who made it nor a coordinator.
        CorrectionRefused: no reason is given.
        ProspectionRefused, InvalidFact: it could not have been recorded so.
    """
    require(actor, "employers.correct_visit", prospection)
    why = require_reason(reason)
    rows = ProspectionContact.objects.select_for_update(of=("self",)).select_related("company", "organisation")
    found = rows.filter(pk=prospection.pk).first()
    if found is None:
        raise ProspectionRefused("gone", _("Cette visite vient d’être retirée : rien n’a changé."))
    with correcting(why):
        _write_visit(found, visit, actor)
    return found


def _write_visit(prospection: ProspectionContact, visit: Visit, actor: User) -> None:
    """Write a visit as stated, once the day, who was met and the project allow it."""
    company = prospection.company
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
    _check_project(visit.project, prospection, visit.on)
    met = visit.met
    if visit.met_name.strip():
        met = save_company_person(person=CompanyContact(company=company), actor=actor, name=visit.met_name)
    prospection.on, prospection.channel, prospection.met = visit.on, visit.channel, met
    prospection.minutes, prospection.result, prospection.project = visit.minutes, visit.result, visit.project
    prospection.summary = visit.summary.strip()
    save_checked(prospection)


def _check_project(project: Project | None, prospection: ProspectionContact, on: date) -> None:
    """Refuse a project of elsewhere, and one that does not run that day: no project could count the minutes.

    The one that a visit names already stays, were it shortened since: its hours stand apart.
    """
    if project is None or (project.pk == prospection.project_id and on == prospection.on):
        return
    if project.organisation_id != prospection.organisation_id:
        raise ProspectionRefused("project", _("Ce projet n’est pas connu ici."), field="project")
    if not (project.starts_on <= on and (project.ends_on is None or on <= project.ends_on)):
        raise ProspectionRefused(
            "project_dates",
            _("Le projet %(code)s ne court pas le %(date)s.") % {"code": project.code, "date": date_words(on)},
            field="project",
        )
