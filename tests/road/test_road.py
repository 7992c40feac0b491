"""On the road: what a telephone is given, and what it sends when the network is back."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Parameter
from followup.models import Appointment, Contact
from followup.services.contacts import AppointmentPlan, plan_appointment
from foundation.clock import today
from road.parameters import RoadKey
from road.services import key_of_session
from tests.factories.stories import a_case, a_coach, a_contact

pytestmark = pytest.mark.django_db


def allow(organisation, *codes: str) -> None:
    Parameter.objects.create(
        key=RoadKey.ALLOWED, organisation=organisation, value=list(codes), valid_from=today(), source="essai"
    )


@pytest.fixture
def case():
    case = a_case(a_coach(), first_name="Samira", last_name="Benhaddou", phone="0470 12 34 56")
    plan = AppointmentPlan(on=today(), channel="PHONE", address="Rue du Moulin 3")
    plan_appointment(case=case, plan=plan, actor=case.coach)
    allow(case.organisation, "hors_ligne")
    return case


@pytest.fixture
def phone(client, case):
    client.force_login(case.coach)
    return client


def day_of(client):
    return client.get(reverse("road:day")).json()


def send(client, row, **fields):
    words = {"channel": "PHONE", "minutes": "20", "summary": "Dit en route.", "on": today().isoformat()}
    sent = words | {"case": row["case"], "appointment": row["appointment"], "submission_id": str(uuid4())}
    seen = {f"seen_{name}": value for name, value in row["seen"].items()}
    return client.post(reverse("road:send"), sent | seen | fields)


def test_the_day_has_initials_and_no_word_of_what_was_said(phone, case) -> None:
    a_contact(case, summary="Elle parle de sa dette.")
    answer = phone.get(reverse("road:day"))
    (row,) = answer.json()["rows"]
    assert (row["name"], row["address"]) == ("S. B.", "Rue du Moulin 3")
    assert "Samira" not in answer.content.decode()
    assert "dette" not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_whole_names_when_the_organisation_lets_them(client) -> None:
    case = a_case(a_coach(), first_name="Samira", last_name="Benhaddou")
    plan_appointment(case=case, plan=AppointmentPlan(on=today(), channel="PHONE"), actor=case.coach)
    allow(case.organisation, "hors_ligne", "noms")
    client.force_login(case.coach)
    assert day_of(client)["rows"][0]["name"] == "Samira Benhaddou"


def test_nothing_is_given_nor_taken_where_it_is_not_open(client) -> None:
    case = a_case(a_coach())
    client.force_login(case.coach)
    assert day_of(client) == {"allowed": False}
    row = {"case": str(case.pk), "appointment": "", "seen": {}}
    assert send(client, row).status_code == 422
    assert not Contact.objects.exists()


def test_sent_twice_it_is_written_once_and_settles_the_appointment(phone) -> None:
    (row,) = day_of(phone)["rows"]
    key = str(uuid4())
    assert send(phone, row, submission_id=key).json() == {"state": "recorded"}
    assert send(phone, row, submission_id=key).json() == {"state": "recorded"}
    contact = Contact.objects.get()
    assert Appointment.objects.get().contact == contact


def test_what_changed_meanwhile_is_told_and_the_person_chooses(phone, case) -> None:
    (row,) = day_of(phone)["rows"]
    a_contact(case, summary="Écrit au bureau.", minutes=30)
    answer = send(phone, row)
    assert answer.status_code == 409
    told = {line["label"]: (line["theirs"], line["typed"]) for line in answer.json()["told"]}
    assert told["Minutes"] == ("30", "20")
    assert told["Ce qui s’est dit"] == ("Écrit au bureau.", "Dit en route.")
    assert Contact.objects.count() == 1
    assert send(phone, row | {"seen": answer.json()["now"]}).status_code == 200
    assert Contact.objects.count() == 2


def test_an_appointment_called_off_meanwhile_stays_so(phone) -> None:
    (row,) = day_of(phone)["rows"]
    Appointment.objects.update(state="CANCELLED")
    answer = send(phone, row)
    assert [line["label"] for line in answer.json()["told"]] == ["Le rendez-vous"]
    assert send(phone, row | {"seen": answer.json()["now"]}).status_code == 200
    assert Appointment.objects.get().state == "CANCELLED"


def test_a_case_of_another_house_is_refused_with_a_sentence(phone, case) -> None:
    (row,) = day_of(phone)["rows"]
    answer = send(phone, row | {"case": str(a_case(a_coach()).pk)})
    assert answer.status_code == 422
    assert answer.json()["errors"] == ["Ce dossier ne vous est plus ouvert."]


def test_a_refusal_says_why(phone) -> None:
    (row,) = day_of(phone)["rows"]
    assert send(phone, row, summary="").json()["errors"] == ["Dites en une phrase ce qui s’est dit."]


def test_the_key_is_one_s_own_and_one_log_in_s() -> None:
    one, other = a_coach(), a_coach()
    keys = {key_of_session(one, "a"), key_of_session(one, "b"), key_of_session(other, "a")}
    assert len(keys) == 3
    assert key_of_session(one, "a") in keys


def test_the_shell_names_nobody_and_the_worker_keeps_only_what_is_listed(phone, case) -> None:
    page = phone.get(reverse("road:page")).content.decode()
    assert case.coach.last_name not in page
    worker = phone.get(reverse("road:worker"))
    assert worker["Service-Worker-Allowed"] == "/"
    kept = json.loads(worker.content.decode().split("const kept = ")[1].split(";\n")[0])
    assert kept["page"] == reverse("road:page")
    assert all(file.startswith("/static/") for file in kept["files"])


def test_a_log_out_empties_the_browser(phone) -> None:
    answer = phone.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in phone.get(reverse("account_login"))
