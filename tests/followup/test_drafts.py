"""What is typed is never lost: not with the battery, not with the session, not with JavaScript."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from followup.models import Contact, ContactDraft
from followup.services.contacts import AppointmentPlan, plan_appointment
from foundation.clock import today
from foundation.kept_words import WRITER, recall, sign_writer
from foundation.rules.typed_words import MOST_CHARACTERS
from tests.factories.accounts import PASSWORD, user_with
from tests.factories.stories import a_case, a_coach

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
WORDS = "Elle a trouvé une garde pour le petit ; elle peut commencer à 8 h."


@pytest.fixture
def case(frozen):
    return a_case(a_coach())


@pytest.fixture
def desk(case) -> Client:
    """The coach's browser, forgery checked as in real life."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(case.coach)
    return client


def form_of(case, query: str = "") -> str:
    return reverse("followup:contact_create", args=[case.pk]) + query


def draft_of(case) -> str:
    return reverse("followup:contact_draft", args=[case.pk])


def typed(client: Client, case, **fields) -> dict[str, str]:
    """What the browser sends: the hidden fields of the page as it was opened, and what was typed."""
    page = client.get(form_of(case))
    hidden = {
        "csrfmiddlewaretoken": page.context["csrf_token"],
        WRITER: sign_writer(page.wsgi_request),
        "page": str(page.context["page_id"]),
        "took_over_from": page.context["took_over_from"],
        "submission_id": str(page.context["form"]["submission_id"].value()),
    }
    return (
        hidden
        | {
            "on": f"{today():%d/%m/%Y}",
            "channel": "IN_PERSON",
            "party": "BENEFICIARY",
            "outcome": "HELD",
            "minutes": "45",
            "summary": WORDS,
        }
        | fields
    )


def shown(client: Client, case, query: str = "") -> dict[str, object]:
    form = client.get(form_of(case, query)).context["form"]
    return {bound.name: bound.value() for bound in form}


def expire(client: Client) -> None:
    """What a night does to a session."""
    Session.objects.filter(session_key=client.session.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )


def log_in(client: Client, user, after: str) -> str:
    """Fill the log-in page as a person does, and return where it leads."""
    page = client.get(after)
    token = page.context["csrf_token"]
    data = {
        "login": user.email,
        "password": PASSWORD,
        "csrfmiddlewaretoken": token,
        "next": page.context.get("redirect_field_value", ""),
    }
    response = client.post(after, data)
    return response["Location"]


def test_the_page_says_that_it_is_kept_and_when(case, desk):
    response = desk.post(draft_of(case), typed(desk, case), headers=HTMX)
    assert response.status_code == 200
    assert "Brouillon enregistré à 10:00" in response.content.decode()
    assert "<html" not in response.content.decode()


def test_nothing_typed_or_nothing_new_writes_nothing(case, desk):
    assert desk.post(draft_of(case), typed(desk, case, summary=" "), headers=HTMX).status_code == 204
    assert not ContactDraft.objects.exists()
    data = typed(desk, case)
    assert desk.post(draft_of(case), data, headers=HTMX).status_code == 200
    kept_at = ContactDraft.objects.get().updated_at
    assert desk.post(draft_of(case), data, headers=HTMX).status_code == 204
    assert ContactDraft.objects.get().updated_at == kept_at


def test_it_is_there_when_one_comes_back(case, desk):
    data = typed(desk, case, minutes="1h3", next_on="pas une date")
    desk.post(draft_of(case), data, headers=HTMX)
    found = shown(desk, case)
    assert (found["summary"], found["minutes"], found["next_on"]) == (WORDS, "1h3", "pas une date")
    assert found["submission_id"] == data["submission_id"]
    assert "Brouillon repris" in desk.get(form_of(case)).content.decode()


def test_a_draft_never_holds_the_token_nor_what_is_no_field(case, desk):
    desk.post(draft_of(case), typed(desk, case, next="/ma-journee/", autre="x"), headers=HTMX)
    assert set(ContactDraft.objects.get().words) == {
        "submission_id",
        "on",
        "channel",
        "party",
        "outcome",
        "minutes",
        "summary",
    }


