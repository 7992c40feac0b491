"""Invitations: what the calendars of the guests hold after each act is what is planned, and nobody is told more."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.enums import Role
from accounts.registries import takables
from accounts.services.taking_back import take_back
from beneficiaries.services.cases import hand_over
from beneficiaries.services.people import update_beneficiary
from employers.models import CompanyContact
from employers.services.companies import save_company_person
from followup.enums import MailState
from followup.models import Appointment, Invitation, OutboxMail
from followup.services.contacts import ContactStatement, change_appointment, plan_appointment, record_contact
from followup.services.discretion import GuestRefused
from followup.services.own_calendar import choose_calendar
from followup.services.planning import AppointmentPlan, Guests
from followup.services.row_acts import Press, postpone, undo
from followup.services.sessions import SessionPlan, call_off_session, change_session
from foundation.clock import today
from foundation.errors import DomainError
from foundation.formatting import date_words
from placements.selectors.discretion import EmployerHidden
from tests.factories import stories
from tests.factories.accounts import user_with
from tests.factories.calendars import Diary, delivered, post

pytestmark = pytest.mark.django_db

PERSON = "personne@example.org"
FIRM = "entreprise@example.org"


@pytest.fixture
def coach(frozen):
    found = stories.a_coach()
    choose_calendar(is_invited=True, address=None, actor=found)
    return found


@pytest.fixture
def case(coach):
    return stories.in_prehire(coach, email=PERSON)


def plan(days=2, at=time(10), **more):
    return AppointmentPlan(on=today() + timedelta(days=days), at=at, channel="IN_PERSON", **more)


def planned(case, **more):
    return plan_appointment(case=case, plan=plan(**({"guests": Guests(person=True)} | more)), actor=case.coach)


def moved(appointment, days=3, at=time(11)):
    change_appointment(
        appointment=appointment, state="MOVED", reason="Train", moved_to=plan(days, at), actor=appointment.case.coach
    )
    return Appointment.objects.planned().get(case=appointment.case)


def cancelled(appointment):
    return change_appointment(
        appointment=appointment, state="CANCELLED", cancelled_by="PERSON", actor=appointment.case.coach
    )


def somebody_of(case, firm):
    return save_company_person(person=CompanyContact(company=firm), name="Dominique", email=FIRM, actor=case.coach)


def test_planned_moved_and_called_off_under_one_identifier(case):
    diaries = {}
    first = planned(case)
    told = delivered(diaries)
    assert {(one.to, one.method, one.sequence) for one in told} == {
        (PERSON, "REQUEST", 0),
        (case.coach.email, "REQUEST", 0),
    }
    second = moved(first)
    again = delivered(diaries)
    assert {(one.method, one.sequence, one.uid) for one in again} == {("REQUEST", 1, told[0].uid)}
    assert {one.start.hour for one in again} == {11}
    assert second.uid_key == first.pk
    cancelled(second)
    assert {(one.method, one.sequence, one.uid) for one in delivered(diaries)} == {("CANCEL", 2, told[0].uid)}
    assert all(not diary.events for diary in diaries.values())


def test_who_reads_what(case):
    firm = stories.a_company(case.coach)
    guests = Guests(person=True, contact=somebody_of(case, firm))
    planned(case, guests=guests, place="HOME", address="Rue Inventée 7")
    by = {one.to: one for one in post()}
    person, coach, other = by[PERSON], by[case.coach.email], by[FIRM]
    assert person.location == "domicile, Rue Inventée 7"
    assert (coach.location, other.location) == ("domicile", "")
    assert case.beneficiary.initials in coach.summary
    assert case.beneficiary.initials in other.summary
    for one in by.values():
        assert one.attendees == (f"mailto:{one.to}",)
        assert case.beneficiary.last_name not in one.text
        assert case.organisation.name not in one.text
        assert firm.name not in one.text
    assert (person.organiser, other.organiser) == (f"mailto:{case.coach.email}",) * 2
    assert coach.organiser == "mailto:ancrage@example.org"


def test_nobody_is_invited_who_was_not_chosen(coach):
    case = stories.in_prehire(coach, email=PERSON)
    choose_calendar(is_invited=False, address=None, actor=coach)
    planned(case, guests=Guests())
    assert not OutboxMail.objects.filter(guest__gt="").exists()
    assert not Invitation.objects.exists()


def test_somebody_without_an_address_cannot_be_invited(coach):
    case = stories.in_prehire(coach)
    with pytest.raises(GuestRefused):
        planned(case)


def test_a_discreet_firm_is_not_invited_and_is_told_no_more(case):
    firm = stories.a_company(case.coach)
    contact = somebody_of(case, firm)
    diaries = {}
    planned(case, guests=Guests(contact=contact), days=18)
    delivered(diaries)
    assert diaries[FIRM].events
    stories.hired(case, company=firm, mode="DISCREET", starts_on=today())
    delivered(diaries)
    assert not diaries[FIRM].events
    with pytest.raises(EmployerHidden):
        planned(case, guests=Guests(contact=contact), days=17)


def test_what_was_done_and_undone_at_once_is_told_to_nobody(case):
    first = planned(case)
    post()
    press = Press(page=uuid4(), key=uuid4(), seen=timezone.now())
    done = postpone(case=case, day=today() + timedelta(days=4), press=press, actor=case.coach, appointment=first)
    undo(row_act=done, actor=case.coach)
    assert post() == []
    cancelled(planned(case, days=9))
    assert post() == []


def test_what_began_to_leave_is_followed_by_what_is_so(case):
    first = planned(case)
    OutboxMail.objects.filter(guest="PERSON").update(state=MailState.SENDING, claimed_at=first.created_at, attempts=1)
    cancelled(first)
    methods = OutboxMail.objects.filter(guest="PERSON").order_by("queued_at").values_list("method", flat=True)
    assert list(methods) == ["REQUEST", "CANCEL"]


def test_an_outcome_tells_nobody(case, frozen):
    first = planned(case)
    post()
    frozen(first.on)
    record_contact(
        case=case,
        statement=ContactStatement(
            on=today(), channel="IN_PERSON", party="BENEFICIARY", minutes=30, summary="Vu", outcome="HELD"
        ),
        appointment=first,
        actor=case.coach,
    )
    assert post() == []


def test_what_is_past_is_not_written_about(case, frozen):
    first = planned(case)
    post()
    frozen(first.on + timedelta(days=1))
    cancelled(first)
    assert post() == []


def test_what_is_taken_back_leaves_the_calendars_and_nothing_of_it_stays(case):
    diaries = {}
    first = planned(case)
    delivered(diaries)
    take_back(kind=takables["rendez-vous"], row=first, reason="Erreur", actor=case.coach)
    assert [one.method for one in delivered(diaries)] == ["CANCEL", "CANCEL"]
    assert not Invitation.objects.exists()
    assert set(OutboxMail.objects.filter(guest__gt="").values_list("address", "calendar")) == {("", "")}


def test_a_hand_over_moves_the_appointment_from_one_coach_to_the_other(case):
    diaries = {}
    former = case.coach
    planned(case)
    delivered(diaries)
    heir = user_with(Role.JOBCOACH, case.organisation)
    choose_calendar(is_invited=True, address=None, actor=heir)
    coordinator = user_with(Role.COORDINATOR, case.organisation)
    hand_over(case=case, coach=heir, on=today(), actor=coordinator)
    delivered(diaries)
    assert not diaries[former.email].events
    (kept,) = diaries[PERSON].events.values()
    assert kept.organiser == f"mailto:{heir.email}"
    assert len(diaries[heir.email].events) == 1


def test_a_session_is_in_its_leader_s_calendar_until_it_is_called_off(coach):
    diaries = {}
    session = stories.a_session(coach, on=today() + timedelta(days=3))
    delivered(diaries)
    later = SessionPlan(on=session.on, at=time(16), minutes=60, place=session.place, capacity=10, leader=coach)
    change_session(session=session, plan=later, actor=coach)
    (event,) = delivered(diaries)
    assert (event.start.hour, event.sequence) == (16, 1)
    call_off_session(session=session, reason="Malade", actor=coach)
    delivered(diaries)
    assert not diaries[coach.email].events


ACTS = st.lists(st.tuples(st.sampled_from(("plan", "move", "cancel", "remove", "post")), st.integers(1, 5)), max_size=9)


class Histories(TestCase):
    @settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(acts=ACTS)
    def test_after_any_history_the_calendars_hold_what_is_planned(self, acts):
        coach = stories.a_coach()
        choose_calendar(is_invited=True, address=None, actor=coach)
        case = stories.a_case(coach, email=PERSON)
        diaries: dict[str, Diary] = {PERSON: Diary(), coach.email: Diary()}
        for number, (what, which) in enumerate(acts):
            open_ones = list(Appointment.objects.planned().filter(case=case).order_by("on", "pk"))
            one = open_ones[which % len(open_ones)] if open_ones else None
            at = time(8, number)
            yes = frozenset()
            if what == "post":
                delivered(diaries)
            elif what == "plan":
                spot = plan(which, at, guests=Guests(person=True), confirmed=yes)
                quietly(plan_appointment, case=case, plan=spot, actor=coach)
            elif one is not None and what == "move":
                spot = plan(which, at, confirmed=yes)
                quietly(change_appointment, appointment=one, state="MOVED", reason="x", moved_to=spot, actor=coach)
            elif one is not None and what == "cancel":
                cancelled(one)
            elif one is not None:
                take_back(kind=takables["rendez-vous"], row=one, reason="Erreur", actor=coach)
        delivered(diaries)
        held = {(f"{row.uid_key}@ancrage", row.on, row.at) for row in Appointment.objects.planned().filter(case=case)}
        for diary in diaries.values():
            assert {
                (e.uid, e.start.date(), e.start.timetz().replace(tzinfo=None)) for e in diary.events.values()
            } == held


def quietly(act, **stated):
    """An act that may be asked about (a Sunday, a holiday); then it is not done."""
    try:
        act(**stated)
    except DomainError:
        return


def test_the_person_reads_their_own_language_whoever_acts(case):
    update_beneficiary(case=case, actor=case.coach, language="nl-be")
    with override("de-be"):
        appointment = planned(case)
    told, own = (OutboxMail.objects.get(guest=guest) for guest in ("PERSON", "COACH"))
    assert told.subject == f"Afspraak: {date_words(appointment.on)}"
    assert "Aanvaarden of weigeren" in told.body
    assert own.subject == f"Rendez-vous : {date_words(appointment.on)}"
    OutboxMail.objects.update(attempts=1)
    with override("de-be"):
        cancelled(appointment)
    assert OutboxMail.objects.get(guest="PERSON", method="CANCEL").subject.startswith("Afspraak geannuleerd")
