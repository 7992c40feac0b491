"""Two people act on one case at the same instant: one is done, the other is told, and nothing is written twice.

On PostgreSQL they meet on the rows they lock, on SQLite on the file: the same facts come of it.
"""

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest

from accounts.enums import Role
from beneficiaries.models import Beneficiary, CaseAssignment, CoachingCase, PhaseSpell
from beneficiaries.services.cases import CaseOpening, hand_over, open_case
from beneficiaries.services.opening import open_first_case
from beneficiaries.services.path import check_eligibility, sign_agreement
from beneficiaries.services.phases import exit_case, start_prehire
from followup.models import Contact
from followup.services.consistency import differences
from followup.services.contacts import AppointmentPlan, ContactStatement, plan_appointment, record_contact
from foundation.clock import today
from placements.models import ClockExtension, ClockSuspension, Employment, Match
from placements.services.clocks import (
    SuspensionRequest,
    decide_suspension,
    grant_extension,
    request_suspension,
)
from placements.services.hiring import FollowUpTerms, Terms, cancel_hiring, end_employment, hire
from placements.services.matching import propose_match, record_person_decision
from tests.concurrency.race import one_wins, race
from tests.factories.accounts import user_with
from tests.factories.stories import (
    a_case,
    a_coach,
    a_company,
    a_person,
    a_vacancy,
    closed,
    in_followup,
    in_prehire,
    made_ready,
    statement_on,
)

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _sound_at_the_end():
    yield
    assert list(differences()) == []


@pytest.fixture
def coach(frozen):
    return a_coach()


@pytest.fixture
def coordinator(coach):
    return user_with(Role.COORDINATOR, coach.current_organisation)


def seen(case: CoachingCase) -> CoachingCase:
    """The case as one more page shows it."""
    return CoachingCase.objects.get(pk=case.pk)


def phases(case: CoachingCase) -> list[str]:
    return list(PhaseSpell.objects.filter(case=case).order_by("sequence").values_list("phase", flat=True))


# --- cases ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("returning", [False, True])
def test_a_person_gets_one_open_case(coach, coordinator, returning):
    person = closed(coach).beneficiary if returning else a_person(coach)
    former = person.cases.count()
    opening = CaseOpening(coach=coach, opened_on=today())
    case, (refusal,) = one_wins(
        race(
            *(
                lambda actor=actor: open_case(beneficiary=person, opening=opening, actor=actor)
                for actor in (coach, coordinator)
            )
        )
    )
    assert "déjà un dossier ouvert" in refusal.message
    assert person.cases.count() == former + 1
    assert phases(case) == ["PREPARATORY"]
    assert case.assignments.count() == 1


def test_two_clicks_record_one_person_and_one_case(coach):
    key, opening = uuid4(), CaseOpening(coach=coach, opened_on=today())
    outcomes = race(
        *[
            lambda: open_first_case(
                person={"first_name": "Prénom", "last_name": "Exemple"},
                opening=opening,
                actor=coach,
                submission_id=key,
            )
        ]
        * 2
    )
    assert {outcome.given for outcome in outcomes} == {CoachingCase.objects.get()}
    assert Beneficiary.objects.get().pk == key


def test_a_case_is_handed_over_once(coach, coordinator):
    case, second = in_prehire(coach), user_with(Role.COORDINATOR, coach.current_organisation)
    takers = [a_coach(coach.current_organisation) for _ in range(2)]
    # Both pages were opened while the case was still in the first coach's hands.
    pages = [seen(case), seen(case)]
    outcomes = race(
        *(
            partial(hand_over, case=page, coach=taker, on=today(), actor=actor)
            for page, taker, actor in zip(pages, takers, (coordinator, second), strict=True)
        )
    )
    assignment, (refusal,) = one_wins(outcomes)
    assert refusal.code == "handed_over_meanwhile"
    assert assignment.coach.get_full_name() in refusal.message
    assert seen(case).coach == assignment.coach
    assert CaseAssignment.objects.filter(case=case).count() == 2


# --- phases -----------------------------------------------------------------------------------------------------------


def test_pre_hire_begins_once(coach, coordinator):
    case = made_ready(a_case(coach))
    spell, (refusal,) = one_wins(
        race(
            lambda: start_prehire(case=seen(case), on=today() - DAY, actor=coach),
            lambda: start_prehire(case=seen(case), on=today(), actor=coordinator),
        )
    )
    # Whoever came second finds the phase begun: from that day, or from the day after theirs.
    assert refusal.code in {"impossible_transition", "before_previous"}
    assert phases(case) == ["PREPARATORY", "PRE_HIRE"]
    assert case.spells.get(sequence=2) == spell


