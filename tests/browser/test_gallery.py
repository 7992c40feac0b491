"""Every component in a real browser: axe, narrow screens, the keyboard, no JavaScript, paper and forced colours."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.browser.conftest import LogIn
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.urls("tests.interface.gallery"), pytest.mark.django_db(transaction=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ADDRESSES = ["/galerie/", "/galerie/contact/", "/galerie/cloturer/", "/accessibilite/"]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


def overflow(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_and_nothing_sticks_out(log_in: LogIn, address: str, width: int) -> None:
    page = log_in(UserFactory(jobcoach=True, coordinator=True, admin=True))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    assert violations(page) == []
    assert overflow(page) == 0


def test_a_page_of_errors_is_as_sound(page: Page) -> None:
    page.goto("/galerie/contact/")
    page.get_by_role("button", name="Consigner", exact=True).click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Erreur : Consigner un contact – Ancrage")
    assert violations(page) == []
    summary.get_by_role("link", name="Remplissez « Ce qui s’est dit ».").click()
    expect(page.get_by_label("Ce qui s’est dit")).to_be_focused()


def test_spacing_of_text_can_be_widened(page: Page) -> None:
    """WCAG 1.4.12: line height 1.5, paragraphs 2, letters 0.12, words 0.16 em."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/galerie/")
    page.evaluate(
        """(rules) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules);
        document.adoptedStyleSheets = [sheet]; }""",
        "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
        " p { margin-bottom: 2em !important }",
    )
    assert overflow(page) == 0


def test_targets_are_large_enough(page: Page) -> None:
    """WCAG 2.5.8: 24 pixels, links inside a sentence apart."""
    page.goto("/galerie/")
    small = page.evaluate(
        """(selector) => [...document.querySelectorAll(selector)]
        .filter((e) => e.checkVisibility()).map((e) => [e.className, e.getBoundingClientRect()])
        .filter(([name, box]) => box.height < 24 || box.width < 24).map(([name]) => name)""",
        "button, summary, .btn, .tab, .page-number, .page-step, .filter-tag, .menu-item, .main-nav a, .thumb a, .sort,"
        ".back",
    )
    assert small == []


class TestKeyboard:
    def test_the_first_key_leads_to_the_content(self, page: Page) -> None:
        page.goto("/galerie/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#contenu")).to_be_focused()

    def test_slash_leads_to_the_search_and_can_be_switched_off(self, log_in: LogIn) -> None:
        page = log_in(UserFactory(jobcoach=True))
        page.goto("/galerie/")
        page.keyboard.press("/")
        search = page.locator("[data-search]")
        expect(search).to_be_focused()
        expect(search).to_have_value("")
        page.get_by_role("button", name="Éteindre les touches seules").click()
        expect(page.get_by_role("button", name="Rallumer les touches seules")).to_be_visible()
        page.keyboard.press("/")
        expect(search).not_to_be_focused()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_hidden()

    def test_slash_is_a_letter_inside_a_field(self, log_in: LogIn) -> None:
        page = log_in(UserFactory(jobcoach=True))
        page.goto("/galerie/contact/")
        page.get_by_label("Date du contact").fill("")
        page.get_by_label("Date du contact").press_sequentially("1/2")
        expect(page.get_by_label("Date du contact")).to_have_value("1/2")

    def test_escape_closes_a_menu_and_gives_the_focus_back(self, page: Page) -> None:
        page.goto("/galerie/")
        summary = page.locator("summary", has_text="Autres actions")
        summary.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Imprimer")).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        expect(page.get_by_role("link", name="Imprimer")).to_be_hidden()
        expect(summary).to_be_focused()

    def test_the_focus_is_never_hidden(self, page: Page) -> None:
        """WCAG 2.4.11, with the action that sticks to the bottom of a phone."""
        page.set_viewport_size({"width": 390, "height": 640})
        page.goto("/galerie/")
        for _ in range(45):
            page.keyboard.press("Tab")
            hidden = page.evaluate(
                """() => { const e = document.activeElement; if (!e || e === document.body) return "";
                const box = e.getBoundingClientRect();
                const seen = document.elementsFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 24) / 2);
                const top = seen[0];
                return top && (e.contains(top) || top.contains(e)) ? "" : e.outerHTML.slice(0, 120); }"""
            )
            assert hidden == ""


