"""The reading of each Monday: once, whoever wakes first, and never of a week that passed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from reporting.board.services import freeze_week
from reporting.models import BoardReading
from tests.factories.accounts import OrganisationFactory
from tests.factories.stories import a_case, a_coach, in_followup, in_prehire

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MONDAY = date(2025, 3, 3)


def lines_of(worker, **wanted):
    return BoardReading.objects.filter(organisation=worker.current_organisation, **wanted)


def test_a_week_is_kept_once_with_one_line_for_each_coach(frozen):
    frozen(MONDAY)
    coach = a_coach()
    other = a_coach(coach.current_organisation)
    in_prehire(coach, since=MONDAY - 60 * DAY, opened_on=MONDAY - 90 * DAY)
    a_case(other)
    assert freeze_week() > 0
    assert freeze_week() == 0
    lines = {line.coach: line for line in lines_of(coach)}
    assert set(lines) == {None, coach, other}
    assert [(one.open_cases, one.late, one.silent) for one in (lines[None], lines[coach], lines[other])] == [
        (2, 1, 1),
        (1, 1, 1),
        (1, 0, 0),
    ]
    assert {line.week for line in lines.values()} == {MONDAY}


def test_a_worker_that_slept_reads_the_week_on_the_day_it_wakes(frozen):
    frozen(MONDAY)
    coach = a_coach()
    freeze_week()
    frozen(MONDAY + 17 * DAY)
    a_case(coach)
    freeze_week()
    kept = lines_of(coach, coach=None).order_by("week").values_list("week", "taken_on", "open_cases")
    assert list(kept) == [(MONDAY, MONDAY, 0), (MONDAY + 14 * DAY, MONDAY + 17 * DAY, 1)]


def test_what_was_read_does_not_move_with_the_facts(frozen):
    frozen(MONDAY)
    coach = a_coach()
    freeze_week()
    a_case(coach)
    freeze_week()
    assert lines_of(coach, coach=None).get().open_cases == 0


def test_the_entries_of_the_year_that_came_to_a_job(frozen):
    frozen(MONDAY)
    coach = a_coach()
    in_followup(coach, since=MONDAY - 3 * DAY, prehire_since=MONDAY - 20 * DAY)
    freeze_week()
    line = BoardReading.objects.get(coach=coach)
    assert (line.hired, line.durable) == (1, 0)


def test_each_organisation_reads_its_own_and_the_database_takes_a_week_once(frozen):
    frozen(MONDAY)
    here, there = OrganisationFactory(), OrganisationFactory()
    freeze_week()
    assert {here.pk, there.pk} <= set(BoardReading.objects.values_list("organisation", flat=True))
    with pytest.raises(IntegrityError), transaction.atomic():
        BoardReading.objects.create(organisation=here, week=MONDAY, taken_on=MONDAY)
