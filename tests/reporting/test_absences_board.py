"""The coordinator's page: who is away within a month, who stands in, and who is left alone."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Absence
from followup.rules.watching import Watch
from foundation.clock import today
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, an_absence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

DAY = timedelta(days=1)


@pytest.fixture
def coach():
    return a_coach()


@pytest.fixture
def board(coach, client):
    def read():
        client.force_login(user_with(Role.COORDINATOR, coach.current_organisation))
        response = client.get(reverse("reporting:dashboard"))
        return response.context["board"], response.content.decode()

    return read


@pytest.mark.parametrize(("starts", "shown"), [(-5, False), (-4, True), (0, True), (31, True), (32, False)])
def test_the_absences_of_the_coming_month(coach, board, frozen, starts, shown):
    frozen(today() - 10 * DAY)
    a_case(coach)
    an_absence(coach, starts_on=today() + (10 + starts) * DAY, days=5)
    frozen(today() + 10 * DAY)
    found, page = board()
    assert bool(found.absences) is shown
    assert ("Toute l’équipe est là" in page) is not shown


def test_who_stands_in(coach, board):
    a_case(coach)
    absence = an_absence(coach, starts_on=today())
    found, page = board()
    (away,) = found.absences
    assert (away.cases, away.replacement, away.is_uncovered) == (1, absence.replacement, False)
    assert str(absence.replacement) in page
    assert found.counted[Watch.ALONE] == 0


def listed(client, code):
    """The cases of the list that the board's figure opens."""
    page = client.get(reverse("followup:case_list"), {"coach": "tous", "watch": code.value})
    return list(page.context["page_obj"].object_list)


def test_people_left_alone_are_listed(coach, board, client):
    """Somebody left without people, and received some meanwhile: the house hears of it."""
    Absence.objects.create(
        organisation=coach.current_organisation, user=coach, starts_on=today(), ends_on=today() + 4 * DAY
    )
    case = a_case(coach)
    found, page = board()
    assert found.counted[Watch.ALONE] == 1
    assert f"watch={Watch.ALONE.value}" in page
    assert [status.case for status in listed(client, Watch.ALONE)] == [case]
    assert "Dossiers dont le ou la jobcoach est en absence, sans remplacement" in page
    assert "Désigner quelqu’un" in page


def test_an_absence_to_come_is_a_warning_not_yet_a_list(coach, board):
    Absence.objects.create(
        organisation=coach.current_organisation, user=coach, starts_on=today() + DAY, ends_on=today() + 4 * DAY
    )
    a_case(coach)
    found, _page = board()
    assert found.absences[0].is_uncovered
    assert found.counted[Watch.ALONE] == 0


def test_a_replacement_who_left_covers_nobody(coach, board):
    a_case(coach)
    absence = an_absence(coach, starts_on=today())
    absence.replacement.is_active = False
    absence.replacement.save()
    found, _page = board()
    assert found.absences[0].is_uncovered
    assert found.counted[Watch.ALONE] == 1
