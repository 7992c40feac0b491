"""The six main tasks by keys alone: no mouse, no filling in from outside, and the focus seen all along."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.enums import Role
from followup.models import Appointment, Contact
from followup.services.contacts import AppointmentPlan, plan_appointment
from foundation.clock import today
from placements.models import Employment
from tests.browser.acts import typed
from tests.browser.conftest import LogIn
from tests.browser.test_accessibility import FOCUS
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, an_accepted_match, in_prehire

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
STOPS = 70
# What has the focus, as it is named to whoever does not see it.
NAME = """() => { const e = document.activeElement;
    const words = [...(e.labels || [])].map((one) => one.textContent).join(" ");
    return (e.getAttribute("aria-label") || words || e.textContent).replace(/\\s+/g, " ").trim(); }"""


class Keys:
    """A keyboard: goes from stop to stop, and holds each to what the focus owes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.emulate_media(reduced_motion="reduce")

    def reach(self, name: str) -> "Keys":
        """Go on until what is so named has the focus; every stop on the way shows it, uncovered."""
        seen: list[str] = []
        for _ in range(STOPS):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(FOCUS)
            # Past the last stop is the browser's own bar.
            if focus is None:
                continue
            assert focus["shown"], focus
            assert not focus["covered"], focus
            seen.append(self.page.evaluate(NAME))
            if re.match(name, seen[-1]):
                return self
        raise AssertionError(f"The keyboard does not reach « {name} » but {seen}")

    def press(self, *keys: str) -> "Keys":
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def type(self, words: str) -> "Keys":
        self.page.keyboard.type(words)
        return self

    def skip(self) -> "Keys":
        """Past the head of the page, as who knows it does."""
        self.press("Tab", "Enter")
        expect(self.page.locator("#contenu")).to_be_focused()
        return self


def told(page: Page, words: str) -> None:
    """The page says what was done."""
    expect(page.locator("[data-message]").filter(has_text=words).first).to_be_visible()


def test_a_contact_is_written(log_in: LogIn) -> None:
    coach = a_coach()
    case = in_prehire(coach, since=today() - 30 * DAY)
    page = log_in(coach)
    page.goto(reverse("followup:my_day"))
    keys = Keys(page).press("j", "c")
    page.wait_for_url("**/contacts/nouveau/**")
    keys.skip().reach("En personne$").press("Space").reach("5$").press("Space")
    keys.reach("Ce qui s’est dit").type("Elle commence lundi.").reach("Consigner$").press("Enter")
    told(page, "consigné")
    assert Contact.objects.get(case=case).summary == "Elle commence lundi."


def test_the_outcome_of_an_appointment_is_said_and_taken_back(log_in: LogIn) -> None:
    coach = a_coach()
    case = in_prehire(coach, since=today() - 30 * DAY)
    plan_appointment(case=case, plan=AppointmentPlan(on=today(), channel="PHONE"), actor=coach)
    page = log_in(coach)
    page.goto(reverse("followup:my_day"))
    keys = Keys(page).skip().reach("Absence").press("Enter")
    expect(page.get_by_text("Absence consignée", exact=True)).to_be_visible()
    # Nothing is lost: what was pressed is gone, and what takes it back has the focus.
    expect(page.locator(".rail").get_by_role("button", name="Annuler")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^A eu lieu"))).to_be_visible()
    page.wait_for_function("document.activeElement !== document.body")
    assert Appointment.objects.get().state == "PLANNED"


def test_an_appointment_is_planned_then_moved(log_in: LogIn) -> None:
    coach = a_coach()
    case = in_prehire(coach)
    first, second = today() + 7 * DAY, today() + 14 * DAY
    page = log_in(coach)
    page.goto(reverse("followup:appointment_create", args=[case.pk]))
    keys = Keys(page).skip().reach("Date$").press("Control+a").type(typed(first))
    keys.press("Enter")
    expect(page.locator("[data-message]").first).to_be_visible()
    appointment = Appointment.objects.get()
    assert appointment.on == first
    page.goto(reverse("followup:appointment_change", args=[case.pk, appointment.pk]))
    keys.skip().reach("Nouveau jour").press("Control+a").type(typed(second))
    keys.reach("Pourquoi").type("Elle travaille ce jour-là.").reach("Reporter le rendez-vous$").press("Enter")
    expect(page.locator("[data-message]").first).to_be_visible()
    assert Appointment.objects.filter(on=second, state="PLANNED").exists()


def test_a_person_is_engaged(log_in: LogIn) -> None:
    coach = a_coach()
    case = in_prehire(coach, since=today() - 30 * DAY)
    an_accepted_match(case)
    page = log_in(coach)
    page.goto(reverse("placements:case_jobs", args=[case.pk]))
    keys = Keys(page).skip().reach("Enregistrer l’embauche").press("Enter")
    page.wait_for_url("**/engager/**")
    # Who said yes comes first: the job need not be looked for.
    keys.skip().reach("Enregistrer l’embauche : ").press("Enter")
    page.get_by_label("Premier jour").wait_for()
    keys.skip().reach("Contrat").type("CDI").reach("Premier jour").press("Control+a").type(typed(today()))
    keys.reach("Convenu avec la personne").press("Space").reach("Convenu ou refusé le").press("Control+a")
    keys.type(typed(today())).reach("Enregistrer l’embauche$").press("Enter")
    told(page, "le suivi en entreprise court")
    assert Employment.objects.get(case=case).starts_on == today()


def test_a_case_is_handed_over(log_in: LogIn) -> None:
    coach = a_coach()
    case = in_prehire(coach)
    colleague = a_coach(coach.current_organisation)
    page = log_in(user_with(Role.COORDINATOR, coach.current_organisation))
    page.goto(reverse("beneficiaries:case_hand_over", args=[case.pk]))
    keys = Keys(page).skip().reach("À qui").type(colleague.last_name)
    expect(page.get_by_role("option", name=colleague.get_full_name())).to_be_visible()
    keys.press("Enter").reach("Note de passation").type("Elle attend une visite.").reach("Transmettre$").press("Enter")
    told(page, "est transmis à")
    case.refresh_from_db()
    assert case.coach == colleague