def test_without_javascript_a_button_keeps_it(case, desk):
    response = desk.post(draft_of(case), typed(desk, case, next="/ma-journee/"))
    draft = ContactDraft.objects.get()
    assert response["Location"] == f"{form_of(case)}?brouillon={draft.submission_id}&next=/ma-journee/"
    assert "Brouillon enregistré à 10:00" in desk.get(response["Location"]).content.decode()
    assert ContactDraft.objects.get().words["summary"] == WORDS


def test_it_can_be_thrown_away(case, desk):
    data = typed(desk, case)
    desk.post(draft_of(case), data, headers=HTMX)
    discard = reverse("followup:contact_draft_discard", args=[case.pk])
    token = {"csrfmiddlewaretoken": data["csrfmiddlewaretoken"]}
    desk.post(discard, token)
    assert ContactDraft.objects.exists()
    response = desk.post(discard, token | {"brouillon": data["submission_id"]})
    assert response["Location"] == form_of(case)
    assert not ContactDraft.objects.exists()


def test_a_draft_gives_way_to_the_date_and_place_of_an_appointment(case, desk):
    desk.post(draft_of(case), typed(desk, case, channel="PHONE"), headers=HTMX)
    plan = AppointmentPlan(on=today(), channel="VIDEO", minutes=30)
    planned = plan_appointment(case=case, plan=plan, actor=case.coach)
    found = shown(desk, case, f"?rendez-vous={planned.pk}")
    assert (found["summary"], found["channel"], found["minutes"]) == (WORDS, "VIDEO", 30)


def test_a_draft_is_its_author_s_alone(case, desk):
    desk.post(draft_of(case), typed(desk, case), headers=HTMX)
    boss = Client()
    boss.force_login(user_with(Role.COORDINATOR, case.organisation))
    assert shown(boss, case)["summary"] is None


def test_nobody_else_keeps_or_throws_away(case):
    colleague = a_coach(case.organisation)
    a_case(colleague)
    for user, status in ((colleague, 403), (a_coach(), 404)):
        client = Client()
        client.force_login(user)
        for address in (draft_of(case), reverse("followup:contact_draft_discard", args=[case.pk])):
            assert client.post(address, {"summary": "x"}).status_code == status


def test_two_tabs_keep_both_and_each_is_found_again(case, desk, frozen):
    one, other = typed(desk, case), typed(desk, case, summary="Le bilan de la semaine.")
    for words in (one, other, one | {"summary": f"{WORDS} Demain."}):
        frozen(timezone.now() + timedelta(minutes=1))
        assert desk.post(draft_of(case), words, headers=HTMX).status_code == 200
    page = desk.get(form_of(case)).content.decode()
    assert "Demain." in page
    assert "Un autre brouillon vous attend" in page
    assert "« Le bilan de la semaine. »" in page
    assert shown(desk, case, f"?brouillon={other['submission_id']}")["summary"] == "Le bilan de la semaine."
    assert shown(desk, case, "?brouillon=nouveau")["summary"] is None
    assert shown(desk, case, "?brouillon=autre")["summary"] is None


def test_a_tab_that_was_taken_over_learns_that_it_writes_apart(case, desk):
    first = typed(desk, case)
    desk.post(draft_of(case), first, headers=HTMX)
    second = typed(desk, case, summary=f"{WORDS} Demain.")
    assert second["submission_id"] == first["submission_id"]
    assert "à part" not in desk.post(draft_of(case), second, headers=HTMX).content.decode()
    told = desk.post(draft_of(case), first | {"summary": "Autre chose"}, headers=HTMX).content.decode()
    apart = ContactDraft.objects.exclude(submission_id=first["submission_id"]).get()
    assert "rien n’y est remplacé" in told
    assert f'value="{apart.submission_id}" hx-swap-oob="true"' in told


def test_what_arrives_after_its_contact_is_no_draft(case, desk):
    data = typed(desk, case)
    assert desk.post(form_of(case), data).status_code == 302
    assert desk.post(draft_of(case), data, headers=HTMX).status_code == 204
    assert not ContactDraft.objects.exists()
    assert shown(desk, case)["summary"] is None


