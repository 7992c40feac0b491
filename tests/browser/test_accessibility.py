"""Every page of the permission matrix, as each role sees it: through axe, on a narrow screen, and by the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import get_resolver, reverse
from playwright.sync_api import Page, expect

from accounts.enums import Role
from accounts.models import User
from tests.browser.conftest import LogIn
from tests.factories import stories
from tests.factories.accounts import user_with
from tests.factories.worlds import Belongings, belongings
from tests.house.test_addresses import addresses
from tests.matrix.table import LINES, MAY, Line, Who, Whose
from tests.queries.rows import fill
from tests.queries.test_budgets import other_phases

pytestmark = pytest.mark.django_db(transaction=True)

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CONTRAST = ["color-contrast"]
CHECK = """(rules) => axe.run(document, {runOnly: rules, resultTypes: ["violations"]}).then((found) =>
    found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target}`)))"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
DESKTOP, PHONE, NARROW, HEIGHT = 1280, 390, 320, 800

ROLES = (Who.JOBCOACH, Who.COORDINATOR, Who.ADMIN, Who.INSPECTOR, Who.ANALYST)
DOORS = "the doors"
# Answers to machines.
NO_PAGE = {"livez", "readyz"}
# What tells one page from another of the same make: its words, and what its attributes say but for looks and meaning.
WORDS = re.compile(r">[^<]+<|(?<= )(?!class|type|role|hidden|open|disabled|checked|required)[a-z-]+=\"[^\"]*\"")


def room_of(line: Line) -> str:
    """The room that serves a line of the matrix."""
    return line.name.split(":")[0] if ":" in line.name else DOORS


ROOMS = tuple(dict.fromkeys(room_of(line) for line in LINES))


def address(line: Line, things: Belongings) -> str:
    """The address of a line for the things of the world."""
    route = {name: pattern.pattern for name, _, pattern in addresses(get_resolver())}[line.name]
    named: dict[str, object] = dict(line.given)
    for name in route.converters or route.regex.groupindex:
        if name not in named:
            named[name] = things.get(f"{room_of(line)}:{name}", things.get(name)).pk
    return reverse(line.name, kwargs=named)


def pages(who: Who, room: str) -> list[Line]:
    """The pages of a room that a role opens, about its own things for a jobcoach, a colleague's for the others."""
    whose = Whose.OWN if who is Who.JOBCOACH else Whose.COLLEAGUE
    return [
        line
        for line in LINES
        if room_of(line) == room and line.name not in NO_PAGE and line.get == 200
        if line.policy.cell(who, whose) == MAY
    ]


def violations(page: Page, rules: list[str] = RULES) -> list[str]:
    """What axe finds on the page as it is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found: list[str] = page.evaluate(CHECK, rules)
    return found


def violations_in_both_modes(page: Page) -> list[str]:
    """What axe finds on the page as it is, then its contrasts in the dark. The page is left in the light.

    Without movement, then and afterwards: a colour on its way is neither the one nor the other.
    """
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = violations(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += [f"in the dark, {violation}" for violation in violations(page, CONTRAST)]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return found


def faults_at_every_width(page: Page) -> Iterator[str]:
    """What axe finds on a wide screen and on a phone, and whether the page is wider than a narrow screen.

    A dark screen changes colours and nothing else: there the contrasts alone are looked at, on the phone.
    """
    page.set_viewport_size({"width": DESKTOP, "height": HEIGHT})
    for violation in violations(page):
        yield f"{DESKTOP} px, {violation}"
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    for violation in violations_in_both_modes(page):
        yield f"{PHONE} px, {violation}"
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    beyond = page.evaluate(OVERFLOW)
    if beyond > 0:
        yield f"{NARROW} px, {beyond} px stick out"


def make(client: Client, where: str) -> str:
    """How the main part of a page is made: where two roles see the same but for words, it is looked at once.

    Nothing for a file.
    """
    response: Any = client.get(where)
    if not response["Content-Type"].startswith("text/html"):
        response.close()
        return ""
    shown = response.content.decode()
    return WORDS.sub("", shown.partition("<main")[2].partition("</main>")[0])


class Town:
    """A small world, lived in, and one person of each role."""

    def __init__(self) -> None:
        self.coach = stories.a_coach()
        self.things = belongings(self.coach)
        fill(self.coach, self.things, 0, 3)
        here = self.coach.current_organisation
        self.people: dict[Who, User] = {
            who: self.coach if who is Who.JOBCOACH else user_with(Role[who.name], here) for who in ROLES
        }


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_is_sound_as_each_role_sees_it(log_in: LogIn, room: str) -> None:
    town = Town()
    wrong: list[str] = []
    seen: set[str] = set()
    for who, user in town.people.items():
        page, client = log_in(user), Client()
        client.force_login(user)
        # The first page that a role opens is always looked at: the navigation is the role's own.
        for position, line in enumerate(pages(who, room)):
            where = address(line, town.things)
            shown = make(client, where)
            if not shown or (position and shown in seen):
                continue
            seen.add(shown)
            page.goto(where)
            wrong += [f"{line} as {who}: {fault}" for fault in faults_at_every_width(page)]
    assert not wrong, "\n".join(wrong)


def test_the_file_of_a_case_is_sound_in_every_phase(log_in: LogIn) -> None:
    coach = stories.a_coach()
    page = log_in(coach)
    wrong: list[str] = []
    for label, where in other_phases(coach).items():
        page.goto(where)
        wrong += [f"{label}: {fault}" for fault in faults_at_every_width(page)]
    assert not wrong, "\n".join(wrong)


def test_refusals_and_the_front_door_are_sound(log_in: LogIn, page: Page) -> None:
    wrong: list[str] = []
    for where in ("/compte/login/", "/compte/password/reset/", "/accessibilite/"):
        page.goto(where)
        wrong += [f"{where}: {fault}" for fault in faults_at_every_width(page)]
    log_in(user_with(Role.ANALYST))
    for where in ("/nulle-part/", "/dossiers/"):
        page.goto(where)
        wrong += [f"{where}: {fault}" for fault in faults_at_every_width(page)]
    assert not wrong, "\n".join(wrong)


# Sent on the next turn, so that the browser answers before it leaves.
EMPTY_AND_SEND = """() => {
    const form = document.querySelector("main form[method=post].form-sheet") ||
        document.querySelector("main form[method=post]");
    for (const field of form.elements) {
        if (["checkbox", "radio"].includes(field.type)) field.checked = false;
        else if (!["hidden", "submit", "button"].includes(field.type)) field.value = "";
    }
    const button = form.querySelector("button.btn-primary, button[type=submit]:not([hidden])");
    setTimeout(() => button.click(), 0);
}"""


@pytest.mark.parametrize("room", ROOMS)
def test_a_form_sent_empty_leads_to_its_errors(log_in: LogIn, room: str) -> None:
    """The summary of the errors takes the focus, and the page with its errors is as sound as without."""
    town = Town()
    user = user_with(Role.COORDINATOR, town.coach.current_organisation)
    admin = town.people[Who.ADMIN]
    wrong: list[str] = []
    for line in LINES:
        if room_of(line) != room or line.get != 200 or line.post != 422:
            continue
        page = log_in(user if MAY in line.policy.coordinator else admin)
        page.set_viewport_size({"width": PHONE, "height": HEIGHT})
        page.goto(address(line, town.things))
        if not page.locator("main form[method=post]").count():
            continue  # nothing may be done there in this phase, and the page says so
        with page.expect_navigation() as sent:
            page.evaluate(EMPTY_AND_SEND)
        if sent.value.status != 422:
            wrong.append(f"{line}: {sent.value.status} when sent empty")
        elif not page.evaluate("document.activeElement.matches('[data-error-summary]')"):
            wrong.append(f"{line}: the summary of errors has not the focus")
        else:
            wrong += [f"{line}: {violation}" for violation in violations_in_both_modes(page)]
            wrong += [] if page.title().startswith("Erreur") else [f"{line}: the title does not say « Erreur »"]
    assert not wrong, "\n".join(wrong)


# Whether what has the focus looks otherwise than without it, and whether nothing covers it. A box hidden in its label
# may show the focus on the label.
FOCUS = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const labels = [...(e.labels || [])], around = [e, e.parentElement, ...labels];
    const looks = () => around.map((one) => { const style = getComputedStyle(one);
        return [style.outline, style.boxShadow, style.border, style.backgroundColor].join(); }).join("|");
    const box = (labels[0] && e.type === "radio" ? labels[0] : e).getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 24) / 2);
    const covered = !top || !around.some((one) => one.contains(top) || top.contains(one));
    const focused = looks();
    e.blur();
    const shown = looks() !== focused;
    e.focus();
    return {shown, covered, what: e.outerHTML.slice(0, 100)};
}"""


@pytest.mark.parametrize("name", ["followup:my_day", "followup:contact_create", "followup:case_list"])
def test_the_keyboard_is_enough(log_in: LogIn, name: str) -> None:
    """The skip link comes first, and the focus is seen wherever it goes, down to the end of the page."""
    coach = stories.a_coach()
    things = belongings(coach)
    page = log_in(coach)
    page.emulate_media(reduced_motion="reduce")
    line = next(line for line in LINES if line.name == name)
    page.goto(address(line, things))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Aller au contenu")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#contenu")).to_be_focused()
    lost: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            break
        if focus["covered"] or not focus["shown"]:
            lost.append(f"{'covered' if focus['covered'] else 'looks the same'}: {focus['what']}")
    assert not lost, "\n".join(lost)
