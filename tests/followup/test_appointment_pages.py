"""Planning, moving and calling off an appointment."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from followup.models import Appointment
from followup.services.contacts import AppointmentPlan, plan_appointment
from foundation.clock import today
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, closed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def create_url(case) -> str:
    return reverse("followup:appointment_create", args=[case.pk])


def change_url(appointment, query: str = "") -> str:
    return reverse("followup:appointment_change", args=[appointment.case_id, appointment.pk]) + query


def typed(**fields) -> dict[str, str]:
    return {
        "next_on": "10/03/2025",
        "next_at": "14h",
        "minutes": "45",
        "channel": "IN_PERSON",
        "place": "OFFICE",
    } | fields


@pytest.fixture
def planned(frozen) -> Appointment:
    case = a_case(a_coach())
    plan = AppointmentPlan(
        on=date(2025, 3, 6), at=time(9), channel="VIDEO", place="REMOTE", minutes=30, address="lien envoyé"
    )
    return plan_appointment(case=case, plan=plan, actor=case.coach)


def test_an_appointment_is_fixed(frozen, send):
    case = a_case(a_coach())
    response = send(case.coach, create_url(case), typed(next="/ma-journee/"))
    assert response["Location"] == "/ma-journee/"
    found = Appointment.objects.get()
    assert (found.on, found.at, found.minutes, found.place) == (date(2025, 3, 10), time(14), 45, "OFFICE")


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"next_on": "02/03/2025"}, "next_on", "La date ne peut pas être dans le passé."),
        ({"next_on": ""}, "next_on", "Écrivez la date, par exemple 27/03/2026."),
        ({"next_at": "25h"}, "next_at", "Écrivez l’heure sous la forme 14:30 ou 14h30."),
        ({"minutes": "0"}, "minutes", "La durée doit être d’au moins 1\xa0min."),
        ({"next_on": "06/03/2025", "next_at": "9:00"}, "next_on", "Un rendez-vous est déjà prévu à ce moment."),
    ],
)
def test_what_cannot_be_planned_is_told_beside_its_field(planned, send, fields, field, sentence):
    response = send(planned.case.coach, create_url(planned.case), typed(address="Rue Inventée 3", **fields))
    assert response.status_code == 422
    assert response.context["form"].errors[field] == [sentence]
    assert "Rue Inventée 3" in response.content.decode()
    assert Appointment.objects.count() == 1


def test_a_double_click_fixes_one(frozen, send):
    case = a_case(a_coach())
    answers = [send(case.coach, create_url(case), typed(next_at="")).status_code for _click in range(2)]
    assert answers == [302, 422]
    assert Appointment.objects.count() == 1


def test_nothing_is_fixed_in_a_closed_case(frozen, send):
    case = closed(a_coach())
    response = send(case.coach, create_url(case), typed())
    assert "Ce dossier est sorti : plus rien ne s’y planifie." in response.content.decode()


def test_moving_asks_for_the_day_and_the_reason_and_keeps_the_rest(planned, send):
    data = {"state": "MOVED", "reason": "enfant malade", "next_on": "11/03/2025", "next_at": ""}
    assert send(planned.case.coach, change_url(planned), data).status_code == 302
    planned.refresh_from_db()
    moved = Appointment.objects.planned().get()
    assert (planned.state, planned.state_reason) == ("MOVED", "enfant malade")
    assert (moved.on, moved.at, moved.channel, moved.minutes, moved.address) == (
        date(2025, 3, 11),
        time(9),
        "VIDEO",
        30,
        "lien envoyé",
    )


@pytest.mark.parametrize("who", ["PERSON", "COACH", "EMPLOYER"])
def test_calling_off_in_two_clicks_says_by_whom(planned, page_of, send, who):
    page = page_of(planned.case.coach, change_url(planned, "?issue=annule")).content.decode()
    assert f'type="submit" name="cancelled_by" value="{who}"' in page
    assert send(planned.case.coach, change_url(planned), {"state": "CANCELLED", "cancelled_by": who}).status_code == 302
    planned.refresh_from_db()
    assert (planned.state, planned.cancelled_by, planned.state_reason) == ("CANCELLED", who, "")


def test_a_no_show_in_two_clicks(planned, page_of, send, frozen):
    frozen("2025-03-06")
    coach = planned.case.coach
    address = reverse("followup:contact_create", args=[planned.case_id])
    form = page_of(coach, f"{address}?rendez-vous={planned.pk}&issue=absente").context["form"]
    as_shown = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", [])}
    as_shown["on"] = f"{as_shown['on']:%d/%m/%Y}"
    assert send(coach, address, as_shown).status_code == 302
    planned.refresh_from_db()
    assert planned.state == "NO_SHOW"


def test_each_question_leads_to_the_other(planned, page_of):
    moving = page_of(planned.case.coach, change_url(planned, "?next=/ma-journee/")).content.decode()
    assert "?issue=annule&amp;next=%2Fma-journee%2F" in moving
    cancelling = page_of(planned.case.coach, change_url(planned, "?issue=annule")).content.decode()
    assert "Reporter plutôt à un autre jour" in cancelling


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"state": "MOVED", "reason": "r"}, "next_on", "Écrivez la date, par exemple 27/03/2026."),
        ({"state": "MOVED", "reason": "", "next_on": "11/03/2025"}, "reason", "Remplissez « Pourquoi »."),
        ({"state": "CANCELLED", "reason": "malade"}, "cancelled_by", "Dites qui annule."),
        (
            {"state": "MOVED", "reason": "r", "next_on": "01/03/2025"},
            "next_on",
            "La date ne peut pas être dans le passé.",
        ),
    ],
)
def test_what_is_missing_is_told_beside_its_field(planned, send, data, field, sentence):
    response = send(planned.case.coach, change_url(planned), data)
    assert response.status_code == 422
    assert response.context["form"].errors[field] == [sentence]
    assert data["reason"] in response.content.decode()
    planned.refresh_from_db()
    assert planned.state == "PLANNED"


def test_a_settled_appointment_is_not_moved_again(planned, send):
    for answer in (302, 422):
        response = send(planned.case.coach, change_url(planned), {"state": "CANCELLED", "cancelled_by": "COACH"})
        assert response.status_code == answer
    assert "déjà reçu un résultat" in response.content.decode()


@pytest.mark.parametrize("role", [Role.JOBCOACH, Role.ADMIN])
def test_only_who_carries_the_case_or_coordinates(planned, page_of, send, role):
    other = user_with(role, planned.case.organisation)
    if role is Role.JOBCOACH:
        assert page_of(other, create_url(a_case(other))).status_code == 200
    for address in (create_url(planned.case), change_url(planned)):
        assert page_of(other, address).status_code == 403
        assert send(other, address, {"state": "CANCELLED", "reason": "r"}).status_code == 403


def test_another_organisation_s_or_another_case_s_appointment_does_not_exist(planned, page_of):
    stranger = a_coach()
    own = a_case(stranger)
    assert page_of(stranger, change_url(planned)).status_code == 404
    assert page_of(stranger, reverse("followup:appointment_change", args=[own.pk, planned.pk])).status_code == 404


def test_both_pages_cost_few_statements(planned, page_of):
    coach = planned.case.coach
    # Three of them are the line of the case with its clocks, which stands on every page of an act.
    assert page_of(coach, create_url(planned.case)).statements <= 11
    assert page_of(coach, change_url(planned)).statements <= 11
    assert today() == date(2025, 3, 3)
