"""Hiring, ending a job, and the changes of phase that follow from them."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import CoachingCase, PhaseSpell
from beneficiaries.services.coherence import require_coherence
from beneficiaries.services.phases import pass_to_phase
from employers.enums import VacancyState
from employers.models import Company, CompanyContact
from employers.services.vacancies import close_vacancy
from foundation.asking import about_unlikely_date, ask
from foundation.clock import today
from foundation.persistence import save_checked
from foundation.rules.dates import CONTRACT_END, WORK_DAY
from method.rules.phases import Phase
from placements.enums import REFUSED_MODES, EndReason, FollowUpMode, Origin
from placements.models import Employment, FollowUpAgreement, HiringAid, Match
from placements.rules.clocks import Contract
from placements.rules.contract_kinds import PERMANENT_TYPES
from placements.rules.telling import Course, Telling, telling
from placements.selectors.clocks import ClockFacts, clock_facts
from placements.services.doubts import about_suspension
from placements.services.guards import (
    ClockExpired,
    PlacementRefused,
    begin,
    begin_telling,
    closed_refusal,
    refuse_future,
    refuse_wrong_aid,
    refuse_wrong_days,
    refuse_wrong_end,
    refuse_wrong_parties,
    refuse_wrong_user,
)
from placements.services.never_came import withdraw_followup
from placements.services.told_within import refuse_leaving_out, with_last_sight
from privacy.audit import act


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a contract of employment says; days are inclusive, hours are per week.

    `aid` is the hiring aid that the employer hopes for: the Forem alone grants it. `origin` is where the job came from;
    behind a match it is ours, whatever is said. `user_company` is where the work of an agency is done.
    """

    contract_type: str
    job_title: str
    starts_on: date
    ends_on: date | None = None
    weekly_hours: Decimal | None = None
    aid: HiringAid | None = None
    origin: str = Origin.UNKNOWN
    joint_committee: str = ""
    user_company: Company | None = None
    confirmed: frozenset[str] = frozenset()

    @property
    def may_be_endless(self) -> bool:
        """Whether 31/12/9999 can be its last day: a contract for a time whose end is not known yet leaves it empty."""
        return self.contract_type in PERMANENT_TYPES


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpTerms:
    """How the job will be followed: `mode` is a `FollowUpMode`; a contact in the firm only when the employer knows, a
    `reason` when it is refused. `agreed_on` is the day from which that holds.
    """

    mode: str
    agreed_on: date
    contact: CompanyContact | None = None
    terms: str = ""
    reason: str = ""


