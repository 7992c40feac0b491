"""A hiring settles the suspensions beside it, a death the contracts; taken back, they give them back."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.enums import Role
from beneficiaries.services.corrections import correct_phase_start, undo_exit
from beneficiaries.services.phases import exit_case
from followup.models import CaseStatus
from followup.services.consistency import differences
from placements.models import ClockSuspension
from placements.selectors.clocks import clock_facts
from placements.services.clocks import (
    SuspensionRequest,
    cancel_suspension,
    decide_suspension,
    end_suspension,
    request_suspension,
)
from placements.services.corrections import CorrectedTerms, correct_employment
from placements.services.hiring import cancel_hiring, end_employment
from tests.factories.accounts import user_with
from tests.factories.asking import EVERYTHING
from tests.factories.stories import a_coach, hired, in_prehire

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2025, 3, 3)


def at(*day):
    return time_machine.travel(datetime(*day, 10, tzinfo=ZoneInfo("Europe/Brussels")), tick=False)


@pytest.fixture(autouse=True)
def _statuses_stay_true():
    yield
    assert list(differences()) == []


@pytest.fixture
def coach(frozen):
    """Every story is told on Monday 3 March 2025, but those that travel."""
    return a_coach()


@pytest.fixture
def coordinator(coach):
    return user_with(Role.COORDINATOR, coach.current_organisation)


@pytest.fixture
def case(coach):
    return in_prehire(coach, since=TODAY - 60 * DAY)


def suspended(case, coordinator, starts_on, ends_on=None, *, approved=True):
    request = SuspensionRequest(reason="ILLNESS", starts_on=starts_on, ends_on=ends_on, evidence="certificat")
    asked = request_suspension(case=case, request=request, actor=case.coach)
    if approved:
        decide_suspension(suspension=asked, approved=True, on=TODAY, actor=coordinator)
    return asked


def told(row):
    row = ClockSuspension.objects.get(pk=row.pk)
    return row.state, row.ends_on


def test_the_clock_runs_again():
    with at(2026, 11, 2):
        coach = a_coach()
        case = in_prehire(coach, since=date(2026, 6, 1))
        asked = request_suspension(
            case=case,
            request=SuspensionRequest(reason="ILLNESS", starts_on=date(2026, 11, 2), evidence="certificat"),
            actor=coach,
        )
        boss = user_with(Role.COORDINATOR, coach.current_organisation)
        decide_suspension(suspension=asked, approved=True, on=date(2026, 11, 2), actor=boss)
    with at(2026, 11, 16):
        job = hired(case, starts_on=date(2026, 11, 16), ends_on=date(2026, 12, 31), contract_type="CDD")
    with at(2026, 11, 30):
        end_employment(employment=job, ended_on=date(2026, 11, 27), reason="RESIGNATION", actor=coach)
        # 14 days of illness (2 to 15/11) and 12 of work (16 to 27/11): 1 June 2028 + 26 days.
        assert CaseStatus.objects.get(case=case).prehire_deadline == date(2028, 6, 27)
        assert clock_facts(case).prehire(date(2030, 1, 15)).state == "expired"


def test_an_internship_and_work_that_ran_already_leave_a_suspension_as_it_is(case, coordinator):
    row = suspended(case, coordinator, TODAY - 10 * DAY)
    hired(case, starts_on=TODAY, ends_on=TODAY + 30 * DAY, contract_type="STAGE")
    assert told(row) == ("APPROVED", None)
    other = in_prehire(case.coach, since=TODAY - 60 * DAY)
    hired(other, starts_on=TODAY - 20 * DAY)
    row = suspended(other, coordinator, TODAY - 10 * DAY)
    assert told(row) == ("APPROVED", None)


def test_a_request_is_cut_when_it_is_approved(case, coordinator):
    row = suspended(case, coordinator, TODAY - 10 * DAY, approved=False)
    hired(case, starts_on=TODAY)
    assert told(row) == ("REQUESTED", None)
    decide_suspension(suspension=row, approved=True, on=TODAY, actor=coordinator)
    assert told(row) == ("APPROVED", TODAY - DAY)


def test_a_hiring_called_off_gives_the_suspension_its_days_back(case, coordinator):
    row = suspended(case, coordinator, TODAY - 10 * DAY, TODAY + 90 * DAY)
    job = hired(case, starts_on=TODAY + 5 * DAY)
    assert told(row) == ("APPROVED", TODAY + 4 * DAY)
    cancel_hiring(employment=job, on=TODAY, reason="Malade encore", actor=case.coach)
    assert told(row) == ("APPROVED", TODAY + 90 * DAY)


def test_days_given_to_another_suspension_meanwhile_do_not_come_back(case, coordinator):
    row = suspended(case, coordinator, TODAY - 10 * DAY)
    job = hired(case, starts_on=TODAY + 5 * DAY)
    suspended(case, coordinator, TODAY + 20 * DAY, approved=False)
    cancel_hiring(employment=job, on=TODAY, reason="Malade encore", actor=case.coach)
    assert told(row) == ("APPROVED", TODAY + 19 * DAY)


def test_a_first_day_at_work_that_is_the_first_suspended_one_leaves_nothing_of_it(case, coordinator):
    row = suspended(case, coordinator, TODAY + 5 * DAY)
    job = hired(case, starts_on=TODAY + 5 * DAY)
    assert told(row) == ("CANCELLED", None)
    cancel_hiring(employment=job, on=TODAY, reason="Malade encore", actor=case.coach)
    assert told(row) == ("APPROVED", None)


def test_a_first_day_corrected_moves_the_end_of_the_suspension(case, coordinator):
    row = suspended(case, coordinator, TODAY - 30 * DAY)
    job = hired(case, starts_on=TODAY)
    terms = CorrectedTerms(
        contract_type="CDI",
        job_title="Aide",
        starts_on=TODAY - 4 * DAY,
        ends_on=None,
        weekly_hours=None,
        confirmed=EVERYTHING,
    )
    correct_employment(employment=job, terms=terms, reason="Date", actor=coordinator)
    assert told(row) == ("APPROVED", TODAY - 5 * DAY)


def test_what_a_coordinator_decides_of_a_suspension_afterwards_stands(case, coordinator):
    row = suspended(case, coordinator, TODAY - 30 * DAY)
    job = hired(case, starts_on=TODAY + 5 * DAY)
    end_suspension(suspension=row, ends_on=TODAY - 3 * DAY, actor=coordinator)
    cancel_hiring(employment=job, on=TODAY, reason="Renonce", actor=case.coach)
    assert told(row) == ("APPROVED", TODAY - 3 * DAY)


def test_a_suspension_taken_back_does_not_return_with_the_days_of_a_hiring_called_off(case, coordinator):
    row = suspended(case, coordinator, TODAY - 30 * DAY)
    job = hired(case, starts_on=TODAY + 5 * DAY)
    cancel_suspension(suspension=row, on=TODAY, reason="Erreur", actor=coordinator)
    cancel_hiring(employment=job, on=TODAY, reason="Renonce", actor=case.coach)
    assert told(row)[0] == "CANCELLED"


def left_by_death(case, on=TODAY):
    exit_case(case=case, on=on, exit_reason="DEATH", exit_outcome="UNKNOWN", actor=case.coach)


def test_a_death_ends_the_contract_that_runs_and_calls_off_the_next_one(case):
    job = hired(case, starts_on=TODAY - 10 * DAY)
    planned = hired(case, starts_on=TODAY + 10 * DAY)
    left_by_death(case)
    job.refresh_from_db()
    planned.refresh_from_db()
    assert (job.ended_on, job.end_reason, job.cancelled_on) == (TODAY, "DEATH", None)
    assert (planned.ended_on, planned.cancelled_on) == (None, TODAY)
    assert not case.deadlines.exists()


def test_another_exit_says_nothing_of_the_contract(case):
    job = hired(case, starts_on=TODAY - 10 * DAY)
    exit_case(case=case, on=TODAY, exit_reason="MOVED", exit_outcome="EMPLOYED", actor=case.coach)
    job.refresh_from_db()
    assert (job.ended_on, job.cancelled_on) == (None, None)


def test_a_death_taken_back_gives_the_contracts_back_and_one_corrected_moves_their_end(case, coordinator):
    job = hired(case, starts_on=TODAY - 10 * DAY)
    planned = hired(case, starts_on=TODAY + 10 * DAY)
    left_by_death(case)
    correct_phase_start(spell=case.open_spell(), starts_on=TODAY - 2 * DAY, reason="Acte", actor=coordinator)
    job.refresh_from_db()
    assert job.ended_on == TODAY - 2 * DAY
    undo_exit(case=case, reason="Un homonyme", actor=coordinator)
    for one in (job, planned):
        one.refresh_from_db()
        assert (one.ended_on, one.end_reason, one.cancelled_on) == (None, "", None)


def test_an_end_that_was_known_before_the_death_stays_with_its_reason(case, coordinator):
    job = hired(case, starts_on=TODAY - 10 * DAY)
    end_employment(employment=job, ended_on=TODAY - 5 * DAY, reason="RESIGNATION", actor=case.coach)
    left_by_death(case)
    undo_exit(case=case, reason="Un homonyme", actor=coordinator)
    job.refresh_from_db()
    assert (job.ended_on, job.end_reason) == (TODAY - 5 * DAY, "RESIGNATION")
