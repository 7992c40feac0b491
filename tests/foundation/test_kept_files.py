"""A file chosen in a form that was refused is not to be chosen again."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from beneficiaries.models import Evidence
from config.tasks import sweep_files_of_abandoned_forms
from foundation.kept_files import FOLDER
from tests.factories.stories import a_case, a_coach, a_file

pytestmark = pytest.mark.django_db
SECOND = b"%PDF-1.7 second"


@pytest.fixture
def case(client):
    coach = a_coach()
    client.force_login(coach)
    return a_case(coach)


def waiting() -> set[Path]:
    return set((Path(settings.MEDIA_ROOT) / FOLDER).glob("*"))


def send(client, case, **fields):
    fields = {"kind": "AVIQ", "dated_on": "3/3/2025", **fields}
    return client.post(reverse("beneficiaries:evidence_create", args=[case.pk]), fields)


def ticket(response, field="file") -> dict[str, str]:
    bound = response.context["form"][field]
    return {bound.ticket_name: bound.kept_file.ticket}


def refused(client, case, **fields):
    response = send(client, case, dated_on="pas une date", **fields)
    assert response.status_code == 422
    return response


def test_a_file_waits_for_what_was_wrong_beside_it(client, case):
    before, content = waiting(), a_file().read()
    response = refused(client, case, file=a_file())
    page = response.content.decode()
    assert f"« {a_file().name} » est gardé" in page
    (kept,) = waiting() - before
    assert content not in kept.read_bytes()
    # Wrong twice: the same file waits, not a second one.
    again = refused(client, case, **ticket(response))
    assert waiting() - before == {kept}
    assert send(client, case, **ticket(again)).status_code == 302
    with Evidence.objects.get().file.open() as file:
        assert file.read() == content
    assert waiting() == before


def test_another_file_replaces_the_one_that_waits(client, case):
    first = ticket(refused(client, case, file=a_file()))
    assert send(client, case, **first, file=a_file(SECOND)).status_code == 302
    with Evidence.objects.get().file.open() as file:
        assert file.read() == SECOND


def test_a_refusal_of_the_rules_keeps_it_too(client, case):
    before_the_opening = f"{case.opened_on - timedelta(days=1):%d/%m/%Y}"
    signed = {"kind": "TRUST_CONTRACT", "signed_on": before_the_opening, "signatories": "Toutes", "file": a_file()}
    response = client.post(reverse("beneficiaries:agreement", args=[case.pk]), signed)
    assert response.status_code == 422
    assert ticket(response)


def test_what_is_no_paper_is_not_kept(client, case):
    before = waiting()
    response = refused(client, case, file=a_file(b"GIF89a"))
    assert response.context["form"]["file"].kept_file is None
    assert waiting() == before


def test_a_ticket_is_its_owner_s_its_field_s_and_whole(client, case):
    told = ticket(refused(client, case, file=a_file()))
    (name, signed), *_none = told.items()
    assert send(client, case, **{name.replace("file", "photo"): signed}).status_code == 302
    assert send(client, case, **{name: signed[:-1] + ("A" if signed[-1] != "A" else "B")}).status_code == 302
    colleague = a_coach(case.organisation)
    client.force_login(colleague)
    assert send(client, a_case(colleague), **told).status_code == 302
    assert not any(paper.file for paper in Evidence.objects.all())


def test_two_papers_of_one_form_keep_theirs(client, case):
    sent = {
        "checked_on": "pas une date",
        "evidence_kind": "DIPLOMA",
        "evidence_on": "1/3/2025",
        "evidence_file": a_file(),
        "evidence_file_2": a_file(SECOND),
    }
    page = client.post(reverse("beneficiaries:eligibility", args=[case.pk]), sent)
    assert page.status_code == 422
    assert page.content.decode().count("est gardé") == 2


def test_what_nobody_sends_again_is_swept_after_a_day(client, case):
    before = waiting()
    told = ticket(refused(client, case, file=a_file()))
    (kept,) = waiting() - before
    sweep_files_of_abandoned_forms()
    assert kept.exists()
    old = time.time() - 90_000
    os.utime(kept, (old, old))
    sweep_files_of_abandoned_forms()
    assert not kept.exists()
    assert send(client, case, **told).status_code == 302
    assert not Evidence.objects.get().file
