"""Every form of the product that is pressed twice acts once, and answers the second time as it did the first.

A double click, « Retour » and sending again, or a tab copied beside another send the same opening of a form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import SentForm
from accounts.services.sent_forms import REMEMBERED_FOR
from beneficiaries.models import Partner
from foundation.clock import today
from foundation.sent_forms import OPENING
from tests.factories.stories import a_coach, a_file
from tests.matrix.pages import Form, forms_of
from tests.matrix.table import LINES, MAY, Line, Who, Whose
from tests.matrix.test_matrix import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen", "refusals_are_expected", "quick")]

NEW = "/partenaires/nouveau/"
# A form may ask, once answered, about what is unlikely; each answer is a sending more.
ROUNDS = 4
# The words by which something is looked for: what was found is sent with its key.
PICKED = ("-mots", "-vus")
# What a form wants that its page does not propose, by the name of the field.
TYPED: dict[str, str] = {
    "email": "quelquun@exemple.test",
    "phone": "04 222 33 44",
    "postal_code": "4000",
    "town": "Liège",
    "birth_date": "01/02/1990",
    "next_at": "14:30",
    "at": "15:00",
    "minutes": "30",
    "bce_number": "",
    "foreign_number": "",
    "joint_committee": "",
    "wage": "",
    "minutes_autre": "",
    "niss": "",
}


def _colleague(world: World) -> str:
    return str(world.things[Whose.COLLEAGUE]["case_id"].coach_id)


def _self(world: World) -> str:
    assert world.user is not None
    return str(world.user.pk)


ELSEWHERE = tuple(f"elsewhere_{name}" for name in ("at", "from", "until", "days", "proof_on"))
Answer = str | None | Callable[[World], str]
# What makes something new, by whoever presses, with what the form wants there alone; `None` leaves a field out.
CREATING: dict[Who, dict[str, dict[str, Answer]]] = {
    Who.COORDINATOR: {
        "accounts:absence_create": {"replacement": _colleague},
        "beneficiaries:belonging_change": {},
        "beneficiaries:case_new": {"coach": _self, **dict.fromkeys(ELSEWHERE)},
        "beneficiaries:evidence_create": {"photo": None},
        "beneficiaries:objective_create": {},
        "beneficiaries:obstacle_create": {},
        "beneficiaries:partner_create": {},
        "beneficiaries:situation_create": {"starts_on": "04/02/2019", "ends_on": "01/03/2019"},
        "documents:document_create": {},
        "employers:company_create": {"country": ""},
        "employers:person_create": {},
        "employers:vacancy_create": {},
        "employers:visit_create": {"met_name": ""},
        "followup:appointment_create": {},
        "followup:case_view_create": {},
        "followup:contact_create": {"outcome": None},
        "followup:meeting_create": dict.fromkeys(f"words_{rank}" for rank in range(1, 7)),
        "followup:task_create": {},
        "followup:series_create": {},
        "followup:session_add": {"on": "04/03/2025"},
        "followup:session_register": {},
        "placements:extension_ask": {},
        "placements:hire": {},
        "placements:idleness": {},
        "placements:match_create": {"vacancy-mots": "Exemple", "vacancy-vus": "Exemple"},
        "placements:suspension_request": {},
        "timesheets:entry_add": {},
        # Not new, and there no more the second time.
        "accounts:take_back": {},
        "followup:contact_move": {"case-mots": "Exemple", "case-vus": "Exemple"},
    },
    Who.ADMIN: {
        "accounts:closing_create": {},
        "accounts:project_create": {},
        "accounts:role_add": {},
        "accounts:site_create": {},
        "accounts:user_create": {},
        "documents:text_edit": {},
        "esf:column_add": {},
        "esf:layout_create": {},
        "followup:line_create": {},
        "reporting:run_create": {},
    },
    Who.STEWARD: {"placements:aid_add": {}},
}
# A value from the same day twice is refused by its own rule, once what would move was shown.
ONES_OWN_RULES = {"accounts:parameter_add", "accounts:installation_add"}
# Without a firm in the address, these ask for it.
OF_A_FIRM = ("employers:vacancy_create", "placements:hire")


@pytest.fixture
def quick(settings: Any) -> None:
    """Rows read one by one are counted elsewhere."""
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.startswith("zeal.")]


def rows() -> Counter[str]:
    """How many rows there are of everything, but for what the machine keeps for itself."""
    return Counter(
        {model._meta.label: model._base_manager.count() for model in apps.get_models() if model is not Session}
    )


def answers(form: Form) -> dict[str, Any]:
    """What the page proposes; else something plausible."""
    told: dict[str, Any] = {}
    for one in form.fields.values():
        shown = [value.strip() for value in one.shown if value.strip()]
        if one.kind == "hidden":
            told[one.name] = one.value
        elif one.kind == "file":
            told[one.name] = a_file()
        elif one.kind == "submit" or (one.kind == "checkbox" and one.choices == []):
            continue
        elif shown:
            told[one.name] = shown if one.kind == "checkbox" else shown[0]
        elif one.name in TYPED:
            told[one.name] = TYPED[one.name]
        elif one.name.endswith(PICKED):
            continue
        elif one.kind == "checkbox":
            told[one.name] = one.choices
        elif one.choices:
            told[one.name] = one.choices[0]
        elif one.is_date:
            told[one.name] = f"{today():%d/%m/%Y}"
        elif one.is_number:
            told[one.name] = "1"
        elif one.kind in {"text", "textarea"}:
            told[one.name] = "Exemple"
    return told


def form_in(page: str) -> Form | None:
    """The form that a page sends to itself."""
    return next((form for form in forms_of(page) if form.method == "post" and not form.action), None)


def post(client: Client, address: str, told: dict[str, Any]) -> Any:
    """Send, each file from its beginning."""
    for value in told.values():
        if hasattr(value, "seek"):
            value.seek(0)
    return client.post(address, told)


def done(client: Client, address: str, given: Mapping[str, str | None]) -> tuple[Any, dict[str, Any]]:
    """Fill in the form of a page and send it until it acts; the answer, and what was sent."""
    answer, told = client.get(address), {}
    for _round in range(ROUNDS):
        form = form_in(answer.content.decode()) if answer.get("Content-Type", "").startswith("text/html") else None
        if form is None:
            break
        told = {name: value for name, value in (answers(form) | given).items() if value is not None}
        answer = post(client, address, told)
        if answer.status_code == 302:
            break
    return answer, told


def fault(client: Client, line: Line, address: str, given: Mapping[str, str | None]) -> str:
    """What is wrong when a form is sent twice. Nothing stays."""
    with transaction.atomic():
        try:
            first, told = done(client, address, given)
            if first.status_code != 302:
                form = (first.context or {}).get("form")
                return f"{line}: could not be filled in ({first.status_code}, {form and form.errors.as_json()})"
            before = rows()
            again = post(client, address, told)
            if again.status_code != 302 or again["Location"] != first["Location"]:
                return f"{line}: {again.status_code} the second time"
            more = rows() - before
            return f"{line}: wrote again {dict(more)}" if more else ""
        finally:
            transaction.set_rollback(True)


@pytest.mark.parametrize("who", list(CREATING))
def test_every_creating_form_pressed_twice_acts_once(who: Who) -> None:
    world = World(who)
    client = world.logged_in()
    found: list[str] = []
    for line in LINES:
        wanted = CREATING[who].get(line.name)
        if wanted is None or line.policy.cell(who, Whose.OWN) != MAY:
            continue
        address = world.address(line, Whose.OWN)
        if line.name in OF_A_FIRM:
            address += f"?entreprise={world.things[Whose.OWN]['company_id'].pk}"
        given = {name: value(world) if callable(value) else value for name, value in wanted.items()}
        found.append(fault(client, line, address, given))
    assert len(found) >= len(CREATING[who])
    assert not any(found), "\n".join(filter(None, found))


@pytest.mark.once
def test_what_creates_is_walked() -> None:
    """An address that says that it creates or adds is pressed twice here, by somebody."""
    walked = {name for names in CREATING.values() for name in names}
    creating = {line.name for line in LINES if line.post and line.name.endswith(("_create", "_add", "_new"))}
    assert creating - walked <= ONES_OWN_RULES


class TestAnOpening:
    """What one opening of a form remembers: the partners' form stands for all."""

    @pytest.fixture
    def coach(self, client: Client) -> Any:
        coach = a_coach()
        client.force_login(coach)
        return coach

    def opened(self, client: Client) -> dict[str, Any]:
        form = form_in(client.get(NEW).content.decode())
        assert form is not None
        # Without the key of its own row, which another mechanism keeps.
        return {OPENING: form.fields[OPENING].value, "name": "CPAS de Herstal", "kind": "CPAS"}

    def test_each_opening_has_its_own_key(self, client: Client, coach: Any) -> None:
        assert self.opened(client)[OPENING] != self.opened(client)[OPENING]

    def test_other_answers_are_neither_dropped_nor_written_unasked(self, client: Client, coach: Any) -> None:
        told = self.opened(client)
        client.post(NEW, told)
        refused = client.post(NEW, told | {"name": "Forem de Huy"})
        assert refused.status_code == 422
        assert "a déjà été envoyé" in refused.content.decode()
        form = form_in(refused.content.decode())
        assert form is not None
        assert form.fields["name"].shown == ["Forem de Huy"]
        told |= {"name": "Forem de Huy", OPENING: form.fields[OPENING].value}
        assert client.post(NEW, told).status_code == 302
        assert Partner.objects.count() == 2

    def test_what_is_corrected_may_be_corrected_again(self, client: Client, coach: Any) -> None:
        client.post(NEW, self.opened(client))
        Partner.objects.update(created_at=timezone.now() - timedelta(days=1))
        partner = Partner.objects.get()
        edit, opening = reverse("beneficiaries:partner_edit", args=[partner.pk]), self.opened(client)[OPENING]
        for name in ("CPAS de Huy", "CPAS de Visé"):
            assert client.post(edit, {OPENING: opening, "name": name, "kind": "CPAS"}).status_code == 302
        partner.refresh_from_db()
        assert partner.name == "CPAS de Visé"

    def test_a_refused_form_was_not_sent(self, client: Client, coach: Any) -> None:
        told = self.opened(client)
        assert client.post(NEW, told | {"name": ""}).status_code == 422
        assert not SentForm.objects.exists()
        assert client.post(NEW, told).status_code == 302

    def test_somebody_elses_opening_is_none(self, client: Client, coach: Any) -> None:
        told = self.opened(client)
        client.post(NEW, told)
        client.force_login(a_coach())
        client.post(NEW, told)
        assert Partner.objects.count() == 2

    def test_where_it_led_is_sealed(self, client: Client, coach: Any) -> None:
        client.post(NEW, self.opened(client) | {"next": "/partenaires/?q=Dupont"})
        with connection.cursor() as cursor:
            cursor.execute("SELECT leads_to, fingerprint FROM accounts_sentform")
            stored = " ".join(cursor.fetchone())
        assert "Dupont" not in stored
        assert "Herstal" not in stored

    def test_old_ones_are_forgotten_as_somebody_logs_in(self, client: Client, coach: Any) -> None:
        client.post(NEW, self.opened(client))
        SentForm.objects.update(created_at=timezone.now() - REMEMBERED_FOR - timedelta(minutes=1))
        client.force_login(coach)
        assert not SentForm.objects.exists()
