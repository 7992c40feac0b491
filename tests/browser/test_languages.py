"""The main journey of a jobcoach and that of a coordinator, in Dutch and in German: no French sentence shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import CoachingCase
from followup.models import Appointment, Contact
from foundation.clock import today
from tests.browser.acts import typed as day_typed
from tests.browser.conftest import DESKTOP
from tests.factories import stories
from tests.factories.accounts import PASSWORD, user_with
from tests.matrix.test_languages import french_in, typed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["nl", "de"])
def language(request: pytest.FixtureRequest) -> str:
    """The two letters of a language."""
    return str(request.param)


@pytest.fixture
def visitor(browser: Browser, live_server: Any, language: str) -> Iterator[Page]:
    """A visitor whose browser asks for that language."""
    context = browser.new_context(base_url=live_server.url, viewport=DESKTOP, locale=f"{language}-BE")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def holds(page: Page, language: str) -> None:
    """The page speaks the language, and nothing French stands in it but what people typed."""
    expect(page.locator("html")).to_have_attribute("lang", f"{language}-be")
    assert french_in(page.content(), language, typed()) == set(), page.url


def enter(page: Page, user: User, language: str) -> None:
    """Come in by the door, which already speaks the language of the browser."""
    User.objects.filter(pk=user.pk).update(language=f"{language}-be")
    page.goto("/")
    holds(page, language)
    page.locator("input[name=login]").fill(user.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(lambda address: "/login/" not in address)


def send(page: Page, name: str) -> None:
    """Send the form that holds this field, and wait for the page that answers."""
    form = page.locator(f"main form:has([name={name}])").first
    with page.expect_navigation():
        form.locator("button[type=submit]:visible").first.click()


def test_a_jobcoach_opens_a_case_writes_a_contact_and_plans(visitor: Page, language: str) -> None:
    coach, page = stories.a_coach(), visitor
    enter(page, coach, language)
    page.goto(reverse("followup:my_day"))
    holds(page, language)
    page.goto(reverse("beneficiaries:case_new"))
    holds(page, language)
    page.locator("[name=first_name]").fill("Farida")
    page.locator("[name=last_name]").fill("Exemple")
    send(page, "first_name")
    holds(page, language)
    case = CoachingCase.objects.get()
    page.goto(reverse("followup:contact_create", args=[case.pk]))
    holds(page, language)
    page.locator("textarea[name=summary]").fill("Eerste gesprek.")
    page.locator("[name=minutes][value='45']").first.check()
    send(page, "summary")
    holds(page, language)
    assert Contact.objects.get().minutes == 45
    page.goto(reverse("followup:appointment_create", args=[case.pk]))
    holds(page, language)
    page.locator("[name=next_on]").fill(day_typed(today() + timedelta(days=2)))
    page.locator("[name=next_at]").fill("10:00")
    send(page, "next_on")
    holds(page, language)
    assert Appointment.objects.planned().get().case == case


def test_a_coordinator_reads_the_board_and_the_agenda(visitor: Page, language: str) -> None:
    case, page = stories.in_prehire(stories.a_coach()), visitor
    enter(page, user_with(Role.COORDINATOR, case.organisation), language)
    for name in ("reporting:dashboard", "followup:agenda", "followup:case_list"):
        page.goto(reverse(name))
        holds(page, language)
