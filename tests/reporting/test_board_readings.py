"""The reading of each Monday: once, whoever wakes first, and never of a week that passed."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from reporting.board.services import freeze_week
from reporting.models import BoardReading
from tests.factories.accounts import OrganisationFactory, user_with
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


def test_the_trail_says_that_the_clock_took_it(frozen):
    frozen(MONDAY)
    coach = a_coach()
    a_case(coach)
    freeze_week()
    keys = [str(row.pk) for row in lines_of(coach)]
    entries = LogEntry.objects.filter(object_pk__in=keys, action=LogEntry.Action.CREATE)
    assert [entry.actor for entry in entries] == [None, None]


@pytest.fixture
def as_coordinator(frozen, client):
    """A house whose Monday was read with two cases, where a third has come since; and who looks."""
    frozen(MONDAY)
    coach = a_coach()
    for _case in range(2):
        a_case(coach)
    freeze_week()
    frozen(MONDAY + 9 * DAY)
    a_case(coach)
    client.force_login(user_with(Role.COORDINATOR, coach.current_organisation))
    return coach


def monday(client, day=MONDAY):
    return client.get(reverse("reporting:dashboard_monday", args=[day.isoformat()]))


def test_a_past_monday_is_opened_as_it_was_beside_today(as_coordinator, client):
    shown = monday(client)
    first = shown.context["figures"][0]
    assert (first.then, first.now, first.since.words, first.week, first.year) == (2, 3, "+1", None, None)
    page = shown.content.decode()
    assert "De ce lundi à aujourd’hui, dossiers ouverts : 1 de plus" in page
    assert "pris par l’horloge ce jour-là" in page
    ((one,), tabs) = shown.context["past"].coaches, shown.context["weeks"]
    assert (one.reading.coach, one.reading.open_cases, one.now["open_cases"]) == (as_coordinator, 2, 3)
    assert [(tab["label"], tab["current"]) for tab in tabs] == [("Aujourd’hui", False), ("Lundi 03/03/2025", True)]
    today_s = client.get(reverse("reporting:dashboard")).content.decode()
    assert "Depuis le relevé du lundi 03/03/2025, dossiers ouverts : 1 de plus" in today_s


def test_a_monday_without_a_reading_says_so_and_no_other_day_is_one(as_coordinator, client):
    assert "n’a pas été relevé" in monday(client, MONDAY + 7 * DAY).content.decode()
    assert [monday(client, MONDAY + days * DAY).status_code for days in (1, 14)] == [404, 404]


def test_a_neighbour_s_monday_is_not_ours(as_coordinator, client):
    client.force_login(user_with(Role.COORDINATOR, OrganisationFactory()))
    assert "n’a pas été relevé" in monday(client).content.decode()
