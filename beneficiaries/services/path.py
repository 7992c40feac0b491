"""What opens pre-hire and what is worked on: eligibility, coachability, agreements, obstacles, objectives."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from beneficiaries.enums import ObjectiveState, ObstacleState
from beneficiaries.models import (
    CoachabilityCheck,
    CoachingCase,
    EligibilityCheck,
    Objective,
    Obstacle,
    TrustAgreement,
)
from beneficiaries.services.phases import locked_case
from beneficiaries.signals import case_changed
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act


class PathRefused(DomainError):
    """A step of the path cannot be recorded as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityStatement:
    """What was checked: the law, the criteria met (codes of the engine), the paper seen, or the derogation's reason."""

    regime: str
    checked_on: date
    evidence_kind: str
    evidence_on: date
    criteria: list[str] = field(default_factory=list)
    is_derogation: bool = False
    derogation_reason: str = ""


def _begin(case: CoachingCase, actor: User, on: date, date_field: str) -> CoachingCase:
    """Common to every step: the case locked, in the actor's hands and open, and a day that has come."""
    case = locked_case(case)
    require(actor, "beneficiaries.change_case", case)
    if not case.is_open:
        raise PathRefused("closed", _("Ce dossier est sorti : il ne se complète plus."))
    if on > today():
        raise PathRefused("future", _("Cette date n’est pas encore venue."), field=date_field)
    return case


@act
def check_eligibility(*, case: CoachingCase, statement: EligibilityStatement, actor: User) -> EligibilityCheck:
    """Freeze the eligibility of a person with its evidence; it is checked once and never rewritten (MIRE-ELIG-11).

    Raises:
        NotAllowed: the case is not the actor's.
        PathRefused: it was already checked, nothing establishes it, or a date is impossible.
        InvalidFact: a derogation has no reason, or the paper is later than the check.
    """
    case = _begin(case, actor, statement.checked_on, "checked_on")
    if EligibilityCheck.objects.filter(case=case).exists():
        raise PathRefused("already_checked", _("L’éligibilité de cette personne est déjà vérifiée et figée."))
    if statement.evidence_on > statement.checked_on:
        raise PathRefused(
            "evidence_later", _("La pièce ne peut pas être plus récente que la vérification."), field="evidence_on"
        )
    if statement.is_derogation and not statement.derogation_reason.strip():
        raise PathRefused("derogation_reason", _("Une dérogation demande un motif."), field="derogation_reason")
    if not statement.is_derogation and not statement.criteria:
        raise PathRefused(
            "no_criterion",
            _("Aucun critère n’est établi : la personne n’est pas éligible en l’état."),
            field="criteria",
            hint=_("Cochez le critère prouvé, ou demandez une dérogation motivée."),
        )
    check = EligibilityCheck(
        case=case,
        regime=statement.regime,
        checked_on=statement.checked_on,
        criteria=list(statement.criteria),
        evidence_kind=statement.evidence_kind,
        evidence_on=statement.evidence_on,
        is_derogation=statement.is_derogation,
        derogation_reason=statement.derogation_reason.strip(),
        checked_by=actor,
    )
    save_checked(check)
    case_changed.send(sender=CoachingCase, case=case)
    return check


@act
def check_coachability(
    *, case: CoachingCase, volunteer: bool, informed: bool, available: bool, ordinary_job: bool, on: date, actor: User
) -> CoachabilityCheck:
    """Record the four conditions as seen with the person on the day `on`; seen again, they replace what was there.

    Raises:
        NotAllowed: the case is not the actor's.
        PathRefused: the case is closed or the day has not come.
    """
    case = _begin(case, actor, on, "checked_on")
    check = CoachabilityCheck.objects.filter(case=case).first() or CoachabilityCheck(case=case)
    check.volunteer = volunteer
    check.informed = informed
    check.available = available
    check.ordinary_job = ordinary_job
    check.checked_on = on
    check.checked_by = actor
    save_checked(check)
    case_changed.send(sender=CoachingCase, case=case)
    return check