class TestDates:
    def test_a_calendar_a_weekday_and_shortcuts_help(self, page: Page) -> None:
        page.goto("/galerie/contact/")
        field = page.get_by_label("Date du contact")
        expect(page.locator(".date-weekday").first).to_have_text("dimanche")
        field.fill("27/03/2025")
        expect(page.locator(".date-weekday").first).to_have_text("jeudi")
        page.get_by_role("button", name="Hier").click()
        expect(field).not_to_have_value("27/03/2025")
        expect(field).to_be_focused()
        page.locator(".date-native").first.evaluate(
            "(e) => { e.value = '2025-03-27'; e.dispatchEvent(new Event('change')); }"
        )
        expect(field).to_have_value("27/03/2025")


class TestOneSubmission:
    def test_two_presses_send_once(self, page: Page) -> None:
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
        page.goto("/galerie/contact/")
        page.get_by_label("Ce qui s’est dit").fill("Le CV est prêt.")
        page.get_by_label("Téléphone").check()
        page.get_by_role("button", name="Consigner", exact=True).dblclick()
        expect(page.get_by_text("Contact consigné.").first).to_be_visible()
        assert len(sent) == 1

    def test_leaving_with_typed_words_asks(self, page: Page) -> None:
        asked: list[str] = []
        page.goto("/galerie/contact/")
        page.get_by_label("Ce qui s’est dit").press_sequentially("Le CV")

        def leave(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.accept()

        page.on("dialog", leave)
        page.get_by_role("link", name="Annuler").click()
        page.wait_for_url("**/galerie/")
        assert asked == ["beforeunload"]


@pytest.mark.usefixtures("live_server")
def test_everything_works_without_javascript(browser: Browser, live_server: object) -> None:
    visitor = browser.new_context(base_url=live_server.url, java_script_enabled=False)  # type: ignore[attr-defined]
    page = visitor.new_page()
    page.goto("/galerie/")
    page.locator("summary", has_text="Autres actions").click()
    expect(page.get_by_role("link", name="Imprimer")).to_be_visible()
    page.goto("/galerie/contact/")
    page.get_by_label("Date du contact").fill("hier")
    page.get_by_label("Téléphone").check()
    page.get_by_label("Ce qui s’est dit").fill("Le CV est prêt.")
    page.get_by_role("button", name="Consigner", exact=True).click()
    expect(page).to_have_url(f"{live_server.url}/galerie/")  # type: ignore[attr-defined]
    visitor.close()


def test_the_thumb_has_the_navigation_on_a_phone(log_in: LogIn) -> None:
    page = log_in(UserFactory(jobcoach=True))
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/galerie/")
    nav = page.get_by_role("navigation", name="Navigation principale")
    expect(nav).to_have_count(1)
    expect(nav.get_by_role("link", name="Consigner")).to_be_visible()
    expect(nav.get_by_role("link", name="Entreprises")).to_be_hidden()
    nav.locator("summary", has_text="Plus").click()
    expect(nav.get_by_role("link", name="Entreprises")).to_be_visible()
    assert violations(page) == []
    assert overflow(page) == 0
    page.locator(".user-button").click()
    expect(nav.get_by_role("link", name="Entreprises")).to_be_hidden()
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()


@pytest.mark.parametrize("media", [{"media": "print"}, {"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_the_signature_survives_every_medium(page: Page, media: dict[str, str]) -> None:
    page.emulate_media(**media)  # type: ignore[arg-type]
    page.goto("/galerie/")
    expect(page.get_by_role("list", name="Phases du parcours")).to_be_visible()
    expect(page.get_by_text("546 jours utilisés").first).to_be_visible()
    expect(page.locator(".clock-used").first).to_be_visible()
    if media.get("media") == "print":
        expect(page.locator(".top")).to_be_hidden()
        expect(page.locator(".page-actions")).to_be_hidden()
