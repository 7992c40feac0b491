"""On the road: what a telephone is given, and what it sends when the network is back."""

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Parameter
from beneficiaries.models import CoachingCase
from followup.models import Appointment, Contact
from followup.services.contacts import AppointmentPlan, plan_appointment
from followup.services.phrases import keep_phrases
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
    sent |= {"owner": day_of(client).get("owner", "")}
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


def test_what_changed_meanwhile_is_told_and_the_person_records_theirs_apart(phone, case) -> None:
    (row,) = day_of(phone)["rows"]
    a_contact(case, summary="Écrit au bureau.", minutes=30)
    answer = send(phone, row)
    assert answer.status_code == 409
    fields = {one["label"]: (one["theirs"], one["typed"]) for one in answer.json()["same"]["fields"]}
    assert fields["Minutes"] == ("30", "20")
    assert fields["Ce qui s’est dit"] == ("Écrit au bureau.", "Dit en route.")
    assert Contact.objects.count() == 1
    assert send(phone, row | {"seen": answer.json()["now"]}).status_code == 200
    assert Contact.objects.count() == 2


def test_one_talk_written_twice_is_made_one_field_by_field(phone, case) -> None:
    (row,) = day_of(phone)["rows"]
    a_contact(case, summary="Écrit au bureau.", minutes=30, channel="IN_PERSON")
    shown = send(phone, row).json()
    chosen = {
        "same": shown["same"]["contact"],
        "stamp": shown["same"]["stamp"],
        "pick_minutes": "typed",
        "pick_channel": "theirs",
        "pick_summary": "both",
    }
    for _twice in range(2):
        assert send(phone, row | {"seen": shown["now"]}, **chosen).json() == {"state": "recorded"}
    one = Contact.objects.get()
    assert (one.minutes, one.channel, one.summary) == (20, "IN_PERSON", "Écrit au bureau.\n\nDit en route.")
    assert Appointment.objects.get().contact == one


def test_what_was_corrected_since_it_was_shown_is_shown_again(phone, case) -> None:
    (row,) = day_of(phone)["rows"]
    a_contact(case, summary="Écrit au bureau.", minutes=30)
    shown = send(phone, row).json()
    written = Contact.objects.get()
    written.summary = "Corrigé depuis."
    written.save()
    chosen = {"same": shown["same"]["contact"], "stamp": shown["same"]["stamp"], "pick_summary": "typed"}
    answer = send(phone, row | {"seen": shown["now"]}, **chosen)
    assert answer.status_code == 409
    assert answer.json()["same"]["fields"][-1]["theirs"] == "Corrigé depuis."
    Contact.objects.all().delete()
    assert send(phone, row, **chosen).json()["same"] is None
    assert not Contact.objects.exists()


def test_a_colleague_s_contact_is_shown_and_not_merged(phone, case) -> None:
    (row,) = day_of(phone)["rows"]
    theirs = a_contact(case, summary="Écrit par une collègue.", minutes=30)
    Contact.objects.update(coach=a_coach(case.organisation), recorded_by=None)
    shown = send(phone, row).json()
    assert shown["same"] is None
    assert "Écrit par une collègue." in [line["theirs"] for line in shown["told"]]
    chosen = {"same": str(theirs.pk), "stamp": "", "pick_summary": "typed"}
    assert send(phone, row, **chosen).status_code == 422
    assert Contact.objects.get().summary == "Écrit par une collègue."


def test_what_somebody_wrote_is_never_sent_under_another_log_in(phone, client, case) -> None:
    day = day_of(phone)
    other = a_coach(case.organisation)
    CoachingCase.objects.update(coach=other)
    client.force_login(other)
    answer = send(client, day["rows"][0], owner=day["owner"])
    assert (answer.status_code, answer.json()) == (403, {"state": "other"})
    assert send(client, day["rows"][0], owner="").status_code == 403
    assert not Contact.objects.exists()


def test_somebody_met_by_chance_is_found_by_initials_and_written_of(phone, case) -> None:
    met = a_case(case.coach, first_name="Thierry", last_name="Colinetti", phone="0470 99 99 99")
    a_case(a_coach(case.organisation), first_name="Jean", last_name="Autre")
    a_contact(met, summary="Elle parle de sa dette.")
    answer = phone.get(reverse("road:day"))
    (row,) = answer.json()["people"]
    assert (row["name"], row["phone"], row["address"]) == ("T. C.", "", "")
    assert row["hint"].startswith("préparatoire, dernier contact le ")
    for kept_back in ("Colinetti", "0470 99", "dette"):
        assert kept_back not in answer.content.decode()
    assert send(phone, row, channel="IN_PERSON").json() == {"state": "recorded"}
    assert Contact.objects.filter(case=met).count() == 2


def test_people_cost_the_same_whatever_their_number(phone, case) -> None:
    day_of(phone)  # what a log-in reads once
    with CaptureQueriesContext(connection) as few:
        day_of(phone)
    for _one in range(5):
        a_contact(a_case(case.coach), summary="Bref.")
    with CaptureQueriesContext(connection) as more:
        assert len(day_of(phone)["people"]) == 5
    assert len(more) == len(few)


def test_the_voice_is_heard_only_where_the_organisation_said_so(phone, case) -> None:
    keep_phrases(typed="Tient le rythme", actor=case.coach)
    assert day_of(phone)["dictation"] is False
    assert day_of(phone)["phrases"] == ["Tient le rythme"]
    assert "microphone=()" in phone.get(reverse("road:page"))["Permissions-Policy"]
    known = Parameter.objects.get(key=RoadKey.ALLOWED, organisation=case.organisation)
    known.value = ["hors_ligne", "dictee"]
    known.save()
    assert day_of(phone)["dictation"] is True
    assert "microphone=(self)" in phone.get(reverse("road:page"))["Permissions-Policy"]
    assert "microphone=()" in phone.get(reverse("road:manifest"))["Permissions-Policy"]


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
