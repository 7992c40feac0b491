"""« Retirer » : the page, who is led to it, what it says before and after."""

from datetime import time, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import CoachingCase, CriterionProof, Evidence, TrustAgreement
from beneficiaries.services.corrections import undo_exit
from beneficiaries.services.phases import exit_case
from followup.enums import Channel
from followup.models import Appointment, Contact, Reminder
from followup.rules.kinds import DeadlineKind
from followup.services.contacts import AppointmentPlan, change_appointment, plan_appointment
from foundation.clock import today
from tests.factories.accounts import user_with
from tests.factories.runs import a_sent_run
from tests.factories.stories import a_case, a_coach, a_contact, a_file, a_session, in_prehire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
DAY = timedelta(days=1)


def take_url(kind, row, query="") -> str:
    return reverse("accounts:take_back", args=[kind, row.pk]) + query


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def an_appointment(case, on, at=time(10)) -> Appointment:
    plan = AppointmentPlan(on=on, channel=Channel.IN_PERSON, at=at)
    return plan_appointment(case=case, plan=plan, actor=case.coach)


def test_the_thread_leads_its_author_to_correct_move_and_take_back(page_of, frozen):
    case = a_case(a_coach())
    contact = a_contact(case)
    colleague = a_coach(case.organisation)
    thread = reverse("followup:case_summary", args=[case.pk])
    shown = page_of(case.coach, thread).content.decode()
    for page in (
        take_url("contact", contact),
        reverse("followup:contact_move", args=[case.pk, contact.pk]),
        reverse("followup:contact_correct", args=[case.pk, contact.pk]),
    ):
        assert page in shown
        assert page not in page_of(colleague, thread).content.decode()
    frozen(today() + DAY)
    assert take_url("contact", contact) not in page_of(case.coach, thread).content.decode()
    coordinator = user_with(Role.COORDINATOR, case.organisation)
    assert take_url("contact", contact) in page_of(coordinator, thread).content.decode()


def test_who_wrote_down_a_colleague_s_contact_is_led_to_correct_it(page_of):
    case = a_case(a_coach())
    contact = a_contact(case, held_by=a_coach(case.organisation))
    shown = page_of(case.coach, reverse("followup:case_summary", args=[case.pk])).content.decode()
    assert reverse("followup:contact_correct", args=[case.pk, contact.pk]) in shown


def test_the_page_says_what_happens_names_what_was_sent_and_asks_why(page_of, send):
    case = a_case(a_coach())
    contact = a_contact(case)
    coordinator = user_with(Role.COORDINATOR, case.organisation)
    run = a_sent_run(coordinator, case)
    shown = page_of(coordinator, take_url("contact", contact)).content.decode()
    assert "Échéances, cadence et feuille de prestations" in shown
    assert reverse("reporting:run", args=[run.pk]) in shown
    assert send(coordinator, take_url("contact", contact), {}).status_code == 422
    assert send(coordinator, take_url("contact", contact), {"motive": "autre"}).status_code == 422
    thread = reverse("followup:case_summary", args=[case.pk])
    response = send(coordinator, take_url("contact", contact), {"motive": "Noté deux fois", "reason": "le 3"})
    assert response["Location"] == thread
    assert "Ce qui a bougé depuis" in said(response)
    assert not Contact.objects.exists()
    history = page_of(coordinator, reverse("beneficiaries:case_history", args=[case.pk])).content.decode()
    assert "a retiré : contact" in history
    assert "Noté deux fois : le 3" in history


def test_two_tabs_are_told_by_whom_it_was_taken_back(page_of, send):
    contact = a_contact(a_case(a_coach()))
    send(contact.coach, take_url("contact", contact), {"motive": "Noté deux fois"})
    again = send(contact.coach, take_url("contact", contact, "?next=/agenda/"), {"motive": "Noté deux fois"})
    assert again["Location"] == "/agenda/"
    assert f"Déjà retiré par {contact.coach.get_full_name()}" in said(again)


def test_a_paper_that_proves_a_criterion_is_replaced(page_of, send):
    case = in_prehire(a_coach())
    proof = CriterionProof.objects.filter(eligibility=case.eligibility).first()
    paper = proof.evidence
    assert "Remplacez-la" in page_of(case.coach, take_url("piece", paper)).content.decode()
    response = send(
        case.coach,
        reverse("beneficiaries:evidence_replace", args=[case.pk, paper.pk]),
        {
            "kind": paper.kind,
            "dated_on": f"{paper.dated_on:%d/%m/%Y}",
            "file": a_file(),
            "reason": "Pièce d’une autre personne",
        },
    )
    assert response.status_code == 302
    proof.refresh_from_db()
    assert proof.evidence_id != paper.pk
    assert not Evidence.objects.filter(pk=paper.pk).exists()


def test_a_signature_is_corrected(send):
    case = in_prehire(a_coach())
    signature = case.agreements.get(kind="CONVENTION")
    address = reverse("beneficiaries:agreement_correct", args=[case.pk, signature.pk])
    typed = {"signed_on": f"{signature.signed_on:%d/%m/%Y}", "signatories": "Les deux", "reason": "Mauvais jour"}
    assert send(case.coach, address, typed).status_code == 302
    assert TrustAgreement.objects.get(pk=signature.pk).signatories == "Les deux"
    assert send(case.coach, address, typed | {"signed_on": f"{case.opened_on - DAY:%d/%m/%Y}"}).status_code == 422


