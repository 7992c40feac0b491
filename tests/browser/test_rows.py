"""The coach's day in a browser: pressed on the row, answered on the row, undone there; with scripts and without."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect

from followup.models import Appointment, CaseTask, Contact
from followup.services.contacts import AppointmentPlan, plan_appointment
from foundation.clock import today
from tests.browser.acts import fill, send, typed
from tests.browser.conftest import PHONE, LogIn
from tests.factories.stories import a_coach, in_prehire

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def test_keys_go_from_row_to_row_act_and_undo_without_leaving_the_page(log_in: LogIn) -> None:
    coach = a_coach()
    first = in_prehire(coach, since=today() - 30 * DAY, last_name="Première")
    second = in_prehire(coach, since=today() - 20 * DAY, last_name="Seconde")
    plan_appointment(case=second, plan=AppointmentPlan(on=today(), channel="PHONE"), actor=coach)
    page = log_in(coach)
    page.goto(reverse("followup:my_day"))
    row = page.locator(f"#p-{first.pk}")

    page.keyboard.press("j")
    expect(row.get_by_role("link", name=first.beneficiary.full_name, exact=True)).to_be_focused()
    page.keyboard.press("s")
    expect(row).to_contain_text("Sans réponse, 1er essai")
    expect(row.get_by_role("button", name="Annuler")).to_be_focused()
    assert Contact.objects.get().outcome == "NO_REPLY"
    page.keyboard.press("z")
    expect(row).not_to_contain_text("Sans réponse, 1er essai")
    assert not Contact.objects.exists()

    page.keyboard.press("j")
    expect(
        page.locator(f"#p-{second.pk}").get_by_role("link", name=second.beneficiary.full_name, exact=True)
    ).to_be_focused()
    line = page.get_by_role("region", name="Aujourd’hui")
    line.get_by_role("button", name="Absence").click()
    expect(line).to_contain_text("Absence consignée")
    line.get_by_role("button", name="Annuler").click()
    expect(line.get_by_role("button", name="A eu lieu")).to_be_visible()
    assert Appointment.objects.get().state == "PLANNED"

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Les touches de cette page")).to_be_visible()


def test_the_same_acts_are_plain_forms_without_scripts(browser: Browser, live_server) -> None:
    coach = a_coach()
    case = in_prehire(coach, since=today() - 20 * DAY)
    visitor = browser.new_context(base_url=live_server.url, viewport=PHONE, java_script_enabled=False, locale="fr-BE")
    client = Client()
    client.force_login(coach)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    visitor.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = visitor.new_page()
    page.goto(reverse("followup:my_day"))
    row = page.locator(f"#p-{case.pk}")

    row.locator(".desk-open summary").click()
    expect(row.get_by_text("Fixer un jour")).to_be_visible()
    row.locator(".acts-menu summary").click()
    row.get_by_role("button", name="Un autre jour, avec un motif…").click()
    page.get_by_label("Nouveau jour").fill(f"{today() + 7 * DAY:%d/%m/%Y}")
    page.get_by_label("Pourquoi").fill("Fermé cette semaine")
    page.get_by_role("button", name="Reporter", exact=True).click()

    expect(row).to_contain_text("Reporté")
    assert Appointment.objects.get().on == today() + 7 * DAY
    row.get_by_role("button", name="Annuler").click()
    expect(row).not_to_contain_text("Reporté")
    assert not Appointment.objects.exists()
    visitor.close()


def test_a_task_is_added_in_the_case_ticked_on_the_row_and_undone_there(log_in: LogIn) -> None:
    coach = a_coach()
    case = in_prehire(coach, since=today() - 20 * DAY)
    page = log_in(coach)
    page.goto(reverse("followup:case_summary", args=[case.pk]))
    page.get_by_role("link", name="Ajouter une tâche").click()
    fill(page, Ce_qui_est_à_faire="Rappeler le CPAS", Pour_le=typed(today() - 30 * DAY))
    send(page, "Ajouter la tâche")
    expect(page.locator("#taches")).to_contain_text("Rappeler le CPAS")
    expect(page.locator("#taches")).to_contain_text("en retard")

    page.goto(reverse("followup:my_day"))
    row = page.locator(f"#p-{case.pk}")
    expect(row).to_contain_text("Rappeler le CPAS")
    row.get_by_role("button", name=f"Cocher pour {case.beneficiary.full_name} : Rappeler le CPAS").click()
    expect(row).to_contain_text("Tâche faite")
    assert CaseTask.objects.get().done_on == today()
    row.get_by_role("button", name="Annuler").click()
    expect(row).to_contain_text("Rappeler le CPAS")
    assert CaseTask.objects.get().done_on is None
