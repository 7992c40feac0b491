"""A real browser: the system's Chromium, driven by Playwright, against a server of the test's own."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, sync_playwright

DESKTOP = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)

LogIn = Callable[[Any], Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, so that `-m "not browser"` leaves it out.

    What a browser shows and does is the same HTML whatever the database: the pages themselves are asked on both by the
    matrix, and what their forms write by the tests of pages and services.
    """
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.once)


def chromium_path() -> str:
    """Return where the system's Chromium is. The suite never downloads a browser."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.fail("No Chromium on this machine: apt-get install chromium (or leave out: pytest --ignore=tests/browser)")


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """One Chromium for the session; each test gets a context of its own."""
    migrated = {one.alias: getattr(one, "_test_serialized_contents", "") for one in connections.all()}
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Where a loop runs, Django opens connections of its own: they too must know the rows of the migrations, which
        # each test that commits finds again.
        for one in connections.all():
            patch.setattr(one, "_test_serialized_contents", migrated[one.alias], raising=False)
        # Playwright's loop runs in this thread, and Django would refuse each query that the test itself makes.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        sandbox = [] if os.getuid() else ["--no-sandbox"]
        chromium = playwright.chromium.launch(
            executable_path=chromium_path(), args=[*sandbox, "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


class Troubles:
    """What the browser complained of: an error in the console (a breach of the policy is one), an error of a script."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def watch(self, page: Page) -> None:
        """Listen to a page from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.seen.append(f"script: {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        # An answer such as 422 (a form to correct) or 404 is the test's business: the browser logs it as an error too.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.seen.append(f"console: {message.text}")


@pytest.fixture
def context(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    """A fresh visitor in Belgium, on a screen 1280 pixels wide."""
    visitor = browser.new_context(
        base_url=live_server.url, viewport=DESKTOP, locale="fr-BE", timezone_id="Europe/Brussels"
    )
    visitor.set_default_timeout(10_000)
    yield visitor
    visitor.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page of that visitor. What the browser complains of fails the test at its end."""
    troubles = Troubles()
    context.on("page", troubles.watch)
    yield context.new_page()
    assert not troubles.seen, "The browser complained:\n" + "\n".join(troubles.seen)


@pytest.fixture
def log_in(page: Page, context: BrowserContext, live_server: Any) -> LogIn:
    """log_in(user): the page of somebody whose session is open, without typing a password."""

    def enter(user: Any) -> Page:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
        return page

    return enter
