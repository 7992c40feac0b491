"""Each number of the board is the number of rows of the list that it opens."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import Obstacle
from foundation.clock import today
from tests.factories.accounts import user_with
from tests.factories.crowds import a_crowd
from tests.factories.stories import a_coach, a_vacancy, an_absence
from tests.factories.worlds import a_task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
DAY = timedelta(days=1)
LISTS = (reverse("followup:case_list"), reverse("followup:task_list"))
LINK = re.compile(r'<a(?: class="[^"]*")? href="([^"]+)"[^>]*>\s*(\d+)\b')


@pytest.fixture
def house(frozen):
    """A crowd in every phase over three coaches, one of whom left, with tasks, obstacles and an absence."""
    coach = a_coach()
    others = [a_coach(coach.current_organisation) for _ in range(2)]
    vacancy = a_vacancy(coach)
    cases = a_crowd([coach, *others], 36, vacancy.company, vacancy)
    for case in cases[:9]:
        Obstacle.objects.create(case=case, kind="HEALTH", identified_on=today())
    for case in cases[:3]:
        a_task(case, case.coach)
    an_absence(coach, starts_on=today())
    others[1].memberships.update(ends_on=today() - DAY)
    frozen(today() + 30 * DAY)
    return coach.current_organisation


def test_each_number_is_that_of_its_list(house, client):
    client.force_login(user_with(Role.COORDINATOR, house))
    page = client.get(reverse("reporting:dashboard")).content.decode()
    opened = {(unescape(href), int(number)) for href, number in LINK.findall(page) if href.startswith(LISTS)}
    assert len(opened) > 25
    wrong = {}
    for href, number in opened:
        found = client.get(href).context["page_obj"].paginator.count
        if found != number:
            wrong[href] = (number, found)
    assert wrong == {}
    asked = "".join(href for href, _number in opened)
    for filtered in ("urgency=retard", "step=", "phase=", "obstacle=", "watch=", "jobcoach="):
        assert filtered in asked, filtered
