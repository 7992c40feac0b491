"""One case: its phases, what opened them, what was worked on, its jobs, its contacts."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from beneficiaries.enums import ExceptionCode
from beneficiaries.models import (
    CaseAssignment,
    CaseBelonging,
    CoachingCase,
    ExceptionRequest,
    Objective,
    Obstacle,
    PhaseSpell,
)
from demo.loading.house import reference_person
from demo.loading.openings import add_opening
from demo.loading.store import ContactObjective, RowStore, row_id
from demo.plan.plan_types import CasePlan
from followup.models import Appointment, Contact
from foundation.clock import today
from placements.enums import FollowUpMode, Origin, RequestState, SuspensionReason
from placements.models import ClockExtension, ClockSuspension, Employment, FollowUpAgreement, Match


def add_case(store: RowStore, plan: CasePlan) -> None:
    """Keep every row of one case."""
    case = store.add(
        CoachingCase,
        "case",
        plan.key,
        organisation_id=row_id("organisation", plan.organisation),
        beneficiary_id=row_id("person", plan.person),
        coach_id=row_id("user", plan.coach),
        site_id=row_id("site", plan.site),
        project_id=row_id("project", plan.organisation),
        referrer_id=row_id("partner", f"{plan.organisation}/{plan.referrer}"),
        referred_on=plan.referred_on,
        opened_on=plan.opened_on,
        closed_on=plan.closed_on,
    )
    store.add(
        CaseBelonging,
        "belonging",
        plan.key,
        case_id=case,
        site_id=row_id("site", plan.site),
        project_id=row_id("project", plan.organisation),
        referrer_id=row_id("partner", f"{plan.organisation}/{plan.referrer}"),
        starts_on=plan.opened_on,
        actor_id=_coach(plan, plan.opened_on),
    )
    for number, assignment in enumerate(plan.assignments):
        store.add(
            CaseAssignment,
            "assignment",
            f"{plan.key}/{number}",
            case_id=case,
            coach_id=row_id("user", assignment.coach),
            starts_on=assignment.starts_on,
            ends_on=assignment.ends_on,
            note=assignment.note,
            actor_id=row_id("user", assignment.coach),
        )
    for number, spell in enumerate(plan.spells, 1):
        store.add(
            PhaseSpell,
            "spell",
            f"{plan.key}/{number}",
            case_id=case,
            sequence=number,
            phase=spell.phase,
            starts_on=spell.starts_on,
            ends_on=spell.ends_on,
            reason=spell.reason,
            exit_reason=spell.exit_reason,
            exit_outcome=spell.exit_outcome,
            actor_id=_coach(plan, spell.starts_on),
        )
    add_opening(store, plan, case)
    _work(store, plan, case)
    _clock(store, plan, case)
    _placements(store, plan, case)
    _contacts(store, plan, case)


def _work(store: RowStore, plan: CasePlan, case: UUID) -> None:
    """What is worked on: obstacles and objectives."""
    for number, obstacle in enumerate(plan.obstacles):
        store.add(
            Obstacle,
            "obstacle",
            f"{plan.key}/{number}",
            case_id=case,
            kind=obstacle.kind,
            state=obstacle.state,
            note=obstacle.note,
            identified_on=obstacle.identified_on,
            lifted_on=obstacle.lifted_on,
        )
    for number, goal in enumerate(plan.objectives):
        store.add(
            Objective,
            "objective",
            f"{plan.key}/{number}",
            case_id=case,
            title=goal.title,
            state=goal.state,
            set_on=goal.set_on,
            target_on=goal.target_on,
            settled_on=goal.settled_on,
        )


def _clock(store: RowStore, plan: CasePlan, case: UUID) -> None:
    """What a coordinator decided about the 24 months."""
    coordinator = row_id("user", f"{plan.organisation}/coordinator")
    for number, pause in enumerate(plan.suspensions):
        store.add(
            ClockSuspension,
            "suspension",
            f"{plan.key}/{number}",
            case_id=case,
            request_id=_asked(
                store,
                plan,
                f"suspension/{number}",
                kind=ExceptionCode.SUSPENSION,
                reason=str(SuspensionReason(pause.reason).label),
                document=pause.evidence,
                starts_on=pause.starts_on,
                ends_on=pause.ends_on,
                state=pause.state,
                requested_by_id=_coach(plan, pause.starts_on),
                requested_on=pause.decided_on or min(pause.starts_on, today()),
                decided_by_id=coordinator if pause.decided_on else None,
                decided_on=pause.decided_on,
            ),
            reason=pause.reason,
            starts_on=pause.starts_on,
            ends_on=pause.ends_on,
            evidence=pause.evidence,
            state=pause.state,
            requested_by_id=_coach(plan, pause.starts_on),
            decided_by_id=coordinator if pause.decided_on else None,
            decided_on=pause.decided_on,
        )
    for number, extension in enumerate(plan.extensions):
        store.add(
            ClockExtension,
            "extension",
            f"{plan.key}/{number}",
            case_id=case,
            request_id=_asked(
                store,
                plan,
                f"extension/{number}",
                kind=ExceptionCode.EXTENSION,
                reason=extension.reason,
                document=extension.document,
                months=extension.months,
                state=RequestState.APPROVED,
                requested_by_id=_coach(plan, extension.granted_on),
                requested_on=extension.granted_on,
                decided_by_id=coordinator,
                decided_on=extension.granted_on,
            ),
            months=extension.months,
            reason=extension.reason,
            document=extension.document,
            granted_on=extension.granted_on,
            granted_by_id=coordinator,
            rank=number,
        )


def _asked(store: RowStore, plan: CasePlan, key: str, **facts: Any) -> UUID:
    """The request that an exception came from; its answer was read long ago."""
    owner, case = row_id("organisation", plan.organisation), row_id("case", plan.key)
    label = f"{plan.key}/{key}"
    return store.add(
        ExceptionRequest,
        "exception",
        label,
        organisation_id=owner,
        case_id=case,
        answer_read_on=facts.get("decided_on"),
        **facts,
    )


def _placements(store: RowStore, plan: CasePlan, case: UUID) -> None:
    owner = row_id("organisation", plan.organisation)
    for match in plan.matches:
        store.add(
            Match,
            "match",
            match.key,
            organisation_id=owner,
            case_id=case,
            vacancy_id=row_id("vacancy", match.vacancy),
            proposed_on=match.proposed_on,
            proposed_by_id=_coach(plan, match.proposed_on),
            rationale=match.rationale,
            person_decision=match.person_decision,
            person_decided_on=match.person_decided_on,
            employer_decision=match.employer_decision,
            employer_decided_on=match.employer_decided_on,
            refusal_reason=match.refusal_reason,
        )
    for job in plan.employments:
        employment = store.add(
            Employment,
            "employment",
            job.key,
            organisation_id=owner,
            case_id=case,
            company_id=row_id("company", job.company),
            match_id=row_id("match", job.match) if job.match else None,
            contract_type=job.contract_type,
            job_title=job.job_title,
            starts_on=job.starts_on,
            ends_on=job.ends_on,
            ended_on=job.ended_on,
            end_reason=job.end_reason,
            weekly_hours=Decimal(job.weekly_hours),
            origin=Origin.OURS if job.match else Origin.PERSON if job.found_alone else Origin.UNKNOWN,
            recorded_by_id=_coach(plan, job.starts_on),
        )
        store.add(
            FollowUpAgreement,
            "follow-up",
            job.key,
            employment_id=employment,
            mode=job.followup_mode,
            agreed_on=job.followup_agreed_on,
            contact_id=reference_person(job.company) if job.followup_mode == FollowUpMode.AGREED else None,
            terms=job.followup_terms,
            recorded_by_id=_coach(plan, job.followup_agreed_on),
        )


def _contacts(store: RowStore, plan: CasePlan, case: UUID) -> None:
    owner = row_id("organisation", plan.organisation)
    contacts: list[UUID] = []
    for number, contact in enumerate(plan.contacts):
        key = f"{plan.key}/{number}"
        contacts.append(
            store.add(
                Contact,
                "contact",
                key,
                organisation_id=owner,
                case_id=case,
                coach_id=_coach(plan, contact.on),
                recorded_by_id=_coach(plan, contact.on),
                on=contact.on,
                channel=contact.channel,
                party=contact.party,
                outcome=contact.outcome,
                place=contact.place,
                company_id=row_id("company", contact.company) if contact.company else None,
                minutes=contact.minutes,
                summary=contact.summary,
            )
        )
        for position in contact.objectives:
            objective = row_id("objective", f"{plan.key}/{position}")
            store.keep(ContactObjective(contact_id=contacts[-1], objective_id=objective))
    for number, meeting in enumerate(plan.appointments):
        store.add(
            Appointment,
            "appointment",
            f"{plan.key}/{number}",
            organisation_id=owner,
            case_id=case,
            coach_id=_coach(plan, meeting.on),
            on=meeting.on,
            at=meeting.at,
            minutes=meeting.minutes,
            channel=meeting.channel,
            place=meeting.place,
            address=meeting.address,
            state=meeting.state,
            contact_id=None if meeting.contact is None else contacts[meeting.contact],
        )


def _coach(plan: CasePlan, on: date) -> UUID:
    """Who carried the case that day."""
    return row_id("user", plan.coach_on(on))
