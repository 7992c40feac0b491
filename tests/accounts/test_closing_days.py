"""An organisation's own closing days: who sets them, and every rule that counts days follows them."""

from datetime import date, time

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.enums import Role
from accounts.models import ClosingDay
from accounts.permissions import NotAllowed
from accounts.rules.closing_days import Closing
from accounts.selectors.workdays import closed_organisations, day_off_name, working_days_of
from accounts.services.closing_days import ClosingRefused, add_closing, withdraw_closing
from beneficiaries.models import CoachingCase
from beneficiaries.services.cases import CaseOpening, open_case
from followup.models import Deadline, OutboxMail, Reminder
from followup.rules.kinds import DeadlineKind
from followup.services.reminders import run_day
from followup.services.sessions import SessionPlan, create_series
from followup.views.row_acts import offered
from foundation.errors import DomainError
from tests.factories import stories
from tests.factories.accounts import user_with

pytestmark = pytest.mark.django_db

FRIDAY = date(2026, 12, 4)


@pytest.fixture
def coach(frozen):
    frozen("2026-11-30")
    return stories.a_coach()


@pytest.fixture
def admin(coach):
    return user_with(Role.ADMIN, coach.current_organisation)


def referred(coach, on: date) -> CoachingCase:
    opening = CaseOpening(coach=coach, opened_on=date(2026, 11, 27), referred_on=on)
    return open_case(beneficiary=stories.a_person(coach), opening=opening, actor=coach)


def close(admin, first=FRIDAY, last=None, **more) -> ClosingDay:
    return add_closing(closing=Closing(first, last or first, "Sainte-Barbe", **more), actor=admin)


def test_it_holds_for_one_organisation_until_it_is_taken_back(coach, admin) -> None:
    elsewhere = stories.a_coach()
    row = close(admin)
    here = coach.current_organisation_id
    assert not working_days_of(here, FRIDAY).is_working(FRIDAY)
    assert day_off_name(here, FRIDAY) == "Sainte-Barbe"
    assert closed_organisations(FRIDAY) == {here}
    assert working_days_of(elsewhere.current_organisation_id, FRIDAY).is_working(FRIDAY)
    assert working_days_of(None, FRIDAY).is_working(FRIDAY)
    assert not ClosingDay.objects.visible_to(elsewhere).exists()
    withdraw_closing(closing_day=row, actor=admin)
    withdraw_closing(closing_day=row, actor=admin)
    assert working_days_of(here, FRIDAY).is_working(FRIDAY)
    assert LogEntry.objects.get_for_object(row).count() == 2


def test_only_an_administrator_sets_it_and_twice_is_refused(coach, admin) -> None:
    with pytest.raises(NotAllowed):
        close(coach)
    close(admin)
    with pytest.raises(DomainError, match="déjà une partie"):
        close(admin, date(2026, 12, 3), date(2026, 12, 5))
    with pytest.raises(ClosingRefused):
        close(admin, date(2026, 12, 5))
    made_up = date(2026, 11, 1)
    close(admin, date(2026, 12, 11), replaces=made_up)
    with pytest.raises(DomainError, match="déjà remplacé"):
        close(admin, date(2026, 12, 18), replaces=made_up)


def test_what_is_due_moves_with_it_and_back(coach, admin) -> None:
    case = referred(coach, date(2026, 11, 27))
    due = Deadline.objects.filter(case=case, kind=DeadlineKind.FIRST_MEETING)
    before = due.get().due_on
    row = close(admin, date(2026, 12, 1), FRIDAY)
    assert due.get().due_on > before
    withdraw_closing(closing_day=row, actor=admin)
    assert due.get().due_on == before


def test_series_and_postponements_leave_it_out(coach, admin, frozen) -> None:
    close(admin)
    frozen("2026-12-03")
    assert [one.day for one in offered(date(2026, 12, 3), coach.current_organisation_id)] == [date(2026, 12, 7)]
    plan = SessionPlan(on=date(2026, 11, 27), at=time(10), minutes=60, place="Salle", capacity=8, leader=coach)
    series = create_series(title="Atelier", aim="", first=plan, number=2, actor=coach)
    assert [one.on for one in series.sessions.order_by("on")] == [date(2026, 11, 27), date(2026, 12, 11)]


def test_nobody_of_a_closed_house_is_written_to_and_its_reminders_stay(coach, admin, frozen) -> None:
    elsewhere = stories.a_coach()
    for one in (coach, elsewhere):
        referred(one, date(2026, 11, 9))
    run_day(on=date(2026, 11, 30))
    standing = Reminder.objects.open().filter(organisation=coach.current_organisation).count()
    assert standing
    OutboxMail.objects.all().delete()
    referred(coach, date(2026, 11, 10))
    referred(elsewhere, date(2026, 11, 10))
    close(admin, date(2026, 12, 1))
    frozen("2026-12-01")
    run_day(on=date(2026, 12, 1))
    assert Reminder.objects.open().filter(organisation=coach.current_organisation).count() == standing
    assert set(OutboxMail.objects.values_list("user_id", flat=True)) <= {elsewhere.pk}


def test_the_pages_of_the_settings(client, coach, admin, frozen) -> None:
    frozen("2026-11-30")
    client.force_login(admin)
    page = client.get(reverse("accounts:closing_list")).content.decode()
    assert "Aucun jour de fermeture" in page
    typed = {"name": "Pont", "starts_on": "24/12/2026", "ends_on": "", "replaces": ""}
    assert client.post(reverse("accounts:closing_create"), typed).status_code == 302
    row = ClosingDay.objects.get()
    assert (row.starts_on, row.ends_on, row.created_by) == (date(2026, 12, 24), date(2026, 12, 24), admin)
    answer = client.post(reverse("accounts:closing_create"), typed | {"starts_on": "26/12/2026"})
    assert answer.status_code == 422
    assert "Aucun de ces jours" in answer.content.decode()
    asked = client.get(reverse("accounts:closing_create"), {"ferie": "2027-05-01"})
    assert asked.context["form"]["replaces"].value() == "2027-05-01"
    assert client.post(reverse("accounts:closing_withdraw", args=[row.pk])).status_code == 302
    assert not ClosingDay.objects.standing().exists()