@act
def hire(
    *,
    case: CoachingCase,
    company: Company,
    terms: Terms,
    actor: User,
    match: Match | None = None,
    followup: FollowUpTerms | None = None,
    fill_vacancy: bool = False,
) -> Employment:
    """Record a contract of employment and move the case along (domain.md 4, 6).

    What took place can always be recorded (domain.md 5 bis): a contract whose first day has passed is taken with its
    true dates before the phase in course, in the preparatory phase, before the entry, once the 24 months are used up
    and after the exit; the phases that were lived without it stand, unless it still runs.

    From pre-hire the case passes to HIRE, on the day of the contract's start or today if that is earlier; when work has
    begun and the follow-up is agreed it passes on to FOLLOW_UP that same first day. From one job to the next the case
    stays in FOLLOW_UP. A type that is not followed (internship, PFI…) is recorded and moves nothing. Without a `match`
    the terms say where the job came from. With `fill_vacancy` the job of the match is closed as filled, today.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: the contract would begin today or later while the case is preparatory or closed, the match is
            not accepted or is of another case or firm, a place of work is named for another type than interim, the
            dates are impossible, the hiring aid does not hold on the first day, or the contract is already recorded
            (code `already_hired`: a double click).
        ClockExpired: it would begin today or later, and the 24 months are used up.
        TransitionRefused: the change of phase is refused.
        Incoherent: the contract contradicts something else that is recorded.
        InvalidFact: one of its fields is wrong.
        Unconfirmed: one of the days is unlikely, or lies in a suspension, and nobody said that it is meant.
    """
    case = begin_telling(case, actor)
    facts = clock_facts(case)
    # First of all: the second press of a double click finds a case that has already moved on.
    _refuse_twice(case, company, terms)
    spell = case.open_spell()
    how = _telling(terms, company, spell, facts)
    refuse_wrong_parties(case, company, match)
    refuse_wrong_user(terms.contract_type, company, terms.user_company)
    refuse_wrong_days(terms.contract_type, terms.starts_on, terms.ends_on)
    if how is Telling.EXPIRED:
        raise ClockExpired
    refuse_wrong_aid(terms.aid, terms.starts_on)
    ask(
        [
            *about_unlikely_date(terms.starts_on, "starts_on", WORK_DAY),
            *about_unlikely_date(terms.ends_on, "ends_on", CONTRACT_END),
            *about_suspension(facts, terms.contract_type, terms.starts_on),
        ],
        terms.confirmed,
    )
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
        aid=terms.aid,
        origin=Origin.OURS if match is not None else terms.origin,
        joint_committee=terms.joint_committee,
        user_company=terms.user_company,
        told_late=terms.starts_on < spell.starts_on or how is Telling.TOLD,
        recorded_by=actor,
    )
    save_checked(employment)
    if followup is not None:
        _write_agreement(FollowUpAgreement(employment=employment), followup, actor)
    if how is not Telling.TOLD and terms.contract_type in facts.policy.followed_types:
        first = max(terms.starts_on, spell.starts_on) if how is Telling.CATCHES_UP else terms.starts_on
        if spell.phase_code is Phase.PRE_HIRE:
            pass_to_phase(case=case, to=Phase.HIRE, on=min(first, today()), actor=actor)
        if followup is not None and terms.starts_on <= today() and case.open_spell().phase_code is Phase.HIRE:
            pass_to_phase(case=case, to=Phase.FOLLOW_UP, on=first, actor=actor)
    if fill_vacancy and match is not None:
        close_vacancy(vacancy=match.vacancy, state=VacancyState.FILLED, on=today(), actor=actor)
    require_coherence(case)
    return employment


def _refuse_twice(case: CoachingCase, company: Company, terms: Terms) -> None:
    """The same contract is written once; two part-time ones of one firm and day differ in their post, end or hours."""
    asked = (terms.contract_type, terms.job_title.strip(), terms.starts_on, terms.ends_on, terms.weekly_hours)
    known = [job for job in case.employments.all() if job.cancelled_on is None and job.company_id == company.pk]
    if any((j.contract_type, j.job_title, j.starts_on, j.ends_on, j.weekly_hours) == asked for j in known):
        raise PlacementRefused(
            "already_hired",
            _("Ce contrat est déjà enregistré : rien n’a été écrit deux fois."),
            field="starts_on",
            hint=_("Vous le trouvez dans l’onglet Emploi du dossier."),
        )


def _telling(terms: Terms, company: Company, spell: PhaseSpell, facts: ClockFacts) -> Telling:
    """What writing this contract down does to the phases.

    Raises:
        PlacementRefused: it would begin something that a case in this phase may not begin.
    """
    course = Course(
        phase=spell.phase_code,
        phase_started_on=spell.starts_on,
        prehire_started_on=facts.prehire_started_on,
        expired=facts.is_expired(min(terms.starts_on, today())),
    )
    contract = Contract.signed_with(company.pk, company.lineage, type=terms.contract_type, starts_on=terms.starts_on)
    if terms.ends_on is not None and terms.ends_on >= terms.starts_on:
        contract = replace(contract, ends_on=terms.ends_on)
    how = telling(contract, course, today())
    if how is Telling.CLOSED:
        raise closed_refusal()
    if how is Telling.TOO_EARLY:
        raise PlacementRefused(
            "too_early",
            _("La pré-embauche n’est pas encore ouverte pour cette personne."),
            hint=_("Complétez d’abord l’éligibilité, la coachabilité et les conventions dans l’onglet Parcours."),
        )
    return how


