"""A coordinator mends the past from the screen: the day of a phase, an exit that did not take place."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, closed, in_prehire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def coach():
    return a_coach()


@pytest.fixture
def coordinator(client, coach):
    coordinator = user_with(Role.COORDINATOR, coach.current_organisation)
    client.force_login(coordinator)
    return coordinator


def url_of(case, name, *more):
    return reverse(f"beneficiaries:{name}", args=[case.pk, *more])


def page_of(response):
    return response.content.decode()


class TestPhaseDate:
    def test_it_moves_and_the_history_keeps_why(self, client, coach, coordinator):
        case = in_prehire(coach)
        spell = case.open_spell()
        assert url_of(case, "phase_correct", spell.pk) in page_of(client.get(url_of(case, "case_path")))
        response = client.post(
            url_of(case, "phase_correct", spell.pk), {"starts_on": "24/2/2025", "reason": "Faute de frappe"}
        )
        assert response["Location"].endswith("/parcours/#phases")
        spell.refresh_from_db()
        assert spell.starts_on == date(2025, 2, 24)
        page = page_of(client.get(url_of(case, "case_history")))
        assert "a corrigé : passage de phase" in page
        assert "Motif : Faute de frappe" in page

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ({"starts_on": "24/2/2025", "reason": ""}, "Remplissez « Motif de la correction »."),
            ({"starts_on": "4/3/2025", "reason": "Faute"}, "La date ne peut pas être dans le futur."),
            ({"starts_on": "1/2/2025", "reason": "Faute"}, "La phase précédente a commencé le"),
        ],
    )
    def test_what_cannot_be_is_told_beside_its_field(self, client, coach, coordinator, answers, sentence):
        case = in_prehire(coach)
        response = client.post(url_of(case, "phase_correct", case.open_spell().pk), answers)
        assert response.status_code == 422
        assert page_of(response).count(sentence) == 2

    def test_the_phase_of_another_case_is_not_found_here(self, client, coach, coordinator):
        case, other = in_prehire(coach), in_prehire(coach)
        assert client.get(url_of(case, "phase_correct", other.open_spell().pk)).status_code == 404


class TestUndoneExit:
    def test_the_case_is_open_again(self, client, coach, coordinator):
        case = closed(coach)
        assert url_of(case, "exit_undo") in page_of(client.get(url_of(case, "case_path")))
        response = client.post(url_of(case, "exit_undo"), {"reason": "Ce n’était pas elle"}, follow=True)
        assert "le dossier est de nouveau ouvert" in page_of(response)
        case.refresh_from_db()
        assert case.is_open
        assert case.open_spell().phase == "PRE_HIRE"
        history = page_of(client.get(url_of(case, "case_history")))
        assert "Ce n’était pas elle (sortie annulée : arrêt à la demande de la personne, 03/03/2025)" in history

    def test_a_reason_is_asked(self, client, coach, coordinator):
        case = closed(coach)
        response = client.post(url_of(case, "exit_undo"), {"reason": " "})
        assert response.status_code == 422
        case.refresh_from_db()
        assert not case.is_open

    def test_an_open_case_has_no_exit(self, client, coach, coordinator):
        response = client.post(url_of(a_case(coach), "exit_undo"), {"reason": "Faute"})
        assert response.status_code == 422
        assert "Ce dossier n’est pas sorti." in page_of(response)


def test_a_coach_corrects_nothing_alone(client, coach):
    case = closed(coach)
    client.force_login(coach)
    page = page_of(client.get(url_of(case, "case_path")))
    spell = case.open_spell()
    for url in (url_of(case, "exit_undo"), url_of(case, "phase_correct", spell.pk)):
        assert url not in page
        assert client.get(url).status_code == 403
        assert client.post(url, {"reason": "Faute", "starts_on": "1/3/2025"}).status_code == 403
    stranger = user_with(Role.COORDINATOR)
    client.force_login(stranger)
    assert client.get(url_of(case, "exit_undo")).status_code == 404