@act
def sign_agreement(
    *, case: CoachingCase, kind: str, signed_on: date, actor: User, third_party: str = ""
) -> TrustAgreement:
    """Record a signed document; one of each kind per case.

    Raises:
        NotAllowed: the case is not the actor's.
        PathRefused: the case is closed, the day has not come or is before the case was opened.
        InvalidFact: a document of that kind is already there.
    """
    case = _begin(case, actor, signed_on, "signed_on")
    if signed_on < case.opened_on:
        raise PathRefused(
            "before_opening",
            _("Le dossier n’est ouvert que depuis le %(date)s.") % {"date": f"{case.opened_on:%d/%m/%Y}"},
            field="signed_on",
        )
    agreement = TrustAgreement(
        case=case, kind=kind, signed_on=signed_on, third_party=third_party.strip(), recorded_by=actor
    )
    save_checked(agreement)
    case_changed.send(sender=CoachingCase, case=case)
    return agreement


@act
def add_obstacle(
    *,
    case: CoachingCase,
    kind: str,
    identified_on: date,
    actor: User,
    note: str = "",
    submission_id: UUID | None = None,
) -> Obstacle:
    """Record something that stands between the person and a job; `submission_id` sent twice gives the same row.

    Raises:
        NotAllowed: the case is not the actor's.
        PathRefused: the case is closed or the day has not come.
    """
    case = _begin(case, actor, identified_on, "identified_on")
    already = case.obstacles.filter(pk=submission_id).first() if submission_id else None
    if already is not None:
        return already
    obstacle = Obstacle(case=case, kind=kind, identified_on=identified_on, note=note.strip())
    if submission_id is not None:
        obstacle.pk = submission_id
    save_checked(obstacle)
    return obstacle


@act
def change_obstacle(*, obstacle: Obstacle, state: str, on: date, actor: User, note: str | None = None) -> Obstacle:
    """Say where work on an obstacle stands; lifted, it keeps the day it was.

    Raises:
        NotAllowed: the case is not the actor's.
        PathRefused: the case is closed, the day has not come or is before the obstacle was identified.
    """
    _begin(obstacle.case, actor, on, "on")
    # As it is, not as a page was showing it: what another tab wrote meanwhile stays.
    obstacle = Obstacle.objects.select_for_update().get(pk=obstacle.pk)
    if on < obstacle.identified_on:
        raise PathRefused(
            "before_identified",
            _("Ce frein n’a été identifié que le %(date)s.") % {"date": f"{obstacle.identified_on:%d/%m/%Y}"},
            field="on",
        )
    obstacle.state = state
    obstacle.lifted_on = on if state == ObstacleState.LIFTED else None
    if note is not None:
        obstacle.note = note.strip()
    save_checked(obstacle)
    return obstacle


@act
def set_objective(
    *,
    case: CoachingCase,
    title: str,
    set_on: date,
    actor: User,
    target_on: date | None = None,
    submission_id: UUID | None = None,
) -> Objective:
    """Add a goal to the action plan; `submission_id` sent twice gives the same row.

    Raises:
        NotAllowed: the case is not the actor's.
        PathRefused: the case is closed, the day has not come, or the goal's day is before it was set.
    """
    case = _begin(case, actor, set_on, "set_on")
    if target_on is not None and target_on < set_on:
        raise PathRefused(
            "target_before_set", _("L’échéance précède le jour où l’objectif est fixé."), field="target_on"
        )
    already = case.objectives.filter(pk=submission_id).first() if submission_id else None
    if already is not None:
        return already
    objective = Objective(case=case, title=title.strip(), set_on=set_on, target_on=target_on)
    if submission_id is not None:
        objective.pk = submission_id
    save_checked(objective)
    return objective


@act
def settle_objective(*, objective: Objective, state: str, on: date, actor: User) -> Objective:
    """Say that a goal is reached, dropped, or active again.

    Raises:
        NotAllowed: the case is not the actor's.
        PathRefused: the case is closed, the day has not come or is before the goal was set.
    """
    _begin(objective.case, actor, on, "on")
    objective = Objective.objects.select_for_update().get(pk=objective.pk)
    if on < objective.set_on:
        raise PathRefused("before_set", _("L’objectif n’était pas encore fixé ce jour-là."), field="on")
    objective.state = state
    objective.settled_on = None if state == ObjectiveState.ACTIVE else on
    save_checked(objective)
    return objective
