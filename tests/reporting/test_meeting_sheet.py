"""The sheet of the team's meeting: what is decided first, on two pages at most for an ordinary team."""

import io

import pikepdf
import pytest
from django.urls import reverse

from accounts.enums import Role
from foundation.clock import today
from reporting.board.services import freeze_week
from tests.factories.accounts import user_with
from tests.factories.crowds import a_crowd
from tests.factories.stories import a_coach, a_vacancy, an_absence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def test_an_ordinary_team_has_two_pages(client):
    coach = a_coach()
    coaches = [coach, *(a_coach(coach.current_organisation) for _ in range(5))]
    vacancy = a_vacancy(coach)
    a_crowd(coaches, 60, vacancy.company, vacancy)
    freeze_week()
    an_absence(coach, starts_on=today())
    client.force_login(user_with(Role.COORDINATOR, coach.current_organisation))
    answer = client.get(reverse("reporting:dashboard_sheet"))
    with pikepdf.open(io.BytesIO(answer.content)) as sheet:
        assert len(sheet.pages) <= 2
