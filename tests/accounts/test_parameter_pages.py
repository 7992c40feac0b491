"""Dated values on screen: an organisation's own, those of the installation, and what each act tells beforehand."""

from datetime import date

import pytest
from django.urls import reverse

from accounts import registries
from accounts.enums import ParameterStatus, Role
from accounts.models import Organisation, Parameter
from accounts.parameters import Key, value_on
from accounts.services.parameters import add_value
from followup.models import CaseStatus
from followup.services.consistency import differences
from foundation.registry import Registry
from tests.factories import stories
from tests.factories.accounts import OrganisationFactory, a_steward, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

VALUE = {"value": "30", "valid_from": "01/07/2025", "source": "Décret imaginaire", "status": "CONFIRMED"}
OWN = {"value": "15", "valid_from": "01/04/2025", "source": "Conseil d’administration"}
ADD = "/installation/valeurs/clock.prehire_months/nouvelle/"
ADD_OWN = "/parametres/valeurs/caseload.norm_per_fte/nouvelle/"
LATER = date(2025, 7, 1)


@pytest.fixture
def steward(client):
    user = a_steward()
    client.force_login(user)
    return user


@pytest.fixture
def admin(client):
    user = user_with(Role.ADMIN)
    client.force_login(user)
    return user


def test_the_list_shows_each_value_with_its_source_and_its_garant(client, admin, django_assert_max_num_queries):
    a_steward(first_name="Maude", last_name="Règle")
    with django_assert_max_num_queries(15):
        page = client.get(reverse("accounts:parameter_list")).text

    assert "Durée maximale de la pré-embauche" in page
    assert "24 mois" in page
    assert "hypothèse" in page
    assert "jusqu’au mois 2 : 7 jours" in page
    assert "Maude Règle" in page
    assert reverse("accounts:parameter_add", args=[Key.CASELOAD_NORM]) in page
    assert reverse("accounts:parameter_add", args=[Key.PREHIRE_MONTHS]) not in page


def test_a_reader_is_offered_no_form(client):
    client.force_login(user_with(Role.COORDINATOR))

    assert "Nouvelle valeur" not in client.get(reverse("accounts:parameter_list")).text


def test_the_steward_sees_every_value_and_the_catalogue_of_aids(client, steward):
    page = client.get(reverse("home"), follow=True).text

    for key in (Key.PREHIRE_MONTHS, Key.CASELOAD_NORM):
        assert reverse("accounts:installation_add", args=[key]) in page
    assert reverse("placements:aid_list") in page
    assert reverse("accounts:user_list") not in page
    for profile in ("accounts:profile", "accounts:sessions"):
        assert client.get(reverse(profile)).status_code == 200


def test_a_value_is_added_after_seeing_what_moves(client, steward, monkeypatch):
    checks: Registry = Registry()
    checks.add(lambda *_: "12 dossiers changent d’échéance.")
    monkeypatch.setattr(registries, "impact_checks", checks)

    asked = client.post(ADD, VALUE)
    assert "12 dossiers changent d’échéance." in asked.text
    assert "À partir du 01/07/2025, la valeur est : 30 mois." in asked.text
    assert "tous les organismes" in asked.text
    assert value_on(Key.PREHIRE_MONTHS, LATER) == 24
    done = client.post(ADD, {**VALUE, "confirmed": "on"}, follow=True)

    assert "La nouvelle valeur est enregistrée." in done.text
    assert "30 mois à partir du 01/07/2025" in done.text
    assert Parameter.objects.get(key=Key.PREHIRE_MONTHS, value=30).created_by == steward


def test_a_value_can_be_corrected_before_it_is_added(client, steward):
    page = client.post(ADD, {**VALUE, "confirmed": "on", "correct": "1"})

    assert page.status_code == 200
    assert 'value="30"' in page.text
    assert not Parameter.objects.filter(key=Key.PREHIRE_MONTHS, value=30).exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"value": "trente"}, "nombre entier"),
        ({"value": "999"}, "de 1 à 120"),
        ({"source": ""}, "Source"),
        ({"valid_from": "1/1/2000"}, "doit commencer après"),
        ({"valid_from": "1/1/2000", "confirmed": "on"}, "doit commencer après"),
        ({"value": "24"}, "déjà en vigueur"),
    ],
)
def test_a_value_that_cannot_be_is_told_before_anything_is_confirmed(client, steward, facts, sentence):
    response = client.post(ADD, {**VALUE, **facts})

    assert response.status_code == 422
    assert sentence in response.text


def test_steps_are_typed_on_several_lines(client, admin):
    steps = "jusqu’au mois 3 : 7 jours\nensuite : 31 jours"
    facts = {**OWN, "value": steps}
    page = "/parametres/valeurs/cadence.follow_up_steps/nouvelle/"

    assert "jusqu’au mois 3 : 7 jours ; ensuite : 31 jours" in client.post(page, facts).text
    client.post(page, {**facts, "confirmed": "on"})

    own = value_on(Key.FOLLOW_UP_STEPS, LATER, admin.current_organisation_id)
    assert [step.every_days for step in own] == [7, 31]


