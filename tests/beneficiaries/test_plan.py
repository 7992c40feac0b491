"""What is worked on: obstacles and objectives, each with its state."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import Objective, Obstacle
from beneficiaries.services.path import add_obstacle, set_objective
from tests.factories.accounts import OrganisationFactory, user_with
from tests.factories.stories import a_case, a_coach, closed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

DAY = date(2025, 3, 1)


@pytest.fixture
def coach(client):
    coach = a_coach()
    client.force_login(coach)
    return coach


def url_of(case, name, *more):
    return reverse(f"beneficiaries:{name}", args=[case.pk, *more])


def page_of(response):
    return response.content.decode()


def an_obstacle(case, **fields):
    return add_obstacle(**{"case": case, "kind": "MOBILITY", "identified_on": DAY, "actor": case.coach, **fields})


def an_objective(case, **fields):
    return set_objective(**{"case": case, "title": "Passer le permis", "set_on": DAY, "actor": case.coach, **fields})


class TestObstacles:
    def noted(self, **answers):
        return {
            "kind": "MOBILITY",
            "identified_on": "3/3/2025",
            "note": "Pas de bus",
            "submission_id": uuid4(),
            **answers,
        }

    def test_one_is_noted_and_shows_on_the_path(self, client, coach):
        case = a_case(coach)
        response = client.post(url_of(case, "obstacle_create"), self.noted())
        assert response["Location"].endswith("/parcours/#freins")
        page = page_of(client.get(response["Location"]))
        assert "Mobilité" in page
        assert "Pas de bus" in page
        assert "identifié" in page

    def test_two_clicks_note_it_once(self, client, coach):
        case, answers = a_case(coach), self.noted()
        for _ in range(2):
            assert client.post(url_of(case, "obstacle_create"), answers).status_code == 302
        assert Obstacle.objects.count() == 1

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ({"kind": ""}, "Choisissez une réponse à « Frein »."),
            ({"identified_on": "4/3/2025"}, "La date ne peut pas être dans le futur."),
        ],
    )
    def test_what_lacks_is_told_beside_its_field(self, client, coach, answers, sentence):
        response = client.post(url_of(a_case(coach), "obstacle_create"), self.noted(**answers))
        assert response.status_code == 422
        assert page_of(response).count(sentence) == 2
        assert "Pas de bus" in page_of(response)

    def test_it_is_lifted_on_a_day(self, client, coach):
        case = a_case(coach)
        obstacle = an_obstacle(case)
        client.post(
            url_of(case, "obstacle_change", obstacle.pk), {"state": "LIFTED", "on": "3/3/2025", "note": "Vélo reçu"}
        )
        obstacle.refresh_from_db()
        assert (obstacle.state, obstacle.lifted_on, obstacle.note) == ("LIFTED", date(2025, 3, 3), "Vélo reçu")
        assert "levé le 03/03/2025" in page_of(client.get(url_of(case, "case_path")))

    def test_not_before_it_was_identified(self, client, coach):
        case = a_case(coach)
        obstacle = an_obstacle(case)
        answers = {"state": "LIFTED", "on": "28/2/2025", "note": "Vélo"}
        response = client.post(url_of(case, "obstacle_change", obstacle.pk), answers)
        assert response.status_code == 422
        assert page_of(response).count("Ce frein n’a été identifié que le 01/03/2025.") == 2

    def test_the_obstacle_of_another_case_is_not_found_here(self, client, coach):
        case, other = a_case(coach), a_case(coach)
        assert client.get(url_of(case, "obstacle_change", an_obstacle(other).pk)).status_code == 404


class TestObjectives:
    def fixed(self, **answers):
        return {
            "title": "Passer le permis",
            "set_on": "3/3/2025",
            "target_on": "1/9/2025",
            "submission_id": uuid4(),
            **answers,
        }

    def test_one_is_set_and_shows_on_the_path(self, client, coach):
        case = a_case(coach)
        response = client.post(url_of(case, "objective_create"), self.fixed())
        page = page_of(client.get(response["Location"]))
        assert "Passer le permis" in page
        assert "01/09/2025" in page
        assert "dans 6 mois" in page

    def test_two_clicks_set_it_once(self, client, coach):
        case, answers = a_case(coach), self.fixed()
        for _ in range(2):
            assert client.post(url_of(case, "objective_create"), answers).status_code == 302
        assert Objective.objects.count() == 1

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ({"title": ""}, "Remplissez « Objectif »."),
            ({"set_on": "4/3/2025"}, "La date ne peut pas être dans le futur."),
            ({"target_on": "2/3/2025"}, "L’échéance précède le jour où l’objectif est fixé."),
        ],
    )
    def test_what_lacks_is_told_beside_its_field(self, client, coach, answers, sentence):
        response = client.post(url_of(a_case(coach), "objective_create"), self.fixed(**answers))
        assert response.status_code == 422
        assert page_of(response).count(sentence) == 2

    def test_late_says_so_in_words(self, client, coach):
        case = a_case(coach)
        an_objective(case, target_on=date(2025, 3, 1))
        assert "en retard de 2 jours" in page_of(client.get(url_of(case, "case_path")))

    def test_it_is_reached_then_taken_up_again(self, client, coach):
        case = a_case(coach)
        objective = an_objective(case)
        client.post(url_of(case, "objective_change", objective.pk), {"state": "ACHIEVED", "on": "3/3/2025"})
        objective.refresh_from_db()
        assert (objective.state, objective.settled_on) == ("ACHIEVED", date(2025, 3, 3))
        client.post(url_of(case, "objective_change", objective.pk), {"state": "ACTIVE", "on": "3/3/2025"})
        objective.refresh_from_db()
        assert (objective.state, objective.settled_on) == ("ACTIVE", None)

    def test_not_before_it_was_set(self, client, coach):
        case = a_case(coach)
        objective = an_objective(case)
        response = client.post(url_of(case, "objective_change", objective.pk), {"state": "ACHIEVED", "on": "28/2/2025"})
        assert response.status_code == 422
        assert page_of(response).count("L’objectif n’était pas encore fixé ce jour-là.") == 2

    def test_the_objective_of_another_case_is_not_found_here(self, client, coach):
        case, other = a_case(coach), a_case(coach)
        assert client.get(url_of(case, "objective_change", an_objective(other).pk)).status_code == 404


def test_a_closed_case_is_worked_on_no_more(client, coach):
    case = closed(coach)
    answers = {"kind": "MOBILITY", "identified_on": "3/3/2025", "title": "Permis", "set_on": "3/3/2025"}
    for name in ("obstacle_create", "objective_create"):
        response = client.post(url_of(case, name), answers)
        assert response.status_code == 422
        assert "Ce dossier est sorti : il ne se complète plus." in page_of(response)


def test_who_does_not_carry_the_case_changes_nothing(client):
    organisation = OrganisationFactory()
    case = a_case(a_coach(organisation))
    urls = [
        url_of(case, "obstacle_create"),
        url_of(case, "objective_create"),
        url_of(case, "obstacle_change", an_obstacle(case).pk),
        url_of(case, "objective_change", an_objective(case).pk),
    ]
    for actor in (a_coach(organisation), user_with(Role.ADMIN, organisation)):
        client.force_login(actor)
        for url in urls:
            assert client.get(url).status_code == 403
            assert client.post(url, {"state": "LIFTED", "on": "3/3/2025"}).status_code == 403
    stranger = a_coach()
    an_obstacle(a_case(stranger))
    client.force_login(stranger)
    for url in urls:
        assert client.get(url).status_code == 404
