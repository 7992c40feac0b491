"""An exit undone and a contact corrected settle the appointments beside them."""

from datetime import time, timedelta

import pytest

from accounts.enums import Role
from beneficiaries.services.corrections import correct_phase_start, undo_exit
from beneficiaries.services.phases import exit_case
from followup.rules.outcomes import appointment_state
from followup.services.consistency import differences
from followup.services.contacts import (
    AppointmentPlan,
    ContactStatement,
    change_appointment,
    plan_appointment,
    record_contact,
)
from followup.services.corrections import correct_contact
from foundation.clock import today
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, in_prehire

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _statuses_stay_true():
    yield
    assert list(differences()) == []


def left(case):
    exit_case(case=case, on=today(), exit_reason="WITHDRAWAL", exit_outcome="UNKNOWN", actor=case.coach)


def undone(case):
    return undo_exit(
        case=case, reason="erreur de dossier", actor=user_with(Role.COORDINATOR, case.coach.current_organisation)
    )


def test_the_appointments_come_back():
    coach = a_coach()
    case = in_prehire(coach)
    meeting = plan_appointment(
        case=case,
        plan=AppointmentPlan(on=today() + timedelta(days=3), at=time(10), channel="IN_PERSON"),
        actor=coach,
    )
    exit_case(case=case, on=today(), exit_reason="WITHDRAWAL", exit_outcome="UNKNOWN", actor=coach)
    undo_exit(case=case, reason="erreur de dossier", actor=user_with(Role.COORDINATOR, coach.current_organisation))
    meeting.refresh_from_db()
    assert meeting.state == "PLANNED"
    assert meeting.state_reason == ""


@pytest.mark.parametrize(("days", "state"), [(-1, "CANCELLED"), (0, "CANCELLED"), (1, "PLANNED")])
def test_an_exit_that_was_later_calls_off_less(frozen, days, state):
    """The case was open on the day of the appointment after all: what became of it is asked."""
    coach = a_coach()
    case = in_prehire(coach)
    plan = AppointmentPlan(on=today() + timedelta(days=3), at=time(10), channel="IN_PERSON")
    meeting = plan_appointment(case=case, plan=plan, actor=coach)
    left(case)
    frozen(str(plan.on + timedelta(days=20)))
    correct_phase_start(
        spell=case.spells.get(phase="EXIT"),
        starts_on=plan.on + timedelta(days=days),
        reason="Elle est sortie plus tard",
        actor=user_with(Role.COORDINATOR, coach.current_organisation),
    )
    meeting.refresh_from_db()
    assert meeting.state == state


def test_what_somebody_called_off_does_not_come_back():
    coach = a_coach()
    case = in_prehire(coach)
    plan = AppointmentPlan(on=today() + timedelta(days=3), at=time(10), channel="IN_PERSON")
    meeting = plan_appointment(case=case, plan=plan, actor=coach)
    change_appointment(appointment=meeting, state="CANCELLED", cancelled_by="PERSON", actor=coach)
    left(case)
    undone(case)
    meeting.refresh_from_db()
    assert meeting.state == "CANCELLED"


def test_a_day_that_passed_while_the_case_was_out_asks_what_became_of_it(frozen):
    coach = a_coach()
    case = in_prehire(coach)
    plan = AppointmentPlan(on=today() + timedelta(days=3), at=time(10), channel="IN_PERSON")
    meeting = plan_appointment(case=case, plan=plan, actor=coach)
    left(case)
    frozen(today() + timedelta(days=10))
    undone(case)
    meeting.refresh_from_db()
    assert meeting.state == "PLANNED"
    assert case.deadlines.filter(kind="APPOINTMENT").exists()


@pytest.mark.parametrize(("outcome", "state"), [("HELD", "HELD"), ("NO_SHOW", "NO_SHOW")])
def test_an_appointment_is_what_its_contact_was(outcome, state):
    assert appointment_state(outcome) == state


def test_the_appointment_follows():
    coach = a_coach()
    case = in_prehire(coach)
    meeting = plan_appointment(
        case=case, plan=AppointmentPlan(on=today(), at=time(9), channel="IN_PERSON"), actor=coach
    )
    missed = ContactStatement(on=today(), channel="IN_PERSON", party="BENEFICIARY", outcome="NO_SHOW")
    contact = record_contact(case=case, statement=missed, actor=coach, appointment=meeting)
    held = ContactStatement(
        on=today(), channel="IN_PERSON", party="BENEFICIARY", minutes=30, summary="Arrivée en retard."
    )
    correct_contact(contact=contact, statement=held, reason="elle est venue", actor=coach)
    meeting.refresh_from_db()
    assert meeting.state == "HELD"
    correct_contact(contact=contact, statement=missed, reason="c’était une autre", actor=coach)
    meeting.refresh_from_db()
    assert meeting.state == "NO_SHOW"
