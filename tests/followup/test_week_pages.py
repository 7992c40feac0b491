"""The week drawn to scale: what it shows, what one presses in it, what is told of what clashes."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.rules.closing_days import Closing
from accounts.services.closing_days import add_closing
from followup.models import Appointment
from followup.services.contacts import AppointmentPlan, plan_appointment
from tests.factories import stories
from tests.factories.accounts import user_with
from tests.factories.asking import EVERYTHING

pytestmark = pytest.mark.django_db

TUESDAY = date(2025, 3, 4)


def meet(case, on: date = TUESDAY, at: time | None = time(10), minutes: int = 60) -> Appointment:
    plan = AppointmentPlan(on=on, at=at, minutes=minutes, channel="IN_PERSON", confirmed=EVERYTHING)
    return plan_appointment(case=case, plan=plan, actor=case.coach)


@pytest.fixture
def case(frozen):
    return stories.in_prehire(stories.a_coach(), first_name="Zoé", last_name="Quidam")


@pytest.fixture
def other(case):
    return stories.in_prehire(case.coach, first_name="Ali", last_name="Autre")


def shown(client, user, **query):
    client.force_login(user)
    return client.get(reverse("followup:agenda"), query)


def on(answer, day: date):
    return next(one for one in answer.context["drawn"].days if one.on == day)


def test_hours_are_to_scale_and_what_is_free_is_offered(client, case) -> None:
    meet(case)
    answer = shown(client, case.coach)
    items = on(answer, TUESDAY).items
    assert [(item.kind, item.at) for item in items] == [
        ("free", time(9)),
        ("meeting", time(10)),
        ("free", time(11)),
        ("free", time(13)),
    ]
    assert "at-10 past-0 for-1 and-0 lane-0 of-1" in answer.content.decode()
    assert "jour=2025-03-04&amp;heure=09:00" in answer.content.decode()


def test_what_overlaps_is_side_by_side_and_told(client, case, other) -> None:
    first, second = meet(case), meet(other, at=time(10, 30))
    answer = shown(client, case.coach)
    assert {item.place.split(" lane-")[1][:6] for item in on(answer, TUESDAY).items if item.kind == "meeting"} == {
        "0 of-2",
        "1 of-2",
    }
    (clash,) = answer.context["drawn"].clashes
    assert clash.words == "Ali Autre se chevauche avec Zoé Quidam."
    assert clash.appointment == second
    assert reverse("followup:appointment_change", args=[other.pk, second.pk]) in answer.content.decode()
    assert first.pk != second.pk


def test_a_closing_day_and_an_absence_are_hatched_and_what_stands_there_is_told(client, case) -> None:
    coach = case.coach
    admin = user_with(Role.ADMIN, coach.current_organisation)
    meet(case)
    meet(case, on=TUESDAY + timedelta(days=1))
    add_closing(closing=Closing(TUESDAY, TUESDAY, "Carnaval"), actor=admin)
    stories.an_absence(
        coach, starts_on=TUESDAY + timedelta(days=1), days=1, replacement=stories.a_coach(coach.current_organisation)
    )
    answer = shown(client, coach)
    words = [clash.words for clash in answer.context["drawn"].clashes]
    assert words == ["Zoé Quidam tombe un jour non travaillé (Carnaval).", "Zoé Quidam tombe pendant une absence."]
    for day in (TUESDAY, TUESDAY + timedelta(days=1)):
        assert [item.kind for item in on(answer, day).items] == ["meeting", "off"]


def test_saturday_and_sunday_stay_away_until_something_is_there(client, case) -> None:
    assert len(shown(client, case.coach).context["drawn"].days) == 5
    assert len(shown(client, case.coach, **{"week-end": "1"}).context["drawn"].days) == 7
    meet(case, on=date(2025, 3, 8))
    assert len(shown(client, case.coach).context["drawn"].days) == 7


def test_a_free_moment_that_is_pressed_is_planned(client, case) -> None:
    client.force_login(case.coach)
    address = reverse("followup:agenda_plan")
    form = client.get(address, {"jour": "2025-03-04", "heure": "11:00"}).context["form"]
    assert (form["next_on"].value(), form["next_at"].value()) == (TUESDAY, time(11))
    typed = {"case": str(case.pk), "next_on": "04/03/2025", "next_at": "11:00", "minutes": "45", "channel": "PHONE"}
    back = f"{reverse('followup:agenda')}?jour=2025-03-04"
    answer = client.post(address, typed | {"next": back})
    assert (answer.status_code, answer["Location"]) == (302, back)
    kept = case.appointments.get()
    assert (kept.on, kept.at, kept.minutes) == (TUESDAY, time(11), 45)


def test_nobody_plans_for_the_people_of_a_colleague(client, case) -> None:
    colleague = user_with(Role.JOBCOACH, case.organisation)
    client.force_login(colleague)
    typed = {"case": str(case.pk), "next_on": "04/03/2025", "next_at": "11:00", "minutes": "45", "channel": "PHONE"}
    assert client.post(reverse("followup:agenda_plan"), typed).status_code == 422
    assert not case.appointments.exists()


def moved(client, appointment, **typed):
    client.force_login(appointment.coach)
    fields = {"state": "MOVED", "next_on": "2025-03-05", "next_at": "14:00", "minutes": "30", "reason": "Déplacé"}
    return client.post(
        reverse("followup:appointment_change", args=[appointment.case_id, appointment.pk]), fields | typed
    )


def test_what_the_week_sends_moves_the_day_the_hour_and_the_length(client, case) -> None:
    appointment = meet(case)
    assert moved(client, appointment).status_code == 302
    (kept,) = case.appointments.filter(state="PLANNED")
    assert (kept.on, kept.at, kept.minutes) == (date(2025, 3, 5), time(14), 30)
    assert moved(client, kept, next_on="2025-03-06", minutes="").status_code == 302
    (again,) = case.appointments.filter(state="PLANNED")
    assert again.minutes == 30


@pytest.mark.parametrize(
    ("hour", "words"), [("10:30", "Un autre rendez-vous est prévu"), ("16:30", "Une séance collective est prévue")]
)
def test_a_conflict_is_told_before_and_can_be_meant(client, case, other, hour, words) -> None:
    meet(other, on=date(2025, 3, 5))
    stories.a_session(case.coach, on=date(2025, 3, 5), at=time(16))
    appointment = meet(case)
    asked = moved(client, appointment, next_at=hour)
    assert asked.status_code == 422
    form = asked.context["form"]
    assert words in form.errors["next_on"][0]
    (box,) = form["next_on"].boxes
    assert moved(client, appointment, next_at=hour, asked_once=[box.code]).status_code == 302


def test_a_session_that_the_person_attends_is_a_conflict_too(client, case) -> None:
    leader = user_with(Role.JOBCOACH, case.organisation)
    stories.registered(stories.a_session(leader, on=date(2025, 3, 5), at=time(14)), case)
    asked = moved(client, meet(case), next_at="14:30")
    assert "Une séance collective est prévue à 14:00" in asked.context["form"].errors["next_on"][0]


def test_a_closing_day_is_asked_about(client, case) -> None:
    admin = user_with(Role.ADMIN, case.organisation)
    add_closing(closing=Closing(date(2025, 3, 5), date(2025, 3, 5), "Carnaval"), actor=admin)
    asked = moved(client, meet(case))
    assert "jour de fermeture : Carnaval" in asked.context["form"].errors["next_on"][0]


def test_the_team_stands_side_by_side_and_a_colleague_reads_no_name(client, case) -> None:
    meet(case)
    colleague = user_with(Role.JOBCOACH, case.organisation)
    client.force_login(colleague)
    page = client.get(reverse("followup:agenda_team"), {"jour": "2025-03-04"}).content.decode()
    assert "Occupé" in page
    assert "Quidam" not in page
    assert str(case.pk) not in page
    client.force_login(user_with(Role.COORDINATOR, case.organisation))
    page = client.get(reverse("followup:agenda_team"), {"jour": "2025-03-04"}).content.decode()
    assert "Zoé Quidam" in page


def test_the_statements_of_the_team_do_not_grow(client, case, django_assert_max_num_queries) -> None:
    for _number in range(5):
        meet(stories.in_prehire(user_with(Role.JOBCOACH, case.organisation)))
    client.force_login(user_with(Role.COORDINATOR, case.organisation))
    client.get(reverse("followup:agenda_team"))
    with django_assert_max_num_queries(15):
        client.get(reverse("followup:agenda_team"), {"jour": "2025-03-04"})
