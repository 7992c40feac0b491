"""Proposing a job to a person, and recording what each side decided: the person first."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import CoachingCase
from employers.enums import VacancyState
from employers.models import Vacancy
from foundation.persistence import save_checked
from method.rules.phases import Phase
from placements.enums import Decision
from placements.models import Match
from placements.selectors.clocks import clock_facts
from placements.selectors.discretion import refuse_hidden
from placements.services.guards import PlacementRefused, begin, refuse_future, refuse_if_expired
from privacy.audit import act


@act
def propose_match(*, case: CoachingCase, vacancy: Vacancy, on: date, rationale: str, actor: User) -> Match:
    """Put forward that a person fits a job, with the reason why.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: the case is not in pre-hire or later, the job is closed or of another organisation, or the day
            has not come or is before pre-hire.
        ClockExpired: the 24 months are used up.
        EmployerHidden: the firm may not hear of the person.
        InvalidFact: the job was already proposed to the person, or no reason is given.
    """
    case = begin(case, actor)
    refuse_future(on, "proposed_on")
    refuse_if_expired(case, on)
    spell = case.open_spell()
    if spell.phase == Phase.PREPARATORY:
        raise PlacementRefused(
            "too_early",
            _("La pré-embauche n’est pas encore ouverte pour cette personne."),
            hint=_("Complétez d’abord l’éligibilité, la coachabilité et les conventions dans l’onglet Parcours."),
        )
    _refuse_before_prehire(case, on)
    if vacancy.organisation_id != case.organisation_id or vacancy.state != VacancyState.OPEN:
        raise PlacementRefused("vacancy_closed", _("Ce poste n’est plus ouvert."), field="vacancy")
    refuse_hidden(
        case,
        vacancy.company,
        _("Suivi discret : cette entreprise ne doit rien savoir de la personne, aucun poste ne s’y propose."),
        field="vacancy",
    )
    match = Match(
        organisation=case.organisation,
        case=case,
        vacancy=vacancy,
        proposed_on=on,
        proposed_by=actor,
        rationale=rationale.strip(),
    )
    save_checked(match)
    return match


def _refuse_before_prehire(case: CoachingCase, on: date) -> None:
    """A job is proposed since the day pre-hire began."""
    started = clock_facts(case).prehire_started_on
    if started is not None and on < started:
        raise PlacementRefused(
            "before_prehire",
            _("La pré-embauche a commencé le %(date)s.") % {"date": f"{started:%d/%m/%Y}"},
            field="proposed_on",
        )


@act
def record_person_decision(*, match: Match, decision: str, on: date, actor: User, reason: str = "") -> Match:
    """Write down the person's answer; a refusal keeps its reason.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: the answer is already known, has no reason, or its day is impossible.
    """
    begin(match.case, actor)
    match = Match.objects.select_for_update().get(pk=match.pk)
    if match.person_decision != Decision.PENDING:
        raise PlacementRefused("decided", _("La décision de la personne est déjà enregistrée."))
    _check_answer(match, decision, on, reason)
    match.person_decision = decision
    match.person_decided_on = on
    if decision == Decision.REFUSED:
        match.refusal_reason = reason.strip()
    save_checked(match)
    return match


@act
def record_employer_decision(*, match: Match, decision: str, on: date, actor: User, reason: str = "") -> Match:
    """Write down the employer's answer, once the person has agreed.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: the person has not agreed, the answer is already known, has no reason, or its day is
            impossible.
    """
    begin(match.case, actor)
    match = Match.objects.select_for_update().get(pk=match.pk)
    if match.person_decision != Decision.ACCEPTED:
        raise PlacementRefused("person_first", _("La personne décide d’abord : sa réponse n’est pas encore un accord."))
    if match.employer_decision != Decision.PENDING:
        raise PlacementRefused("decided", _("La décision de l’employeur est déjà enregistrée."))
    _check_answer(match, decision, on, reason)
    if match.person_decided_on is not None and on < match.person_decided_on:
        raise PlacementRefused(
            "before_person",
            _("L’employeur ne décide pas avant la personne, qui a répondu le %(date)s.")
            % {"date": f"{match.person_decided_on:%d/%m/%Y}"},
            field="on",
        )
    match.employer_decision = decision
    match.employer_decided_on = on
    if decision == Decision.REFUSED:
        match.refusal_reason = reason.strip()
    save_checked(match)
    return match


def _check_answer(match: Match, decision: str, on: date, reason: str) -> None:
    """An answer is yes or no, on a day that has come and is not before the proposal; a no says why."""
    if decision not in (Decision.ACCEPTED, Decision.REFUSED):
        raise PlacementRefused("no_decision", _("Choisissez une réponse."), field="decision")
    refuse_future(on, "on")
    if on < match.proposed_on:
        raise PlacementRefused(
            "before_proposal",
            _("Le poste a été proposé le %(date)s.") % {"date": f"{match.proposed_on:%d/%m/%Y}"},
            field="on",
        )
    if decision == Decision.REFUSED and not reason.strip():
        raise PlacementRefused("refusal_reason", _("Un refus garde son motif."), field="reason")