def _write_agreement(agreement: FollowUpAgreement, followup: FollowUpTerms, actor: User) -> FollowUpAgreement:
    """Write how a job is followed, for the first time or anew; a refusal lifted is followed from that day."""
    refuse_future(followup.agreed_on, "agreed_on")
    refuses = followup.mode in REFUSED_MODES
    if refuses and not followup.reason.strip():
        raise PlacementRefused("refusal_reason", _("Dites pourquoi le suivi est refusé."), field="reason")
    if refuses:
        agreement.accepted_from = None
        agreement.refusal_reason = followup.reason.strip()
    elif agreement.mode in REFUSED_MODES:
        if followup.agreed_on < agreement.agreed_on:
            raise PlacementRefused(
                "accepted_before_refusal", _("Le suivi était encore refusé ce jour-là."), field="agreed_on"
            )
        agreement.accepted_from = followup.agreed_on
    if followup.contact is not None and followup.contact.company_id not in agreement.employment.firm_ids:
        raise PlacementRefused("contact", _("Cette personne est d’une autre entreprise."), field="contact")
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
    employment = Employment.objects.select_for_update().get(pk=employment.pk)
    if employment.cancelled_on is not None:
        raise PlacementRefused("cancelled", _("Cette embauche a été annulée."))
    known = FollowUpAgreement.objects.filter(employment=employment).first()
    agreement = _write_agreement(known or FollowUpAgreement(employment=employment), followup, actor)
    if _is_followed(case, employment) and employment.starts_on <= today():
        _enter_followup(case, employment, actor)
    return agreement


def _is_followed(case: CoachingCase, employment: Employment) -> bool:
    """Whether the contract is of a type that is followed in the firm, and so moves the phase."""
    return employment.contract_type in clock_facts(case).policy.followed_types


def _enter_followup(case: CoachingCase, employment: Employment, actor: User) -> None:
    """Pass a case that waits in HIRE to FOLLOW_UP, from the first day at work."""
    spell = case.open_spell()
    if spell.phase_code is Phase.HIRE:
        pass_to_phase(case=case, to=Phase.FOLLOW_UP, on=max(employment.starts_on, spell.starts_on), actor=actor)


@act
def confirm_start(*, employment: Employment, actor: User) -> Employment:
    """Say that a job planned earlier, whose follow-up is already agreed, has begun: the case passes to FOLLOW_UP.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: the first day has not come, the job was called off, or its follow-up is not agreed.
        TransitionRefused: the change of phase is refused.
    """
    case = begin(employment.case, actor)
    employment = Employment.objects.select_for_update().get(pk=employment.pk)
    if employment.cancelled_on is not None:
        raise PlacementRefused("cancelled", _("Cette embauche a été annulée."))
    if employment.starts_on > today():
        raise PlacementRefused(
            "not_started",
            _("Le premier jour est prévu le %(date)s.") % {"date": f"{employment.starts_on:%d/%m/%Y}"},
        )
    if not hasattr(employment, "followup_agreement"):
        raise PlacementRefused("no_agreement", _("Convenez d’abord du suivi avec la personne."))
    if _is_followed(case, employment):
        _enter_followup(case, employment, actor)
    return employment


