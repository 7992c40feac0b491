"""The work of a period: contacts with their phase and their mandate, sessions led."""

from datetime import date, timedelta

import pytest

from accounts.enums import Role
from beneficiaries.services.phases import exit_case
from followup.services.sessions import call_off_session
from placements.services.hiring import end_employment
from tables.engine.scope import Scope
from tables.engine.tables import Subject
from tests.factories import stories
from tests.factories.accounts import ProjectFactory, SiteFactory, user_with
from timesheets.selectors.hours import contact_work, session_work

pytestmark = pytest.mark.django_db


def scope_of(owner, first=date(2025, 1, 1), last=date(2027, 12, 31), **narrowing) -> Scope:
    return Scope(organisations=(owner.current_organisation,), first=first, last=last, **narrowing)


def test_the_phase_of_a_contact_is_that_of_its_day(frozen) -> None:
    frozen("2025-06-02")
    coach = stories.a_coach()
    case = stories.in_prehire(coach, since=date(2025, 2, 3), opened_on=date(2025, 1, 20))
    stories.hired(case, starts_on=date(2025, 4, 7))
    for on in (date(2025, 1, 20), date(2025, 2, 2), date(2025, 2, 3), date(2025, 4, 6), date(2025, 4, 7)):
        stories.a_contact(case, on=on)
    rows = contact_work(scope_of(coach))
    assert [(row.on, row.phase) for row in rows] == [
        (date(2025, 1, 20), "PREPARATORY"),
        (date(2025, 2, 2), "PREPARATORY"),
        (date(2025, 2, 3), "PRE_HIRE"),
        (date(2025, 4, 6), "PRE_HIRE"),
        (date(2025, 4, 7), "FOLLOW_UP"),
    ]
    assert {(row.case_id, row.coach_id, row.subject, row.minutes) for row in rows} == {
        (case.pk, coach.pk, Subject.CONTACT, 45)
    }


def test_the_eve_the_day_and_the_morrow_of_the_end_of_the_mandate(frozen) -> None:
    frozen("2025-01-08")
    coach = stories.a_coach()
    case = stories.in_prehire(coach, since=date(2025, 1, 8))
    frozen("2027-03-01")
    for on in (date(2027, 1, 7), date(2027, 1, 8), date(2027, 1, 9)):
        stories.a_contact(case, on=on)
    assert [row.outside for row in contact_work(scope_of(coach))] == [False, True, True]


def test_an_exit_ends_everything(frozen) -> None:
    frozen("2025-03-03")
    coach = stories.a_coach()
    case = stories.in_prehire(coach, since=date(2025, 1, 8))
    job = stories.hired(case, starts_on=date(2025, 3, 3))
    frozen("2025-12-31")
    end_employment(employment=job, ended_on=date(2025, 12, 1), reason="RESIGNATION", actor=coach)
    exit_case(case=case, on=date(2025, 12, 10), exit_reason="WITHDRAWAL", exit_outcome="JOB_SEEKING", actor=coach)
    for on in (date(2025, 12, 9), date(2025, 12, 10)):
        stories.a_contact(case, on=on)
    rows = contact_work(scope_of(coach))
    assert [(row.phase, row.outside) for row in rows] == [("PRE_HIRE", False), ("EXIT", True)]
    # The exit was before the period: the contact is still there to be excluded.
    assert [row.outside for row in contact_work(scope_of(coach, first=date(2025, 12, 10)))] == [True]


def test_a_no_show_counts_no_minutes(frozen) -> None:
    coach = stories.a_coach()
    stories.a_contact(stories.in_prehire(coach), outcome="NO_SHOW", minutes=30, summary="")
    assert [(row.outcome, row.minutes) for row in contact_work(scope_of(coach))] == [("NO_SHOW", 0)]


def test_the_scope_narrows_by_who_worked_and_by_whose_case(frozen) -> None:
    coach = stories.a_coach()
    colleague = user_with(Role.COORDINATOR, coach.current_organisation)
    project, site = (factory(organisation=coach.current_organisation) for factory in (ProjectFactory, SiteFactory))
    case, other = stories.in_prehire(coach), stories.in_prehire(coach)
    stories.belonging(case, project=project, site=site)
    mine, theirs = stories.a_contact(case), stories.a_contact(other)
    type(theirs).objects.filter(pk=theirs.pk).update(coach=colleague)
    stories.a_contact(stories.in_prehire(stories.a_coach()))

    def refs(**narrowing):
        return {row.ref for row in contact_work(scope_of(coach, **narrowing))}

    assert refs() == {mine.pk, theirs.pk}
    assert refs(coach=coach) == refs(project=project) == refs(site=site) == {mine.pk}
    assert refs(coach=colleague) == {theirs.pk}
    assert contact_work(scope_of(coach, project=project))[0].project_id == project.pk
    assert refs(project=project, coach=colleague) == set()


def test_sessions_held_count_once_with_the_project_of_everybody_in_them(frozen) -> None:
    frozen("2025-03-03")
    coach = stories.a_coach()
    project = ProjectFactory(organisation=coach.current_organisation)
    cases = [stories.in_prehire(coach) for _number in range(3)]
    for case in cases[:2]:
        stories.belonging(case, project=project)
    of_project, mixed, coming, off = (
        stories.a_session(coach, on=date(2025, 3, 1) + timedelta(days=days), title=f"Atelier {days}")
        for days in (0, 2, 9, 1)
    )
    for case in cases[:2]:
        stories.registered(of_project, case)
    for case in cases:
        stories.registered(mixed, case)
    call_off_session(session=off, reason="Salle prise", actor=coach)
    rows = session_work(scope_of(coach))
    assert [(row.ref, row.minutes, row.project_id) for row in rows] == [
        (of_project.pk, 120, project.pk),
        (mixed.pk, 120, None),
    ]
    assert coming.pk not in {row.ref for row in rows}
    assert [row.ref for row in session_work(scope_of(coach, project=project))] == [of_project.pk]
    assert session_work(scope_of(coach, coach=stories.a_coach(coach.current_organisation))) == []


def test_the_number_of_statements_does_not_grow(frozen, django_assert_max_num_queries) -> None:
    coach = stories.a_coach()
    for _number in range(3):
        stories.a_contact(stories.in_followup(coach))
    with django_assert_max_num_queries(5):
        contact_work(scope_of(coach))