def test_a_contact_is_moved_by_its_page(send):
    coach = a_coach()
    contact, right = a_contact(a_case(coach)), a_case(coach)
    address = reverse("followup:contact_move", args=[contact.case_id, contact.pk])
    assert send(coach, address, {"case": str(right.pk), "reason": "Mauvais dossier"}).status_code == 302
    assert Contact.objects.get(pk=contact.pk).case_id == right.pk


@pytest.mark.parametrize("place", ["agenda", "my_day", "thread"])
def test_an_appointment_moves_is_cancelled_or_told_from_wherever_it_shows(place, page_of):
    case = a_case(a_coach())
    appointment = an_appointment(case, today())
    where = {
        "agenda": reverse("followup:agenda"),
        "my_day": reverse("followup:my_day"),
        "thread": reverse("followup:case_summary", args=[case.pk]),
    }[place]
    shown = page_of(case.coach, where).content.decode()
    change = reverse("followup:appointment_change", args=[case.pk, appointment.pk])
    tell = reverse("followup:contact_create", args=[case.pk]) + f"?rendez-vous={appointment.pk}"
    for page in (f"{change}?next=", tell):
        assert page in shown
    # Once its hour has come, Ma journée cancels by one press instead of by a page.
    assert f"{change}?issue=annule&amp;next=" in shown or (place == "my_day" and 'value="CANCELLED:PERSON"' in shown)


def test_the_header_of_another_tab_leads_to_the_next_appointment_and_back(page_of):
    case = a_case(a_coach())
    appointment = an_appointment(case, today() + 3 * DAY)
    where = reverse("beneficiaries:case_path", args=[case.pk])
    change = reverse("followup:appointment_change", args=[case.pk, appointment.pk])
    assert f"{change}?next={where}" in page_of(case.coach, where).content.decode()
    assert change not in page_of(a_coach(case.organisation), where).content.decode()


def test_an_appointment_noted_by_mistake_is_taken_back_from_its_page(page_of):
    case = a_case(a_coach())
    appointment = an_appointment(case, today() + DAY)
    address = reverse("followup:appointment_change", args=[case.pk, appointment.pk])
    assert take_url("rendez-vous", appointment) in page_of(case.coach, address).content.decode()


def test_what_another_tab_settled_is_said_kindly(page_of):
    case = a_case(a_coach())
    appointment = an_appointment(case, today() + DAY)
    change_appointment(appointment=appointment, state="CANCELLED", cancelled_by="COACH", actor=case.coach)
    address = reverse("followup:appointment_change", args=[case.pk, appointment.pk]) + "?next=/agenda/"
    response = page_of(case.coach, address)
    assert response["Location"] == "/agenda/"
    assert "déjà reçu un résultat : annulé" in said(response)


def test_undoing_an_exit_names_each_appointment_that_comes_back(page_of):
    coach = a_coach()
    case, other = a_case(coach), a_case(coach)
    first, second = an_appointment(case, today() + 2 * DAY), an_appointment(case, today() + 3 * DAY)
    exit_case(case=case, on=today(), exit_reason="WITHDRAWAL", exit_outcome="JOB_SEEKING", actor=coach)
    an_appointment(other, second.on, second.at)
    coordinator = user_with(Role.COORDINATOR, case.organisation)
    shown = page_of(coordinator, reverse("beneficiaries:exit_undo", args=[case.pk])).content.decode()
    assert f"Revient : le rendez-vous du {first.on:%d/%m/%Y}" in shown
    assert "l’heure est donnée à" in shown
    undo_exit(case=CoachingCase.objects.get(pk=case.pk), reason="Erreur", actor=coordinator)
    assert set(Appointment.objects.filter(case=case).values_list("state", flat=True)) == {"PLANNED"}


def test_a_reminder_of_an_outcome_leads_to_say_it(page_of, frozen):
    case = a_case(a_coach())
    appointment = an_appointment(case, today())
    frozen(today() + 2 * DAY)
    Reminder.objects.create(
        organisation=case.organisation,
        case=case,
        rule=DeadlineKind.APPOINTMENT,
        due_on=appointment.on,
        recipient=case.coach,
        raised_on=today(),
    )
    shown = page_of(case.coach, reverse("followup:reminder_list")).content.decode()
    assert f'name="appointment" value="{appointment.pk}"' in shown
    assert 'name="act" value="ABSENT"' in shown
    assert f"rendez-vous={appointment.pk}&amp;next=" in shown
    assert reverse("followup:appointment_change", args=[case.pk, appointment.pk]) in shown


def test_who_comes_to_tell_of_an_appointment_that_was_cancelled_meanwhile_is_told(page_of):
    case = a_case(a_coach())
    appointment = an_appointment(case, today())
    change_appointment(appointment=appointment, state="CANCELLED", cancelled_by="PERSON", actor=case.coach)
    address = reverse("followup:contact_create", args=[case.pk]) + f"?rendez-vous={appointment.pk}"
    response = page_of(case.coach, address)
    assert response.status_code == 200
    assert "Ce rendez-vous a déjà reçu un résultat" in response.content.decode()


def test_a_session_is_changed_and_called_off_from_the_agenda_and_back(page_of):
    session = a_session(a_coach())
    where = reverse("followup:agenda") + f"?jour={session.on.isoformat()}"
    shown = page_of(session.leader, where).content.decode()
    for name in ("session_edit", "session_cancel"):
        assert f"{reverse(f'followup:{name}', args=[session.pk])}?next=/agenda/%3Fjour" in shown
