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
from tests.factories.stories import a_case, a_coach, a_contact

pytestmark = pytest.mark.django_db(transaction=True)
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


def write(page: Page) -> None:
    page.get_by_role("button", name="S. B.").click()
    page.get_by_label("Ce qui s’est dit").fill(WORDS)
    page.get_by_role("button", name="Garder, envoyer dès que possible").click()
    expect(page.get_by_text("Gardé chiffré sur ce téléphone.")).to_be_visible()


def test_written_without_network_it_is_sent_once_when_it_is_back(log_in: LogIn, case) -> None:
    page = log_in(case.coach)
    open_road(page)
    context = page.context
    context.set_offline(True)
    page.reload()
    write(page)
    expect(page.get_by_text("1 contact attend, sur ce téléphone seulement.")).to_be_visible()
    assert WORDS not in page.evaluate(CONTENT)
    page.close()
    page = context.new_page()
    page.goto(reverse("road:page"))
    expect(page.get_by_text("1 contact attend, sur ce téléphone seulement.")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_have_count(0)
    assert not Contact.objects.exists()
    context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_role("heading", name="En attente d’envoi")).to_be_hidden()
    assert Contact.objects.get().summary == WORDS


def test_a_conflict_is_shown_and_chosen(log_in: LogIn, case) -> None:
    page = log_in(case.coach)
    open_road(page)
    page.context.set_offline(True)
    write(page)
    a_contact(case, summary="Écrit au bureau.")
    page.context.set_offline(False)
    expect(page.get_by_role("cell", name="Écrit au bureau.")).to_be_visible()
    expect(page.get_by_role("cell", name=WORDS)).to_be_visible()
    page.get_by_role("button", name="Consigner quand même").click()
    expect(page.get_by_role("heading", name="En attente d’envoi")).to_be_hidden()
    assert Contact.objects.filter(case=case).count() == 2


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
