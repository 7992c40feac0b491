"""Changing phase: what each change lacks, the days around each limit, what follows of it."""

from datetime import date, timedelta
from itertools import product

import pytest

from accounts.enums import Role
from beneficiaries.enums import ExitOutcome, ExitReason
from beneficiaries.models import CoachingCase
from beneficiaries.rules.agreements import AgreementKind
from beneficiaries.services.cases import hand_over
from beneficiaries.services.path import check_coachability, set_objective, sign_agreement
from beneficiaries.services.people import update_beneficiary
from beneficiaries.services.phases import TransitionRefused, exit_case, pass_to_phase, start_prehire
from followup.models import Appointment, CaseStatus, Deadline
from followup.services.consistency import differences
from followup.services.contacts import (
    AppointmentPlan,
    ContactStatement,
    change_appointment,
    plan_appointment,
    record_contact,
)
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import InvalidFact
from method.rules.phases import Phase
from placements.services.hiring import FollowUpTerms, Terms, agree_followup, end_employment, hire, return_to_prehire
from placements.services.matching import propose_match
from privacy import audit
from tests.factories.accounts import user_with
from tests.factories.stories import (
    a_case,
    a_coach,
    a_company,
    a_contact,
    a_vacancy,
    an_accepted_match,
    closed,
    hired,
    in_followup,
    in_prehire,
    made_ready,
)
from tests.properties.ledger import ledger

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
D = date.fromisoformat

# The change of phase as an act of its own: in the product it is always part of another one.
passed = audit.act(pass_to_phase)


def refusal_of(act) -> DomainError:
    """The refusal of an act that writes nothing."""
    before = ledger()
    with pytest.raises(DomainError) as refusal:
        act()
    assert refusal.value.message
    assert ledger() == before
    return refusal.value


def fresh(case: CoachingCase) -> CoachingCase:
    return CoachingCase.objects.get(pk=case.pk)


def spells(case: CoachingCase) -> list[tuple[str, date, date | None]]:
    return list(case.spells.order_by("sequence").values_list("phase", "starts_on", "ends_on"))


# --- pre-hire ---------------------------------------------------------------------------------------------------------


def test_pre_hire_begins_and_its_24_months_with_it(frozen):
    case = made_ready(a_case(a_coach(), opened_on=D("2025-02-03")))
    spell = start_prehire(case=case, on=D("2025-02-10"), actor=case.coach)
    assert (spell.sequence, spell.phase, spell.starts_on, spell.actor) == (2, "PRE_HIRE", D("2025-02-10"), case.coach)
    assert spells(case) == [
        ("PREPARATORY", D("2025-02-03"), D("2025-02-10")),
        ("PRE_HIRE", D("2025-02-10"), None),
    ]
    status = CaseStatus.objects.get(case=case)
    assert (status.phase, status.prehire_deadline) == ("PRE_HIRE", D("2027-02-10"))
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("on", "code"),
    [("2025-02-02", "before_previous"), ("2025-02-03", None), ("2025-03-03", None), ("2025-03-04", "future")],
)
def test_pre_hire_begins_since_the_opening_and_by_today(frozen, on, code):
    case = made_ready(a_case(a_coach(), opened_on=D("2025-02-03")))
    if code is None:
        assert start_prehire(case=case, on=D(on), actor=case.coach).starts_on == D(on)
    else:
        refusal = refusal_of(lambda: start_prehire(case=case, on=D(on), actor=case.coach))
        assert isinstance(refusal, TransitionRefused)
        assert (refusal.code, refusal.field) == (code, "on")


@pytest.mark.parametrize("on", ["2025-02-19", "2025-02-20", "2025-02-21"])
def test_what_opens_pre_hire_must_be_there_that_day(frozen, on):
    """Everything was seen and signed on 20 February: pre-hire did not begin the day before."""
    case = made_ready(a_case(a_coach(), opened_on=D("2025-02-03")), D("2025-02-20"))
    if D(on) >= D("2025-02-20"):
        assert start_prehire(case=case, on=D(on), actor=case.coach)
    else:
        refusal = refusal_of(lambda: start_prehire(case=case, on=D(on), actor=case.coach))
        assert refusal.code == "eligibility"
        for word in ("éligibilité", "coachabilité", "convention"):
            assert word in refusal.message


