"""Moving a case along: into pre-hire, to another coach, out."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.services.phases import start_prehire
from tests.factories.accounts import OrganisationFactory, user_with
from tests.factories.stories import a_case, a_coach, closed, in_followup, in_prehire, made_ready

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def coach(client):
    coach = a_coach()
    client.force_login(coach)
    return coach


def url_of(case, name):
    return reverse(f"beneficiaries:{name}", args=[case.pk])


def page_of(response):
    return response.content.decode()


def phases(case):
    return [spell.phase for spell in case.spells.order_by("sequence")]


class TestPrehire:
    def test_the_path_starts(self, client, coach):
        case = made_ready(a_case(coach))
        response = client.post(url_of(case, "case_prehire"), {"on": "1/3/2025"}, follow=True)
        assert "l’horloge des 24 mois a démarré" in page_of(response)
        assert phases(case) == ["PREPARATORY", "PRE_HIRE"]
        assert case.open_spell().starts_on == date(2025, 3, 1)

    def test_what_lacks_is_listed_before_and_after(self, client, coach):
        case = a_case(coach)
        assert "L’éligibilité doit être vérifiée" in page_of(client.get(url_of(case, "case_prehire")))
        response = client.post(url_of(case, "case_prehire"), {"on": "3/3/2025"})
        assert response.status_code == 422
        assert "Le contrat de confiance, la convention et la convention tripartite doivent être signés." in page_of(
            response
        )
        assert phases(case) == ["PREPARATORY"]

    @pytest.mark.parametrize(
        ("day", "sentence"),
        [
            ("4/3/2025", "La date ne peut pas être dans le futur."),
            ("10/2/2025", "La phase en cours a commencé le 11/02/2025 : le changement ne peut pas la précéder."),
            ("", "Écrivez la date"),
        ],
    )
    def test_an_impossible_day_is_told_beside_the_date(self, client, coach, day, sentence):
        case = made_ready(a_case(coach))
        response = client.post(url_of(case, "case_prehire"), {"on": day})
        assert response.status_code == 422
        assert page_of(response).count(sentence) == 2
        assert phases(case) == ["PREPARATORY"]

    def test_what_was_signed_later_does_not_count_on_an_earlier_day(self, client, coach):
        case = made_ready(a_case(coach), on=date(2025, 3, 3))
        response = client.post(url_of(case, "case_prehire"), {"on": "2/3/2025"})
        assert response.status_code == 422
        assert phases(case) == ["PREPARATORY"]

    def test_a_second_click_is_told_beside_the_date_and_writes_nothing(self, client, coach):
        case = made_ready(a_case(coach))
        client.post(url_of(case, "case_prehire"), {"on": "3/3/2025"})
        response = client.post(url_of(case, "case_prehire"), {"on": "3/3/2025"})
        sentence = "On ne passe pas de la phase « pré-embauche » à la phase « pré-embauche »."
        assert page_of(response).count(sentence) == 2
        assert phases(case) == ["PREPARATORY", "PRE_HIRE"]


class TestExit:
    LEAVING = {"exit_reason": "WITHDRAWAL", "exit_outcome": "UNKNOWN", "on": "3/3/2025", "note": "Part à Namur."}

    @pytest.mark.parametrize("story", [a_case, in_prehire, in_followup])
    def test_a_case_leaves_from_any_phase(self, client, coach, story):
        case = story(coach)
        response = client.post(url_of(case, "case_exit"), self.LEAVING, follow=True)
        case.refresh_from_db()
        assert case.closed_on == date(2025, 3, 3)
        assert "Part à Namur." in page_of(response)

    def test_it_says_what_will_happen_first(self, client, coach):
        page = page_of(client.get(url_of(a_case(coach), "case_exit")))
        assert "Ce qui va se passer" in page
        assert "Si la personne revient, un nouveau dossier s’ouvre" in page

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ({"exit_reason": ""}, "Choisissez une réponse à « Motif de sortie »."),
            ({"exit_outcome": ""}, "Choisissez une réponse à « Situation de la personne ce jour-là »."),
            ({"on": "4/3/2025"}, "La date ne peut pas être dans le futur."),
            ({"on": "1/1/2025"}, "La phase en cours a commencé le"),
        ],
    )
    def test_what_lacks_is_told_beside_its_field_and_nothing_is_lost(self, client, coach, answers, sentence):
        case = a_case(coach)
        response = client.post(url_of(case, "case_exit"), {**self.LEAVING, **answers})
        assert response.status_code == 422
        assert page_of(response).count(sentence) == 2
        assert "Part à Namur." in page_of(response)
        case.refresh_from_db()
        assert case.is_open

    def test_it_ends_once(self, client, coach):
        case = closed(coach)
        response = client.post(url_of(case, "case_exit"), self.LEAVING)
        assert response.status_code == 422
        assert "On ne passe pas de la phase « sortie »" in page_of(response)


class TestHandOver:
    def test_a_coordinator_passes_the_case_on_with_a_note(self, client, coach):
        case = a_case(coach)
        new = a_coach(coach.current_organisation)
        client.force_login(user_with(Role.COORDINATOR, coach.current_organisation))
        response = client.post(
            url_of(case, "case_hand_over"), {"coach": str(new.pk), "on": "3/3/2025", "note": "Rappeler jeudi."}
        )
        assert response.status_code == 302
        case.refresh_from_db()
        assert case.coach == new
        assert [(a.coach, a.ends_on) for a in case.assignments.order_by("starts_on", "created_at")] == [
            (coach, date(2025, 3, 3)),
            (new, None),
        ]
        assert "Rappeler jeudi." in page_of(client.get(url_of(case, "case_hand_over")))

    def test_the_present_coach_and_strangers_are_no_choice(self, client, coach):
        case = a_case(coach)
        client.force_login(user_with(Role.COORDINATOR, coach.current_organisation))
        for other in (coach, a_coach()):
            response = client.post(url_of(case, "case_hand_over"), {"coach": str(other.pk), "on": "3/3/2025"})
            assert response.status_code == 422
        case.refresh_from_db()
        assert case.coach == coach

    @pytest.mark.parametrize(
        ("day", "sentence"),
        [("4/3/2025", "La date ne peut pas être dans le futur."), ("10/2/2025", "La dernière passation date du")],
    )
    def test_an_impossible_day_is_told_beside_the_date(self, client, coach, day, sentence):
        case = a_case(coach)
        new = a_coach(coach.current_organisation)
        client.force_login(user_with(Role.COORDINATOR, coach.current_organisation))
        response = client.post(
            url_of(case, "case_hand_over"), {"coach": str(new.pk), "on": day, "note": "Rappeler jeudi."}
        )
        assert response.status_code == 422
        assert page_of(response).count(sentence) == 2
        assert "Rappeler jeudi." in page_of(response)

    def test_a_coach_does_not_give_their_own_case_away(self, client, coach):
        case = a_case(coach)
        assert client.get(url_of(case, "case_hand_over")).status_code == 403
        assert "Transmettre le dossier" not in page_of(client.get(url_of(case, "case_path")))


@pytest.mark.parametrize("name", ["case_prehire", "case_exit"])
def test_who_does_not_carry_the_case_moves_nothing(client, name):
    organisation = OrganisationFactory()
    case = made_ready(a_case(a_coach(organisation)))
    colleague = a_coach(organisation)
    a_case(colleague)
    for actor in (colleague, user_with(Role.ADMIN, organisation)):
        client.force_login(actor)
        assert client.get(url_of(case, name)).status_code == 403
        assert client.post(url_of(case, name), {"on": "3/3/2025", **TestExit.LEAVING}).status_code == 403
    stranger = a_coach()
    start_prehire(case=made_ready(a_case(stranger)), on=date(2025, 3, 3), actor=stranger)
    client.force_login(stranger)
    assert client.post(url_of(case, name), TestExit.LEAVING).status_code == 404
    assert phases(case) == ["PREPARATORY"]


def test_the_history_of_phases_says_who_and_why(client, coach):
    case = closed(coach)
    page = page_of(client.get(url_of(case, "case_path")))
    assert "arrêt à la demande de la personne ; en recherche d’emploi" in page
    assert coach.get_full_name() in page
