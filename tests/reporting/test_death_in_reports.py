"""A person who died 18 days after the first day of a CDI is no durable insertion, and kept no job for a month."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from beneficiaries.services.phases import exit_case
from tables.engine.registry import reports
from tables.engine.scope import Scope
from tables.renderers.outputs import OUTPUTS
from tests.factories.stories import a_coach, hired, in_prehire

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")


def at(*day):
    return time_machine.travel(datetime(*day, 10, tzinfo=BRUSSELS), tick=False)


def test_the_dead_do_not_work():
    with at(2026, 3, 2):
        coach = a_coach()
        case = in_prehire(coach, since=date(2026, 1, 5))
        hired(case, starts_on=date(2026, 3, 2))
    with at(2026, 3, 20):
        exit_case(case=case, on=date(2026, 3, 20), exit_reason="DEATH", exit_outcome="UNKNOWN", actor=coach)
    with at(2026, 11, 30):
        scope = Scope(organisations=(coach.current_organisation,), first=date(2026, 1, 1), last=date(2026, 12, 31))
        lines = OUTPUTS["csv"].render(reports["activite"].compute(scope)).decode("utf-8-sig").splitlines()
    durable = next(line for line in lines if line.startswith("Personnes en insertion durable, sur les personnes mises"))
    assert durable.split(";")[1] == "0", durable  # seen: 1
    kept = next(line for line in lines if line.startswith("Après 6 mois;"))
    assert kept.split(";")[2] == "0", kept  # seen: 1
