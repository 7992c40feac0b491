"""What opens pre-hire in the pilot: registration, the check of eligibility with its paper, coachability, agreements.

The check is frozen as the service freezes it, by the same engine on the same facts.
"""

from uuid import UUID

from beneficiaries.enums import ExceptionCode
from beneficiaries.models import (
    Beneficiary,
    CoachabilityCheck,
    CriterionProof,
    EligibilityCheck,
    Evidence,
    ExceptionRequest,
    Situation,
    TrustAgreement,
)
from beneficiaries.rules.eligibility import Mode
from beneficiaries.rules.exceptions import ExceptionState
from beneficiaries.rules.situations import SituationKind
from beneficiaries.selectors.eligibility import assess, criteria_of, known_periods, papers_of, policy_of, profile_of
from beneficiaries.selectors.snapshots import Grounds, snapshot_of
from demo.loading.store import RowStore, row_id
from demo.plan.plan_types import CasePlan
from foundation.rules.periods import ONE_DAY


def add_opening(store: RowStore, plan: CasePlan, case: UUID) -> None:
    """Keep every row that opens pre-hire."""
    person = store.row(Beneficiary, "person", plan.person)
    registration = _registration(plan, person)
    store.keep(registration)
    if plan.eligibility is not None:
        _eligibility(store, plan, case, registration)
    if plan.coachability is not None:
        seen = plan.coachability
        store.add(
            CoachabilityCheck,
            "coachability",
            plan.key,
            case_id=case,
            volunteer=seen.volunteer,
            informed=seen.informed,
            available=seen.available,
            ordinary_job=seen.ordinary_job,
            checked_on=seen.checked_on,
            checked_by_id=row_id("user", plan.coach_on(seen.checked_on)),
        )
    for agreement in plan.agreements:
        store.add(
            TrustAgreement,
            "agreement",
            f"{plan.key}/{agreement.kind}",
            case_id=case,
            kind=agreement.kind,
            signed_on=agreement.signed_on,
            third_party=agreement.third_party,
            recorded_by_id=row_id("user", plan.coach_on(agreement.signed_on)),
        )


def _registration(plan: CasePlan, person: Beneficiary) -> Situation:
    """Registered as inoccupied since the work stopped, until the eve of the first job."""
    if person.jobseeker_since is None:
        raise ValueError(plan.person)
    first_job = min((job.starts_on for job in plan.employments), default=None)
    return Situation(
        id=row_id("registration", plan.key),
        beneficiary=person,
        kind=SituationKind.REGISTERED,
        starts_on=person.jobseeker_since,
        ends_on=first_job - ONE_DAY if first_job else None,
        recorded_by_id=row_id("user", plan.coach_on(plan.opened_on)),
    )


def _eligibility(store: RowStore, plan: CasePlan, case: UUID, registration: Situation) -> None:
    """The check, its paper, the snapshot; the criteria kept are those that the paper proves."""
    check = plan.eligibility
    if check is None:
        return
    coach = row_id("user", plan.coach_on(check.checked_on))
    paper = Evidence(
        id=row_id("evidence", plan.key),
        case_id=case,
        kind=check.evidence_kind,
        dated_on=check.evidence_on,
        uploaded_by_id=coach,
    )
    store.keep(paper)
    person, periods = registration.beneficiary, known_periods([registration])
    ticked = [one.code for one in criteria_of(check.regime) if one.mode is Mode.TICKED and one.code in check.criteria]
    derogated = bool(check.derogation_reason)
    profile = profile_of(person, periods, check.checked_on, ticked=ticked, derogation=derogated)
    proven = [code for code in check.criteria if check.evidence_kind in papers_of(check.regime, code)]
    grounds = Grounds(
        regime=check.regime,
        person=person,
        situations=periods,
        ticked=ticked,
        policy=policy_of(check.regime, check.checked_on),
        result=assess(check.regime, profile, check.checked_on),
        papers={code: [paper] for code in proven},
    )
    if check.derogation_reason:
        store.add(
            ExceptionRequest,
            "exception",
            f"{plan.key}/derogation",
            organisation_id=row_id("organisation", plan.organisation),
            case_id=case,
            kind=ExceptionCode.DEROGATION,
            reason=check.derogation_reason,
            document="Décision de dérogation",
            state=ExceptionState.APPROVED,
            requested_by_id=coach,
            requested_on=check.checked_on,
            decided_by_id=row_id("user", f"{plan.organisation}/coordinator"),
            decided_on=check.checked_on,
            answer_read_on=check.checked_on,
        )
    frozen = store.add(
        EligibilityCheck,
        "eligibility",
        plan.key,
        case_id=case,
        regime=check.regime,
        checked_on=check.checked_on,
        criteria=proven,
        evidence_kind=check.evidence_kind,
        evidence_on=check.evidence_on,
        is_derogation=bool(check.derogation_reason),
        derogation_reason=check.derogation_reason,
        snapshot=snapshot_of(grounds),
        checked_by_id=coach,
    )
    for code in proven:
        store.add(
            CriterionProof,
            "proof",
            f"{plan.key}/{code}",
            eligibility_id=frozen,
            criterion=code,
            evidence_id=paper.pk,
        )
