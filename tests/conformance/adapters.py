"""From the words of the cases to the real rules, and back: no rule is stated here."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from beneficiaries.rules.eligibility import Profile, check_mire
from esf.rules.indicators import (
    Answer,
    Breakdown,
    EntryStatus,
    ExitSituation,
    Gender,
    LaterSituation,
    Nationality,
    Participant,
)
from followup.rules.cadence import CadencePolicy, FollowUpStep, next_due_on
from followup.rules.deadlines import CaseFacts, DeadlinePolicy, contact_deadlines, due_on
from followup.rules.kinds import DeadlineKind
from foundation.rules.periods import Period
from method.rules.phases import Phase
from method.rules.urgency import Urgency, UrgencyLimits, urgency
from placements.rules.clocks import ClockPolicy, Contract, Suspension, prehire_clock
from placements.rules.durable import DurablePolicy, durable_insertion
from placements.rules.windows import FollowUpWindow, followup_clock

Case = dict[str, Any]

# The cases name a criterion that is ticked by the fact, the rules by the door it opens.
TICKED = {
    "inactive_36_months": "inactive_36_months",
    "integration_income": "integration_income",
    "foreign_origin_legal_stay": "foreign_origin",
    "aviq_referral": "aviq_referral",
    "forem_referral": "forem_referral",
}

# The cases name a contact by where it stands, the rules by how urgent it is.
STATUSES = {
    Urgency.VERY_LATE: "overdue",
    Urgency.LATE: "overdue",
    Urgency.TODAY: "due_today",
    Urgency.SOON: "due_soon",
    Urgency.LATER: "on_track",
    Urgency.NONE: "none",
}


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def clock_policy(policy: Case) -> ClockPolicy:
    return ClockPolicy(
        prehire_months=policy["prehire_months"],
        followup_months=policy["followup_months"],
        same_employer_gap_days=policy["same_employer_gap_days"],
        stopping_types=frozenset(policy["stopping_contract_types"]),
        followed_types=frozenset(policy["followed_contract_types"]),
    )


def cadence_policy(policy: Case) -> CadencePolicy:
    cadence = policy["cadence"]
    return CadencePolicy(
        every_days={phase: days for phase, days in cadence.items() if phase != "FOLLOW_UP"},
        follow_up=tuple(FollowUpStep(step["until_month"], step["every_days"]) for step in cadence["FOLLOW_UP"]),
        due_soon_days=policy["due_soon_days"],
    )


def durable_policy(policy: Case) -> DurablePolicy:
    return DurablePolicy(
        counted_types=frozenset(policy["counted_contract_types"]),
        same_employer_months=policy["same_employer_months"],
        several_employers_days=policy["several_employers_days"],
        same_employer_gap_days=policy["same_employer_gap_days"],
    )


def contract(case: Case) -> Contract:
    return Contract(
        type=case["type"],
        employer=case["employer"],
        starts_on=date.fromisoformat(case["starts_on"]),
        ends_on=day(case.get("ends_on")),
        ended_on=day(case.get("ended_on")),
    )


def prehire(case: Case, on: str, policy: Case) -> Case:
    clock = prehire_clock(
        started_on=date.fromisoformat(case["prehire_started_on"]),
        contracts=[contract(c) for c in case["contracts"]],
        suspensions=[Suspension(date.fromisoformat(s["starts_on"]), day(s["ends_on"])) for s in case["suspensions"]],
        closed_on=day(case["closed_on"]),
        extension_months=case["extension_months"],
        carried_over_days=case.get("carried_over_days", 0),
        policy=clock_policy(policy),
        on=date.fromisoformat(on),
    )
    return {
        "allowance_days": clock.allowance_days,
        "used_days": clock.used_days,
        "stopped_days": clock.stopped_days,
        "remaining_days": clock.remaining_days,
        "state": clock.state.value,
        "deadline": iso(clock.deadline),
    }


def followup(case: Case, on: str, policy: Case) -> Case:
    clock = followup_clock([contract(c) for c in case["contracts"]], clock_policy(policy), date.fromisoformat(on))
    return {
        "state": clock.state.value,
        "starts_on": iso(clock.starts_on),
        "deadline": iso(clock.deadline),
        "employer": clock.employer,
        "remaining_days": clock.remaining_days,
    }


def cadence(case: Case, on: str, policy: Case) -> Case:
    rhythm, phase, started = cadence_policy(policy), Phase(case["phase"]), date.fromisoformat(case["phase_started_on"])
    last, asked = day(case["last_contact_on"]), date.fromisoformat(on)
    window = None
    if case["window"] is not None:
        first, end = map(date.fromisoformat, case["window"])
        window = FollowUpWindow(first, end, "firm")
    facts = CaseFacts(
        phase=phase,
        phase_started_on=started,
        last_contact_on=last,
        windows=() if window is None else ((window, rhythm),),
    )
    found = contact_deadlines(facts, DeadlinePolicy(cadence=rhythm, clocks=clock_policy(policy)))
    due = due_on(found, DeadlineKind.CONTACT, asked)
    _due, interval = next_due_on(phase, started, last, window.period if window else None, rhythm)
    status = urgency(due, asked, UrgencyLimits(soon_days=rhythm.due_soon_days))
    return {"due_on": iso(due), "status": STATUSES[status], "interval_days": interval}


def durable(contracts: list[Case], on: str, policy: Case) -> Case:
    found = durable_insertion([contract(c) for c in contracts], durable_policy(policy), date.fromisoformat(on))
    return {"durable": found.durable, "since": iso(found.since)}


def eligibility_mire(profile: Case, on: str) -> Case:
    result = check_mire(
        Profile(
            birth_date=day(profile["birth_date"]),
            registered_inoccupied_on_date=profile["registered_inoccupied_on_date"],
            registered_inoccupied_periods=tuple(
                Period.from_inclusive(date.fromisoformat(first), day(last))
                for first, last in profile["registered_inoccupied_periods"]
            ),
            highest_diploma=profile["highest_diploma"],
            ticked=frozenset(code for fact, code in TICKED.items() if profile[fact]),
        ),
        date.fromisoformat(on),
    )
    return {"eligible": result.eligible, "blocking": list(result.blocking), "criteria": list(result.criteria)}


def participant(case: Case) -> Participant:
    at_exit, later = case["at_exit"] or {}, case["at_six_months"] or {}

    def answer(name: str) -> Answer | None:
        return Answer(case[name]) if case.get(name) is not None else None

    return Participant(
        id=case["id"],
        entry_on=date.fromisoformat(case["entry_on"]),
        gender=Gender(case["gender"]) if case["gender"] is not None else None,
        birth_date=day(case["birth_date"]),
        status=EntryStatus(case["status"]) if case["status"] is not None else None,
        unemployed_since=day(case["unemployed_since"]),
        isced=case["isced"],
        nationality=Nationality(case["nationality"]) if case["nationality"] is not None else None,
        foreign_background=answer("foreign_background"),
        disability=answer("disability"),
        minority=answer("minority"),
        homeless=answer("homeless"),
        rural=answer("rural"),
        exit_on=day(case["exit_on"]),
        at_exit=ExitSituation(
            employed=bool(at_exit.get("employed")),
            job_searching=bool(at_exit.get("job_searching")),
            in_training=any(at_exit.get(word) for word in ("training", "education", "in_training", "in_education")),
            qualification=bool(at_exit.get("qualification")),
        ),
        at_six_months=LaterSituation(employed=bool(later.get("employed")), improved=bool(later.get("improved"))),
    )


def table(found: Mapping[str, Breakdown[Case]]) -> Case:
    return {
        code: {
            "women": len(row.of(Gender.WOMAN)),
            "men": len(row.of(Gender.MAN)),
            "non_binary": len(row.of(Gender.NON_BINARY)),
            "unknown": len(row.of(None)),
            "total": len(row.everyone),
        }
        for code, row in found.items()
    }
