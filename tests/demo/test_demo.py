"""The demonstration: counts that survive the shift, accounts that open, a day worth looking at."""

import io
from datetime import date
from io import StringIO

import pikepdf
import pytest
import time_machine
from auditlog.models import LogEntry
from django.core.management import call_command
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Absence, User
from beneficiaries.models import Evidence
from demo.acts import DEMO_PASSWORD, Demo, load_demo
from demo.acts.inspection import add_inspection
from demo.plan.published import published_figures
from followup.models import Attendance, CollectiveSession, Contact, TeamMeeting
from followup.selectors.my_day import my_day
from followup.selectors.tasks import overdue_by_coach
from followup.services.consistency import differences
from tests.demo.conftest import DEMO_DAY
from tests.demo.test_load import consolidated, count

pytestmark = pytest.mark.django_db

FIGURES = published_figures()


def test_the_shift_keeps_every_count(demo: Demo) -> None:
    report = consolidated(DEMO_DAY)
    assert count(report, "summary", "companies") == FIGURES.companies_contacted
    assert count(report, "summary", "people") == FIGURES.people_coached
    assert count(report, "summary", "contracts") == FIGURES.contracts_signed
    for value, by_sex in FIGURES.profile["age"].items():
        assert count(report, "age", value, "M") == by_sex["men"]
        assert count(report, "age", value, "F") == by_sex["women"]
    assert not list(differences())


def test_six_ways_to_log_in(demo: Demo) -> None:
    assert demo.is_new
    assert demo.as_of == DEMO_DAY
    roles = [Role.JOBCOACH, Role.COORDINATOR, Role.ADMIN, Role.ANALYST, Role.INSPECTOR, None]
    assert [account.role for account in demo.accounts] == roles
    for account in demo.accounts:
        user = User.objects.get(email=account.email)
        assert user.check_password(DEMO_PASSWORD)
        assert user.roles == ({account.role} if account.role else set())
        assert user.is_steward is (account.role is None)
    assert sum(user.has_usable_password() for user in User.objects.order_by("pk")) == 6


@pytest.mark.parametrize(
    "email", ["jobcoach@exemple.test", "admin@exemple.test", "inspector@exemple.test", "steward@exemple.test"]
)
def test_the_printed_password_opens_the_door(demo: Demo, client, email: str) -> None:
    answer = client.post(reverse("account_login"), {"login": email, "password": DEMO_PASSWORD})
    assert answer.status_code == 302
    assert "_auth_user_id" in client.session


def test_a_second_run_changes_nothing_and_says_how_to_log_in(demo: Demo) -> None:
    user = User.objects.get(email="jobcoach@exemple.test")
    user.set_password("mot-de-passe-choisi")
    user.save()
    before = Contact.objects.count()
    again = load_demo()
    assert not again.is_new
    assert again.accounts == demo.accounts
    assert Contact.objects.count() == before
    assert User.objects.get(pk=user.pk).check_password("mot-de-passe-choisi")
    out = StringIO()
    call_command("load_demo", stdout=out)
    assert DEMO_PASSWORD in out.getvalue()
    assert "admin@exemple.test" in out.getvalue()


def test_workshops_are_alive(demo: Demo) -> None:
    jobcoach = User.objects.get(email="jobcoach@exemple.test")
    sessions = CollectiveSession.objects.filter(leader=jobcoach).order_by("on")
    assert len(sessions) == 5
    before = [session for session in sessions if session.on < DEMO_DAY]
    assert before
    assert all(not session.attendances.filter(state="REGISTERED").exists() for session in before)
    assert Attendance.objects.filter(state="PRESENT", minutes__gt=0).count() >= 12
    # A colleague has forgotten to write down who was there.
    assert CollectiveSession.objects.exclude(leader=jobcoach).to_mark(DEMO_DAY).exists()


def test_a_colleague_is_away_and_the_jobcoach_stands_in(demo: Demo, client) -> None:
    jobcoach = User.objects.get(email="jobcoach@exemple.test")
    away = Absence.objects.running_on(DEMO_DAY).get(replacement=jobcoach)
    assert Absence.objects.filter(user=jobcoach, starts_on__gt=DEMO_DAY).count() == 1
    client.force_login(jobcoach)
    assert away.user.get_full_name() in client.get(reverse("followup:my_day")).content.decode()


def test_tasks_wait_on_the_day_and_one_meeting_was_held(demo: Demo) -> None:
    jobcoach = User.objects.get(email="jobcoach@exemple.test")
    coordinator = User.objects.get(email="coordinator@exemple.test")
    day = my_day(jobcoach, DEMO_DAY).people
    assert sum(bool(row.tasks) for row in day) >= 3
    assert any(task.due_on < DEMO_DAY for row in day for task in row.tasks)
    assert len(overdue_by_coach(coordinator, DEMO_DAY)) >= 2
    meeting = TeamMeeting.objects.get()
    assert {task.done_on is None for task in meeting.tasks.all()} == {True, False}


def test_the_inspection_has_an_access_that_ends_and_papers_to_take_away(demo: Demo) -> None:
    inspector = User.objects.get(email="inspector@exemple.test")
    held = inspector.memberships.get()
    assert (held.starts_on, held.ends_on) == (DEMO_DAY, date(2027, 2, 21))
    assert LogEntry.objects.filter(actor=inspector, additional_data__access="inspection").count() == 3
    with Evidence.objects.exclude(file="").earliest("created_at").file.open() as file:
        assert len(pikepdf.open(io.BytesIO(file.read())).pages) == 1


def test_an_inspection_that_has_ended_is_opened_again(demo: Demo) -> None:
    with time_machine.travel(date(2027, 2, 22), tick=False):
        inspector = add_inspection(DEMO_PASSWORD)
        assert inspector is not None
        assert inspector.roles == {Role.INSPECTOR}
        assert inspector.memberships.count() == 2
        assert add_inspection(DEMO_PASSWORD) == inspector
        assert inspector.memberships.count() == 2


def test_the_dashboard_of_a_lived_in_house_keeps_within_the_limit(
    demo: Demo, client, django_assert_max_num_queries
) -> None:
    coordinator = User.objects.get(email="coordinator@exemple.test")
    Absence.objects.running_on(DEMO_DAY).update(replacement=None)
    client.force_login(coordinator)
    client.get(reverse("reporting:dashboard"))
    with django_assert_max_num_queries(15):
        assert client.get(reverse("reporting:dashboard")).status_code == 200
