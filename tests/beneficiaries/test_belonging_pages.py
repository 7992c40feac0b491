"""The project of a case on the screen: shown on its path, changed, corrected, taken back; a whole project moved."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import CoachingCase
from tests.factories import stories
from tests.factories.accounts import ProjectFactory, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def coach():
    return stories.a_coach()


@pytest.fixture
def projects(coach):
    known = {"organisation": coach.current_organisation, "starts_on": date(2024, 1, 1), "ends_on": None}
    return [ProjectFactory(**known) for _number in range(2)]


@pytest.fixture
def case(coach, projects):
    return stories.belonging(stories.in_prehire(coach), project=projects[0])


@pytest.fixture
def coordinator(client, coach):
    found = user_with(Role.COORDINATOR, coach.current_organisation)
    client.force_login(found)
    return found


def url(case, name, *more):
    return reverse(f"beneficiaries:{name}", args=[case.pk, *more])


def test_a_change_is_made_corrected_and_taken_back(client, case, projects, coordinator, frozen) -> None:
    path = client.get(url(case, "case_path")).content.decode()
    assert url(case, "belonging_change") in path
    page = client.get(url(case, "belonging_change"))
    form = page.context["form"]
    sent = {"on": frozen.today, "project": projects[1].pk, "reason": "Suite", "shown": form["shown"].value()}
    answer = client.post(url(case, "belonging_change"), sent)
    assert answer.url == url(case, "case_path") + "#rattachement"
    moved = case.belongings.get(project=projects[1])
    path = client.get(url(case, "case_path")).content.decode()
    assert url(case, "belonging_withdraw", moved.pk) in path
    answer = client.post(url(case, "belonging_change"), sent)
    assert answer.status_code == 422
    assert "vient d’être rattaché autrement" in answer.content.decode()
    fixed = {"starts_on": frozen.today, "project": "", "reason": "Aucun projet"}
    assert client.post(url(case, "belonging_correct", moved.pk), fixed).status_code == 302
    assert CoachingCase.objects.get(pk=case.pk).project is None
    assert client.post(url(case, "belonging_withdraw", moved.pk), {"reason": "Erreur"}).status_code == 302
    assert CoachingCase.objects.get(pk=case.pk).project == projects[0]


def test_the_cases_of_a_project_move_once_it_is_confirmed(client, case, projects, coordinator, frozen) -> None:
    address = reverse("beneficiaries:move_cases", args=[projects[0].pk])
    assert address in client.get(reverse("beneficiaries:caseload_list")).content.decode()
    sent = {"successor": projects[1].pk, "on": frozen.today, "reason": "Suite", f"pick_{case.pk}": "on"}
    asked = client.post(address, sent)
    assert asked.status_code == 200
    assert "1 dossier passe du projet" in asked.content.decode()
    assert CoachingCase.objects.get(pk=case.pk).project == projects[0]
    assert client.post(address, sent | {"confirmed": "on"}).status_code == 302
    assert CoachingCase.objects.get(pk=case.pk).project == projects[1]
    # Sent again from another tab: nothing more happens, and nothing is lost.
    assert client.post(address, sent | {"confirmed": "on"}).status_code == 302
    assert case.belongings.count() == 2
