"""The front door in a real browser: who knocks finds the log-in page, and the policy leaves its looks whole."""

import re

from playwright.sync_api import Page, expect


def test_who_knocks_finds_the_log_in_page(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile(r"/compte/login/\?next=/$"))
    expect(page.locator("html")).to_have_attribute("lang", "fr-be")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_style_sheet_arrives(page: Page) -> None:
    page.goto("/compte/login/")
    family = page.evaluate("getComputedStyle(document.body).fontFamily")
    assert "Times" not in family, "the page has the browser's own looks"
