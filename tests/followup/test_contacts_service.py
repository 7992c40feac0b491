"""Recording and planning: what the services accept, refuse, and write once."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from accounts.enums import Role
from accounts.permissions import NotAllowed
from beneficiaries.models import CoachingCase
from beneficiaries.services.cases import hand_over
from beneficiaries.services.path import set_objective
from beneficiaries.services.phases import exit_case
from followup.models import Appointment, Contact, ContactDraft
from followup.services.contacts import (
    AppointmentPlan,
    ContactRefused,
    ContactStatement,
    change_appointment,
    plan_appointment,
    record_contact,
)
from followup.services.drafts import Opening, discard_draft, save_draft
from foundation.clock import today
from foundation.errors import DomainError
from placements.services.guards import ClockExpired
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, a_company, closed, hired, in_prehire

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def said(**fields) -> ContactStatement:
    held = {"on": today(), "channel": "IN_PERSON", "party": "BENEFICIARY", "minutes": 45, "summary": "CV relu."}
    return ContactStatement(**(held | fields))


def plan(on: date | None = None, **fields) -> AppointmentPlan:
    return AppointmentPlan(**({"on": on or today() + 7 * DAY, "channel": "IN_PERSON", "at": time(10)} | fields))


def refused(code: str, field: str | None, case: CoachingCase, **fields) -> None:
    with pytest.raises(ContactRefused) as caught:
        record_contact(case=case, statement=said(**fields), actor=case.coach)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert not Contact.objects.exists()


def test_what_cannot_have_taken_place_is_refused(frozen):
    case = a_case(a_coach())
    refused("future", "on", case, on=today() + DAY)
    refused("before_opening", "on", case, on=case.opened_on - DAY)
    refused("no_content", "summary", case, summary="  ")
    refused("no_duration", "minutes", case, minutes=0)
    refused("no_company", "company", case, party="EMPLOYER")


def test_the_firm_and_the_goals_are_those_of_the_organisation_and_the_case(frozen):
    case, other = a_case(a_coach()), a_case(a_coach())
    goal = set_objective(case=other, title="Permis", set_on=today(), actor=other.coach)
    refused("company", "company", case, party="BOTH", company=a_company(other.coach))
    refused("objective", "objectives", case, objectives=[goal])


def test_a_no_show_needs_neither_words_nor_duration(frozen):
    case = a_case(a_coach())
    missed = record_contact(case=case, statement=said(outcome="NO_SHOW", summary="", minutes=45), actor=case.coach)
    assert (missed.minutes, missed.summary) == (0, "")


def test_sent_twice_it_is_written_once(frozen):
    case, key = a_case(a_coach()), uuid4()
    first = record_contact(case=case, statement=said(), actor=case.coach, submission_id=key)
    again = record_contact(case=case, statement=said(), actor=case.coach, submission_id=key)
    assert first == again
    assert Contact.objects.count() == 1


def test_what_took_place_is_recorded_after_the_exit_and_nothing_more_is_planned(frozen):
    case = closed(a_coach())
    assert record_contact(case=case, statement=said(), actor=case.coach).pk
    with pytest.raises(ContactRefused, match="plus rien ne s’y planifie"):
        plan_appointment(case=case, plan=plan(), actor=case.coach)


def test_once_the_clock_is_expired_a_contact_is_recorded_and_none_is_planned(frozen):
    frozen("2025-01-06")
    case = in_prehire(a_coach(), since=date(2025, 1, 6))
    frozen("2027-01-05")
    with pytest.raises(ClockExpired) as caught:
        plan_appointment(case=case, plan=plan(date(2027, 1, 6)), actor=case.coach)
    assert caught.value.field == "next_on"
    assert plan_appointment(case=case, plan=plan(date(2027, 1, 5)), actor=case.coach).pk
    frozen("2027-01-06")
    assert record_contact(case=case, statement=said(), actor=case.coach).pk


def test_a_follow_up_goes_on_whatever_the_24_months(frozen):
    frozen("2025-01-06")
    case = in_prehire(a_coach(), since=date(2025, 1, 6))
    frozen("2027-01-04")
    hired(case, starts_on=today())
    case = CoachingCase.objects.get(pk=case.pk)
    frozen("2027-02-01")
    assert plan_appointment(case=case, plan=plan(), actor=case.coach).pk


def test_an_appointment_is_not_taken_yesterday_nor_twice_at_one_time(frozen):
    case = a_case(a_coach())
    with pytest.raises(ContactRefused, match="aujourd’hui ou plus tard"):
        plan_appointment(case=case, plan=plan(today() - DAY), actor=case.coach)
    for hour in (time(10), None):
        plan_appointment(case=case, plan=plan(at=hour), actor=case.coach)
        with pytest.raises(ContactRefused, match="déjà prévu à ce moment"):
            plan_appointment(case=case, plan=plan(at=hour), actor=case.coach)
    assert Appointment.objects.count() == 2


def test_a_contact_settles_its_appointment_and_plans_the_next(frozen):
    case = a_case(a_coach())
    came = plan_appointment(case=case, plan=plan(today()), actor=case.coach)
    contact = record_contact(case=case, statement=said(), actor=case.coach, appointment=came, next_appointment=plan())
    came.refresh_from_db()
    assert (came.state, came.contact) == ("HELD", contact)
    assert Appointment.objects.planned().get().on == today() + 7 * DAY


def test_an_appointment_has_one_outcome(frozen):
    case = a_case(a_coach())
    came = plan_appointment(case=case, plan=plan(today()), actor=case.coach)
    record_contact(case=case, statement=said(outcome="NO_SHOW"), actor=case.coach, appointment=came)
    came.refresh_from_db()
    assert came.state == "NO_SHOW"
    with pytest.raises(ContactRefused, match="déjà reçu un résultat"):
        record_contact(case=case, statement=said(), actor=case.coach, appointment=came)
    with pytest.raises(ContactRefused, match="déjà reçu un résultat"):
        change_appointment(appointment=came, state="CANCELLED", cancelled_by="PERSON", actor=case.coach)


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"state": "HELD", "reason": "r"}, "state", "state"),
        ({"state": "MOVED", "reason": "r"}, "no_new_day", "next_on"),
        ({"state": "CANCELLED", "reason": "r"}, "by_whom", "cancelled_by"),
        ({"state": "CANCELLED", "cancelled_by": "X"}, "by_whom", "cancelled_by"),
        (
            {"state": "MOVED", "reason": " ", "moved_to": AppointmentPlan(on=date(2025, 3, 10), channel="PHONE")},
            "reason",
            "reason",
        ),
    ],
)
def test_moving_or_cancelling_says_to_when_and_why(frozen, asked, code, field):
    case = a_case(a_coach())
    planned = plan_appointment(case=case, plan=plan(), actor=case.coach)
    with pytest.raises(ContactRefused) as caught:
        change_appointment(appointment=planned, actor=case.coach, **asked)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_a_moved_appointment_keeps_the_former_one_with_its_reason(frozen):
    case = a_case(a_coach())
    planned = plan_appointment(case=case, plan=plan(), actor=case.coach)
    change_appointment(
        appointment=planned, state="MOVED", reason="enfant malade", moved_to=plan(today() + 9 * DAY), actor=case.coach
    )
    planned.refresh_from_db()
    assert (planned.state, planned.state_reason) == ("MOVED", "enfant malade")
    assert Appointment.objects.planned().get().on == today() + 9 * DAY


def test_appointments_pass_to_the_coach_who_takes_over(frozen):
    case = a_case(a_coach())
    plan_appointment(case=case, plan=plan(), actor=case.coach)
    successor = a_coach(case.organisation)
    hand_over(case=case, coach=successor, on=today(), actor=user_with(Role.COORDINATOR, case.organisation))
    assert Appointment.objects.get().coach == successor


def test_appointments_to_come_fall_away_with_the_exit(frozen):
    case = in_prehire(a_coach())
    plan_appointment(case=case, plan=plan(), actor=case.coach)
    exit_case(case=case, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=case.coach)
    gone = Appointment.objects.get()
    assert (gone.state, gone.state_reason) == ("CANCELLED", "Dossier sorti")


@pytest.mark.parametrize("role", [Role.JOBCOACH, Role.ADMIN, Role.INSPECTOR, Role.ANALYST])
def test_nobody_else_records_in_a_case(frozen, role):
    case = a_case(a_coach())
    other = user_with(role, case.organisation)
    if role is Role.JOBCOACH:
        own = a_case(other)
        record_contact(case=own, statement=said(), actor=other)
    planned = plan_appointment(case=case, plan=plan(), actor=case.coach)
    acts = (
        lambda: record_contact(case=case, statement=said(), actor=other),
        lambda: plan_appointment(case=case, plan=plan(at=None), actor=other),
        lambda: change_appointment(appointment=planned, state="CANCELLED", cancelled_by="COACH", actor=other),
        lambda: save_draft(case=case, content={"summary": "x"}, actor=other, opening=Opening(uuid4())),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert not Contact.objects.filter(case=case).exists()


def test_a_coordinator_records_everywhere_and_the_appointment_is_the_coach_s(frozen):
    case = a_case(a_coach())
    boss = user_with(Role.COORDINATOR, case.organisation)
    contact = record_contact(case=case, statement=said(), actor=boss, next_appointment=plan())
    assert contact.coach == boss
    assert Appointment.objects.get().coach == case.coach


def kept(case, opening, words):
    return save_draft(case=case, content={"summary": words}, actor=case.coach, opening=opening)


def test_a_draft_is_one_per_form_and_goes_with_its_contact(frozen):
    case = a_case(a_coach())
    one, other = Opening(uuid4(), "A"), Opening(uuid4(), "B")
    kept(case, one, "Nous av")
    kept(case, one, "Nous avons relu le CV")
    kept(case, other, "Le bilan")
    assert {draft.words["summary"] for draft in ContactDraft.objects.all()} == {"Nous avons relu le CV", "Le bilan"}
    record_contact(case=case, statement=said(), actor=case.coach, submission_id=one.form)
    assert ContactDraft.objects.get().words["summary"] == "Le bilan"
    discard_draft(case=case, actor=case.coach, form=other.form)
    assert not ContactDraft.objects.exists()


def test_what_comes_after_its_contact_is_no_draft_unless_it_says_something_else(frozen):
    case = a_case(a_coach())
    opening = Opening(uuid4(), "A")
    contact = record_contact(case=case, statement=said(), actor=case.coach, submission_id=opening.form)
    assert kept(case, opening, f" {contact.summary} ") is None
    apart = kept(case, opening, "Et puis elle a rappelé")
    assert apart.submission_id != opening.form


def test_a_draft_taken_over_by_another_tab_is_not_written_over(frozen):
    case = a_case(a_coach())
    first = Opening(uuid4(), "A")
    kept(case, first, "Nous avons")
    second = Opening(first.form, "B", took_over_from="A")
    assert kept(case, second, "Nous avons relu le CV").submission_id == first.form
    assert kept(case, second, "Nous avons relu le CV ensemble").submission_id == first.form
    apart = kept(case, first, "Nous avons téléphoné")
    assert apart.submission_id != first.form
    assert {draft.words["summary"] for draft in ContactDraft.objects.all()} == {
        "Nous avons relu le CV ensemble",
        "Nous avons téléphoné",
    }


def test_a_form_that_served_already_is_not_silent_about_other_words(frozen):
    case = a_case(a_coach())
    form = uuid4()
    record_contact(case=case, statement=said(), actor=case.coach, submission_id=form)
    with pytest.raises(ContactRefused, match="a déjà servi"):
        record_contact(case=case, statement=said(summary="Autre chose"), actor=case.coach, submission_id=form)


def test_what_is_refused_leaves_the_draft(frozen):
    case = a_case(a_coach())
    kept(case, Opening(uuid4()), "Long récit")
    with pytest.raises(DomainError):
        record_contact(case=case, statement=said(), actor=case.coach, next_appointment=plan(today() - DAY))
    assert ContactDraft.objects.count() == 1
    assert not Contact.objects.exists()


def test_a_draft_is_unreadable_in_the_database(frozen):
    from django.db import connection

    case = a_case(a_coach())
    kept(case, Opening(uuid4()), "Dettes de jeu")
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM followup_contactdraft")
        assert "Dettes" not in cursor.fetchone()[0]
