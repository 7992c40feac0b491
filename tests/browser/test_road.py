"""The network cut in a real browser: written, closed, opened, sent once; and nothing left behind."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Parameter
from followup.models import Contact
from followup.services.contacts import AppointmentPlan, plan_appointment
from foundation.clock import today
from road.parameters import RoadKey
from tests.browser.conftest import LogIn
from tests.browser.test_states import faults
from tests.factories.stories import a_case, a_coach, a_contact

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 320, "height": 720}
WORDS = "Elle sort de chez le gérant."
STORED = """async () => {
  const names = (await indexedDB.databases()).map((one) => one.name);
  return { bases: names, caches: await caches.keys(), key: sessionStorage.getItem("session") };
}"""
CONTENT = """() => new Promise((resolve) => {
  const asked = indexedDB.open("ancrage-route");
  asked.onsuccess = () => {
    const rows = asked.result.transaction("entries").objectStore("entries").getAll();
    rows.onsuccess = () => resolve(rows.result.map((row) =>
      Object.keys(row).join() + new TextDecoder().decode(row.data)).join());
  };
})"""


@pytest.fixture
def case():
    case = a_case(a_coach(), first_name="Samira", last_name="Benhaddou")
    plan_appointment(case=case, plan=AppointmentPlan(on=today(), channel="PHONE", minutes=20), actor=case.coach)
    Parameter.objects.create(
        key=RoadKey.ALLOWED, organisation=case.organisation, value=["hors_ligne"], valid_from=today(), source="essai"
    )
    return case


def open_road(page: Page) -> None:
    page.goto(reverse("road:page"))
    expect(page.get_by_role("button", name="S. B.")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")


def write(page: Page, name: str = "S. B.", words: str = WORDS) -> None:
    page.get_by_role("button", name=name).click()
    page.locator(".pill", has_text="20").click()
    page.get_by_label("Ce qui s’est dit").fill(words)
    page.get_by_role("button", name="Garder, envoyer dès que possible").click()
    expect(page.get_by_text("Gardé chiffré sur ce téléphone à")).to_be_visible()


def test_two_contacts_without_network_one_in_conflict_are_sent_once_when_it_is_back(log_in: LogIn, case) -> None:
    met = a_case(case.coach, first_name="Thierry", last_name="Colinetti")
    page = log_in(case.coach)
    page.set_viewport_size(NARROW)
    open_road(page)
    wrong = faults(page, "day and people")
    context = page.context
    context.set_offline(True)
    page.reload()
    page.get_by_label("Nom ou initiales").fill("zz")
    expect(page.get_by_text("Personne de ce nom parmi vos dossiers.")).to_be_visible()
    page.get_by_label("Nom ou initiales").fill("tc")
    page.get_by_role("button", name="T. C.").click()
    page.get_by_role("button", name="Garder, envoyer dès que possible").click()
    wrong += faults(page, "form, offline")
    page.get_by_role("button", name="Changer").click()
    write(page, "T. C.", "Rencontré à la gare.")
    write(page)
    expect(page.get_by_text("2 contacts attendent, sur ce téléphone seulement.")).to_be_visible()
    assert WORDS not in page.evaluate(CONTENT)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]

    twin = page.context.new_page()
    twin.goto(reverse("road:page"))
    expect(twin.get_by_text("2 contacts attendent, sur ce téléphone seulement.")).to_be_visible()
    expect(twin.get_by_text(WORDS)).to_have_count(0)
    assert not Contact.objects.exists()
    a_contact(case, summary="Écrit au bureau.", minutes=45, channel="VIDEO")
    context.set_offline(False)
    for one in (twin, page):
        one.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_role("group", name="Ce qui s’est dit").get_by_text("Écrit au bureau.")).to_be_visible()
    wrong += faults(page, "conflict")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert Contact.objects.get(case=met).summary == "Rencontré à la gare."

    page.get_by_role("group", name="Ce qui s’est dit").get_by_label("Les deux").check()
    page.get_by_role("group", name="Comment").get_by_label("Sur le serveur").check()
    page.get_by_role("group", name="Minutes").get_by_label("Écrit ici").check()
    page.get_by_role("button", name="N’en faire qu’un").click()
    expect(page.get_by_role("heading", name="En attente d’envoi")).to_be_hidden()
    one = Contact.objects.get(case=case)
    assert (one.channel, one.minutes, one.summary) == ("VIDEO", 20, f"Écrit au bureau.\n\n{WORDS}")
    assert Contact.objects.count() == 2
    assert not wrong, "\n".join(wrong)


def test_after_a_log_out_and_for_somebody_else_nothing_is_there(log_in: LogIn, case) -> None:
    page = log_in(case.coach)
    open_road(page)
    page.context.set_offline(True)
    write(page)
    page.context.clear_cookies()
    page.context.set_offline(False)
    log_in(a_coach(case.organisation))
    page.goto(reverse("road:page"))
    expect(page.get_by_text("Aucun rendez-vous aujourd’hui.")).to_be_visible()
    assert page.evaluate(CONTENT) == ""
    page.goto(reverse("account_logout"))
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/login/**")
    assert page.evaluate(STORED) == {"bases": [], "caches": [], "key": None}
    assert not Contact.objects.exists()