@pytest.mark.parametrize("condition", ["volunteer", "informed", "available", "ordinary_job"])
def test_one_condition_of_coachability_is_enough_to_wait(frozen, condition):
    case = made_ready(a_case(a_coach()))
    conditions = dict.fromkeys(("volunteer", "informed", "available", "ordinary_job"), True) | {condition: False}
    check_coachability(case=case, on=today(), actor=case.coach, **conditions)
    refusal = refusal_of(lambda: start_prehire(case=fresh(case), on=today(), actor=case.coach))
    assert refusal.code == "coachability"
    check_coachability(case=case, on=today(), actor=case.coach, **(conditions | {condition: True}))
    assert start_prehire(case=fresh(case), on=today(), actor=case.coach)


@pytest.mark.parametrize("missing", AgreementKind.values)
def test_every_document_of_the_decree_is_signed(frozen, missing):
    case = made_ready(a_case(a_coach()))
    case.agreements.get(kind=missing).delete()
    assert refusal_of(lambda: start_prehire(case=fresh(case), on=today(), actor=case.coach)).code == "agreements"


def test_pre_hire_does_not_begin_twice(frozen):
    case = in_prehire(a_coach())
    refusal = refusal_of(lambda: start_prehire(case=case, on=today(), actor=case.coach))
    assert (refusal.code, refusal.field) == ("impossible_transition", "on")
    assert "pré-embauche" in refusal.message


# --- the table --------------------------------------------------------------------------------------------------------

STORIES = {
    Phase.PREPARATORY: lambda coach: made_ready(a_case(coach)),
    Phase.PRE_HIRE: in_prehire,
    Phase.HIRE: lambda coach: _in_hire(coach),
    Phase.FOLLOW_UP: in_followup,
    Phase.EXIT: closed,
}
POSSIBLE = {
    (Phase.PREPARATORY, Phase.PRE_HIRE),
    (Phase.PRE_HIRE, Phase.HIRE),
    (Phase.HIRE, Phase.PRE_HIRE),
    (Phase.HIRE, Phase.FOLLOW_UP),
    (Phase.FOLLOW_UP, Phase.PRE_HIRE),
    *((phase, Phase.EXIT) for phase in Phase if phase is not Phase.EXIT),
}


def _in_hire(coach):
    case = in_prehire(coach)
    terms = Terms(contract_type="CDI", job_title="Magasinier·ère", starts_on=today() + 7 * DAY)
    hire(case=case, company=a_company(coach), terms=terms, actor=coach)
    return fresh(case)


@pytest.mark.parametrize(("source", "target"), sorted(set(product(Phase, Phase)) - POSSIBLE))
def test_no_change_outside_the_table(frozen, source, target):
    case = STORIES[source](a_coach())
    assert case.open_spell().phase == source
    refusal = refusal_of(
        lambda: passed(
            case=case,
            to=target,
            on=today(),
            actor=case.coach,
            reason="Un motif",
            exit_reason="OTHER" if target is Phase.EXIT else "",
            exit_outcome="UNKNOWN" if target is Phase.EXIT else "",
        )
    )
    assert isinstance(refusal, TransitionRefused)
    assert (refusal.code, refusal.field) == ("impossible_transition", "on")


def test_hire_needs_an_accepted_match_or_a_job_found_alone(frozen):
    case = in_prehire(a_coach())
    act = lambda: passed(case=case, to=Phase.HIRE, on=today(), actor=case.coach)  # noqa: E731
    assert refusal_of(act).code == "accepted_match_or_own_job"
    an_accepted_match(case)
    assert act().phase == "HIRE"


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_hiring_that_falls_through_says_why(frozen, reason):
    case = _in_hire(a_coach())
    refusal = refusal_of(lambda: passed(case=case, to=Phase.PRE_HIRE, on=today(), actor=case.coach, reason=reason))
    assert refusal.code == "reason"


