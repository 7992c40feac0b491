"""Consigner un contact: filled before one types, refused in words, never lost."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import CoachingCase
from beneficiaries.services.path import set_objective
from followup.models import Appointment, Contact, ContactDraft
from followup.services.contacts import AppointmentPlan, plan_appointment
from foundation.choosing import propose
from foundation.clock import today
from tests.factories.accounts import user_with
from tests.factories.stories import (
    a_case,
    a_coach,
    a_company,
    a_contact,
    an_accepted_match,
    closed,
    in_followup,
    in_prehire,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def url(case: CoachingCase, query: str = "") -> str:
    return reverse("followup:contact_create", args=[case.pk]) + query


def typed(**fields) -> dict[str, object]:
    return {
        "on": f"{today():%d/%m/%Y}",
        "channel": "IN_PERSON",
        "party": "BENEFICIARY",
        "outcome": "HELD",
        "minutes": "45",
        "summary": "Nous avons relu le CV.",
        "submission_id": str(uuid4()),
    } | fields


def initial(page_of, case, query: str = "") -> dict[str, object]:
    form = page_of(case.coach, url(case, query)).context["form"]
    return {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}


def test_the_first_contact_is_of_today_in_person_with_the_person(frozen, page_of):
    first = initial(page_of, a_case(a_coach()))
    assert (first["on"], first["channel"], first["party"], first["outcome"]) == (
        today(),
        "IN_PERSON",
        "BENEFICIARY",
        "HELD",
    )


def test_the_next_one_has_the_habits_of_the_last(frozen, page_of):
    case = a_case(a_coach())
    a_contact(case, on=today() - 9 * DAY, channel="PHONE", place="REMOTE", minutes=20)
    a_contact(case, on=today() - 2 * DAY, outcome="NO_SHOW", minutes=0, summary="")
    found = initial(page_of, case)
    assert (found["on"], found["channel"], found["place"], found["minutes"]) == (today(), "PHONE", "REMOTE", 20)


def test_at_most_four_things_are_compulsory(frozen, page_of):
    page = page_of(a_coach_case := a_case(a_coach()).coach, url(CoachingCase.objects.get(coach=a_coach_case)))
    form = page.context["form"]
    asked = [bound.name for bound in form.visible_fields() if not bound.is_optional]
    empty = [name for name in asked if not form.get_initial_for_field(form.fields[name], name)]
    assert empty == ["minutes", "summary"]
    assert len(form.visible_fields()) <= 12


def test_it_is_written_and_the_page_says_so(frozen, send):
    case = a_case(a_coach(), first_name="Aline", last_name="Exemple")
    response = send(case.coach, url(case), typed(next_on="10/03/2025", next_at="14h30", next_place="OFFICE"))
    assert (response.status_code, response["Location"]) == (302, reverse("followup:case_summary", args=[case.pk]))
    contact, planned = Contact.objects.get(), Appointment.objects.get()
    assert (contact.on, contact.minutes, contact.summary) == (today(), 45, "Nous avons relu le CV.")
    assert (planned.on, planned.at, planned.place, planned.minutes) == (date(2025, 3, 10), time(14, 30), "OFFICE", 45)


def test_it_goes_back_to_where_one_came_from_and_nowhere_else(frozen, send):
    case = a_case(a_coach())
    assert send(case.coach, url(case), typed(next="/ma-journee/"))["Location"] == "/ma-journee/"
    away = send(case.coach, url(case), typed(next="https://example.com/"))
    assert away["Location"] == reverse("followup:case_summary", args=[case.pk])


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"on": "04/03/2025"}, "on", "La date ne peut pas être dans le futur."),
        ({"on": "31/02/2025"}, "on", "La date 31/02/2025 n’existe pas dans le calendrier."),
        ({"on": "01/01/2025"}, "on", "Le dossier n’est ouvert que depuis le 11/02/2025."),
        ({"minutes": ""}, "minutes", "Indiquez la durée."),
        ({"minutes": "1h75"}, "minutes", "Écrivez la durée en minutes (45) ou en heures (1h30)."),
        ({"summary": " "}, "summary", "Dites en une phrase ce qui s’est dit."),
        ({"channel": ""}, "channel", "Choisissez une réponse à « Comment »."),
        ({"party": "EMPLOYER"}, "company", "Indiquez l’entreprise rencontrée."),
        ({"next_on": "01/03/2025"}, "next_on", "Un rendez-vous se prend aujourd’hui ou plus tard."),
        ({"next_at": "10:00"}, "next_on", "Indiquez le jour du prochain rendez-vous."),
    ],
)
def test_each_refusal_stands_beside_its_field_and_keeps_what_was_typed(frozen, send, fields, field, sentence):
    case = a_case(a_coach())
    response = send(case.coach, url(case), typed(**({"summary": "Un long récit."} | fields)))
    assert response.status_code == 422
    assert response.context["form"].errors[field] == [sentence]
    page = response.content.decode()
    assert fields.get("summary", "Un long récit.").strip() in page
    assert 'id="error-summary"' in page
    assert not Contact.objects.exists()


def test_an_absence_needs_no_words(frozen, send):
    case = a_case(a_coach())
    assert send(case.coach, url(case), typed(outcome="NO_SHOW", summary="", minutes="")).status_code == 302
    assert Contact.objects.get().outcome == "NO_SHOW"


def test_a_double_click_writes_once(frozen, send):
    case, data = a_case(a_coach()), typed()
    assert [send(case.coach, url(case), data).status_code for _click in range(2)] == [302, 302]
    assert Contact.objects.count() == 1


def test_goals_and_firms_are_offered_those_of_the_path_first(frozen, page_of, send):
    coach = a_coach()
    far = a_company(coach, name="Aaa loin")
    job, matched = a_company(coach, name="Zzz emploi"), None
    case = in_followup(coach, company=job)
    matched = an_accepted_match(case).vacancy.company
    goal = set_objective(case=case, title="Permis B", set_on=today(), actor=coach)
    field = page_of(coach, url(case)).context["form"].fields["company"]
    first = [one.value for one in propose(field.source, field.proposed, "").found]
    assert set(first[:2]) == {str(job.pk), str(matched.pk)}
    assert first[2:] == [str(far.pk)]
    data = typed(party="BOTH", company=str(job.pk), objectives=[str(goal.pk)])
    assert send(coach, url(case), data).status_code == 302
    contact = Contact.objects.get()
    assert (contact.company, list(contact.objectives.all())) == (job, [goal])


def test_a_firm_that_must_not_know_is_not_offered(frozen, page_of):
    coach = a_coach()
    case = in_followup(coach, mode="DISCREET", company=a_company(coach, name="Ne sait rien"))
    assert "Ne sait rien" not in page_of(coach, url(case)).content.decode()


def test_an_employer_due_comes_filled(frozen, page_of):
    coach = a_coach()
    firm = a_company(coach)
    found = initial(page_of, in_followup(coach, company=firm), f"?avec=employeur&entreprise={firm.pk}")
    assert (found["party"], found["company"]) == ("EMPLOYER", str(firm.pk))


def test_another_organisation_s_firm_is_no_choice(frozen, send):
    case, stranger = a_case(a_coach()), a_coach()
    response = send(case.coach, url(case), typed(party="EMPLOYER", company=str(a_company(stranger).pk)))
    assert response.status_code == 422
    assert "company" in response.context["form"].errors


# --- from an appointment ----------------------------------------------------------------------------------------------


@pytest.fixture
def planned(frozen):
    case = a_case(a_coach())
    plan = AppointmentPlan(on=today(), at=time(9), channel="VIDEO", place="REMOTE", minutes=30)
    return plan_appointment(case=case, plan=plan, actor=case.coach)


def test_an_appointment_fills_the_form_and_is_settled(planned, frozen, page_of, send):
    on = planned.on
    frozen(on + 2 * DAY)
    case, query = planned.case, f"?rendez-vous={planned.pk}"
    found = initial(page_of, case, query)
    assert (found["on"], found["channel"], found["minutes"], found["appointment"]) == (on, "VIDEO", 30, planned.pk)
    send(case.coach, url(case, query), typed(on=f"{on:%d/%m/%Y}", appointment=str(planned.pk)))
    planned.refresh_from_db()
    assert (planned.state, planned.contact) == ("HELD", Contact.objects.get())


def test_an_absence_in_two_clicks(planned, page_of, send):
    case, query = planned.case, f"?rendez-vous={planned.pk}&issue=absente"
    form = page_of(case.coach, url(case, query)).context["form"]
    assert form.get_initial_for_field(form.fields["outcome"], "outcome") == "NO_SHOW"
    sent = {bound.name: bound.value() for bound in form if bound.value() not in (None, "")}
    assert send(case.coach, url(case, query), sent | {"on": f"{today():%d/%m/%Y}"}).status_code == 302
    planned.refresh_from_db()
    assert planned.state == "NO_SHOW"


@pytest.mark.parametrize("key", ["nonsense", "5f0c2f9e-6f0b-4f0e-9d53-3f1c7f0a1b2c"])
def test_an_appointment_that_is_not_there_changes_nothing(planned, page_of, key):
    assert initial(page_of, planned.case, f"?rendez-vous={key}")["channel"] == "IN_PERSON"


def test_an_appointment_of_another_case_is_not_settled(planned, frozen, send):
    other = a_case(planned.case.coach)
    send(other.coach, url(other), typed(appointment=str(planned.pk)))
    planned.refresh_from_db()
    assert planned.state == "PLANNED"


# --- outside the mandate ----------------------------------------------------------------------------------------------


def test_after_the_exit_it_is_recorded_with_a_word_of_warning_and_nothing_to_plan(frozen, page_of, send):
    case = closed(a_coach())
    response = page_of(case.coach, url(case))
    assert "Contact hors mandat" in response.content.decode()
    assert "next_on" not in response.context["form"].fields
    assert send(case.coach, url(case), typed()).status_code == 302


def test_once_the_24_months_are_used_up_too(frozen, page_of):
    frozen("2025-01-06")
    case = in_prehire(a_coach(), since=date(2025, 1, 6))
    frozen("2027-01-05")
    assert "hors mandat" not in page_of(case.coach, url(case)).content.decode()
    frozen("2027-01-06")
    response = page_of(case.coach, url(case))
    assert "Les 24 mois sont épuisés" in response.content.decode()
    assert "next_on" not in response.context["form"].fields


def test_a_next_appointment_beyond_the_24_months_is_refused_beside_its_date(frozen, send):
    frozen("2025-01-06")
    case = in_prehire(a_coach(), since=date(2025, 1, 6))
    frozen("2027-01-04")
    response = send(case.coach, url(case), typed(next_on="12/01/2027"))
    assert response.status_code == 422
    (error,) = response.context["form"].errors["next_on"]
    assert "plus rien ne se prévoit à partir du 06/01/2027" in error
    assert not Contact.objects.exists()


# --- whose case -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.JOBCOACH, Role.ADMIN])
def test_the_team_reads_and_does_not_record_for_a_colleague(frozen, page_of, send, role):
    case = a_case(a_coach())
    other = user_with(role, case.organisation)
    if role is Role.JOBCOACH:
        assert page_of(other, url(a_case(other))).status_code == 200
    assert page_of(other, url(case)).status_code == 403
    assert send(other, url(case), typed()).status_code == 403
    assert not Contact.objects.exists()


def test_a_coordinator_records_for_anybody_of_the_organisation(frozen, send):
    case = a_case(a_coach())
    boss = user_with(Role.COORDINATOR, case.organisation)
    assert send(boss, url(case), typed()).status_code == 302
    assert Contact.objects.get().coach == boss


def test_another_organisation_s_case_does_not_exist(frozen, page_of, send):
    case, stranger = a_case(a_coach()), a_coach()
    a_case(stranger)
    assert page_of(stranger, url(case)).status_code == 404
    assert send(stranger, url(case), typed()).status_code == 404


@pytest.mark.parametrize("number", [2, 20])
def test_the_page_costs_the_same_whatever_the_number_of_firms(frozen, page_of, number):
    coach = a_coach()
    case = a_case(coach)
    for _n in range(number):
        a_company(coach)
        set_objective(case=case, title="But", set_on=today(), actor=coach)
    # One more than before: the line of the case with its clocks.
    assert page_of(coach, url(case)).statements <= 14


# --- with whom --------------------------------------------------------------------------------------------------------


def test_one_chooses_among_one_s_own_people_who_is_due_first(frozen, page_of):
    coach = a_coach()
    in_prehire(coach, since=today(), last_name="Plus tard")
    in_prehire(coach, since=today() - 20 * DAY, last_name="Attend")
    in_prehire(a_coach(coach.current_organisation), last_name="Collègue")
    response = page_of(coach, reverse("followup:contact_pick"))
    assert [s.case.beneficiary.last_name for s in response.context["page_obj"]] == ["Attend", "Plus tard"]
    found = page_of(coach, reverse("followup:contact_pick"), q="ATT")
    assert [s.case.beneficiary.last_name for s in found.context["page_obj"]] == ["Attend"]
    nobody = page_of(coach, reverse("followup:contact_pick"), q="zzz").content.decode()
    assert "Personne de ce nom dans vos dossiers ouverts" in nobody


def test_who_has_nobody_yet_is_told_how_people_come(frozen, page_of):
    coach = a_coach()
    first = page_of(coach, reverse("followup:contact_pick")).content.decode()
    assert "Le premier dossier est à ouvrir" in first
    in_prehire(a_coach(coach.current_organisation))
    alone = page_of(coach, reverse("followup:contact_pick")).content.decode()
    assert "Vous n’accompagnez encore personne" in alone


def test_a_coordinator_chooses_among_all(frozen, page_of):
    coach = a_coach()
    in_prehire(coach)
    boss = user_with(Role.COORDINATOR, coach.current_organisation)
    assert len(page_of(boss, reverse("followup:contact_pick")).context["page_obj"]) == 1


@pytest.mark.parametrize("role", [Role.ADMIN, Role.INSPECTOR, Role.ANALYST])
def test_who_records_nothing_chooses_nobody(page_of, role):
    assert page_of(user_with(role), reverse("followup:contact_pick")).status_code == 403


def test_the_quick_action_is_in_the_navigation_of_a_coach(frozen, page_of):
    page = page_of(a_coach(), reverse("followup:case_list")).content.decode()
    assert reverse("followup:contact_pick") in page


@pytest.mark.parametrize("number", [2, 20])
def test_the_choice_costs_the_same_whatever_the_number_of_people(frozen, page_of, number):
    coach = a_coach()
    for _n in range(number):
        in_prehire(coach)
    # One of them asks whether a dated parameter changed: how late is very late is one.
    assert page_of(coach, reverse("followup:contact_pick")).statements == 7


def test_nothing_is_left_of_a_contact_that_is_recorded(frozen, send):
    case = a_case(a_coach())
    client = Client()
    client.force_login(case.coach)
    words = typed()
    client.post(reverse("followup:contact_draft", args=[case.pk]), words, headers={"HX-Request": "true"})
    assert ContactDraft.objects.exists()
    client.post(url(case), words)
    assert not ContactDraft.objects.exists()
