"""The case file's frame: who may open it, what its header says, and at what cost."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.factories.accounts import OrganisationFactory, user_with
from tests.factories.stories import a_case, a_coach, closed, in_prehire

pytestmark = pytest.mark.django_db


def path_of(case):
    return reverse("beneficiaries:case_path", args=[case.pk])


def test_the_header_names_the_person_and_where_the_case_stands(client, frozen):
    coach = a_coach()
    case = in_prehire(coach, first_name="Awa", last_name="Exemple", phone="0470 00 00 01", email="awa@example.org")
    client.force_login(coach)
    page = client.get(path_of(case)).content.decode()
    assert '<h1 class="case-name">Awa Exemple</h1>' in page
    assert 'href="tel:+32470000001"' in page
    assert 'href="mailto:awa@example.org"' in page
    assert "39 ans" in page
    assert coach.get_full_name() in page
    assert '<span class="chain-phase">Pré-embauche</span>' in page


def test_another_organisation_finds_nothing(client, frozen):
    case = a_case(a_coach())
    stranger = a_coach()
    mine = a_case(stranger)
    client.force_login(stranger)
    assert client.get(path_of(case)).status_code == 404
    assert client.get(path_of(mine)).status_code == 200


def test_a_colleague_reads_without_being_offered_what_is_not_theirs(client, frozen):
    organisation = OrganisationFactory()
    case = a_case(a_coach(organisation))
    colleague = a_coach(organisation)
    a_case(colleague)
    client.force_login(colleague)
    page = client.get(path_of(case)).content.decode()
    assert "Modifier la fiche" not in page
    assert "Clôturer le dossier" not in page


def test_an_analyst_sees_no_name(client, frozen):
    organisation = OrganisationFactory()
    case = a_case(a_coach(organisation))
    client.force_login(user_with(Role.ANALYST, organisation))
    assert client.get(path_of(case)).status_code == 404


def test_opening_a_case_is_written_down_once_in_a_while(client, frozen):
    from auditlog.models import LogEntry

    coach = a_coach()
    case = a_case(coach)
    client.force_login(coach)
    client.get(path_of(case))
    client.get(path_of(case))
    seen = LogEntry.objects.filter(action=LogEntry.Action.ACCESS, object_pk=str(case.pk))
    assert [entry.actor for entry in seen] == [coach]


def test_a_closed_case_says_so_with_its_reason_and_outcome(client, frozen):
    coach = a_coach()
    case = closed(coach)
    client.force_login(coach)
    page = client.get(path_of(case)).content.decode()
    assert "Dossier sorti le 03/03/2025&nbsp;: arrêt à la demande de la personne" in page
    assert "situation à la sortie&nbsp;: en recherche d’emploi." in page
    assert "Clôturer le dossier" not in page
    assert "Rouvrir un dossier" in page
