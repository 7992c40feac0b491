"""Two organisations of one installation: what one sets for itself is seen in its own pages, and nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.enums import ParameterStatus, Role
from accounts.models import User
from accounts.parameters import Key
from accounts.services.parameters import add_value
from beneficiaries.models import CoachingCase
from beneficiaries.selectors.caseloads import caseloads
from followup.models import CaseStatus, Deadline, Reminder
from followup.selectors.cases import urgent
from followup.selectors.clocks import prehire_words
from followup.selectors.counters import cadence_of
from followup.selectors.policy import deadline_policy
from followup.selectors.reasons import reason_of
from followup.services.consistency import differences
from followup.services.reminders import run_day
from foundation.clock import today
from inspection.selectors.nonconformities import facts_of_case
from method.templatetags.method import urgency_badge
from placements.rules.clocks import ClockPolicy
from placements.selectors.clocks_shown import clocks_of
from reporting.board.selectors import dashboard
from reporting.sending.selectors import parameters_in_force
from tables.engine.scope import Scope
from tests.factories import stories
from tests.factories.accounts import user_with

pytestmark = pytest.mark.django_db
LONG_AGO = date(2000, 2, 1)
BEGAN = date(2025, 2, 20)


@dataclass
class House:
    """One organisation: its coach, its coordinator, somebody searched for with them."""

    coach: User
    chief: User
    case: CoachingCase

    @property
    def status(self) -> CaseStatus:
        return CaseStatus.objects.get(case=self.case)


def a_house() -> House:
    coach = stories.a_coach()
    return House(coach, user_with(Role.COORDINATOR, coach.current_organisation), stories.in_prehire(coach, since=BEGAN))


def decide(house: House, key: str, value: Any) -> None:
    add_value(
        key=key,
        value=value,
        valid_from=LONG_AGO,
        source="Conseil d’administration",
        status=ParameterStatus.CONFIRMED,
        organisation=house.coach.current_organisation,
        actor=user_with(Role.ADMIN, house.coach.current_organisation),
    )


def deadline(house: House, kind: str = "CONTACT") -> Deadline:
    found: Deadline = Deadline.objects.get(case=house.case, kind=kind)
    return found


def policy(house: House) -> Any:
    return deadline_policy(today(), house.coach.current_organisation_id, ClockPolicy())


def frozen_values(house: House) -> list[Any]:
    scope = Scope(organisations=(house.coach.current_organisation,), first=BEGAN, last=today())
    return [one["value"] for one in parameters_in_force(scope) if one["key"] == Key.CASELOAD_NORM]


Reader = Callable[[House], Any]
READERS: dict[str, tuple[str, Any, Reader, Any, Any]] = {
    "the status": (Key.PRE_HIRE_DAYS, 10, lambda h: deadline(h).due_on, date(2025, 2, 27), date(2025, 3, 2)),
    "told ahead": (Key.DUE_SOON_DAYS, 20, lambda h: deadline(h).shown_from, date(2025, 2, 20), date(2025, 2, 7)),
    "the badge": (
        Key.VERY_LATE_DAYS,
        1,
        lambda h: urgency_badge(deadline(h).due_on, h.status.organisation_id, today())["urgency"].code,
        "late",
        "very_late",
    ),
    "the coach's day": (
        Key.VERY_LATE_DAYS,
        1,
        lambda h: reason_of(deadline(h), h.status, today()).due_code,
        "late",
        "very_late",
    ),
    "the list": (
        Key.VERY_LATE_DAYS,
        1,
        lambda h: (
            CaseStatus.objects.with_due(today())
            .filter(urgent("tres-retard", today(), h.coach.current_organisation_id), case=h.case)
            .exists()
        ),
        False,
        True,
    ),
    "the cell of the clock": (Key.WARNING_DAYS, [800, 750], lambda h: prehire_words(h.status, today()).tone, "", "bad"),
    "the bar of the clock": (
        Key.WARNING_DAYS,
        [800, 750],
        lambda h: clocks_of(h.case, today())[0].limits.near_days,
        92,
        800,
    ),
    "the cadence kept": (Key.PRE_HIRE_DAYS, 30, lambda h: cadence_of(h.coach, today()).rate.denominator, 1, 0),
    "the inspection": (Key.HIRE_DAYS, 9, lambda h: facts_of_case(h.case, today()).cadence.every_days["HIRE"], 7, 9),
    "no-shows": (Key.NO_SHOW_ALERT, 2, lambda h: policy(h).no_show_alert, 3, 2),
    "the first meeting": (
        Key.FIRST_MEETING_WORKING_DAYS,
        5,
        lambda h: policy(h).first_meeting_working_days,
        15,
        5,
    ),
    "the norm of the board": (Key.CASELOAD_NORM, 8, lambda h: dashboard(h.chief, today()).norm, 20, 8),
    "the load of the board": (Key.CASELOAD_NORM, 8, lambda h: dashboard(h.chief, today()).coaches[0].norm, 20, 8),
    "the caseloads": (
        Key.CASELOAD_NORM,
        8,
        lambda h: caseloads(h.chief, today())[h.coach.pk].load.norm,
        Decimal(20),
        Decimal(8),
    ),
    "what a report keeps": (Key.CASELOAD_NORM, 8, frozen_values, [20], [8]),
}


@pytest.mark.parametrize("name", READERS)
def test_what_one_house_decides_is_read_there_and_not_next_door(frozen, name: str) -> None:
    key, value, read, before, after = READERS[name]
    here, there = a_house(), a_house()
    assert [read(here), read(there)] == [before, before]
    decide(here, key, value)
    assert [read(here), read(there)] == [after, before]
    assert list(differences()) == []


def test_each_house_is_warned_of_the_end_of_the_24_months_by_its_own_warnings(frozen) -> None:
    here, there = a_house(), a_house()
    decide(here, Key.WARNING_DAYS, [120, 0])
    end = here.status.prehire_deadline
    assert end is not None
    assert there.status.prehire_deadline == end

    def told(days: int) -> set[tuple[Any, int]]:
        frozen((end - timedelta(days=days)).isoformat())
        run_day(on=today())
        return set(Reminder.objects.filter(rule="PREHIRE_END").values_list("case_id", "threshold"))

    assert told(120) == {(here.case.pk, 120)}
    assert told(92) == {(here.case.pk, 120), (there.case.pk, 92)}


def test_a_network_report_keeps_the_values_of_each_house_by_name(frozen) -> None:
    here, there = a_house(), a_house()
    decide(here, Key.CASELOAD_NORM, 8)
    houses = tuple(one.coach.current_organisation for one in (here, there))
    kept = parameters_in_force(Scope(organisations=houses, first=BEGAN, last=today()))
    norms = [(one["label"], one["value"]) for one in kept if one["key"].startswith(Key.CASELOAD_NORM)]
    assert norms == [
        ("Personnes accompagnées à la fois par équivalent temps plein", 20),
        (f"Personnes accompagnées à la fois par équivalent temps plein – {houses[0].short_name}", 8),
    ]
