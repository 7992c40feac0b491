"""What each act costs the database: a bound for each, so that a service that reads again what it knows is seen.

Counted as a request pays it: the actor comes as the session gives them, nothing of them read yet, the case as a page
has read it; the marks of the transaction count too. The bounds hold on both databases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import CoachingCase
from beneficiaries.services.cases import CaseOpening, hand_over, open_case
from beneficiaries.services.handover import hand_over_many
from beneficiaries.services.phases import exit_case, start_prehire
from followup.services.contacts import AppointmentPlan, ContactStatement, plan_appointment, record_contact
from followup.services.corrections import correct_contact
from followup.services.sessions import Mark, record_attendance
from foundation.clock import today
from placements.enums import FollowUpMode
from placements.services.hiring import FollowUpTerms, Terms, end_employment, hire
from tests.factories import stories
from tests.factories.accounts import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

DAY = timedelta(days=1)
MANY = 20
# What one more case costs when many change hands together: its own rows, and their lines of the trail.
EACH_MORE = 23

Act = Callable[[], Any]


def record_a_contact(coach: User) -> Act:
    case = seen(stories.in_prehire(coach))
    return partial(record_contact, case=case, statement=a_statement(), actor=logged_in(coach))


def record_and_plan(coach: User) -> Act:
    case = seen(stories.in_prehire(coach))
    kept = plan_appointment(case=case, plan=a_plan(today()), actor=coach)
    following = a_plan(today() + 7 * DAY)
    return partial(
        record_contact,
        case=case,
        statement=a_statement(),
        actor=logged_in(coach),
        appointment=kept,
        next_appointment=following,
    )


def correct_a_contact(coach: User) -> Act:
    contact = stories.a_contact(stories.in_prehire(coach))
    return partial(
        correct_contact, contact=contact, statement=a_statement(minutes=50), reason="Erreur", actor=logged_in(coach)
    )


def plan_a_meeting(coach: User) -> Act:
    case = seen(stories.in_prehire(coach))
    return partial(plan_appointment, case=case, plan=a_plan(today() + DAY), actor=logged_in(coach))


def hire_who_found_alone(coach: User) -> Act:
    """The longest way: the case passes to HIRE, then to FOLLOW_UP, with the agreement of that first day."""
    case, company = seen(stories.in_prehire(coach)), stories.a_company(coach)
    stories.a_contact(case)
    return partial(
        hire,
        case=case,
        company=company,
        terms=Terms(contract_type="CDI", job_title="Magasinier·ère", starts_on=today()),
        followup=FollowUpTerms(mode=FollowUpMode.AGREED, agreed_on=today()),
        actor=logged_in(coach),
    )


def end_a_job(coach: User) -> Act:
    job = stories.hired(stories.in_prehire(coach), starts_on=today() - 5 * DAY)
    return partial(end_employment, employment=job, ended_on=today() - DAY, reason="DISMISSAL", actor=logged_in(coach))


def leave(coach: User) -> Act:
    """With an appointment and a place in a session to come, which fall away."""
    case = seen(stories.in_followup(coach))
    plan_appointment(case=case, plan=a_plan(today() + DAY), actor=coach)
    stories.registered(stories.a_session(coach, on=today() + DAY), case)
    return partial(
        exit_case, case=case, on=today(), exit_reason="MOVED", exit_outcome="EMPLOYED", actor=logged_in(coach)
    )


def open_prehire(coach: User) -> Act:
    case = seen(stories.made_ready(stories.a_case(coach)))
    return partial(start_prehire, case=case, on=today(), actor=logged_in(coach))


def open_a_case(coach: User) -> Act:
    person, opening = stories.a_person(coach), CaseOpening(coach=coach, opened_on=today())
    return partial(open_case, beneficiary=person, opening=opening, actor=logged_in(coach))


def hand_one_over(coach: User) -> Act:
    """With an appointment, which passes to who takes over."""
    case, receiver = seen(stories.in_prehire(coach)), stories.a_coach(coach.current_organisation)
    plan_appointment(case=case, plan=a_plan(today() + DAY), actor=coach)
    coordinator = user_with(Role.COORDINATOR, coach.current_organisation)
    return partial(hand_over, case=case, coach=receiver, on=today(), actor=logged_in(coordinator))


def note_who_was_there(coach: User, people: int = 5) -> Act:
    session = stories.a_session(coach, capacity=people)
    places = [stories.registered(session, stories.a_case(coach)) for _number in range(people)]
    marks = {place.pk: Mark("PRESENT", 60) for place in places}
    return partial(record_attendance, session=session, marks=marks, actor=logged_in(coach))


BUDGETS: Mapping[Callable[[User], Act], int] = {
    record_a_contact: 25,
    record_and_plan: 39,
    correct_a_contact: 23,
    plan_a_meeting: 26,
    hire_who_found_alone: 60,
    end_a_job: 44,
    leave: 53,
    open_prehire: 35,
    open_a_case: 33,
    hand_one_over: 41,
    note_who_was_there: 30,
}


def seen(case: CoachingCase) -> CoachingCase:
    """The case as a page has read it: alone."""
    return CoachingCase.objects.get(pk=case.pk)


def logged_in(user: User) -> User:
    """The user as a session gives them."""
    return User.objects.get(pk=user.pk)


def a_statement(**stated: Any) -> ContactStatement:
    """An interview of today, in person."""
    known = {"on": today(), "channel": "IN_PERSON", "party": "BENEFICIARY", "minutes": 45, "summary": "Le CV."}
    return ContactStatement(**(known | stated))


def a_plan(on: date) -> AppointmentPlan:
    """An appointment in person, on a day."""
    return AppointmentPlan(on=on, channel="IN_PERSON")


def statements_of(act: Act) -> list[str]:
    """The statements of an act, whatever ran before it: kinds of rows are read once per process, and whether parameters
    changed is asked by the clock.
    """
    ContentType.objects.get_for_models(*apps.get_models())
    with CaptureQueriesContext(connection) as captured:
        act()
    return [query["sql"] for query in captured.captured_queries if '"accounts_parameter"' not in query["sql"]]


@pytest.mark.parametrize("make", BUDGETS, ids=lambda make: make.__name__)
def test_an_act_keeps_within_its_budget(make: Callable[[User], Act]) -> None:
    statements = statements_of(make(stories.a_coach()))
    listed = "\n".join(sql[:160] for sql in statements)
    assert len(statements) <= BUDGETS[make], f"{len(statements)} statements:\n{listed}"


@pytest.mark.parametrize("make", BUDGETS, ids=lambda make: make.__name__)
def test_an_act_stores_the_status_once(make: Callable[[User], Act]) -> None:
    statements = statements_of(make(stories.a_coach()))
    stored = [sql for sql in statements if sql.startswith('INSERT INTO "followup_casestatus"')]
    assert len(stored) == (make is not note_who_was_there)


def test_handing_over_many_cases_settles_them_together() -> None:
    """Each case keeps its own rows and its own lines of the trail; what is derived of all of them is read together."""
    coach = stories.a_coach()
    receiver = stories.a_coach(coach.current_organisation)
    coordinator = user_with(Role.COORDINATOR, coach.current_organisation)

    def given(number: int) -> Act:
        receivers = {stories.in_prehire(coach).pk: receiver for _number in range(number)}
        return partial(hand_over_many, coach=coach, receivers=receivers, on=today(), actor=logged_in(coordinator))

    one, many = len(statements_of(given(1))), len(statements_of(given(MANY)))
    assert (many - one) / (MANY - 1) <= EACH_MORE
