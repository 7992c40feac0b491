"""Hiring, ending a job, and the changes of phase that follow from them."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import CoachingCase
from beneficiaries.rules.phases import Phase
from beneficiaries.services.phases import change_phase
from beneficiaries.signals import case_changed
from employers.enums import ContractType
from employers.models import Company, CompanyContact
from foundation.clock import today
from foundation.persistence import save_checked
from placements.enums import EndReason, FollowUpMode
from placements.models import Employment, FollowUpAgreement, Match
from placements.selectors import clock_facts
from placements.services.guards import PlacementRefused, begin, refuse_future, refuse_if_expired
from privacy.audit import act

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a contract of employment says; days are inclusive, hours are per week."""

    contract_type: str
    job_title: str
    starts_on: date
    ends_on: date | None = None
    weekly_hours: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpTerms:
    """How the job will be followed: `mode` is a `FollowUpMode`; a contact in the firm only when the employer knows."""

    mode: str
    agreed_on: date
    contact: CompanyContact | None = None
    terms: str = ""


@act
def hire(
    *,
    case: CoachingCase,
    company: Company,
    terms: Terms,
    actor: User,
    match: Match | None = None,
    followup: FollowUpTerms | None = None,
) -> Employment:
    """Record a contract of employment and move the case along (domain.md 4, 6).

    From pre-hire the case passes to HIRE, on the day of the contract's start or today if that is earlier; when work has
    begun and the follow-up is agreed it passes on to FOLLOW_UP that same first day. From one job to the next the case
    stays in FOLLOW_UP. A type that is not followed (internship, PFI…) is recorded and moves nothing. Without a `match`
    the person found the job alone.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: the case is still preparatory, the match is not accepted or is of another case or firm, the
            dates are impossible.
        ClockExpired: the 24 months are used up on the first day.
        TransitionRefused: the change of phase is refused.
        InvalidFact: the contract is already recorded, or one of its fields is wrong.
    """
    case = begin(case, actor)
    facts = clock_facts(case)
    spell = case.open_spell()
    _check_hiring(case, company, terms, match, spell.phase_code, spell.starts_on)
    hired_on = min(terms.starts_on, today())
    refuse_if_expired(case, hired_on)
    employment = Employment(
        organisation=case.organisation,
        case=case,
        company=company,
        match=match,
        contract_type=terms.contract_type,
        job_title=terms.job_title.strip(),
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        weekly_hours=terms.weekly_hours,
        found_alone=match is None,
        recorded_by=actor,
    )
    save_checked(employment)
    if followup is not None:
        _write_agreement(employment, followup, actor)
    if terms.contract_type in facts.policy.followed_types:
        if spell.phase_code is Phase.PRE_HIRE:
            change_phase(case=case, to=Phase.HIRE, on=hired_on, actor=actor)
        if followup is not None and terms.starts_on <= today() and case.open_spell().phase_code is Phase.HIRE:
            change_phase(case=case, to=Phase.FOLLOW_UP, on=terms.starts_on, actor=actor)
    case_changed.send(sender=Employment, case=case)
    return employment


def _check_hiring(
    case: CoachingCase, company: Company, terms: Terms, match: Match | None, phase: Phase, phase_started_on: date
) -> None:
    """The phase, the match and the dates allow this contract."""
    if phase is Phase.PREPARATORY:
        raise PlacementRefused(
            "too_early",
            _("La pré-embauche n’est pas encore ouverte pour cette personne."),
            hint=_("Complétez d’abord l’éligibilité, la coachabilité et les conventions dans l’onglet Parcours."),
        )
    if company.organisation_id != case.organisation_id:
        raise PlacementRefused("company", _("Cette entreprise n’est pas connue ici."), field="company")
    if match is not None and (match.case_id != case.pk or not match.is_accepted):
        raise PlacementRefused(
            "match", _("L’adéquation n’est pas acceptée par la personne et l’employeur."), field="match"
        )
    if match is not None and match.vacancy.company_id != company.pk:
        raise PlacementRefused("match", _("L’adéquation concerne une autre entreprise."), field="company")
    if terms.ends_on is not None and terms.ends_on < terms.starts_on:
        raise PlacementRefused("end_before_start", _("Le dernier jour précède le premier."), field="ends_on")
    if terms.contract_type == ContractType.CDI and terms.ends_on is not None:
        raise PlacementRefused("cdi_has_end", _("Un CDI n’a pas de dernier jour prévu."), field="ends_on")
    if terms.contract_type not in (ContractType.CDI, ContractType.FREELANCE) and terms.ends_on is None:
        raise PlacementRefused("end_missing", _("Ce type de contrat a un dernier jour."), field="ends_on")
    if phase in (Phase.PRE_HIRE, Phase.HIRE) and terms.starts_on < phase_started_on:
        raise PlacementRefused(
            "before_phase",
            _("La phase en cours a commencé le %(date)s : le contrat ne peut pas la précéder.")
            % {"date": f"{phase_started_on:%d/%m/%Y}"},
            field="starts_on",
        )


