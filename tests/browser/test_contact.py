"""Writing down a contact in a real browser: kept while one types, asked only what matters, by the keyboard alone."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect

from followup.models import Contact, ContactDraft
from followup.services.phrases import keep_phrases
from foundation.clock import today
from tests.browser.conftest import LogIn
from tests.factories.stories import a_case, a_coach, a_company

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Elle a trouvé une garde pour le petit."


def test_what_is_typed_is_kept_and_there_again(log_in: LogIn) -> None:
    case = a_case(a_coach())
    page = log_in(case.coach)
    form = reverse("followup:contact_create", args=[case.pk])
    page.goto(form)
    page.get_by_label("Ce qui s’est dit").fill(WORDS)
    page.get_by_label("45", exact=True).focus()
    expect(page.locator(".draft-state")).to_contain_text("Brouillon enregistré à")
    assert ContactDraft.objects.get(case=case).words["summary"] == WORDS
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(reverse("followup:my_day"))
    page.get_by_role("region", name="Brouillons à terminer").get_by_role("link").click()
    expect(page.get_by_label("Ce qui s’est dit")).to_have_value(WORDS)


def test_a_session_that_ends_while_one_types_loses_nothing(log_in: LogIn) -> None:
    case = a_case(a_coach())
    page = log_in(case.coach)
    page.goto(reverse("followup:contact_create", args=[case.pk]))
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("Ce qui s’est dit").fill(WORDS)
    page.get_by_label("45", exact=True).focus()
    expect(page.locator(".draft-state")).to_contain_text("Votre session a expiré")
    page.get_by_label("45", exact=True).check()
    page.get_by_role("button", name="Consigner", exact=True).click()
    page.locator("input[name=login]").fill(case.coach.email)
    page.locator("input[name=password]").fill("une-phrase-de-passe-assez-longue")
    page.locator("main button[type=submit]").first.click()
    expect(page.get_by_text("Votre session avait expiré")).to_be_visible()
    page.get_by_role("button", name="Consigner", exact=True).click()
    expect(page.get_by_text("consigné.")).to_be_visible()
    assert Contact.objects.get(case=case).summary == WORDS


def test_what_the_answers_make_useless_steps_aside(log_in: LogIn) -> None:
    case = a_case(a_coach())
    a_company(case.coach)
    page = log_in(case.coach)
    page.goto(reverse("followup:contact_create", args=[case.pk]))
    firm, duration = page.locator("[data-choosing-name=company]"), page.get_by_role("group", name="Minutes")
    page.get_by_text("Ajouter").click()
    expect(firm).to_be_hidden()
    page.get_by_label("l’employeur", exact=True).check()
    expect(firm).to_be_visible()
    page.get_by_label("Absence", exact=True).check()
    expect(duration).to_be_hidden()


def test_without_javascript_a_contact_takes_the_keyboard_alone(browser: Browser, live_server) -> None:  # type: ignore[no-untyped-def]
    case = a_case(a_coach())
    client = Client()
    client.force_login(case.coach)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    visitor = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    visitor.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    page = visitor.new_page()
    page.goto(reverse("followup:contact_create", args=[case.pk]))
    page.get_by_label("45", exact=True).focus()
    page.keyboard.press("Space")
    for _stop in range(12):
        if page.get_by_label("Ce qui s’est dit").evaluate("field => field === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type(WORDS)
    page.get_by_role("button", name="Garder le brouillon").press("Enter")
    expect(page.get_by_text("Brouillon enregistré à")).to_be_visible()
    page.get_by_role("button", name="Consigner", exact=True).press("Enter")
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert Contact.objects.get(case=case).on == today()
    visitor.close()


def test_a_network_that_does_not_answer_loses_no_word(log_in: LogIn) -> None:
    case = a_case(a_coach())
    page = log_in(case.coach)
    page.goto(reverse("followup:contact_create", args=[case.pk]))
    page.get_by_label("20", exact=True).check()
    page.get_by_label("Ce qui s’est dit").fill(WORDS)
    page.context.set_offline(True)
    page.get_by_role("button", name="Consigner", exact=True).click()
    expect(page.get_by_text("Le réseau ne répond pas")).to_be_visible()
    expect(page.get_by_label("Ce qui s’est dit")).to_have_value(WORDS)
    assert not Contact.objects.exists()
    page.context.set_offline(False)
    page.get_by_role("button", name="Consigner", exact=True).dblclick()
    expect(page.get_by_text("consigné.")).to_be_visible()
    assert Contact.objects.get(case=case).summary == WORDS


def test_a_phrase_goes_where_the_caret_is_and_a_text_too_long_is_told(log_in: LogIn) -> None:
    case = a_case(a_coach())
    keep_phrases(typed="Tient le rythme", actor=case.coach)
    page = log_in(case.coach)
    page.goto(reverse("followup:contact_create", args=[case.pk]))
    words = page.get_by_label("Ce qui s’est dit")
    words.fill("Avant après")
    words.evaluate("field => field.setSelectionRange(5, 5)")
    page.get_by_role("button", name="Tient le rythme").click()
    expect(words).to_have_value("Avant Tient le rythme après")
    words.fill("x" * 20_003)
    expect(page.get_by_text("3 signes de trop")).to_be_visible()
    assert len(words.input_value()) == 20_003
