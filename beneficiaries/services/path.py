"""What opens pre-hire and what is worked on: eligibility, coachability, agreements, obstacles, objectives."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.files.base import File
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.enums import EvidenceKind, ObjectiveState, ObstacleState
from beneficiaries.models import (
    CoachabilityCheck,
    CoachingCase,
    Objective,
    Obstacle,
    TrustAgreement,
)
from beneficiaries.services.eligibility import EligibilityStatement, check_eligibility
from beneficiaries.services.papers import PaperStatement, files_of_the_act, keep_paper
from beneficiaries.services.steps import PathRefused, begin_step
from foundation.persistence import save_checked
from privacy.audit import act

__all__ = [
    "EligibilityStatement",
    "PathRefused",
    "add_obstacle",
    "change_obstacle",
    "check_coachability",
    "check_eligibility",
    "set_objective",
    "settle_objective",
    "sign_agreement",
]


@act
def check_coachability(
    *, case: CoachingCase, volunteer: bool, informed: bool, available: bool, ordinary_job: bool, on: date, actor: User
) -> CoachabilityCheck:
    """Record the four conditions as seen with the person on the day `on`; seen again, they replace what was there.

    Raises:
        NotAllowed: the case is not the actor's.
        PathRefused: the case is closed or the day has not come.
    """
    case = begin_step(case, actor, on, "checked_on")
    check = CoachabilityCheck.objects.filter(case=case).first() or CoachabilityCheck(case=case)
    check.volunteer = volunteer
    check.informed = informed
    check.available = available
    check.ordinary_job = ordinary_job
    check.checked_on = on
    check.checked_by = actor
    save_checked(check)
    return check


@act
def sign_agreement(
    *,
    case: CoachingCase,
    kind: str,
    signed_on: date,
    actor: User,
    third_party: str = "",
    signatories: str = "",
    file: File[bytes] | None = None,
) -> TrustAgreement:
    """Record a signed document, who signed it, and its scan when there is one; one of each kind per case.

    Raises:
        NotAllowed: the case is not the actor's.
        PathRefused: the case is closed, the day has not come or is before the case was opened.
        PaperRefused: the scan is not a file that we keep.
        InvalidFact: a document of that kind is already there.
    """
    case = begin_step(case, actor, signed_on, "signed_on")
    if signed_on < case.opened_on:
        raise PathRefused(
            "before_opening",
            _("Le dossier n’est ouvert que depuis le %(date)s.") % {"date": f"{case.opened_on:%d/%m/%Y}"},
            field="signed_on",
        )
    agreement = TrustAgreement(
        case=case,
        kind=kind,
        signed_on=signed_on,
        third_party=third_party.strip(),
        signatories=signatories.strip(),
        recorded_by=actor,
    )
    with files_of_the_act():
        if file is not None:
            paper = PaperStatement(
                kind=EvidenceKind.AGREEMENT, dated_on=signed_on, label=agreement.get_kind_display(), file=file
            )
            agreement.scan = keep_paper(case, paper, actor)
        save_checked(agreement)
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
    case = begin_step(case, actor, identified_on, "identified_on")
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
    begin_step(obstacle.case, actor, on, "on")
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
    case = begin_step(case, actor, set_on, "set_on")
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
    begin_step(objective.case, actor, on, "on")
    objective = Objective.objects.select_for_update().get(pk=objective.pk)
    if on < objective.set_on:
        raise PathRefused("before_set", _("L’objectif n’était pas encore fixé ce jour-là."), field="on")
    objective.state = state
    objective.settled_on = None if state == ObjectiveState.ACTIVE else on
    save_checked(objective)
    return objective