def _write_agreement(employment: Employment, followup: FollowUpTerms, actor: User) -> FollowUpAgreement:
    """Create or replace how a job is followed."""
    refuse_future(followup.agreed_on, "agreed_on")
    if followup.contact is not None and followup.contact.company_id != employment.company_id:
        raise PlacementRefused("contact", _("Cette personne est d’une autre entreprise."), field="contact")
    agreement = FollowUpAgreement.objects.filter(employment=employment).first() or FollowUpAgreement(
        employment=employment
    )
    agreement.mode = followup.mode
    agreement.agreed_on = followup.agreed_on
    # Discreet or refused: the firm must not be reachable through this job (domain.md 6).
    agreement.contact = followup.contact if followup.mode == FollowUpMode.AGREED else None
    agreement.terms = followup.terms.strip()
    agreement.recorded_by = actor
    save_checked(agreement)
    return agreement


@act
def agree_followup(*, employment: Employment, followup: FollowUpTerms, actor: User) -> FollowUpAgreement:
    """Record how a job is followed; a case waiting in HIRE whose job has begun passes to FOLLOW_UP from the first day
    at work.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: the contact is of another firm, the job was called off, or the day has not come.
    """
    case = begin(employment.case, actor)
    if employment.cancelled_on is not None:
        raise PlacementRefused("cancelled", _("Cet engagement a été annulé."))
    agreement = _write_agreement(employment, followup, actor)
    spell = case.open_spell()
    if spell.phase_code is Phase.HIRE and employment.starts_on <= today():
        change_phase(case=case, to=Phase.FOLLOW_UP, on=max(employment.starts_on, spell.starts_on), actor=actor)
    case_changed.send(sender=Employment, case=case)
    return agreement


@act
def cancel_hiring(*, employment: Employment, on: date, reason: str, actor: User) -> Employment:
    """Call off a hiring before its first day: the contract is kept, marked, and the case goes back to pre-hire.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: work has begun, it was already called off, or no reason is given.
        TransitionRefused: the change of phase is refused.
    """
    case = begin(employment.case, actor)
    employment = Employment.objects.select_for_update().get(pk=employment.pk)
    refuse_future(on, "on")
    if employment.cancelled_on is not None:
        raise PlacementRefused("cancelled", _("Cet engagement est déjà annulé."))
    if employment.starts_on <= on or (
        hasattr(employment, "followup_agreement") and case.open_spell().phase == Phase.FOLLOW_UP
    ):
        raise PlacementRefused(
            "already_started", _("Le contrat a déjà commencé : enregistrez plutôt sa fin."), field="on"
        )
    if not reason.strip():
        raise PlacementRefused("reason", _("Dites pourquoi l’engagement n’a pas lieu."), field="reason")
    employment.cancelled_on = on
    save_checked(employment)
    others = [e for e in case.employments.effective() if e.last_day is None or e.last_day >= on]
    if case.open_spell().phase_code is Phase.HIRE and not others:
        change_phase(case=case, to=Phase.PRE_HIRE, on=on, actor=actor, reason=reason)
    case_changed.send(sender=Employment, case=case)
    return employment


@act
def end_employment(*, employment: Employment, ended_on: date, reason: str, actor: User) -> Employment:
    """Record the last day really worked and why; with no other job, the person bounces back to pre-hire the day after.

    When the day after has not come yet (a notice runs), the case stays in follow-up until `return_to_prehire`. When the
    24 months
    are used up the case stays where it is: only an exit or an extension leads on.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: the job already ended or was called off, or the day is before the first or after the planned
            last one.
    """
    case = begin(employment.case, actor)
    employment = Employment.objects.select_for_update().get(pk=employment.pk)
    if employment.cancelled_on is not None:
        raise PlacementRefused("cancelled", _("Cet engagement a été annulé."))
    if employment.ended_on is not None:
        raise PlacementRefused("ended", _("La fin de ce contrat est déjà enregistrée."))
    if ended_on < employment.starts_on:
        raise PlacementRefused("before_start", _("Le dernier jour précède le premier."), field="ended_on")
    if employment.ends_on is not None and ended_on > employment.ends_on:
        raise PlacementRefused(
            "after_planned_end",
            _("Le contrat se termine au plus tard le %(date)s : au-delà, enregistrez un nouveau contrat.")
            % {"date": f"{employment.ends_on:%d/%m/%Y}"},
            field="ended_on",
        )
    employment.ended_on = ended_on
    employment.end_reason = reason
    save_checked(employment)
    if _may_bounce(case, ended_on + ONE_DAY):
        change_phase(
            case=case, to=Phase.PRE_HIRE, on=ended_on + ONE_DAY, actor=actor, reason=str(EndReason(reason).label)
        )
    case_changed.send(sender=Employment, case=case)
    return employment


def _may_bounce(case: CoachingCase, on: date) -> bool:
    """Whether the case, in follow-up, has no job left on a day that has come, and days left on its clock."""
    spell = case.open_spell()
    if spell.phase_code is not Phase.FOLLOW_UP or not spell.starts_on <= on <= today():
        return False
    facts = clock_facts(case)
    left = any(contract.worked.end is None or contract.worked.end > on for contract in facts.followed())
    return not left and not facts.is_expired(on)


@act
def return_to_prehire(*, case: CoachingCase, on: date, reason: str, actor: User) -> None:
    """Bring back to pre-hire a person whose last job is over.

    Raises:
        NotAllowed: the case is not the actor's.
        TransitionRefused: a job still runs, no reason is given, the 24 months are used up, or the day is impossible.
    """
    case = begin(case, actor)
    change_phase(case=case, to=Phase.PRE_HIRE, on=on, actor=actor, reason=reason)
