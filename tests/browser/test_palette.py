"""The palette by the keyboard: open, choose, leave, and where the focus is."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.browser.conftest import LogIn
from tests.factories import stories

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_person_is_opened_without_the_mouse(log_in: LogIn) -> None:
    coach: User = stories.a_coach()
    for name in ("Écaussart", "Écaussinnes"):
        stories.in_prehire(coach, first_name="Dylan", last_name=name)
    page = log_in(coach)
    page.goto("/ma-journee/")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Une personne, une entreprise, un poste, un acte")
    expect(field).to_be_focused()
    page.keyboard.type("ecau")
    expect(page.get_by_role("option", name="Dylan Écaussart")).to_have_attribute("aria-selected", "true")
    expect(page.locator("[data-palette-told]")).to_have_text("2 résultats")
    page.keyboard.press("ArrowDown")
    second = page.get_by_role("option", name="Dylan Écaussinnes")
    expect(second).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(second.get_attribute("id")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Écaussinnes")


def test_leaving_gives_the_focus_back_and_leaves_no_words(log_in: LogIn) -> None:
    page = log_in(stories.a_coach())
    page.goto("/ma-journee/")
    page.keyboard.press("/")
    search = page.locator("[data-search]")
    expect(search).to_be_focused()
    page.keyboard.type("ecau")
    field = page.locator("#palette-q")
    expect(field).to_be_focused()
    expect(field).to_have_value("ecau")
    page.keyboard.press("Escape")
    expect(page.locator("[data-palette]")).to_be_hidden()
    expect(search).to_be_focused()
    expect(search).to_have_value("")
    search.evaluate("e => e.blur()")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
