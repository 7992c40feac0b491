"""The permission matrix: every address × role × ownership, asked by GET and, for acts, by POST."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from accounts.enums import Role
from accounts.models import Organisation, User
from foundation.clock import today
from tests.factories import stories
from tests.factories.accounts import MembershipFactory, OrganisationFactory
from tests.factories.worlds import Belongings, becomes, belongings
from tests.house.test_addresses import addresses
from tests.matrix.table import AWAY, LINES, MAY, TO_LOGIN, Cell, Line, Who, Whose

PAGES = pytest.mark.usefixtures("frozen", "refusals_are_expected")


def patterns() -> dict[str, URLPattern]:
    """Every address of the site under its full name; of two with one name, the one that is served."""
    found: dict[str, URLPattern] = {}
    for name, _, pattern in addresses(get_resolver()):
        found.setdefault(name, pattern)
    return found


def parameters(pattern: URLPattern) -> list[str]:
    """The names of what an address takes."""
    route: Any = pattern.pattern
    return [*(route.converters or route.regex.groupindex)]


def missing_and_gone(served: Iterable[str], listed: Iterable[str]) -> tuple[set[str], set[str]]:
    """Addresses without a line, and lines without an address."""
    return set(served) - set(listed), set(listed) - set(served)


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    missing, gone = missing_and_gone(patterns(), (line.name for line in LINES))
    assert not missing, f"Say in tests/matrix/table.py who may open: {sorted(missing)}"
    assert not gone, f"No longer an address; take it out of tests/matrix/table.py: {sorted(gone)}"


def test_the_table_would_notice() -> None:
    assert missing_and_gone(["a", "b"], ["b", "c"]) == ({"a"}, {"c"})


class World:
    """One person asks; a colleague, and somebody elsewhere, have as much as they have."""

    def __init__(self, who: Who) -> None:
        here: Organisation = OrganisationFactory()
        self.user: User | None = None
        self.elsewhere = stories.a_coach()
        self.things: dict[Whose, Belongings] = {}
        if who is not Who.VISITOR:
            self.user = stories.a_coach(here)
            self.things[Whose.OWN] = belongings(self.user)
            TOTP.activate(self.user, generate_totp_secret())
            RecoveryCodes.activate(self.user)
            if who is not Who.JOBCOACH:
                becomes(self.user, Role[who.name] if who.name in Role.names else None)
                if who is Who.STEWARD:
                    User.objects.filter(pk=self.user.pk).update(steward_since=today(), current_organisation=None)
                self.things[Whose.OWN]["membership_id"] = self.user.memberships.order_by("-starts_on").first()
        self.things[Whose.COLLEAGUE] = belongings(stories.a_coach(here))
        self.things[Whose.ELSEWHERE] = belongings(self.elsewhere)

    def logged_in(self) -> Client:
        """The browser of that person."""
        client = Client()
        if self.user is not None:
            client.force_login(User.objects.get(pk=self.user.pk))
        return client

    def address(self, line: Line, whose: Whose, **others: Whose) -> str:
        """The address of a line for the thing of somebody; `others` takes one parameter from somebody else."""
        room = line.name.split(":")[0]
        named: dict[str, Any] = dict(line.given)
        for name in parameters(patterns()[line.name]):
            if name not in named:
                things = self.things[others.get(name, whose)]
                named[name] = things.get(f"{room}:{name}", things.get(name)).pk
        return reverse(line.name, kwargs=named)

    def addresses(self, line: Line) -> Iterator[tuple[Whose, str]]:
        """The address of the line for each thing that it can name; once when it names nothing."""
        for whose in self.things:
            yield whose, self.address(line, whose)
            if not things_named(line):
                return


def things_named(line: Line) -> list[str]:
    """The parameters by which an address names things of the world."""
    return [name for name in parameters(patterns()[line.name]) if name not in line.given]


def answer(client: Client, method: str, address: str) -> HttpResponse:
    """Ask, and let nothing of it stay."""
    with transaction.atomic():
        response: HttpResponse = client.generic(method, address, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return response


def fault(cell: Cell, expected: int, response: HttpResponse) -> str:
    """What is wrong with an answer; nothing when it is the right one."""
    away = response.status_code == HTTPStatus.FOUND
    to_login = away and response["Location"].startswith(reverse("account_login"))
    wanted = {MAY: expected, AWAY: HTTPStatus.FOUND, TO_LOGIN: HTTPStatus.FOUND}.get(str(cell), cell)
    if response.status_code != wanted:
        return f"{response.status_code} instead of {int(wanted)}"
    if to_login != (cell == TO_LOGIN):
        return "sent to the log-in page" if to_login else "not sent to the log-in page"
    return ""


@pytest.mark.django_db
@PAGES
@pytest.mark.parametrize("who", list(Who))
def test_matrix(who: Who) -> None:
    world = World(who)
    client = world.logged_in()
    wrong: list[str] = []
    for line in LINES:
        for whose, address in world.addresses(line):
            for method, expected in (("GET", line.get), ("POST", line.post)):
                if expected is None:
                    continue
                found = fault(line.policy.cell(who, whose), expected, answer(client, method, address))
                if found:
                    wrong.append(f"{method} {line} ({whose}): {found}")
    assert not wrong, f"As {who}:\n" + "\n".join(wrong)


@pytest.mark.django_db
@PAGES
def test_a_thing_of_another_case_is_not_found_under_ones_own() -> None:
    """One's own case in the address opens no door to a colleague's contract, proposal or obstacle."""
    world = World(Who.COORDINATOR)
    client = world.logged_in()
    opened = [
        f"{line} with {name} of {whose}"
        for line in LINES
        for name in things_named(line)[1:]
        for whose in (Whose.COLLEAGUE, Whose.ELSEWHERE)
        if answer(client, "GET", world.address(line, Whose.OWN, **{name: whose})).status_code != HTTPStatus.NOT_FOUND
    ]
    assert not opened, "\n".join(opened)


@pytest.mark.django_db
@PAGES
def test_whoever_works_in_two_organisations_sees_one_at_a_time() -> None:
    world = World(Who.COORDINATOR)
    assert world.user is not None
    for role in (Role.COORDINATOR, Role.ADMIN):
        MembershipFactory(user=world.user, organisation=world.elsewhere.current_organisation, role=role)
    client = world.logged_in()
    seen = [
        str(line)
        for line in LINES
        if things_named(line) and line.get and line.policy.coordinator[-1] == HTTPStatus.NOT_FOUND
        if answer(client, "GET", world.address(line, Whose.ELSEWHERE)).status_code != HTTPStatus.NOT_FOUND
    ]
    assert not seen, "Seen from the other organisation:\n" + "\n".join(seen)