def test_follow_up_needs_a_first_day_of_work_and_a_word_on_how(frozen):
    case = _in_hire(a_coach())
    job = case.employments.get()
    act = lambda: passed(case=case, to=Phase.FOLLOW_UP, on=today(), actor=case.coach)  # noqa: E731
    assert refusal_of(act).code == "employment_started"
    frozen(job.starts_on)
    assert refusal_of(act).code == "followup_agreed"
    agree_followup(
        employment=job,
        followup=FollowUpTerms(mode="REFUSED", agreed_on=today(), reason="Ne veut pas"),
        actor=case.coach,
    )
    assert fresh(case).open_spell().phase == "FOLLOW_UP"


def test_nobody_bounces_while_a_job_runs(frozen):
    case = in_followup(a_coach())
    act = lambda: passed(case=case, to=Phase.PRE_HIRE, on=today(), actor=case.coach, reason="Fin")  # noqa: E731
    assert refusal_of(act).code == "employment_ended"


# --- leaving ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.EXIT])
def test_one_leaves_from_anywhere(frozen, phase):
    case = STORIES[phase](a_coach())
    on = case.open_spell().starts_on
    spell = exit_case(
        case=case, on=on, exit_reason="WITHDRAWAL", exit_outcome="UNKNOWN", actor=case.coach, note="  À sa demande "
    )
    assert (spell.phase, spell.exit_reason, spell.exit_outcome) == ("EXIT", "WITHDRAWAL", "UNKNOWN")
    assert (spell.reason, spell.starts_on, spell.ends_on) == ("À sa demande", on, None)
    case = fresh(case)
    assert (case.closed_on, case.is_open) == (on, False)
    assert CaseStatus.objects.get(case=case).phase == "EXIT"
    assert not Deadline.objects.filter(case=case).exists()
    assert list(differences()) == []


@pytest.mark.parametrize("reason", ExitReason.values)
def test_every_reason_and_outcome_of_the_list_can_be_recorded(frozen, reason):
    outcome = ExitOutcome.values[len(reason) % len(ExitOutcome.values)]
    case = a_case(a_coach())
    assert exit_case(case=case, on=today(), exit_reason=reason, exit_outcome=outcome, actor=case.coach)


@pytest.mark.parametrize(
    ("reason", "outcome", "note", "code"),
    [
        ("", "UNKNOWN", "", "reason"),
        ("", "UNKNOWN", "Elle déménage", "reason"),
        ("MOVED", "", "", "outcome"),
        ("", "", "", "reason"),
    ],
)
def test_an_exit_has_its_reason_and_the_situation_that_day(frozen, reason, outcome, note, code):
    case = in_prehire(a_coach())
    refusal = refusal_of(
        lambda: exit_case(case=case, on=today(), exit_reason=reason, exit_outcome=outcome, actor=case.coach, note=note)
    )
    assert isinstance(refusal, TransitionRefused)
    assert refusal.code == code


@pytest.mark.parametrize(
    ("field", "given"), [("exit_reason", {"exit_reason": "BORED"}), ("exit_outcome", {"exit_outcome": "RICH"})]
)
def test_a_word_outside_the_list_is_refused_beside_its_field(frozen, field, given):
    case = in_prehire(a_coach())
    fields = {"exit_reason": "MOVED", "exit_outcome": "UNKNOWN"} | given
    refusal = refusal_of(lambda: exit_case(case=case, on=today(), actor=case.coach, **fields))
    assert isinstance(refusal, InvalidFact)
    assert refusal.field == field


@pytest.mark.parametrize(
    ("days", "code"), [(-11, "before_previous"), (-10, None), (-1, None), (0, None), (1, "future")]
)
def test_one_leaves_since_the_phase_began_and_by_today(frozen, days, code):
    case = in_prehire(a_coach())  # since ten days
    act = lambda: exit_case(  # noqa: E731
        case=case, on=today() + days * DAY, exit_reason="MOVED", exit_outcome="UNKNOWN", actor=case.coach
    )
    if code is None:
        assert act().starts_on == today() + days * DAY
    else:
        refusal = refusal_of(act)
        assert (refusal.code, refusal.field) == (code, "on")


def test_one_does_not_leave_twice(frozen):
    case = closed(a_coach())
    refusal = refusal_of(
        lambda: exit_case(case=case, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=case.coach)
    )
    assert refusal.code == "impossible_transition"


