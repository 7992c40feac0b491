"""What people do in a browser, in their words: typing a day, sending a form, reading the answer."""

import re
from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from foundation.clock import today
from tests.factories.accounts import PASSWORD


def typed(day: date) -> str:
    """A day as a Belgian types it."""
    return f"{day:%d/%m/%Y}"


def days_ago(number: int) -> date:
    """A day counted back from today."""
    return today() - timedelta(days=number)


def log_in_at_the_door(page: Page, user: User) -> None:
    """Knock, type the address and the password, come in."""
    page.goto("/")
    fill_in_log_in(page, user)
    expect(page.get_by_role("navigation", name="Navigation principale")).to_be_attached()


def fill_in_log_in(page: Page, user: User) -> None:
    """The form of the door, wherever it appears."""
    page.get_by_label("Adresse e-mail").fill(user.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def field(page: Page, label: str) -> Locator:
    """The field of a label, « (facultatif) » or not."""
    return page.get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s*\(facultatif\))?\s*$"))


def fill(page: Page, **by_label: str) -> None:
    """Type in several fields; a label's spaces are written with underscores."""
    for label, value in by_label.items():
        field(page, label.replace("_", " ")).fill(value)


def send(page: Page, button: str) -> None:
    """Press the button that sends the form, and wait for the next page."""
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def told(page: Page, words: str | re.Pattern[str]) -> None:
    """The page announces what was done."""
    expect(page.locator("[data-message]").filter(has_text=words).first).to_be_visible()


def follow(page: Page, link: str) -> None:
    """Follow a link of the page itself."""
    page.get_by_role("main").get_by_role("link", name=re.compile(rf"^\s*{re.escape(link)}")).first.click()
