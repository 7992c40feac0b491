"""What could not be judged waits for whoever typed it: sealed, a day, and nobody else learns of it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from followup.services import contacts
from foundation.kept_files import FOLDER
from foundation.kept_words import WRITER, recall, sign_writer
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach

WORDS = "Elle a trouvé une garde pour le petit."


@pytest.fixture
def case(frozen):
    return a_case(a_coach())


def form_of(case) -> str:
    return reverse("followup:contact_create", args=[case.pk])


def desk_of(user) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


def typed(client: Client, case, **fields: str) -> dict[str, str]:
    page = client.get(form_of(case))
    told = {"csrfmiddlewaretoken": page.context["csrf_token"], WRITER: sign_writer(page.wsgi_request)}
    return told | {"on": "3/3/2025", "channel": "PHONE", "minutes": "45", "summary": WORDS} | fields


def waiting() -> set[Path]:
    return set((Path(settings.MEDIA_ROOT) / FOLDER).glob("*"))


@pytest.mark.django_db
def test_it_is_sealed_and_its_name_says_nothing(case):
    desk, before = desk_of(case.coach), waiting()
    data = typed(desk, case)
    desk.logout()
    desk.post(form_of(case), data)
    (kept,) = waiting() - before
    assert WORDS.encode() not in kept.read_bytes()
    assert str(case.coach.pk) not in kept.name
    assert str(case.pk) not in kept.name
    found = recall(str(case.coach.pk), form_of(case))
    assert found is not None
    assert found.words["summary"] == [WORDS]
    assert "csrfmiddlewaretoken" not in found.words


@pytest.mark.django_db
def test_whoever_logs_in_next_in_that_browser_reads_nothing(case):
    desk = desk_of(case.coach)
    data = typed(desk, case)
    desk.logout()
    desk.post(form_of(case), data)
    desk.force_login(user_with(Role.COORDINATOR, case.organisation))
    page = desk.get(form_of(case)).content.decode()
    assert WORDS not in page
    assert "Rien n’est perdu" not in page
    desk.force_login(case.coach)
    assert WORDS in desk.get(form_of(case)).content.decode()


@pytest.mark.django_db
def test_a_token_of_another_log_in_gives_the_words_back_at_once(case):
    desk = desk_of(case.coach)
    data = typed(desk, case)
    # In another tab: out, and in again.
    desk.force_login(case.coach)
    desk.cookies["csrftoken"] = "x" * 32
    sent = desk.post(form_of(case), data)
    assert sent["Location"] == form_of(case)
    page = desk.get(form_of(case))
    assert "La page datait d’avant votre dernière connexion" in page.content.decode()
    assert page.context["form"]["summary"].value() == WORDS
    assert not page.context["form"].errors


@pytest.mark.django_db
def test_a_form_left_by_another_person_tells_the_next_one_nothing(case):
    desk, boss = desk_of(case.coach), user_with(Role.COORDINATOR, case.organisation)
    data = typed(desk, case)
    desk.force_login(boss)
    desk.cookies["csrftoken"] = "x" * 32
    refused = desk.post(form_of(case), data)
    assert refused.status_code == 403
    assert WORDS not in refused.content.decode()
    assert WORDS not in desk.get(form_of(case)).content.decode()
    # Whoever typed them has them.
    assert WORDS in desk_of(case.coach).get(form_of(case)).content.decode()


@pytest.mark.django_db
def test_a_signature_that_is_not_ours_keeps_nothing(case):
    desk = desk_of(case.coach)
    data = typed(desk, case)
    desk.logout()
    for forged in ("", "x", data[WRITER][:-1] + ("A" if data[WRITER][-1] != "A" else "B")):
        desk.post(form_of(case), data | {WRITER: forged})
    assert recall(str(case.coach.pk), form_of(case)) is None


@pytest.mark.django_db
def test_a_failure_of_ours_loses_nothing(case, monkeypatch):
    desk = desk_of(case.coach)
    desk.raise_request_exception = False
    data = typed(desk, case)

    def fails(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("followup.views.contacts.record_contact", fails)
    assert desk.post(form_of(case), data).status_code == 500
    assert "Le service n’avait pas pu répondre" in desk.get(form_of(case)).content.decode()
    monkeypatch.setattr("followup.views.contacts.record_contact", contacts.record_contact)
    assert desk.post(form_of(case), data).status_code == 302
    assert recall(str(case.coach.pk), form_of(case)) is None


@pytest.mark.django_db
def test_what_was_sent_from_a_row_is_shown_in_the_page_of_that_row(case):
    desk, page = desk_of(case.coach), reverse("followup:my_day")
    data = typed(desk, case)
    desk.logout()
    address = reverse("followup:contact_draft", args=[case.pk])
    sent = desk.post(address, data, headers={"Referer": f"http://testserver{page}"})
    assert sent["Location"].endswith(f"next={page}")
    away = desk.post(address, data, headers={"Referer": "https://ailleurs.example/"})
    assert away["Location"].endswith("next=/")
    desk.force_login(case.coach)
    assert WORDS in desk.get(page).content.decode()
    token = {"csrfmiddlewaretoken": desk.get(page).context["csrf_token"], "next": page}
    assert desk.post(reverse("forget_words"), token)["Location"] == page
    assert WORDS not in desk.get(page).content.decode()


@pytest.mark.django_db
def test_logging_out_leaves_no_page_behind(client):
    client.force_login(a_coach())
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get(reverse("account_login"))
