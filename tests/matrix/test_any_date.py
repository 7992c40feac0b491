"""Whatever day or number is typed in whatever form, the page answers in words: never a server error.

`ANY_DATE_TRIES` asks for more than the suite does (`bin/long`); `ANY_DATE_SEED` for others.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client

from foundation.clock import today
from tests.matrix.pages import Field, Form, forms_of
from tests.matrix.table import LINES, Who, Whose
from tests.matrix.test_matrix import World

TRIES = int(os.environ.get("ANY_DATE_TRIES", "240"))
SEED = int(os.environ.get("ANY_DATE_SEED", "1"))
# Those who fill in forms: each sees what the others do not.
WRITERS = (Who.JOBCOACH, Who.COORDINATOR, Who.ADMIN)

DAYS = (
    "31/12/9999", "30/12/9999", "31/12/9998", "01/01/0001", "27/03/0026", "31/12/1899", "01/01/1900", "31/12/2206",
    "29/02/2024", "29/02/2025", "31/02/2025", "00/00/0000", "04/03/25", "01/12/26", "29/02/00", "31/12/99",
    "9999-12-31", "0001-01-01", "0000-00-00", "2025-3-3", "aujourd’hui", "demain", "", " ", "-", "12", "١/١/٢٠٢٥",
    "32/13/2025", "1/1/20255", "03/03/2030", "04/03/2030", "03/03/2025", "01/01/1990", "31/12/1989", "\x00",
)  # fmt: skip
NUMBERS = (
    "0", "-1", "1", "0,5", "1e400", "1e-400", "NaN", "Infinity", "-0", "99999999999999999999", "1,000000001", "٣", "²",
    "1.5.5", "", " ", "38", "2147483648", "9223372036854775808", "0x10", "1_000", "½", "\x00", "45", "24h", "999h59",
)  # fmt: skip


def a_usual_day(random: Random) -> str:
    """A day around the present, for what is not tried."""
    return f"{today() + timedelta(days=random.randint(-20, 20)):%d/%m/%Y}"


def a_usual_answer(field: Field, random: Random) -> str:
    """What somebody careful answers."""
    if field.is_date:
        return field.value or a_usual_day(random)
    if field.choices:
        return random.choice(field.choices)
    if field.is_number:
        return field.value or "30"
    return field.value or ("" if field.kind in {"hidden", "submit", "file"} else "Quelques mots")


def filled(form: Form, number: int, random: Random) -> dict[str, Any]:
    """The form answered with care but for one day or number, or for all of them once in three."""
    hasty = random.random() < 1 / 3
    tried = form.judged[number % len(form.judged)]
    told: dict[str, Any] = {}
    for field in form.fields.values():
        if field.name == "csrfmiddlewaretoken" or field.kind == "file":
            continue
        if (field is tried) or (hasty and field in form.judged):
            told[field.name] = random.choice(DAYS if field.is_date else NUMBERS)
        elif field.kind != "checkbox" or random.random() < 0.5:
            told[field.name] = a_usual_answer(field, random)
    return told


def judged_forms(world: World, client: Client) -> Iterator[tuple[str, Form]]:
    """Every form that asks a day or a number, of every page that the person opens, with its address."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for line in LINES:
        address = world.address(line, Whose.OWN)
        with transaction.atomic():
            page = client.get(address, follow=False)
            transaction.set_rollback(True)
        if page.status_code != 200 or not page.get("Content-Type", "").startswith("text/html"):
            continue
        for form in forms_of(page.content.decode()):
            sent_to = urlsplit(urljoin(f"http://testserver{address}", form.action or address))
            key = (sent_to.path, tuple(form.fields))
            if form.judged and key not in seen:
                seen.add(key)
                yield sent_to.path, form


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen", "refusals_are_expected")
@pytest.mark.parametrize("who", WRITERS)
def test_no_day_and_no_number_is_answered_by_a_server_error(who: Who, settings: Any) -> None:
    # Rows read one by one are counted elsewhere: here only what falls in production counts.
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.startswith("zeal.")]
    random = Random(f"{SEED}-{who}")
    world = World(who)
    client = world.logged_in()
    client.raise_request_exception = False
    forms = list(judged_forms(world, client))
    assert len(forms) > 5, "hardly a form was found: the pages are no longer read as they are written"
    failed: list[str] = []
    for number in range(TRIES // len(WRITERS)):
        address, form = forms[number % len(forms)]
        told = filled(form, number // len(forms), random)
        with transaction.atomic():
            answer = client.post(address, told) if form.method == "post" else client.get(address, told)
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            error = answer.exc_info[1] if getattr(answer, "exc_info", None) else ""
            failed.append(f"{form.method} {address} {told}: {error!r}")
    assert not failed, "\n".join(failed)
