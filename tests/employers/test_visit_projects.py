"""For which project the time of a visit is proposed, kept and corrected."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.enums import Role
from accounts.permissions import NotAllowed
from accounts.services.reasons import CorrectionRefused
from employers.models import ProspectionContact
from employers.rules.projects import Proposal, Why
from employers.selectors import proposal_for
from employers.services.companies import ProspectionRefused, Visit, correct_prospection, record_prospection
from foundation.clock import today
from tests.employers.pages import browser, words
from tests.factories import stories
from tests.factories.accounts import ProjectFactory, user_with

# --- what is kept


@pytest.fixture
def coach(frozen):
    return stories.a_coach()


def a_project(coach, **facts):
    known = {"organisation": coach.current_organisation, "starts_on": date(2024, 1, 1), "ends_on": None}
    return ProjectFactory(**(known | facts))


def a_visit(**facts) -> Visit:
    return Visit(**({"on": today(), "channel": "VISIT", "minutes": 30, "result": "INTERESTED"} | facts))


def recorded(coach, **facts) -> ProspectionContact:
    return record_prospection(company=stories.a_company(coach), visit=a_visit(**facts), actor=coach)


@pytest.mark.django_db
def test_a_visit_keeps_its_project_on_the_first_and_the_last_day_of_it(coach) -> None:
    project = a_project(coach, starts_on=today() - timedelta(days=9), ends_on=today() - timedelta(days=2))
    for days in (9, 2):
        assert recorded(coach, project=project, on=today() - timedelta(days=days)).project == project
    for days in (10, 1):
        with pytest.raises(ProspectionRefused) as refusal:
            recorded(coach, project=project, on=today() - timedelta(days=days))
        assert (refusal.value.code, refusal.value.field) == ("project_dates", "project")


@pytest.mark.django_db
def test_a_project_of_elsewhere_is_refused(coach) -> None:
    with pytest.raises(ProspectionRefused) as refusal:
        recorded(coach, project=a_project(stories.a_coach()))
    assert (refusal.value.code, refusal.value.field) == ("project", "project")


@pytest.mark.django_db
def test_a_visit_is_corrected_by_who_made_it_with_a_reason(coach) -> None:
    first, second = a_project(coach), a_project(coach)
    visit = recorded(coach, project=first)
    right = a_visit(project=second, minutes=50, on=today() - timedelta(days=1), summary="Ils cherchent.")
    with pytest.raises(CorrectionRefused):
        correct_prospection(prospection=visit, visit=right, reason=" ", actor=coach)
    colleague = stories.a_coach(coach.current_organisation)
    with pytest.raises(NotAllowed):
        correct_prospection(prospection=visit, visit=right, reason="Autre projet", actor=colleague)
    coordinator = user_with(Role.COORDINATOR, coach.current_organisation)
    for actor in (coach, coordinator):
        correct_prospection(prospection=visit, visit=right, reason="Autre projet", actor=actor)
    visit.refresh_from_db()
    assert (visit.project, visit.minutes, visit.on, visit.coach) == (second, 50, right.on, coach)
    told = LogEntry.objects.get_for_object(visit).filter(action=LogEntry.Action.UPDATE).first()
    assert "project" in told.changes
    assert told.additional_data["reason"] == "Autre projet"


@pytest.mark.django_db
def test_a_correction_keeps_a_project_that_was_shortened_since_and_takes_no_other_that_is_over(coach) -> None:
    project = a_project(coach)
    visit = recorded(coach, project=project)
    type(project).objects.filter(pk=project.pk).update(ends_on=today() - timedelta(days=1))
    project.refresh_from_db()
    correct_prospection(prospection=visit, visit=a_visit(project=project, minutes=45), reason="Durée", actor=coach)
    with pytest.raises(ProspectionRefused):
        correct_prospection(
            prospection=visit,
            visit=a_visit(project=a_project(coach, ends_on=today() - timedelta(days=1))),
            reason="Autre projet",
            actor=coach,
        )
    visit.refresh_from_db()
    assert (visit.minutes, visit.project) == (45, project)


@pytest.mark.django_db
def test_it_is_proposed_from_visits_else_from_cases(coach) -> None:
    first, second = a_project(coach, code="A"), a_project(coach, code="B")
    here = coach.current_organisation

    def proposed():
        return proposal_for(coach, here, [first, second], today())

    assert proposed() == Proposal()
    stories.belonging(stories.in_prehire(coach), project=first)
    assert proposed() == Proposal(first.pk, Why.USUAL)
    recorded(coach, project=second)
    assert proposed() == Proposal(second.pk, Why.USUAL)
    assert proposal_for(coach, here, [first], today()) == Proposal(first.pk, Why.ONLY)
    # A colleague's habits are not one's own.
    assert proposal_for(stories.a_coach(here), here, [first, second], today()) == Proposal()


# --- the pages


@pytest.mark.django_db
def test_the_form_says_why_it_proposes_and_the_firm_shows_what_was_kept(coach) -> None:
    project, firm = a_project(coach, code="PILOTE"), stories.a_company(coach)
    create = reverse("employers:visit_create", args=[firm.pk])
    page = words(browser(coach).get(create))
    assert "le seul projet qui court" in page
    assert f'value="{project.pk}" selected' in page
    typed = {"on": "03/03/2025", "channel": "VISIT", "minutes": "30", "result": "INTERESTED"}
    browser(coach).post(create, typed | {"project": project.pk})
    visit = ProspectionContact.objects.get()
    assert visit.project == project
    shown = words(browser(coach).get(reverse("employers:company_detail", args=[firm.pk])))
    correct = reverse("employers:visit_correct", args=[firm.pk, visit.pk])
    assert "PILOTE" in shown
    assert correct in shown
    assert f'value="{project.pk}" selected' in words(browser(coach).get(correct))
    browser(coach).post(correct, typed | {"project": "", "reason": "Aucun projet ne le paie"})
    visit.refresh_from_db()
    assert visit.project is None
    assert "sans projet" in words(browser(coach).get(reverse("employers:company_detail", args=[firm.pk])))
