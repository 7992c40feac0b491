"""What goes wrong in a browser: two presses, two tabs, a session that expires, an address of elsewhere, no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import User
from beneficiaries.models import Beneficiary
from followup.models import Contact
from foundation.clock import today
from placements.models import Employment, Match
from tests.browser.acts import field, fill_in_log_in, log_in_at_the_door, send, told, typed
from tests.browser.conftest import LogIn
from tests.factories import stories
from tests.factories.worlds import belongings

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "Elle a relu son CV à voix haute, et s’est trouvée convaincante."


@pytest.fixture
def coach() -> User:
    return stories.a_coach()


@pytest.fixture
def plain(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A browser that runs no script."""
    visitor = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="fr-BE")
    visitor.set_default_timeout(10_000)
    yield visitor.new_page()
    visitor.close()


def ready_to_hire(page: Page, match: Match) -> None:
    page.goto(f"/dossiers/{match.case_id}/emploi/engager/?adequation={match.pk}")
    field(page, "Contrat").select_option("CDD")
    field(page, "Dernier jour prévu").fill(typed(today() + timedelta(days=90)))
    page.get_by_label("Convenu avec la personne et l’employeur").check()


def engage(page: Page) -> Any:
    return page.get_by_role("main").get_by_role("button", name="Enregistrer l’embauche", exact=True)


def test_a_double_click_on_engager_writes_once(log_in: LogIn, coach: User) -> None:
    page = log_in(coach)
    ready_to_hire(page, stories.an_accepted_match(stories.in_prehire(coach)))
    engage(page).dblclick()
    told(page, "L’embauche est enregistrée")
    assert Employment.objects.count() == 1


def test_a_double_click_writes_once_without_scripts_too(plain: Page, coach: User) -> None:
    log_in_at_the_door(plain, coach)
    ready_to_hire(plain, stories.an_accepted_match(stories.in_prehire(coach)))
    engage(plain).dblclick()
    # The browser may drop the answer to the first press, and its message with it: both lead to the contract.
    plain.wait_for_url(re.compile("/emploi/"))
    expect(plain.get_by_role("heading", name=re.compile("Contrats")).first).to_be_visible()
    assert Employment.objects.count() == 1


def test_engaging_from_two_tabs_writes_once_and_says_so(log_in: LogIn, context: BrowserContext, coach: User) -> None:
    first, match = log_in(coach), stories.an_accepted_match(stories.in_prehire(coach))
    second = context.new_page()
    for tab in (first, second):
        ready_to_hire(tab, match)
    engage(first).click()
    told(first, "L’embauche est enregistrée")
    engage(second).click()
    expect(second.get_by_text(re.compile("déjà enregistré")).first).to_be_visible()
    assert Employment.objects.count() == 1


def test_two_tabs_on_one_record_lose_nothing(log_in: LogIn, context: BrowserContext, coach: User) -> None:
    first, case = log_in(coach), stories.in_prehire(coach)
    second = context.new_page()
    for tab in (first, second):
        tab.goto(f"/dossiers/{case.pk}/personne/")
    field(first, "Téléphone").fill("087 00 00 01")
    send(first, "Enregistrer")
    told(first, "est à jour")
    field(second, "Commune").fill("Verviers")
    send(second, "Enregistrer")
    expect(second.locator("[data-error-summary]")).to_be_visible()
    expect(field(second, "Commune")).to_have_value("Verviers")
    assert Beneficiary.objects.get().town == ""
    assert Beneficiary.objects.get().phone == "087 00 00 01"


def test_a_session_that_expires_while_typing_keeps_the_words(page: Page, coach: User) -> None:
    case = stories.in_prehire(coach)
    log_in_at_the_door(page, coach)
    page.goto(f"/dossiers/{case.pk}/contacts/nouveau/")
    page.get_by_label("En personne", exact=True).check()
    page.get_by_label("45", exact=True).check()
    field(page, "Ce qui s’est dit").fill(WORDS)
    Session.objects.all().delete()
    send(page, "Consigner")
    expect(page).to_have_url(re.compile("/compte/login/"))
    assert not Contact.objects.exists()
    fill_in_log_in(page, coach)
    expect(page.get_by_text("Rien n’est perdu")).to_be_visible()
    expect(field(page, "Ce qui s’est dit")).to_have_value(WORDS)
    send(page, "Consigner")
    told(page, "consigné")
    assert Contact.objects.get().summary == WORDS


def test_an_address_of_another_organisation_is_a_page_not_found(log_in: LogIn, coach: User) -> None:
    theirs = belongings(stories.a_coach())
    stories.in_prehire(coach)
    page = log_in(coach)
    for address in (
        f"/dossiers/{theirs['case_id'].pk}/",
        f"/entreprises/{theirs['company_id'].pk}/",
        f"/postes/{theirs['vacancy_id'].pk}/",
    ):
        response = page.goto(address)
        assert response is not None
        assert response.status == 404
        expect(page.get_by_role("heading", level=1, name="Cette page est introuvable")).to_be_visible()
        expect(page.get_by_text(theirs["case_id"].beneficiary.last_name)).to_have_count(0)


def test_a_contact_is_written_down_without_scripts(plain: Page, coach: User) -> None:
    case = stories.in_prehire(coach)
    log_in_at_the_door(plain, coach)
    plain.get_by_role("banner").get_by_role("link", name="Consigner").click()
    plain.get_by_role("link", name=case.beneficiary.full_name).click()
    plain.get_by_text("autre jour").click()
    field(plain, "Date").fill(typed(today()))
    field(plain, "Ce qui s’est dit").fill(WORDS)
    plain.get_by_role("main").get_by_role("button", name="Consigner", exact=True).click()
    expect(plain.locator("[data-error-summary]")).to_be_visible()
    expect(field(plain, "Ce qui s’est dit")).to_have_value(WORDS)
    plain.get_by_label("Appel", exact=True).check()
    plain.get_by_label("20", exact=True).check()
    plain.get_by_role("main").get_by_role("button", name="Consigner", exact=True).click()
    expect(plain.get_by_text(f"Contact avec {case.beneficiary.full_name} consigné.")).to_be_visible()
    assert Contact.objects.get().summary == WORDS