def test_a_case_ends_once(coach, coordinator):
    case = in_prehire(coach)
    spell, (refusal,) = one_wins(
        race(
            lambda: exit_case(case=seen(case), on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coach),
            lambda: exit_case(
                case=seen(case), on=today() - DAY, exit_reason="DEATH", exit_outcome="UNKNOWN", actor=coordinator
            ),
        )
    )
    # Whoever came second finds the case gone: from that day, or from the day before theirs.
    assert refusal.code in {"impossible_transition", "before_previous"}
    assert seen(case).closed_on == spell.starts_on
    assert phases(case) == ["PREPARATORY", "PRE_HIRE", "EXIT"]


def test_a_case_that_ends_is_not_hired_from_meanwhile(coach, coordinator):
    """Either the exit came first and nobody is hired, or the hiring did and the exit closes a case in follow-up."""
    case, firm = in_prehire(coach), a_company(coach)
    terms = Terms(contract_type="CDI", job_title="Aide", starts_on=today())
    followup = FollowUpTerms(mode="AGREED", agreed_on=today())
    left, hired = race(
        lambda: exit_case(case=seen(case), on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coordinator),
        lambda: hire(case=seen(case), company=firm, terms=terms, followup=followup, actor=coach),
    )
    assert left.refusal is None
    if hired.refusal is None:
        assert phases(case) == ["PREPARATORY", "PRE_HIRE", "HIRE", "FOLLOW_UP", "EXIT"]
    else:
        assert hired.refusal.code == "closed"
        assert phases(case) == ["PREPARATORY", "PRE_HIRE", "EXIT"]
        assert not Employment.objects.exists()


# --- what is frozen once ----------------------------------------------------------------------------------------------


def test_eligibility_is_checked_once(coach, coordinator):
    case = a_case(coach)
    statement = statement_on(case, today())
    check, (refusal,) = one_wins(
        race(
            *(
                lambda actor=actor: check_eligibility(case=seen(case), statement=statement, actor=actor)
                for actor in (coach, coordinator)
            )
        )
    )
    assert refusal.code == "already_checked"
    assert seen(case).eligibility == check


def test_a_document_is_signed_once(coach, coordinator):
    case = a_case(coach)
    _agreement, (refusal,) = one_wins(
        race(
            *(
                lambda actor=actor: sign_agreement(case=seen(case), kind="CONVENTION", signed_on=today(), actor=actor)
                for actor in (coach, coordinator)
            )
        )
    )
    assert refusal.message == "Ce document est déjà enregistré pour ce dossier."
    assert case.agreements.count() == 1


# --- matches and jobs -------------------------------------------------------------------------------------------------


def test_a_job_is_proposed_once(coach, coordinator):
    case, vacancy = in_prehire(coach), a_vacancy(coach)
    _match, (refusal,) = one_wins(
        race(
            *(
                lambda actor=actor: propose_match(
                    case=seen(case), vacancy=vacancy, on=today(), rationale="Aime l’ordre", actor=actor
                )
                for actor in (coach, coordinator)
            )
        )
    )
    assert refusal.message == "Ce poste a déjà été proposé à cette personne."
    assert Match.objects.count() == 1


def test_the_person_answers_once(coach, coordinator):
    case = in_prehire(coach)
    match = propose_match(case=case, vacancy=a_vacancy(coach), on=today(), rationale="Aime l’ordre", actor=coach)
    outcomes = race(
        lambda: record_person_decision(match=match, decision="ACCEPTED", on=today(), actor=coach),
        lambda: record_person_decision(
            match=match, decision="REFUSED", on=today(), reason="Trop loin", actor=coordinator
        ),
    )
    given, (refusal,) = one_wins(outcomes)
    assert refusal.code == "decided"
    match.refresh_from_db()
    assert match.person_decision == given.person_decision


def test_a_contract_is_written_once(coach, coordinator):
    case, firm = in_prehire(coach), a_company(coach)
    terms = Terms(contract_type="CDI", job_title="Magasinier·ère", starts_on=today())
    followup = FollowUpTerms(mode="AGREED", agreed_on=today())
    _job, (refusal,) = one_wins(
        race(
            *(
                lambda actor=actor: hire(case=seen(case), company=firm, terms=terms, followup=followup, actor=actor)
                for actor in (coach, coordinator)
            )
        )
    )
    assert refusal.code == "already_hired"
    assert Employment.objects.count() == 1
    assert phases(case) == ["PREPARATORY", "PRE_HIRE", "HIRE", "FOLLOW_UP"]