def test_an_unknown_parameter_is_not_found_nor_one_of_the_law_by_an_organisation(client, admin):
    assert client.get("/parametres/valeurs/inconnu/nouvelle/").status_code == 404
    assert client.get("/parametres/valeurs/clock.prehire_months/nouvelle/").status_code == 404


def test_an_organisation_sets_its_norm_and_returns_to_that_of_the_installation(client, admin):
    here, elsewhere = admin.current_organisation_id, OrganisationFactory().pk
    asked = client.post(ADD_OWN, OWN).text
    assert f"ne vaut que pour {admin.current_organisation}" in asked
    client.post(ADD_OWN, {**OWN, "confirmed": "on"})
    assert [value_on(Key.CASELOAD_NORM, LATER, one) for one in (here, elsewhere)] == [15, 20]
    give_up = reverse("accounts:parameter_give_up", args=[Key.CASELOAD_NORM])
    assert give_up in client.get(reverse("accounts:parameter_list")).text
    facts = {"valid_from": "01/06/2025", "source": "Conseil d’administration"}
    assert "lit la valeur de l’installation" in client.post(give_up, facts).text
    client.post(give_up, {**facts, "confirmed": "on"})

    assert value_on(Key.CASELOAD_NORM, date(2025, 5, 31), here) == 15
    assert value_on(Key.CASELOAD_NORM, date(2025, 6, 1), here) == 20
    assert "déjà la valeur de l’installation" in client.post(give_up, {**facts, "valid_from": "01/07/2025"}).text


def test_a_mistyped_year_is_withdrawn_and_the_right_one_added(client, admin):
    facts = {**OWN, "valid_from": "01/01/2029", "confirmed": "on"}
    client.post(ADD_OWN, facts)
    wrong = Parameter.objects.get(organisation=admin.current_organisation)
    withdraw = reverse("accounts:parameter_withdraw", args=[wrong.pk])
    for page in (ADD_OWN, reverse("accounts:parameter_list")):
        assert withdraw in client.get(page).text
    assert client.post(withdraw, {"reason": ""}).status_code == 422
    assert "n’entrera pas en vigueur" in client.post(withdraw, {"reason": "Année mal tapée"}).text
    client.post(withdraw, {"reason": "Année mal tapée", "confirmed": "on"})
    client.post(ADD_OWN, {**OWN, "confirmed": "on"})

    assert value_on(Key.CASELOAD_NORM, date(2029, 1, 1), admin.current_organisation_id) == 15
    page = client.get(ADD_OWN).text
    assert "retirée" in page
    assert "Année mal tapée" in page
    assert admin.get_full_name() in page
    again = client.post(withdraw, {"reason": "encore"})
    assert again.status_code == 422
    assert "déjà été retirée" in again.text


def test_superseding_says_how_many_cases_of_the_organisation_move_and_moves_those(client, frozen):
    coach, other = stories.a_coach(), stories.a_coach()
    mine = [stories.in_prehire(coach, since=date(2025, 2, 20)) for _ in range(2)]
    theirs = stories.in_prehire(other, since=date(2025, 2, 20))
    client.force_login(user_with(Role.ADMIN, coach.current_organisation))
    wrong = add_value(
        key=Key.PRE_HIRE_DAYS,
        value=30,
        valid_from=date(2025, 2, 1),
        source="Note",
        status=ParameterStatus.CONFIRMED,
        organisation=coach.current_organisation,
        actor=user_with(Role.ADMIN, coach.current_organisation),
    )
    before = due_days()
    supersede = reverse("accounts:parameter_supersede", args=[wrong.pk])
    facts = {"value": "10", "since": "01/02/2025", "reason": "Faute de frappe", "source": "Note"}
    assert 'value="01/02/2025"' in client.get(supersede).text
    asked = client.post(supersede, facts).text
    assert "2 dossiers ouverts changent" in asked
    assert "ne vaut plus pour aucun jour" in asked
    assert due_days() == before
    client.post(supersede, {**facts, "confirmed": "on"})

    moved = {pk for pk, day in due_days().items() if before[pk] != day}
    assert moved == {case.pk for case in mine}
    assert due_days()[mine[0].pk] == date(2025, 3, 2)
    assert before[theirs.pk] == due_days()[theirs.pk]
    assert list(differences()) == []


def due_days() -> dict:
    return dict(CaseStatus.objects.with_due(date(2025, 3, 3)).order_by().values_list("case_id", "contact_due_on"))


def test_a_value_of_another_organisation_or_of_the_installation_is_not_found(client, admin):
    elsewhere: Organisation = OrganisationFactory()
    theirs = add_value(
        key=Key.CASELOAD_NORM,
        value=12,
        valid_from=LATER,
        source="x",
        status=ParameterStatus.CONFIRMED,
        organisation=elsewhere,
        actor=user_with(Role.ADMIN, elsewhere),
    )
    shared = Parameter.objects.get(key=Key.CASELOAD_NORM, organisation=None)
    for act in ("parameter_withdraw", "parameter_supersede"):
        for value in (theirs, shared):
            assert client.get(reverse(f"accounts:{act}", args=[value.pk])).status_code == 404
    assert "12 personnes" not in client.get(reverse("accounts:parameter_list")).text