def test_what_was_planned_after_the_exit_falls_away_and_what_was_before_stays(frozen):
    case = in_prehire(a_coach())
    early = plan_appointment(case=case, plan=AppointmentPlan(on=today(), channel="PHONE"), actor=case.coach)
    late = plan_appointment(case=case, plan=AppointmentPlan(on=today() + 9 * DAY, channel="PHONE"), actor=case.coach)
    frozen(today() + 5 * DAY)
    exit_case(case=case, on=today() - DAY, exit_reason="MOVED", exit_outcome="UNKNOWN", actor=case.coach)
    states = {a.pk: a.state for a in Appointment.objects.filter(case=case)}
    assert states == {early.pk: "PLANNED", late.pk: "CANCELLED"}


def test_after_the_exit_what_took_place_is_recorded_and_nothing_else(frozen):
    case = closed(a_coach())
    assert a_contact(case, on=today())
    company = a_company(case.coach)
    terms = Terms(contract_type="CDI", job_title="Aide", starts_on=today())
    statement = ContactStatement(on=today(), channel="PHONE", party="BENEFICIARY", minutes=5, summary="Bref")
    plan = AppointmentPlan(on=today(), channel="PHONE")
    acts = {
        "objective": lambda: set_objective(case=case, title="Permis", set_on=today(), actor=case.coach),
        "agreement": lambda: sign_agreement(case=case, kind="TRIPARTITE", signed_on=today(), actor=case.coach),
        "hire": lambda: hire(case=case, company=company, terms=terms, actor=case.coach),
        "appointment": lambda: plan_appointment(case=case, plan=plan, actor=case.coach),
        "contact and appointment": lambda: record_contact(
            case=case, statement=statement, next_appointment=plan, actor=case.coach
        ),
    }
    for name, act in acts.items():
        assert refusal_of(act).code == "closed", name


# --- a page opened before ---------------------------------------------------------------------------------------------


def test_who_gave_a_case_away_no_longer_writes_even_from_a_page_opened_before(frozen):
    """The former coach's page still shows the case as theirs: what counts is the case as it is now."""
    coach = a_coach()
    case = in_followup(coach, prehire_since=D("2025-01-06"))
    job = case.employments.select_related("case").get()
    planned = plan_appointment(case=case, plan=AppointmentPlan(on=today(), channel="PHONE"), actor=coach)
    vacancy = a_vacancy(coach)
    coordinator = user_with(Role.COORDINATOR, case.organisation)
    hand_over(case=fresh(case), coach=a_coach(case.organisation), on=today(), actor=coordinator)

    statement = ContactStatement(on=today(), channel="PHONE", party="BENEFICIARY", minutes=5, summary="Bref")
    acts = {
        "exit": lambda: exit_case(case=case, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coach),
        "objective": lambda: set_objective(case=case, title="Permis", set_on=today(), actor=coach),
        "person": lambda: update_beneficiary(case=case, actor=coach, town="Spa"),
        "match": lambda: propose_match(case=case, vacancy=vacancy, on=today(), rationale="Aime", actor=coach),
        "end": lambda: end_employment(employment=job, ended_on=today(), reason="RESIGNATION", actor=coach),
        "bounce": lambda: return_to_prehire(case=case, on=today(), reason="Fin", actor=coach),
        "contact": lambda: record_contact(case=case, statement=statement, actor=coach),
        "plan": lambda: plan_appointment(case=case, plan=AppointmentPlan(on=today(), channel="VIDEO"), actor=coach),
        "cancel": lambda: change_appointment(appointment=planned, state="CANCELLED", cancelled_by="COACH", actor=coach),
    }
    for name, act in acts.items():
        assert refusal_of(act).code == "not_allowed", name


def test_a_second_tab_that_starts_pre_hire_is_told_that_it_has_begun(frozen):
    case = made_ready(a_case(a_coach()))
    seen = fresh(case)
    start_prehire(case=case, on=today(), actor=case.coach)
    refusal = refusal_of(lambda: start_prehire(case=seen, on=today(), actor=case.coach))
    assert refusal.code == "impossible_transition"
    assert hired(fresh(case))
