"""Sessions in the calendars: of whoever leads, of the people who have a place, of who accompanies them."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from accounts.enums import Role
from accounts.registries import takables
from accounts.services.taking_back import take_back
from beneficiaries.services.cases import hand_over
from beneficiaries.services.phases import exit_case
from followup.models import Invitation, OutboxMail
from followup.services.own_calendar import choose_calendar
from followup.services.sessions import (
    Mark,
    SessionPlan,
    call_off_session,
    change_session,
    record_attendance,
    register_people,
    rename_series,
    withdraw,
)
from foundation.clock import today
from tests.factories import stories
from tests.factories.accounts import user_with
from tests.factories.calendars import Diary, delivered, post

pytestmark = pytest.mark.django_db

PERSON, OTHER = "personne@example.org", "autre@example.org"


@pytest.fixture
def leader(frozen):
    return stories.a_coach()


@pytest.fixture
def carer(leader):
    found = user_with(Role.JOBCOACH, leader.current_organisation)
    choose_calendar(is_invited=True, address=None, actor=found)
    return found


@pytest.fixture
def session(leader):
    return stories.a_session(leader, on=today() + timedelta(days=3))


@pytest.fixture
def diaries() -> dict[str, Diary]:
    return {}


def placed(session, *cases, invited: bool = True):
    return register_people(session=session, cases=list(cases), invited=invited, actor=session.leader)


def changed(session, **plan):
    stated = {name: getattr(session, name) for name in ("on", "at", "minutes", "place", "capacity", "leader")} | plan
    return change_session(session=session, plan=SessionPlan(**stated), actor=session.leader)


def test_a_place_is_an_invitation_that_follows_the_session_until_it_is_called_off(leader, session, diaries) -> None:
    placed(session, stories.in_prehire(leader, email=PERSON))
    (first,) = delivered(diaries)
    assert (first.to, first.method, first.sequence, first.uid) == (PERSON, "REQUEST", 0, f"{session.pk}@ancrage")
    assert (first.location, first.organiser) == (session.place, f"mailto:{leader.email}")
    changed(session, at=time(16))
    (second,) = delivered(diaries)
    assert (second.sequence, second.start.hour, second.uid) == (1, 16, first.uid)
    rename_series(series=session.series, title="Se présenter", aim="", actor=leader)
    (third,) = delivered(diaries)
    assert third.summary == "Séance collective : Se présenter"
    call_off_session(session=session, reason="Malade", actor=leader)
    (last,) = delivered(diaries)
    assert (last.method, last.uid, last.sequence) == ("CANCEL", first.uid, 3)


def test_each_is_alone_in_their_copy(leader, session) -> None:
    one = stories.in_prehire(leader, email=PERSON, first_name="Zoé", last_name="Quidam")
    other = stories.in_prehire(leader, email=OTHER, first_name="Ali", last_name="Autre")
    placed(session, one, other)
    told = post()
    assert {mail.to for mail in told} == {PERSON, OTHER}
    names = "Zoé", "Quidam", "Ali", "Autre", leader.current_organisation.name
    for mail in told:
        assert mail.attendees == (f"mailto:{mail.to}",)
        assert not [name for name in names if name in mail.text]


def test_nobody_is_invited_who_was_not_chosen_or_has_no_address(leader, session) -> None:
    placed(session, stories.in_prehire(leader, email=PERSON), invited=False)
    (place,) = placed(session, stories.in_prehire(leader, first_name="Ali"))
    assert not place.is_invited
    assert post() == []
    assert not Invitation.objects.exists()


def test_whose_place_is_taken_back_is_told_and_may_come_back(leader, session, diaries) -> None:
    case = stories.in_prehire(leader, email=PERSON)
    (place,) = placed(session, case)
    delivered(diaries)
    withdraw(attendance=place, actor=leader)
    delivered(diaries)
    assert not diaries[PERSON].events
    placed(session, case)
    delivered(diaries)
    assert len(diaries[PERSON].events) == 1


def test_an_exit_takes_the_sessions_to_come_out_of_the_calendar(leader, session, diaries) -> None:
    case = stories.in_followup(leader)
    case.beneficiary.email = PERSON
    case.beneficiary.save()
    placed(session, case)
    delivered(diaries)
    exit_case(case=case, on=today(), exit_reason="MOVED", exit_outcome="EMPLOYED", actor=leader)
    delivered(diaries)
    assert not diaries[PERSON].events


def test_nothing_stays_of_a_place_that_is_taken_out(leader, session, diaries) -> None:
    case = stories.in_prehire(leader, email=PERSON)
    (place,) = placed(session, case)
    delivered(diaries)
    take_back(kind=takables["presence"], row=place, reason="Erreur", actor=leader)
    delivered(diaries)
    assert not diaries[PERSON].events
    assert not Invitation.objects.exists()
    assert set(OutboxMail.objects.filter(guest__gt="").values_list("address", "calendar")) == {("", "")}


def test_who_was_there_is_told_to_nobody(leader, session, diaries, frozen) -> None:
    (place,) = placed(session, stories.in_prehire(leader, email=PERSON))
    delivered(diaries)
    frozen(session.on)
    record_attendance(session=session, marks={place.pk: Mark("EXCUSED")}, actor=leader)
    assert post() == []


def test_who_accompanies_reads_initials_and_is_not_taken_meanwhile(leader, carer, session, diaries) -> None:
    one = stories.in_prehire(carer, first_name="Zoé", last_name="Quidam")
    (place,) = placed(session, one, invited=False)
    (told,) = delivered(diaries)
    assert told.to == carer.email
    assert told.summary == "Séance collective : Préparer un entretien (ZQ)"
    assert "TRANSP:TRANSPARENT" in told.text
    assert "Quidam" not in told.text
    placed(session, stories.in_prehire(carer, first_name="Ali", last_name="Autre"), invited=False)
    (again,) = delivered(diaries)
    assert "(AA, ZQ)" in again.summary
    withdraw(attendance=place, actor=leader)
    (less,) = delivered(diaries)
    assert "(AA)" in less.summary


def test_a_hand_over_passes_it_to_who_accompanies_from_then_on(leader, carer, session, diaries) -> None:
    case = stories.in_prehire(carer)
    placed(session, case, invited=False)
    delivered(diaries)
    heir = user_with(Role.JOBCOACH, leader.current_organisation)
    choose_calendar(is_invited=True, address=None, actor=heir)
    coordinator = user_with(Role.COORDINATOR, leader.current_organisation)
    hand_over(case=case, coach=heir, on=today(), actor=coordinator)
    delivered(diaries)
    assert not diaries[carer.email].events
    assert len(diaries[heir.email].events) == 1