def test_two_different_jobs_at_once_are_two_jobs_and_one_change_of_phase(coach, coordinator):
    case, firms = in_prehire(coach), [a_company(coach) for _ in range(2)]
    terms = Terms(contract_type="CDI", job_title="Magasinier·ère", starts_on=today())
    followup = FollowUpTerms(mode="AGREED", agreed_on=today())
    outcomes = race(
        *(
            lambda firm=firm, actor=actor: hire(
                case=seen(case), company=firm, terms=terms, followup=followup, actor=actor
            )
            for firm, actor in zip(firms, (coach, coordinator), strict=True)
        )
    )
    assert [outcome.refusal for outcome in outcomes] == [None, None]
    assert {job.company for job in Employment.objects.all()} == set(firms)
    assert phases(case) == ["PREPARATORY", "PRE_HIRE", "HIRE", "FOLLOW_UP"]


def test_a_job_ends_once(coach, coordinator):
    case = in_followup(coach)
    job = case.employments.get()
    given, (refusal,) = one_wins(
        race(
            lambda: end_employment(employment=job, ended_on=today(), reason="RESIGNATION", actor=coach),
            lambda: end_employment(employment=job, ended_on=today() - DAY, reason="DISMISSAL", actor=coordinator),
        )
    )
    assert refusal.code in ("ended", "already_ended")
    job.refresh_from_db()
    assert (job.ended_on, job.end_reason) == (given.ended_on, given.end_reason)
    assert phases(case).count("PRE_HIRE") == (1 if given.ended_on == today() else 2)


def test_a_hiring_is_called_off_once(coach, coordinator):
    case = in_prehire(coach)
    job = hire(
        case=case,
        company=a_company(coach),
        terms=Terms(contract_type="CDI", job_title="Aide", starts_on=today() + 7 * DAY),
        actor=coach,
    )
    _job, (refusal,) = one_wins(
        race(
            *(
                lambda actor=actor: cancel_hiring(employment=job, on=today(), reason="Plus de travail", actor=actor)
                for actor in (coach, coordinator)
            )
        )
    )
    assert refusal.code == "cancelled"
    assert phases(case) == ["PREPARATORY", "PRE_HIRE", "HIRE", "PRE_HIRE"]


# --- the clocks -------------------------------------------------------------------------------------------------------


def test_an_extension_is_granted_once(coach, coordinator):
    case, second = in_prehire(coach), user_with(Role.COORDINATOR, coach.current_organisation)
    _extension, (refusal,) = one_wins(
        race(
            *(
                lambda actor=actor: grant_extension(
                    case=seen(case),
                    months=3,
                    reason="Maladie",
                    document="PV",
                    on=today(),
                    actor=actor,
                    already_granted=0,
                )
                for actor in (coordinator, second)
            )
        )
    )
    assert refusal.code == "granted_meanwhile"
    assert ClockExtension.objects.count() == 1


def test_days_are_suspended_once(coach, coordinator):
    case = in_prehire(coach)
    _suspension, (refusal,) = one_wins(
        race(
            *(
                lambda actor=actor, first=first: request_suspension(
                    case=seen(case),
                    request=SuspensionRequest(
                        reason="ILLNESS", starts_on=first, ends_on=first + 5 * DAY, evidence="Certificat"
                    ),
                    actor=actor,
                )
                for actor, first in ((coach, today()), (coordinator, today() + 3 * DAY))
            )
        )
    )
    assert refusal.code == "overlap"
    assert ClockSuspension.objects.count() == 1


def test_a_suspension_is_decided_once(coach, coordinator):
    case, second = in_prehire(coach), user_with(Role.COORDINATOR, coach.current_organisation)
    suspension = request_suspension(
        case=case,
        request=SuspensionRequest(reason="ILLNESS", starts_on=today(), ends_on=None, evidence="Certificat"),
        actor=coach,
    )
    outcomes = race(
        lambda: decide_suspension(suspension=suspension, approved=True, on=today(), actor=coordinator),
        lambda: decide_suspension(suspension=suspension, approved=False, on=today(), note="Non", actor=second),
    )
    given, (refusal,) = one_wins(outcomes)
    assert refusal.code == "decided"
    suspension.refresh_from_db()
    assert suspension.state == given.state


# --- contacts ---------------------------------------------------------------------------------------------------------


def test_a_contact_sent_twice_is_kept_once(coach):
    case, key = in_prehire(coach), uuid4()
    statement = ContactStatement(on=today(), channel="PHONE", party="BENEFICIARY", minutes=5, summary="Bref")
    outcomes = race(*[lambda: record_contact(case=seen(case), statement=statement, actor=coach, submission_id=key)] * 2)
    assert {outcome.given for outcome in outcomes} == {Contact.objects.get()}


def test_an_appointment_is_planned_once(coach, coordinator):
    case, plan = in_prehire(coach), AppointmentPlan(on=date(2025, 3, 10), channel="PHONE")
    _appointment, (refusal,) = one_wins(
        race(
            *(
                lambda actor=actor: plan_appointment(case=seen(case), plan=plan, actor=actor)
                for actor in (coach, coordinator)
            )
        )
    )
    assert refusal.code == "already_planned"
    assert case.appointments.count() == 1
