"""What the recount found, each by one small example."""

from datetime import date
from uuid import uuid4

import pytest

from accounts.enums import Role
from employers.rules.lineage import Lineage
from followup.rules.mandate import read_lapses
from followup.services.status import rebuild_all
from placements.rules.clocks import Contract, jobs
from placements.rules.observed import Known, News, observed
from placements.rules.weeks import WEEK, idle_periods
from placements.services.clocks import grant_extension
from tables.engine.tables import Subject, mentions_cell
from tests.factories import stories
from tests.factories.accounts import user_with

MONDAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("taken_over_on", "seen_until"), [(date(2026, 3, 2), date(2026, 3, 2)), (date(2026, 3, 3), MONDAY)]
)
def test_a_take_over_makes_no_news_of_the_days_before_it(taken_over_on, seen_until) -> None:
    """A contract with who took the firm over later is no news of the job there."""
    lineage = Lineage(((date.min, "sold"), (taken_over_on, "buyer")))
    sold = Contract("CDI", "buyer", MONDAY, firm="sold", lineage=lineage)
    news = News(opened_on=MONDAY, recorded_on=MONDAY)
    found = observed([Known(one, news) for one in (sold, Contract("CDI", "buyer", date(2026, 3, 2)))], date(2026, 6, 1))
    assert found[0] is not None
    assert found[0].worked.last_day == seen_until


def test_a_job_that_idle_weeks_ended_is_not_censored_with_the_one_that_followed() -> None:
    idle = idle_periods([MONDAY + 2 * WEEK, MONDAY + 3 * WEEK])
    contract = Contract("INTERIM", "agency", MONDAY, None, MONDAY + 6 * WEEK, idle=idle, censored=True)
    found = jobs([contract], types=frozenset({"INTERIM"}), gap_days=7)
    assert [(job.starts_on, job.censored) for job in found] == [(MONDAY, False), (MONDAY + 4 * WEEK, True)]


def test_two_jobs_of_one_contract_are_two_and_open_on_it_once() -> None:
    one, other = uuid4(), uuid4()
    cell = mentions_cell([one, other, one], Subject.EMPLOYMENT)
    assert (cell.value, cell.refs) == (3, (one, other))


@pytest.mark.django_db
def test_months_that_were_taken_back_cover_nothing_when_others_are_granted_too_late(frozen) -> None:
    frozen("2025-03-03")
    coach = stories.a_coach()
    coordinator = user_with(Role.COORDINATOR, coach.current_organisation)
    case = stories.in_prehire(coach, since=date(2023, 2, 6))
    told = {"months": 1, "reason": "Formation en cours", "document": "Accord", "actor": coordinator}
    first = grant_extension(case=case, on=date(2025, 2, 3), **told)
    type(first).objects.filter(pk=first.pk).update(taken_back_on=date(2025, 2, 4))
    grant_extension(case=case, on=date(2025, 3, 3), **told)
    rebuild_all([case])
    (lapse,) = read_lapses(type(case).objects.get(pk=case.pk).status.prehire_lapses)
    assert (lapse.start, lapse.end) == (date(2025, 2, 6), date(2025, 3, 3))