def test_a_form_that_comes_back_with_other_words_asks_and_then_records(case, desk):
    data = typed(desk, case)
    desk.post(form_of(case), data)
    again = data | {"summary": "Elle a rappelé le soir."}
    response = desk.post(form_of(case), again)
    assert response.status_code == 422
    assert "a déjà servi" in response.content.decode()
    again["submission_id"] = str(response.context["form"]["submission_id"].value())
    assert desk.post(form_of(case), again).status_code == 302
    assert Contact.objects.count() == 2


# --- the session ends while one types ---------------------------------------------------------------------------------


def test_the_draft_kept_before_survives_the_session(case, desk):
    desk.post(draft_of(case), typed(desk, case), headers=HTMX)
    expire(desk)
    response = desk.get(form_of(case))
    assert response["Location"].startswith(reverse("account_login"))
    assert log_in(desk, case.coach, response["Location"]) == form_of(case)
    assert shown(desk, case)["summary"] == WORDS


def test_what_an_expired_session_sends_waits_behind_the_log_in_page(case, desk):
    data = typed(desk, case, next_on="10/03/2025")
    expire(desk)
    sent = desk.post(form_of(case), data)
    assert sent["Location"].startswith(reverse("account_login"))
    assert not Contact.objects.exists()
    assert log_in(desk, case.coach, sent["Location"]) == form_of(case)
    page = desk.get(form_of(case))
    assert "Votre session avait expiré" in page.content.decode()
    found = {bound.name: bound.value() for bound in page.context["form"]}
    assert (found["summary"], found["next_on"], found["submission_id"]) == (WORDS, "10/03/2025", data["submission_id"])
    again = {name: value for name, value in found.items() if value not in (None, "")}
    response = desk.post(form_of(case), again | {"csrfmiddlewaretoken": page.context["csrf_token"]})
    assert response.status_code == 302
    assert Contact.objects.get().summary == WORDS
    assert shown(desk, case)["summary"] is None


def test_a_page_that_keeps_typing_after_the_end_is_told_so_and_keeps_its_words(case, desk):
    data = typed(desk, case)
    expire(desk)
    response = desk.post(draft_of(case), data, headers=HTMX | {"HX-Current-URL": f"http://testserver{form_of(case)}"})
    assert response.status_code == 200
    assert "Votre session a expiré" in response.content.decode()
    assert "<form" not in response.content.decode()
    assert not ContactDraft.objects.exists()
    log_in(desk, case.coach, f"{reverse('account_login')}?next={form_of(case)}")
    assert shown(desk, case)["summary"] == WORDS


def test_it_waits_a_day_and_for_that_page_only(case, desk, frozen):
    data = typed(desk, case)
    expire(desk)
    sent = desk.post(form_of(case), data)
    log_in(desk, case.coach, sent["Location"])
    assert shown(desk, a_case(case.coach))["summary"] is None
    assert shown(desk, case)["summary"] == WORDS
    frozen(timezone.now() + timedelta(hours=24, minutes=1))
    desk.force_login(case.coach)
    assert shown(desk, case)["summary"] is None


def test_a_forged_request_keeps_nothing(case):
    visitor = Client(enforce_csrf_checks=True)
    assert visitor.post(form_of(case), {"summary": WORDS}).status_code == 403
    assert recall(str(case.coach.pk), form_of(case)) is None


def test_too_much_is_not_kept(case, desk):
    data = typed(desk, case, summary="x" * MOST_CHARACTERS)
    expire(desk)
    desk.post(form_of(case), data)
    assert recall(str(case.coach.pk), form_of(case)) is None


def test_a_visitor_s_words_about_a_case_that_is_not_theirs_lead_nowhere(case, desk):
    data = typed(desk, case)
    expire(desk)
    sent = desk.post(form_of(case), data | {"submission_id": str(uuid4())})
    stranger = a_coach()
    log_in(desk, stranger, sent["Location"])
    assert desk.get(form_of(case)).status_code == 404


def test_a_firm_that_somebody_types_is_in_nobody_else_s_form(desk, case):
    desk.post(
        draft_of(case), typed(desk, case, summary=WORDS, **{"company": "", "company-mots": "brass"}), headers=HTMX
    )
    other = a_case(a_coach())
    client = Client()
    client.force_login(other.coach)
    assert "brass" not in client.get(form_of(other)).text
