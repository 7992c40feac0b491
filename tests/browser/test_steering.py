"""Steering in a real browser: a task added and ticked, one that a rule made and a fact settled, a Monday as it was."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.enums import Role
from documents.paper.kinds import BY_KIND
from documents.paper.order import Order
from documents.services.documents import produce_document
from followup.models import CaseTask
from foundation.clock import today
from reporting.board.services import freeze_week
from tests.browser.acts import send
from tests.browser.conftest import LogIn
from tests.factories import stories
from tests.factories.accounts import user_with

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_task_is_added_ticked_and_not_done_after_all(log_in: LogIn) -> None:
    case = stories.in_prehire(stories.a_coach())
    page = log_in(case.coach)
    page.goto(reverse("followup:task_create", args=[case.pk]))
    page.locator("[name=words]").fill("Demander l’attestation du CPAS")
    page.locator("[name=due_on]").fill(f"{today():%d/%m/%Y}")
    send(page, "Ajouter la tâche")
    page.get_by_role("button", name="Cocher : Demander l’attestation du CPAS").click()
    undone = page.get_by_role("button", name="Décocher : Demander l’attestation du CPAS")
    expect(undone).to_be_visible()
    assert CaseTask.objects.get().done_on == today()
    undone.click()
    expect(page.get_by_role("button", name="Cocher : Demander l’attestation du CPAS")).to_be_visible()
    assert CaseTask.objects.get().done_on is None


def test_a_convention_that_is_made_waits_for_its_signature_and_no_longer(log_in: LogIn) -> None:
    case = stories.a_case(stories.a_coach())
    produce_document(case=case, spec=BY_KIND["CONVENTION"], order=Order(dated_on=today()), actor=case.coach)
    page = log_in(case.coach)
    waits = page.locator("main").get_by_text(re.compile("onvention est prête|ocument à signer|onvention à signer"))
    page.goto(reverse("followup:case_summary", args=[case.pk]))
    expect(waits.first).to_be_visible()
    page.goto(reverse("beneficiaries:agreement", args=[case.pk]))
    page.locator("[name=kind][value=CONVENTION]").check()
    page.locator("[name=signed_on]").fill(f"{today():%d/%m/%Y}")
    send(page, "Enregistrer")
    page.wait_for_url(lambda address: "nouvelle" not in address)
    page.goto(reverse("followup:case_summary", args=[case.pk]))
    expect(page.get_by_role("heading", name="Tâches")).to_be_visible()
    expect(waits).to_have_count(0)


def test_a_monday_opens_as_it_was_read(log_in: LogIn) -> None:
    coach = stories.a_coach()
    stories.in_prehire(coach)
    freeze_week()
    stories.in_prehire(coach)
    page = log_in(user_with(Role.COORDINATOR, coach.current_organisation))
    page.goto(reverse("reporting:dashboard"))
    page.locator("a[href*='/lundis/']").first.click()
    expect(page.locator("main")).to_contain_text("dossiers ouverts : 1 de plus")
    expect(page.get_by_role("row", name=re.compile("^Dossiers ouverts 1 .* 2 "))).to_be_visible()