@act
def cancel_hiring(*, employment: Employment, on: date, reason: str, actor: User) -> Employment:
    """Call off a hiring, before its first day or because nobody came that day: the contract is kept, marked with its
    reason, no day of it is worked and nobody is placed; the follow-up that it had opened is taken back, and the case
    goes back to pre-hire.

    With another job running or planned, once the 24 months are used up or after the exit, the case stays where it is.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: the person went back to pre-hire from that job, its end is recorded, it was already called
            off, no reason is given, or the case is closed and the first day had not come.
        TransitionRefused: the change of phase is refused.
    """
    case = begin_telling(employment.case, actor)
    employment = Employment.objects.select_for_update().get(pk=employment.pk)
    refuse_future(on, "on")
    if employment.cancelled_on is not None:
        raise PlacementRefused("cancelled", _("Cette embauche est déjà annulée."))
    if employment.ended_on is not None:
        raise PlacementRefused("ended", _("La fin de ce contrat est déjà enregistrée."))
    if not reason.strip():
        raise PlacementRefused("reason", _("Dites pourquoi l’embauche n’a pas lieu."), field="reason")
    employment.cancelled_on = on
    employment.cancel_reason = reason.strip()
    save_checked(employment)
    withdraw_followup(case, employment, reason)
    facts = clock_facts(case)
    if case.open_spell().phase_code is Phase.HIRE and not _holds(facts, on) and not facts.is_expired(on):
        pass_to_phase(case=case, to=Phase.PRE_HIRE, on=on, actor=actor, reason=reason)
    return employment


@act
def end_employment(*, employment: Employment, ended_on: date, reason: str, actor: User) -> Employment:
    """Record the last day really worked and why; with no other job, the person bounces back to pre-hire the day after.

    When the day after has not come yet (a notice runs), the case stays in follow-up until `return_to_prehire`. When the
    24 months are used up the case stays where it is: only an exit or an extension leads on. Learnt after the exit, it
    is recorded all the same: nothing moves but what is counted.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: the job already ended or was called off, no reason is given, the day is before the first or
            after the planned last one, or somebody was seen at work after it.
    """
    case = begin_telling(employment.case, actor)
    employment = with_last_sight(Employment.objects.select_for_update()).get(pk=employment.pk)
    if employment.cancelled_on is not None:
        raise PlacementRefused("cancelled", _("Cette embauche a été annulée."))
    if employment.ended_on is not None:
        raise PlacementRefused("ended", _("La fin de ce contrat est déjà enregistrée."))
    if reason not in EndReason.values:
        raise PlacementRefused("reason", _("Choisissez le motif de fin."), field="reason")
    refuse_wrong_end(employment.starts_on, employment.ends_on, ended_on)
    refuse_leaving_out(employment, starts_on=employment.starts_on, last=ended_on)
    employment.ended_on = ended_on
    employment.end_reason = reason
    save_checked(employment)
    day = bounce_day(case)
    if day is not None and day <= today():
        pass_to_phase(case=case, to=Phase.PRE_HIRE, on=day, actor=actor, reason=str(EndReason(reason).label))
    return employment


def bounce_day(case: CoachingCase) -> date | None:
    """The day on which a person with a job falls back to pre-hire: the one after the last day of their last job.

    `None` while a job has no known end, when none was recorded, when that day precedes the phase in course, or when the
    24 months are used up by then.
    """
    facts = clock_facts(case)
    spell = case.open_spell()
    ends = [contract.worked.end for contract in facts.followed()]
    known = [end for end in ends if end is not None]
    if spell.phase_code not in (Phase.HIRE, Phase.FOLLOW_UP) or not ends or len(known) < len(ends):
        return None
    day = max(known)
    return None if day < spell.starts_on or facts.is_expired(day) else day


def _holds(facts: ClockFacts, on: date) -> bool:
    """Whether a followed job runs on that day or is still to come."""
    return any(contract.worked.end is None or contract.worked.end > on for contract in facts.followed())


@act
def return_to_prehire(*, case: CoachingCase, on: date, reason: str, actor: User) -> None:
    """Bring back to pre-hire a person whose last job is over, or whose hiring fell through.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: a job still runs or is planned that day.
        TransitionRefused: no reason is given, the 24 months are used up, or the day is impossible.
    """
    case = begin(case, actor)
    if _holds(clock_facts(case), on):
        raise PlacementRefused(
            "still_employed",
            _("Un contrat court encore ou est prévu à cette date."),
            field="on",
            hint=_("Enregistrez d’abord sa fin, ou annulez l’embauche."),
        )
    pass_to_phase(case=case, to=Phase.PRE_HIRE, on=on, actor=actor, reason=reason)
