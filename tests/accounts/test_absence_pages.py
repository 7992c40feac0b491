"""The pages about absences: declare, change, come back."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Absence
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, an_absence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

LIST, NEW = reverse("accounts:absence_list"), reverse("accounts:absence_create")
DAY = timedelta(days=1)


@pytest.fixture
def coach(client):
    coach = a_coach()
    client.force_login(coach)
    return coach


@pytest.fixture
def other(coach):
    return a_coach(coach.current_organisation)


def page_of(response):
    return response.content.decode()


def words(**changed):
    return {"starts_on": "14/7/2025", "ends_on": "1/8/2025", "reason": "LEAVE", **changed}


def test_a_coach_declares_their_own(client, coach, other):
    a_case(coach)
    response = client.post(NEW, words(replacement=other.pk, note="Voir Aline le 21."), follow=True)
    assert f"{coach} : absence du 14/07/2025 au 01/08/2025, remplacement par {other}." in page_of(response)
    absence = Absence.objects.get()
    assert (absence.user, absence.replacement, absence.ends_on) == (coach, other, date(2025, 8, 1))


def test_without_anybody_it_is_refused_beside_the_field_and_nothing_typed_is_lost(client, coach):
    a_case(coach)
    response = client.post(NEW, words(note="Voir Aline le 21."))
    assert response.status_code == 422
    assert "1 personne compte sur" in str(response.context["form"].errors["replacement"])
    assert "Voir Aline le 21." in page_of(response)
    assert "14/7/2025" in page_of(response)


def test_a_coach_names_nobody_else(client, coach, other):
    client.post(NEW, words(user=other.pk))
    assert Absence.objects.get().user == coach
    assert "Qui est absent·e" not in page_of(client.get(NEW))


def test_a_coordinator_declares_anybodys(client, coach, other):
    client.force_login(user_with(Role.COORDINATOR, coach.current_organisation))
    assert f'value="{other.pk}" id="id_user_chosen" checked' in page_of(client.get(NEW, {"personne": other.pk}))
    client.post(NEW, words(user=other.pk, reason="ILLNESS"))
    assert Absence.objects.get().user == other


def test_a_double_click_declares_once(client, coach, other):
    data = words(replacement=other.pk, submission_id="7e57c0de-0000-4000-8000-000000000001")
    for _n in range(2):
        assert client.post(NEW, data).status_code == 302
    assert Absence.objects.count() == 1


def test_why_somebody_is_away_is_between_them_and_the_coordinator(client, coach, other):
    an_absence(other, starts_on=date(2025, 3, 3), reason="ILLNESS")
    an_absence(coach, starts_on=date(2025, 7, 14), reason="TRAINING")
    page = page_of(client.get(LIST))
    assert str(other) in page
    assert "formation" in page
    assert "maladie" not in page
    client.force_login(user_with(Role.COORDINATOR, coach.current_organisation))
    assert "maladie" in page_of(client.get(LIST))


def test_somebody_is_back_before_time(client, coach, frozen):
    absence = an_absence(coach, starts_on=date(2025, 3, 3))
    frozen("2025-03-05")
    client.force_login(coach)
    page = page_of(client.get(reverse("accounts:absence_edit", args=[absence.pk])))
    assert "La personne est de retour" in page
    url = reverse("accounts:absence_cancel", args=[absence.pk])
    assert "se termine hier au lieu du 07/03/2025" in page_of(client.get(url))
    assert "n’est plus en absence" in page_of(client.post(url, follow=True))
    absence.refresh_from_db()
    assert absence.ends_on == date(2025, 3, 4)


def test_changing_who_stands_in(client, coach, other):
    absence = an_absence(coach, starts_on=date(2025, 7, 14))
    url = reverse("accounts:absence_edit", args=[absence.pk])
    assert coach not in client.get(url).context["form"].fields["replacement"].queryset
    client.post(url, words(replacement=other.pk))
    absence.refresh_from_db()
    assert (absence.replacement, absence.ends_on) == (other, date(2025, 8, 1))
    response = client.post(url, words(replacement=other.pk, ends_on="1/7/2025"))
    assert (response.status_code, "ends_on" in response.context["form"].errors) == (422, True)


def test_nobody_away_says_so(client, coach):
    assert "Toute l’équipe est là" in page_of(client.get(LIST))


@pytest.mark.parametrize("begins", [-3, 0, 5], ids=["away", "from today", "to come"])
def test_nothing_of_the_kind_is_said_when_somebody_is_away_or_will_be(client, coach, frozen, begins):
    an_absence(coach, starts_on=frozen.today + begins * DAY)
    assert "Toute l’équipe est là" not in page_of(client.get(LIST))


def test_the_menu_leads_there(client, coach):
    assert f'href="{LIST}"' in page_of(client.get(LIST))


@pytest.mark.parametrize("number", [2, 20])
def test_the_list_costs_the_same(client, coach, number):
    for n in range(number):
        an_absence(a_coach(coach.current_organisation), starts_on=date(2025, 3, 3) + n * DAY)
    client.get(LIST)
    with CaptureQueriesContext(connection) as seen:
        client.get(LIST)
    # One of them counts the rows: the list is read by pages.
    assert len(seen) == 5


def test_an_admin_who_closes_an_access_is_told_before(client, coach):
    a_case(coach)
    url = reverse("accounts:user_deactivate", args=[coach.pk])
    hand_over = reverse("beneficiaries:hand_over_many", args=[coach.pk])
    admin = user_with(Role.ADMIN, coach.current_organisation)
    client.force_login(admin)
    page = page_of(client.get(url))
    assert "suit encore 1 dossier ouvert" in page
    assert hand_over not in page
    client.force_login(user_with(Role.ADMIN, coach.current_organisation, coordinator=True))
    assert f'href="{hand_over}?next={url}"' in page_of(client.get(url))
    response = client.post(url)
    assert response.status_code == 422
    assert "suit encore 1 dossier ouvert" in page_of(response)
