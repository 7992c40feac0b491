"""Days that no one can mean, in absences, series, appointments, and in the address of a page."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.services.absences import AbsencePlan, declare_absence
from followup.services.contacts import AppointmentPlan, plan_appointment
from foundation.clock import today
from foundation.errors import DomainError
from tests.factories.stories import a_case, a_coach, a_session

pytestmark = pytest.mark.django_db
LAST = date(9999, 12, 31)


def told(act: Callable[[], Any]) -> None:
    with suppress(DomainError):
        act()


def test_absence() -> None:
    coach = a_coach()
    other = a_coach(coach.current_organisation)
    plan = AbsencePlan(starts_on=today(), ends_on=LAST, replacement=other)
    told(lambda: declare_absence(user=coach, plan=plan, actor=coach))


def test_series() -> None:
    told(lambda: a_session(a_coach(), number=3, on=LAST, at=time(10)))


def test_appointment() -> None:
    case = a_case(a_coach())
    told(lambda: plan_appointment(case=case, plan=AppointmentPlan(on=LAST, channel="PHONE"), actor=case.coach))


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-30", "0001-01-01", "2206-01-01", "-", ""])
@pytest.mark.parametrize(
    ("name", "asked"), [("followup:agenda", "jour"), ("followup:agenda_day", "jour"), ("followup:session_list", "mois")]
)
def test_addresses(client: Client, name: str, asked: str, day: str) -> None:
    client.force_login(a_coach())
    typed = day[:7] if asked == "mois" else day
    assert client.get(reverse(name), {asked: typed}).status_code < 500


def test_the_nearest_week_is_shown_and_says_which(client: Client) -> None:
    client.force_login(a_coach())
    week = client.get(reverse("followup:agenda"), {"jour": "0001-01-01"}).context["week"]
    assert week.monday <= date(1900, 1, 1) <= week.sunday


@pytest.mark.parametrize("month", ["0001-01", "0026-03", "9999-12"])
def test_no_time_sheet_of_such_a_month(client: Client, month: str) -> None:
    coach = a_coach()
    client.force_login(coach)
    address = reverse("timesheets:sheet", kwargs={"user_id": coach.pk, "month": month})
    assert client.get(address).status_code == 404
