"""What every act on a job checks first."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import locked_case
from employers.enums import ContractType
from employers.models import Company
from foundation.clock import today
from foundation.errors import DomainError
from placements.models import HiringAid, Match
from placements.rules.contract_kinds import LastDayFault, last_day_fault
from placements.selectors.clocks import clock_facts


class PlacementRefused(DomainError):
    """A match, a hiring or the end of a job cannot be recorded as asked."""


class ClockExpired(DomainError):
    """The 24 months are used up: nothing new may start (domain.md 5).

    With a `deadline` still to come, nothing may start from that day on.
    """

    def __init__(self, *, field: str | None = None, deadline: date | None = None) -> None:
        message = _("Les 24 mois d’accompagnement sont épuisés : plus rien de nouveau ne peut commencer.")
        if deadline is not None:
            message = _("Les 24 mois d’accompagnement se terminent : plus rien ne se prévoit à partir du %(date)s.") % {
                "date": f"{deadline:%d/%m/%Y}"
            }
        super().__init__(
            "clock_expired",
            message,
            field=field,
            hint=_("Clôturez le dossier, ou demandez une prolongation à la coordination."),
        )


def begin(case: CoachingCase, actor: User) -> CoachingCase:
    """The case, locked and open, for an actor who may change it.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: the case is closed.
    """
    case = begin_telling(case, actor)
    if not case.is_open:
        raise closed_refusal()
    return case


def begin_telling(case: CoachingCase, actor: User) -> CoachingCase:
    """The case, locked, for an actor who may change it and tells what took place: an exit does not silence them.

    Raises:
        NotAllowed: the case is not the actor's.
    """
    case = locked_case(case)
    require(actor, "beneficiaries.change_case", case)
    return case


def closed_refusal() -> PlacementRefused:
    """Why nothing begins in a case that has ended."""
    return PlacementRefused("closed", _("Ce dossier est sorti : il ne se complète plus."))


def refuse_if_expired(case: CoachingCase, on: date) -> None:
    """Let nothing new start once the 24 months are used up.

    Raises:
        ClockExpired: the clock is expired that day.
    """
    if clock_facts(case).is_expired(on):
        raise ClockExpired


def refuse_wrong_days(contract_type: str, starts_on: date, ends_on: date | None) -> None:
    """Refuse a contract whose last day precedes its first, or does not fit its type.

    Raises:
        PlacementRefused: the end precedes the start, a permanent contract has one, or another one has none.
    """
    if ends_on is not None and ends_on < starts_on:
        raise PlacementRefused("end_before_start", _("Le dernier jour précède le premier."), field="ends_on")
    fault = last_day_fault(contract_type, ends_on)
    if fault is not None:
        code = "cdi_has_end" if fault is LastDayFault.UNEXPECTED else "end_missing"
        raise PlacementRefused(code, last_day_words(fault, contract_type), field="ends_on")


def last_day_words(fault: LastDayFault, contract_type: str) -> str:
    """Why a planned last day does not fit a type of contract, for forms and services alike."""
    if fault is LastDayFault.UNEXPECTED:
        return _("Un %(type)s n’a pas de dernier jour prévu.") % {"type": ContractType(contract_type).label}
    return _("Ce type de contrat a un dernier jour.")


def refuse_wrong_end(starts_on: date, ends_on: date | None, ended_on: date) -> None:
    """Refuse a last day really worked that lies outside the contract; days are inclusive.

    Raises:
        PlacementRefused: the day is before the first or after the planned last one.
    """
    if ended_on < starts_on:
        raise PlacementRefused("before_start", _("Le dernier jour précède le premier."), field="ended_on")
    if ends_on is not None and ended_on > ends_on:
        raise PlacementRefused(
            "after_planned_end",
            _("Le contrat se termine au plus tard le %(date)s : au-delà, enregistrez un nouveau contrat.")
            % {"date": f"{ends_on:%d/%m/%Y}"},
            field="ended_on",
        )


def refuse_wrong_aid(aid: HiringAid | None, starts_on: date) -> None:
    """Refuse a hiring aid that does not hold on the first day of the contract; one that is only announced may be named,
    and says everywhere that it is to be confirmed.

    Raises:
        PlacementRefused: the aid cannot be named.
    """
    if aid is None:
        return
    if not aid.holds_on(starts_on):
        raise PlacementRefused(
            "aid_not_in_force",
            _("Cette version de « %(aid)s » ne vaut pas le %(date)s, premier jour du contrat.")
            % {"aid": aid, "date": f"{starts_on:%d/%m/%Y}"},
            field="aid",
            hint=_("Choisissez la version en vigueur ce jour-là, ou laissez le champ vide."),
        )


def refuse_wrong_user(contract_type: str, company: Company, user_company: Company | None) -> None:
    """Refuse a place of work that is not one: only an agency lends its people to another firm.

    Raises:
        PlacementRefused: the contract is of another type, or the firm is the employer or another organisation's.
    """
    if user_company is None:
        return
    if contract_type != ContractType.INTERIM:
        raise PlacementRefused(
            "user_company", _("Une entreprise utilisatrice va avec un contrat d’intérim."), field="user_company"
        )
    if user_company.organisation_id != company.organisation_id:
        raise PlacementRefused("user_company", _("Cette entreprise n’est pas connue ici."), field="user_company")
    if user_company == company:
        raise PlacementRefused(
            "user_company",
            _("L’entreprise utilisatrice n’est pas l’agence : laissez vide si vous ne la connaissez pas."),
            field="user_company",
        )


def refuse_future(on: date, field: str) -> None:
    """Refuse a day that has not come.

    Raises:
        PlacementRefused: the day is after today.
    """
    if on > today():
        raise PlacementRefused("future", _("Cette date n’est pas encore venue."), field=field)


def refuse_wrong_parties(case: CoachingCase, company: Company, match: Match | None) -> None:
    """Refuse a contract that neither its firm nor its match allows.

    Raises:
        PlacementRefused: the firm is unknown here, or the match is of another case or firm, or not accepted by both.
    """
    if company.organisation_id != case.organisation_id:
        raise PlacementRefused("company", _("Cette entreprise n’est pas connue ici."), field="company")
    if match is not None and (match.case_id != case.pk or not match.is_accepted):
        raise PlacementRefused(
            "match", _("L’adéquation n’est pas acceptée par la personne et l’employeur."), field="match"
        )
    if match is not None and match.vacancy.company_id != company.pk:
        raise PlacementRefused("match", _("L’adéquation concerne une autre entreprise."), field="company")
