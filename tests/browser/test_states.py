"""What opens and answers on a page is as sound as the page at rest: menus, pickers, the palette, a pressed row.

One visit each: the states are gone through one after the other, and axe looks at each.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from employers.models import Company
from followup.services.contacts import AppointmentPlan, plan_appointment
from foundation.clock import today
from tests.browser.conftest import DESKTOP, PHONE, LogIn
from tests.browser.test_accessibility import violations_in_both_modes
from tests.factories.stories import a_coach, a_company, in_prehire

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def faults(page: Page, state: str) -> list[str]:
    """What axe finds as the page is now, light and dark."""
    return [f"{state}: {one}" for one in violations_in_both_modes(page)]


def test_a_row_is_sound_in_each_of_its_states(log_in: LogIn) -> None:
    coach = a_coach()
    case = in_prehire(coach, since=today() - 30 * DAY, phone="0470 12 34 56")
    plan_appointment(case=case, plan=AppointmentPlan(on=today(), channel="PHONE"), actor=coach)
    page = log_in(coach)
    page.goto(reverse("followup:my_day"))
    row, wrong = page.locator(f"#p-{case.pk}"), []

    row.locator(".desk-open summary").click()
    wrong += faults(page, "reasons open")
    for size in (page.viewport_size, PHONE):
        page.set_viewport_size(size)
        row.locator(".acts-menu summary").click()
        expect(row.get_by_role("button", name="Une note courte…")).to_be_visible()
        wrong += faults(page, f"menu open, {size['width']} px")
        page.keyboard.press("Escape")
    row.locator(".acts-menu summary").click()
    row.get_by_role("button", name="Une note courte…").click()
    expect(page.locator(".acts-form").first).to_be_visible()
    wrong += faults(page, "answer asked on the row")
    page.goto(reverse("followup:my_day"))
    page.keyboard.press("j")
    row.locator(".acts-menu summary").click()
    row.locator("button[value=no_reply]:visible").first.click()
    expect(row).to_contain_text("Sans réponse, 1er essai")
    wrong += faults(page, "answered")
    row.get_by_role("button", name="Annuler").click()
    expect(row).not_to_contain_text("Sans réponse, 1er essai")
    wrong += faults(page, "undone")
    page.set_viewport_size(PHONE)
    page.locator(".rail").get_by_role("button", name="Absence").first.click()
    expect(page.locator(".rail")).to_contain_text("Absence consignée")
    wrong += faults(page, "outcome said")
    assert not wrong, "\n".join(wrong)


def test_what_opens_over_a_page_is_sound(log_in: LogIn) -> None:
    coach = a_coach()
    case = in_prehire(coach, first_name="Dylan", last_name="Écaussart")
    a_company(coach, name="Brasserie Écaussine")
    page, wrong = log_in(coach), []
    page.goto(reverse("followup:my_day"))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Les touches de cette page")).to_be_visible()
    wrong += faults(page, "keys told")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    wrong += faults(page, "palette open")
    page.keyboard.type("ecau")
    expect(page.get_by_role("option", name="Dylan Écaussart")).to_be_visible()
    wrong += faults(page, "palette, found")
    page.keyboard.type("zzz")
    expect(page.get_by_role("option", name="Dylan Écaussart")).to_be_hidden()
    wrong += faults(page, "palette, nothing found")

    page.goto(reverse("followup:case_list"))
    for menu in page.locator("details[data-menu] > summary:visible").all():
        menu.click()
        wrong += faults(page, f"open menu {menu.inner_text()}")
        page.keyboard.press("Escape")
    # With a thumb: a row is ticked wherever it is pressed, and what can be done of it stands in sight.
    page.set_viewport_size(PHONE)
    page.locator(".cl-pick").click()
    page.locator("tr[data-row]").first.click(position={"x": 250, "y": 30})
    expect(page.locator("[data-ticked]")).to_have_text("1")
    expect(page.get_by_role("button", name="Imprimer la liste d’appels")).to_be_in_viewport()
    wrong += faults(page, "row ticked by thumb")
    page.set_viewport_size(DESKTOP)

    page.goto(reverse("followup:contact_create", args=[case.pk]) + "?avec=employeur")
    page.get_by_text("Ajouter").click()
    page.get_by_label("l’employeur", exact=True).check()
    firm = page.locator("#id_company")
    firm.press_sequentially("brass")
    expect(page.get_by_role("option", name="Brasserie Écaussine")).to_be_visible()
    wrong += faults(page, "picker open")
    # Nobody of that name: it is written from here, by keyboard, and what was typed is there still.
    page.get_by_label("Ce qui s’est dit").fill("Des mots à garder")
    firm.fill("")
    firm.press_sequentially("Menuiserie Neuve")
    expect(page.get_by_role("option", name="Créer l’entreprise « Menuiserie Neuve »")).to_be_visible()
    firm.press("ArrowUp")
    with page.expect_navigation():
        firm.press("Enter")
    expect(page.get_by_role("group", name="Nouvelle entreprise").get_by_label("Nom de l’entreprise")).to_be_focused()
    wrong += faults(page, "sheet of a new firm")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(firm).to_have_value("Menuiserie Neuve")
    expect(page.locator("input[name=company]")).to_have_value(str(Company.objects.get(name="Menuiserie Neuve").pk))
    expect(page.get_by_label("Ce qui s’est dit")).to_have_value("Des mots à garder")
    assert not wrong, "\n".join(wrong)
