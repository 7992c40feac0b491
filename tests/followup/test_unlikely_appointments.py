"""An appointment at an unlikely moment is asked about once; the answer is kept."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.services.absences import AbsencePlan, declare_absence
from beneficiaries.models import CoachingCase
from followup.models import Appointment, Contact
from followup.services.contacts import AppointmentPlan, change_appointment, plan_appointment
from foundation.asking import Unconfirmed
from tests.conftest import FrozenClock
from tests.factories.stories import a_case, a_coach

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]


@pytest.fixture
def case(frozen: FrozenClock) -> CoachingCase:
    """A case of a coach who is away from 7 to 18 December, and who meets somebody else on the 21st at 10."""
    frozen("2026-11-30")
    coach = a_coach()
    away = AbsencePlan(
        starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 18), replacement=a_coach(coach.current_organisation)
    )
    declare_absence(user=coach, plan=away, actor=coach)
    other = a_case(coach, first_name="Autre")
    plan_appointment(
        case=other, plan=AppointmentPlan(on=date(2026, 12, 21), at=time(10), channel="IN_PERSON"), actor=coach
    )
    return a_case(coach)


def typed(**fields: Any) -> dict[str, Any]:
    return {"minutes": "45", "channel": "IN_PERSON", "place": "OFFICE"} | fields


def url(case: CoachingCase) -> str:
    return reverse("followup:appointment_create", args=[case.pk])


UNLIKELY = [
    pytest.param("25/12/2026", "10:00", "next_on", "jour férié", id="holiday"),
    pytest.param("27/12/2026", "10:00", "next_on", "dimanche", id="sunday"),
    pytest.param("09/12/2026", "10:00", "next_on", "en absence", id="absence"),
    pytest.param("21/12/2026", "10:15", "next_on", "à 10:00 avec Autre", id="over another"),
    pytest.param("02/12/2026", "03:00", "next_at", "inhabituelle", id="hour"),
    pytest.param("01/12/2027", "10:00", "next_on", "Est-ce bien 2027", id="year"),
]


@pytest.mark.parametrize(("day", "hour", "field", "words"), UNLIKELY)
def test_it_is_asked_once_and_kept(case: CoachingCase, send: Send, day: str, hour: str, field: str, words: str) -> None:
    fields = typed(next_on=day, next_at=hour, address="Rue Exemple 1")
    asked = send(case.coach, url(case), fields)
    assert asked.status_code == 422
    form = asked.context["form"]
    assert words in form.errors[field][0]
    assert not case.appointments.exists()
    (box,) = form[field].boxes
    page = asked.content.decode()
    assert f'value="{box.code}"' in page
    assert "Rue Exemple 1" in page
    assert send(case.coach, url(case), fields | {"asked_once": [box.code]}).status_code == 302
    kept = case.appointments.get()
    entry = LogEntry.objects.get_for_object(kept).get()
    assert words in entry.additional_data["confirmed"][box.code]


@pytest.mark.parametrize(
    "fields", [{"next_on": "22/12/2026", "next_at": "10:00"}, {"next_on": "21/12/2026", "next_at": "10:45"}]
)
def test_a_usual_moment_is_not_asked_about(case: CoachingCase, send: Send, fields: dict[str, str]) -> None:
    assert send(case.coach, url(case), typed(**fields)).status_code == 302
    assert not LogEntry.objects.get_for_object(case.appointments.get()).filter(additional_data__has_key="confirmed")


def test_the_absence_names_who_stands_in(case: CoachingCase, send: Send) -> None:
    asked = send(case.coach, url(case), typed(next_on="09/12/2026", next_at="10:00"))
    absence = case.coach.absences.get()
    assert absence.replacement.get_full_name() in asked.context["form"].errors["next_on"][0]


def test_two_questions_are_asked_together_and_an_answer_stays(case: CoachingCase, send: Send) -> None:
    fields = typed(next_on="27/12/2026", next_at="03:00")
    form = send(case.coach, url(case), fields).context["form"]
    assert set(form.errors) == {"next_on", "next_at"}
    (sunday,), (hour,) = form["next_on"].boxes, form["next_at"].boxes
    form = send(case.coach, url(case), fields | {"asked_once": [sunday.code]}).context["form"]
    assert list(form.errors) == ["next_at"]
    assert [box.ticked for box in form["next_on"].boxes] == [True]
    wrong = send(case.coach, url(case), fields | {"asked_once": [sunday.code, hour.code], "minutes": "x"})
    assert wrong.context["form"].carried_answers == sorted([sunday.code, hour.code])
    assert f'<input type="hidden" name="asked_once" value="{hour.code}">' in wrong.content.decode()


def test_an_hour_that_the_clocks_go_past_is_asked_about(case: CoachingCase, send: Send) -> None:
    form = send(case.coach, url(case), typed(next_on="28/03/2027", next_at="02:30")).context["form"]
    assert "02:30 n’existe pas ce jour-là" in form.errors["next_at"][0]


def test_the_answer_to_another_day_is_no_answer(case: CoachingCase, send: Send) -> None:
    form = send(case.coach, url(case), typed(next_on="27/12/2026", next_at="10:00")).context["form"]
    (box,) = form["next_on"].boxes
    again = send(case.coach, url(case), typed(next_on="20/12/2026", next_at="10:00", asked_once=[box.code]))
    assert again.status_code == 422


def test_moving_asks_too(case: CoachingCase) -> None:
    plan = AppointmentPlan(on=date(2026, 12, 2), at=time(10), channel="PHONE")
    planned = plan_appointment(case=case, plan=plan, actor=case.coach)
    sunday = AppointmentPlan(on=date(2026, 12, 27), at=time(10), channel="PHONE")
    with pytest.raises(Unconfirmed):
        change_appointment(appointment=planned, state="MOVED", reason="Train", moved_to=sunday, actor=case.coach)
    assert Appointment.objects.get(pk=planned.pk).state == "PLANNED"


def test_a_contact_with_such_a_next_appointment_is_kept_whole_or_not(case: CoachingCase, send: Send) -> None:
    fields = {
        "on": "30/11/2026",
        "minutes": "30",
        "channel": "PHONE",
        "summary": "Cherche un emploi.",
        "next_on": "27/12/2026",
        "next_at": "10:00",
    }
    address = reverse("followup:contact_create", args=[case.pk])
    asked = send(case.coach, address, fields)
    assert asked.status_code == 422
    assert not Contact.objects.exists()
    assert "Cherche un emploi." in asked.content.decode()
    (box,) = asked.context["form"]["next_on"].boxes
    assert send(case.coach, address, fields | {"asked_once": [box.code]}).status_code == 302
    assert (Contact.objects.count(), case.appointments.count()) == (1, 1)
