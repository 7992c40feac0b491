"""Every form of the product gives back what was typed in it: after a wrong field, after the end of a session.

To the same person only: whoever logs in next in that browser finds nothing, not even that something waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from foundation.kept_words import WRITER
from foundation.sent_forms import OPENING
from tests.factories.accounts import user_with
from tests.factories.stories import a_file
from tests.matrix.pages import Field, Form, forms_of
from tests.matrix.table import LINES, Line, Who, Whose
from tests.matrix.test_matrix import World

# What a page shows of what was sent is the same whatever the database.
pytestmark = [pytest.mark.once, pytest.mark.django_db, pytest.mark.usefixtures("frozen", "refusals_are_expected")]
# Whoever coordinates opens the forms of the jobcoaches too.
WRITERS = (Who.COORDINATOR, Who.ADMIN)
WORDS = "Des mots qu’on n’écrit pas deux fois"
NOT_TYPED = ("csrfmiddlewaretoken", WRITER, OPENING, "next", "page", "took_over_from", "submission_id")
# Secrets are never kept; these have no words; a search and a preview have nothing to lose.
LEFT_OUT = ("account_", "mfa_", "reporting:search", "forget_words")


@dataclass
class Written:
    """A form of a page, and what somebody typed in it."""

    line: Line
    address: str
    form: Form
    told: dict[str, Any]

    def missing_from(self, page: str) -> list[str]:
        """The fields whose answer a page does not show."""
        fields: dict[str, Field] = {}
        for form in forms_of(page):
            for name, field in form.fields.items():
                if name not in fields or len(field.shown) > len(fields[name].shown):
                    fields[name] = field
        lost = []
        for name, value in self.told.items():
            if name in NOT_TYPED:
                continue
            if hasattr(value, "read"):
                # One that is refused for itself is chosen again.
                if value.name not in page and f'id="id_{name}_error"' not in page:
                    lost.append(name)
            elif not set(value if isinstance(value, list) else [value]) <= {
                shown.strip() for shown in fields.get(name, Field(name, "")).shown
            }:
                lost.append(name)
        return lost


def answers(form: Form, random: Random) -> dict[str, Any]:
    """Something in every field: words, a day that is none, a choice, a box, a file."""
    told: dict[str, Any] = {}
    for field in form.fields.values():
        if field.name in {"csrfmiddlewaretoken"} or field.kind == "submit":
            continue
        if field.kind == "hidden":
            told[field.name] = field.value
        elif field.kind == "file":
            told[field.name] = a_file()
        elif field.kind == "checkbox":
            told[field.name] = field.choices
        elif field.choices:
            # Nobody and nothing are no answers that could be lost.
            told[field.name] = next((choice for choice in reversed(field.choices) if choice), "")
        elif field.is_date:
            told[field.name] = "le 3 ou le 4"
        elif field.is_number:
            told[field.name] = "beaucoup"
        elif field.kind == "select":
            continue
        else:
            told[field.name] = f"{WORDS} {random.randint(1, 999)}"
    return told


def ask(client: Client, method: str, address: str, told: dict[str, Any] | None = None) -> Any:
    """Ask, and let nothing of it stay in the database."""
    for value in (told or {}).values():
        if hasattr(value, "seek"):
            value.seek(0)
    with transaction.atomic():
        response = client.get(address) if method == "get" else client.post(address, told or {})
        transaction.set_rollback(True)
    return response


def written_forms(world: World, client: Client) -> Iterator[Written]:
    """Every form sent by POST to its own page, of every page that the person opens."""
    random = Random(1)
    for line in LINES:
        if line.name.startswith(LEFT_OUT) or not line.post:
            continue
        address = world.address(line, Whose.OWN)
        page = ask(client, "get", address)
        if page.status_code != 200 or not page.get("Content-Type", "").startswith("text/html"):
            continue
        for form in forms_of(page.content.decode()):
            if form.method == "post" and not form.action:
                told = answers(form, random)
                if set(told) - set(NOT_TYPED):
                    yield Written(line, address, form, told)


@pytest.fixture
def quick(settings: Any) -> None:
    """Rows read one by one are counted elsewhere."""
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.startswith("zeal.")]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("who", WRITERS)
def test_nothing_typed_is_lost(who: Who) -> None:
    world = World(who)
    assert world.user is not None
    client, visitor, next_one = world.logged_in(), Client(), Client()
    next_one.force_login(user_with("COORDINATOR", world.user.current_organisation))
    lost: list[str] = []
    seen = 0
    for written in written_forms(world, client):
        refused = ask(client, "post", written.address, written.told)
        # A form of words and choices alone may have nothing wrong in it.
        if refused.status_code != 302:
            assert refused.status_code == 422, written.line
            lost += [f"{written.line}, refused: {name}" for name in written.missing_from(refused.content.decode())]
            seen += 1
        sent = ask(visitor, "post", written.address, written.told)
        if not sent.get("Location", "").startswith(reverse("account_login")):
            lost.append(f"{written.line}: a visitor gets {sent.status_code}")
            continue
        other = ask(next_one, "get", written.address).content.decode()
        if WORDS in other or "Rien n’est perdu" in other:
            lost.append(f"{written.line}: read by somebody else")
        back = ask(client, "get", written.address)
        page = back.content.decode()
        if back.status_code != 200 or "Rien n’est perdu" not in page:
            lost.append(f"{written.line}: not given back ({back.status_code})")
            continue
        lost += [f"{written.line}, given back: {name}" for name in written.missing_from(page)]
        thrown = client.post(reverse("forget_words"), {"next": written.address})
        assert urlsplit(thrown["Location"]).path == written.address
    assert seen > 5, "hardly a form was found: the pages are no longer read as they are written"
    assert not lost, "\n".join(lost)
