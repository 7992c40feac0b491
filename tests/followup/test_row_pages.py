"""The rows of the coach's day: pressed with htmx or without, answered where they stand."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from followup.enums import AppointmentState
from followup.models import Appointment, Contact, ContactDraft, RowAct
from followup.services.contacts import AppointmentPlan, plan_appointment
from foundation.clock import today
from tests.factories.stories import a_coach, a_contact, in_prehire

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HTMX = {"HX-Request": "true"}
DAY_PAGE = "/ma-journee/"


@pytest.fixture
def coach():
    return a_coach()


@pytest.fixture
def case(frozen, coach):
    return in_prehire(coach, since=today() - 12 * DAY, first_name="Aline", last_name="Exemple")


@pytest.fixture
def client(coach, case):
    browser = Client()
    browser.force_login(coach)
    return browser


def hidden(page: str, case) -> dict[str, str]:
    """The hidden fields of the first form about a case, as a browser would send them."""
    form = re.search(rf'<form[^>]*action="/ma-journee/{case.pk}/".*?</form>', page, re.S)
    assert form is not None
    return {
        name: value
        for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form[0])
        if name != "csrfmiddlewaretoken"
    }


def row_of(page: str, case) -> str:
    found = re.search(rf'<tr class="[^"]*" id="p-{case.pk}".*?</tr>', page, re.S)
    assert found is not None
    return found[0]


def press(client, case, act: str, **more):
    """What the button of the row sends."""
    page = client.get(DAY_PAGE).text
    headers = more.pop("headers", {})
    return client.post(
        reverse("followup:row_act", args=[case.pk]), hidden(page, case) | {"act": act} | more, headers=headers
    )


def test_with_htmx_the_row_answers_green_and_can_be_undone_there(client, case):
    answer = press(client, case, "no_reply", headers=HTMX).text

    assert "desk-did" in answer
    assert "Sans réponse, 1er essai" in answer
    assert "reste dû" in answer
    act = RowAct.objects.get()
    undone = client.post(reverse("followup:row_undo", args=[act.pk]), headers=HTMX).text
    assert "desk-did" not in undone
    assert "Contact à prendre" in undone or "Premier contact" in undone
    assert not Contact.objects.exists()


def test_without_javascript_the_page_comes_back_with_the_row_at_its_place_until_the_next_load(client, case, coach):
    in_prehire(coach, since=today() - 30 * DAY)
    answer = press(client, case, f"day:{today() + DAY}")

    back = client.get(answer["Location"])
    row = row_of(back.text, case)
    assert "Reporté : demain" in row
    assert "Annuler" in row
    assert [need.case for group in back.context["day"].groups if group.code == "late" for need in group.needs] == [case]
    assert "desk-did" not in client.get(DAY_PAGE).text

    client.post(reverse("followup:row_undo", args=[RowAct.objects.get().pk]))
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(("act", "state"), [("HELD", "HELD"), ("ABSENT", "NO_SHOW"), ("CANCELLED:COACH", "CANCELLED")])
def test_the_outcome_of_an_appointment_is_one_press_and_one_to_undo(frozen, client, case, coach, act, state):
    one = plan_appointment(case=case, plan=AppointmentPlan(on=today(), channel="PHONE"), actor=coach)
    frozen(today() + DAY)
    client.force_login(coach)
    page = client.get(DAY_PAGE).text
    form = re.search(r'<form class="outcomes".*?</form>', page, re.S)
    sent = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form[0])) | {"act": act}

    answer = client.post(reverse("followup:row_act", args=[case.pk]), sent, headers=HTMX).text
    one.refresh_from_db()
    assert one.state == state
    assert "desk-did" in answer
    assert 'hx-swap-oob="outerHTML"' in answer
    assert one.cancelled_by == ("COACH" if state == "CANCELLED" else "")

    again = client.post(reverse("followup:row_undo", args=[RowAct.objects.get().pk]), headers=HTMX).text
    one.refresh_from_db()
    assert (one.state, one.contact, one.cancelled_by) == (AppointmentState.PLANNED, None, "")
    assert 'value="HELD"' in again


def test_a_row_of_before_is_refused_with_who_wrote_and_nothing_is_noted(client, case):
    sent = hidden(client.get(DAY_PAGE).text, case) | {"act": "no_reply"}
    a_contact(case)

    answer = client.post(reverse("followup:row_act", args=[case.pk]), sent, headers=HTMX)

    assert answer.status_code == 422
    assert "Vous avez écrit dans ce dossier depuis une autre page" in answer.text
    assert "Relire" in answer.text
    assert not Contact.objects.filter(outcome="NO_REPLY").exists()
    plain = client.post(reverse("followup:row_act", args=[case.pk]), sent)
    assert "rien n’est noté" in client.get(plain["Location"]).text


def test_another_day_asks_for_its_reason_on_the_row_and_on_a_page(client, case):
    asked = press(client, case, "other_day")
    page = client.get(asked["Location"]).text
    assert "Reporter à un autre jour" in page
    form = client.get(asked["Location"], headers=HTMX).text
    assert form.lstrip().startswith("<tr")

    sent = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)) | {
        "next_on": f"{today() + 3 * DAY:%d/%m/%Y}",
        "reason": "Fermé le lundi",
    }
    answer = client.post(reverse("followup:row_postpone", args=[case.pk]), sent, headers=HTMX).text
    assert "Reporté : jeudi" in answer
    assert Appointment.objects.get().on == today() + 3 * DAY


def test_an_unlikely_day_is_asked_about_on_the_row(client, case):
    sunday = today() + 6 * DAY
    sent = {"page": str(uuid4()), "key": str(uuid4()), "next_on": f"{sunday:%d/%m/%Y}"}
    sent["seen"] = hidden(client.get(DAY_PAGE).text, case)["seen"]
    asked = client.post(reverse("followup:row_postpone", args=[case.pk]), sent, headers=HTMX)
    assert asked.status_code == 422
    code = re.search(r'name="asked_once"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="asked_once"', asked.text)
    assert code is not None
    sent["asked_once"] = code[1] or code[2]
    assert "Reporté" in client.post(reverse("followup:row_postpone", args=[case.pk]), sent, headers=HTMX).text


def test_a_note_waits_in_the_next_contact(client, case):
    sent = hidden(client.get(DAY_PAGE).text, case) | {"words": "Rappeler après 16 h"}
    answer = client.post(reverse("followup:row_note", args=[case.pk]), sent, headers=HTMX).text
    assert "Note gardée" in answer
    assert "Rappeler après 16 h" in client.get(reverse("followup:contact_create", args=[case.pk])).text
    client.post(reverse("followup:row_undo", args=[RowAct.objects.get().pk]), headers=HTMX)
    assert not ContactDraft.objects.exists()


@pytest.mark.parametrize(
    "broken", [{"key": "x"}, {"seen": "hier"}, {"page": ""}, {"due": "31/02"}, {"group": "x" * 40}]
)
def test_what_a_row_carries_may_be_broken_and_harms_nothing(client, case, broken):
    sent = hidden(client.get(DAY_PAGE).text, case) | {"act": "no_reply"} | broken
    assert client.post(reverse("followup:row_act", args=[case.pk]), sent).status_code == 302
    assert client.get(DAY_PAGE, {"page": "x"}).status_code == 200


def test_nobody_undoes_for_another(client, case, coach):
    press(client, case, "no_reply")
    other = Client()
    other.force_login(a_coach(coach.current_organisation))
    act = RowAct.objects.get()
    assert other.post(reverse("followup:row_undo", args=[act.pk])).status_code == 404
    assert Contact.objects.count() == 1


def test_a_row_says_its_person_what_since_the_last_word_and_the_rest_on_demand(client, case, coach):
    firm_day = date(2025, 2, 28)
    a_contact(case, on=firm_day, summary="Elle cherche une garde d’enfants le mercredi.")
    for ago in (2, 1, 0):
        a_contact(case, on=today() - ago * DAY, outcome="NO_SHOW", minutes=0, summary="")
    row = row_of(client.get(DAY_PAGE).text, case)
    assert "3 absences de suite" in row
    assert "« " not in row
    assert "Elle cherche une garde d’enfants le mercredi." in row
    assert "Consigner un contact avec Aline Exemple" in row


def test_the_page_costs_as_much_for_sixty_people_and_a_page_that_was_pressed_on(
    coach, client, case, django_assert_max_num_queries
):
    for number in range(59):
        in_prehire(coach, since=today() - number * DAY)
    address = press(client, case, "no_reply")["Location"]
    with django_assert_max_num_queries(15):
        assert len(client.get(address).context["day"].people) == 60
