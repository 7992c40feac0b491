"""The weeks of a job through an agency: one grid, one window, no bounce on Friday, nothing twice."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from accounts.registries import takables
from accounts.services.taking_back import take_back
from beneficiaries.models import CoachingCase
from followup.models import CaseStatus
from foundation.clock import today
from placements.models import Employment, WorkWeek
from placements.rules.weeks import WEEK, Week
from placements.selectors.clocks import clock_facts
from placements.selectors.insertion import insertion_of
from placements.services.guards import PlacementRefused
from placements.services.hiring import FollowUpTerms, Terms, hire
from placements.services.weeks import WrittenMeanwhile, write_weeks
from tests.employers.pages import browser, words
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, a_company, hired, in_prehire

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_november():
    with time_machine.travel(datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Brussels")), tick=False):
        yield


@pytest.fixture
def job():
    coach = a_coach()
    case = in_prehire(coach, since=date(2026, 3, 2))
    return hire(
        case=case,
        company=a_company(coach, name="Agence exemple"),
        terms=Terms(
            contract_type="INTERIM",
            job_title="Préparation",
            starts_on=MONDAY,
            origin="AGENCY",
            user_company=a_company(coach, name="Entrepôt exemple"),
        ),
        followup=FollowUpTerms(mode="AGREED", agreed_on=today()),
        actor=coach,
    )


def grid(*days):
    """Weeks from the first one on, by days worked; None says nothing."""
    mondays = [MONDAY + number * WEEK for number in range(len(days))]
    return {
        monday: Week(monday, None if number is None else Decimal(number))
        for monday, number in zip(mondays, days, strict=True)
    }


def written(job, weeks, seen=None, by=None):
    return write_weeks(employment=job, weeks=weeks, seen=seen or {}, actor=by or job.case.coach)


def kept(job):
    return {row.monday: row.as_week() for row in WorkWeek.objects.filter(employment=job)}


def facts(job):
    return clock_facts(CoachingCase.objects.get(pk=job.case_id))


def test_several_weeks_at_once_are_one_job_with_one_window_and_no_bounce(job):
    assert len(written(job, grid(5, 3, 0, 4, None, 5))) == 5
    assert len(facts(job).windows()) == 1
    assert facts(job).prehire(MONDAY + 6 * WEEK).stopped_days == 35
    status = CaseStatus.objects.get(case=job.case)
    assert (status.phase, status.followup_starts_on) == ("FOLLOW_UP", MONDAY)
    assert Employment.objects.get(pk=job.pk).idle_weeks == ["2026-06-15"]


def test_two_weeks_without_work_make_another_job(job):
    written(job, grid(5, 5, 0, 0, 5))
    assert [window.starts_on for window in facts(job).windows()] == [MONDAY, MONDAY + 4 * WEEK]


def test_weeks_are_corrected_in_the_grid_and_taken_back_with_a_reason(job):
    before = grid(5, 0)
    written(job, before)
    assert written(job, grid(4, 0), seen=before) == (MONDAY,)
    with pytest.raises(PlacementRefused, match="est déjà notée") as refused:
        written(job, grid(4, None), seen=grid(4, 0))
    assert "retirez-la" in refused.value.hint
    row = WorkWeek.objects.get(monday=MONDAY + WEEK)
    take_back(kind=takables["semaine"], row=row, reason="Autre personne", actor=job.case.coach)
    assert kept(job) == grid(4)
    assert Employment.objects.get(pk=job.pk).idle_weeks == []


def test_the_second_of_two_tabs_sees_what_the_first_wrote(job):
    colleague = user_with("COORDINATOR", job.case.organisation)
    written(job, grid(5, 3))
    with pytest.raises(WrittenMeanwhile) as refused:
        written(job, grid(5, 4, 5), by=colleague)
    assert refused.value.weeks == {MONDAY + WEEK: Week(MONDAY + WEEK, Decimal(3))}
    assert kept(job) == grid(5, 3)
    # Having seen it, the colleague saves again.
    assert written(job, grid(5, 4, 5), seen=grid(5, 3), by=colleague) == (MONDAY + WEEK, MONDAY + 2 * WEEK)
    assert kept(job) == grid(5, 4, 5)


def test_both_tabs_writing_the_same_write_it_once(job):
    written(job, grid(5, 3))
    assert written(job, grid(5, 3)) == ()
    assert WorkWeek.objects.count() == 2


@pytest.mark.parametrize("monday", [MONDAY - WEEK, MONDAY + timedelta(1), date(2026, 11, 30)])
def test_a_week_outside_the_job_a_day_that_is_no_monday_and_a_week_to_come_are_refused(job, monday):
    with pytest.raises(PlacementRefused, match="n’est pas une semaine de ce contrat"):
        written(job, {monday: Week(monday, Decimal(5))})


def test_only_work_through_an_agency_is_told_by_the_week(job):
    other = hired(in_prehire(job.case.coach), contract_type="CDI")
    with pytest.raises(PlacementRefused, match="intérim"):
        written(other, {today() - timedelta(1): Week(today() - timedelta(1), Decimal(5))})


def test_an_insertion_counts_the_weeks_with_work(job):
    assert insertion_of([Employment.objects.get(pk=job.pk)], today()).durable_on == date(2026, 9, 1)
    # Two weeks without work each month: never three months in a row, and fewer days in all.
    written(job, grid(*[5, 5, 0, 0] * 6))
    assert insertion_of([Employment.objects.get(pk=job.pk)], today()).durable_on is None


def test_the_grid_is_typed_and_tells_what_another_tab_wrote(job):
    visit = browser(job.case.coach)
    address = reverse("placements:weeks", args=[job.case_id, job.pk])
    page = words(visit.get(address))
    assert "01/06/2026" in page
    first, second = "2026-06-01", "2026-06-08"
    visit.post(address, {f"days-{first}": "5", f"hours-{first}": "37,5", f"days-{second}": "0"})
    assert kept(job) == {
        MONDAY: Week(MONDAY, Decimal(5), Decimal("37.5")),
        MONDAY + WEEK: Week(MONDAY + WEEK, Decimal(0)),
    }
    late = visit.post(address, {f"days-{first}": "4", f"days-{second}": "0"})
    assert late.status_code == 422
    assert "Enregistré entre-temps par quelqu’un d’autre : 5 j, 37,5 h." in words(late)
    assert f'name="seen-{first}" value="5|37.5"' in late.content.decode()
    page = words(visit.get(reverse("placements:contract", args=[job.case_id, job.pk])))
    assert "1 semaine prestée (5 j, 37,5 h). 1 semaine sans travail." in page
    assert "Entrepôt exemple" in page
