"""An end that is told, an amendment and a correction leave what was seen of a contract inside its days."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.enums import Role
from accounts.registries import takables
from accounts.services.taking_back import take_back
from foundation.clock import today
from placements.enums import Idleness
from placements.rules.amendments import Change
from placements.rules.weeks import WEEK, Week, monday_of
from placements.services.amendments import Stated, amend
from placements.services.corrections import CorrectedTerms, correct_employment
from placements.services.guards import PlacementRefused
from placements.services.hiring import end_employment
from placements.services.idleness import IdleDays, record_idleness
from placements.services.verifying import Verification, verify_employment
from placements.services.weeks import write_weeks
from tests.factories import stories
from tests.factories.accounts import user_with

pytestmark = pytest.mark.django_db

FIRST, SEEN, DAY = date(2025, 1, 13), date(2025, 2, 20), timedelta(days=1)


@pytest.fixture
def case(frozen):
    return stories.in_prehire(stories.a_coach(), since=FIRST - timedelta(days=30))


def found_at_work(job, on=SEEN):
    found = Verification(asked_on=today(), how="PERSON", seen_on=on)
    return verify_employment(employment=job, found=found, actor=job.case.coach)


def ended(job, on):
    return end_employment(employment=job, ended_on=on, reason="RESIGNATION", actor=job.case.coach)


def refused(act, *args):
    with pytest.raises(PlacementRefused) as refusal:
        act(*args)
    return refusal.value.code, refusal.value.field


def test_nobody_stopped_before_the_day_on_which_they_were_found_at_work(case):
    job = stories.hired(case, starts_on=FIRST)
    row = found_at_work(job)
    assert refused(ended, job, SEEN - DAY) == ("leaves_out", "ended_on")
    take_back(kind=takables["verification"], row=row, reason="Un autre dossier", actor=case.coach)
    assert ended(job, SEEN - DAY).ended_on == SEEN - DAY


def test_the_day_itself_may_be_the_last_one(case):
    job = stories.hired(case, starts_on=FIRST)
    found_at_work(job)
    assert ended(job, SEEN).ended_on == SEEN


@pytest.mark.parametrize(("days", "stays"), [(5, True), (0, False)])
def test_a_week_that_was_worked_is_not_left_out_one_without_work_is(case, days, stays):
    job = stories.hired(case, starts_on=FIRST, contract_type="INTERIM", ends_on=date(2025, 6, 30))
    last = monday_of(FIRST) + 2 * WEEK
    write_weeks(employment=job, weeks={last: Week(last, Decimal(days))}, seen={}, actor=case.coach)
    if stays:
        assert refused(ended, job, last - DAY) == ("leaves_out", "ended_on")
        return
    assert ended(job, last - DAY).ended_on == last - DAY


def test_temporary_unemployment_begins_before_the_end_and_may_have_been_meant_to_last(case):
    job = stories.hired(case, starts_on=FIRST)
    idle = IdleDays(kind=Idleness.WEATHER, starts_on=SEEN, ends_on=SEEN + 10 * DAY, learnt_on=today())
    record_idleness(employment=job, stated=idle, actor=case.coach)
    assert refused(ended, job, SEEN - DAY) == ("leaves_out", "ended_on")
    assert ended(job, SEEN + DAY).ended_on == SEEN + DAY


def shortened(job, to):
    change = Change(effective_on=FIRST, changes_end=True, ends_on=to)
    return amend(employment=job, stated=Stated(change=change, learnt_on=today()), actor=job.case.coach)


def test_an_amendment_and_its_taking_back_leave_no_day_at_work_out(case):
    job = stories.hired(case, starts_on=FIRST, contract_type="CDD", ends_on=SEEN - DAY)
    prolonged = shortened(job, SEEN + 60 * DAY)
    found_at_work(job)
    assert refused(shortened, job, SEEN - DAY) == ("leaves_out", "ends_on")
    with pytest.raises(PlacementRefused) as refusal:
        take_back(kind=takables["avenant"], row=prolonged, reason="Erreur", actor=case.coach)
    assert refusal.value.code == "leaves_out"


@pytest.mark.parametrize(
    ("starts_on", "ended_on", "field"), [(SEEN + DAY, None, "starts_on"), (FIRST, SEEN - DAY, "ended_on")]
)
def test_a_correction_leaves_no_day_at_work_out(case, starts_on, ended_on, field):
    job = stories.hired(case, starts_on=FIRST)
    found_at_work(job)
    terms = CorrectedTerms(
        contract_type="CDI",
        job_title="Aide",
        starts_on=starts_on,
        ends_on=None,
        weekly_hours=None,
        ended_on=ended_on,
        end_reason="RESIGNATION" if ended_on else "",
    )
    with pytest.raises(PlacementRefused) as refusal:
        correct_employment(
            employment=job, terms=terms, reason="Erreur", actor=user_with(Role.COORDINATOR, case.organisation)
        )
    assert (refusal.value.code, refusal.value.field) == ("leaves_out", field)
