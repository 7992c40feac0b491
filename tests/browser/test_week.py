"""The week in a browser: a free moment is pressed, an appointment is dragged, moved by keys, and a conflict is told."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from beneficiaries.models import CoachingCase
from followup.models import Appointment
from followup.services.contacts import AppointmentPlan, plan_appointment
from foundation.clock import today
from foundation.workdays import working_days
from tests.browser.acts import send, told
from tests.browser.conftest import LogIn
from tests.browser.test_accessibility import faults_at_every_width
from tests.factories.asking import EVERYTHING
from tests.factories.stories import a_coach, in_prehire

pytestmark = pytest.mark.django_db(transaction=True)


def next_monday() -> date:
    """A week of which each day is worked, so that nothing else is asked about."""
    day = today() + timedelta(days=7 - today().weekday())
    days = working_days(day)
    while not all(days.is_working(day + timedelta(days=number)) for number in range(5)):
        day += timedelta(days=7)
    return day


def meet(case: CoachingCase, on: date, at: time) -> Appointment:
    plan = AppointmentPlan(on=on, at=at, minutes=60, channel="PHONE", confirmed=EVERYTHING)
    return plan_appointment(case=case, plan=plan, actor=case.coach)


def planned(case: CoachingCase) -> tuple[date, time | None, int]:
    (kept,) = Appointment.objects.planned().filter(case=case)
    return kept.on, kept.at, kept.minutes


def row(page: Page, case: CoachingCase) -> Locator:
    (kept,) = Appointment.objects.planned().filter(case=case)
    return page.locator(f"#rv-{kept.pk}")


def pull(page: Page, what: Locator, *, right: float = 0, down: float = 0) -> None:
    """Hold something by its middle, carry it so many pixels, let it go."""
    box = what.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right / 2, y + down / 2)
    page.mouse.move(x + right, y + down, steps=3)
    page.mouse.up()


def test_one_plans_by_pressing_moves_by_hand_and_by_keys_and_is_told_of_what_clashes(log_in: LogIn) -> None:
    coach, monday = a_coach(), next_monday()
    zoe = in_prehire(coach, first_name="Zoé", last_name="Quidam")
    ali = in_prehire(coach, first_name="Ali", last_name="Autre")
    meet(zoe, monday, time(10))
    page = log_in(coach)
    week = f"{reverse('followup:agenda')}?jour={monday}"
    page.goto(week)

    # The arrows that are drawn below the week enter it: nothing holds the focus of a page that was just opened.
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"#j-{monday} [data-slot]").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"#j-{monday + timedelta(days=1)} [data-slot]").first).to_be_focused()

    # A free moment is pressed; the person is typed.
    page.locator(f"#j-{monday} [data-free]").last.click()
    expect(page.get_by_label("Heure")).to_have_value("13:00")
    page.get_by_role("combobox", name="Avec qui").fill("Autre")
    page.get_by_role("option", name="Ali Autre").click()
    send(page, "Fixer le rendez-vous")
    told(page, "Rendez-vous fixé avec Ali Autre")
    assert planned(ali) == (monday, time(13), 45)

    # Dragged to the next day, an hour later.
    day = page.locator(f"#j-{monday}").bounding_box()
    lines = page.locator(f"#j-{monday} .wk-list").bounding_box()
    assert day is not None
    assert lines is not None
    hour = lines["height"] / 10
    pull(page, row(page, zoe), right=day["width"], down=hour)
    told(page, "Rendez-vous reporté")
    assert planned(zoe) == (monday + timedelta(days=1), time(11), 60)

    # Pulled by its lower edge, it lasts longer.
    pull(page, row(page, zoe).locator("[data-pull]"), down=hour / 2)
    told(page, "Rendez-vous reporté")
    assert planned(zoe) == (monday + timedelta(days=1), time(11), 90)

    # Thought better of: as before, with the key of the rows; what was done before that stays.
    expect(page.get_by_role("button", name="Remettre comme avant")).to_be_visible()
    page.keyboard.press("z")
    told(page, "Annulé : tout est comme avant.")
    assert planned(zoe) == (monday + timedelta(days=1), time(11), 60)
    expect(page.get_by_role("button", name="Remettre comme avant")).to_have_count(0)
    pull(page, row(page, zoe).locator("[data-pull]"), down=hour / 2)
    told(page, "Rendez-vous reporté")

    # By keys over the other one: told at once, asked before it is done, left with Escape the first time.
    row(page, zoe).get_by_role("link", name="Zoé Quidam", exact=True).focus()
    page.keyboard.press("d")
    page.keyboard.press("ArrowLeft")
    for _press in range(8):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#annonces")).to_contain_text("se chevauche avec Ali Autre")
    page.keyboard.press("Escape")
    expect(page.locator("#annonces")).to_contain_text("Rien n’a été déplacé")
    page.keyboard.press("d")
    page.keyboard.press("ArrowLeft")
    for _press in range(8):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Un autre rendez-vous est prévu à 13:00 avec Ali Autre.")
    assert planned(zoe)[0] == monday + timedelta(days=1)
    page.get_by_label("Oui, c’est bien ce jour-là").check()
    send(page, "Reporter le rendez-vous")
    told(page, "Rendez-vous reporté")
    assert planned(zoe) == (monday, time(13), 90)
    expect(page.get_by_role("main")).to_contain_text("se chevauche avec")
    assert list(faults_at_every_width(page)) == []
