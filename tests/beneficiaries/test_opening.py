"""Opening a case: a person who comes for the first time, who looks known, who comes back."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import Beneficiary, CoachingCase, Partner
from beneficiaries.services.people import save_partner
from foundation.clock import today
from tests.factories.accounts import OrganisationFactory, ProjectFactory, SiteFactory, user_with
from tests.factories.stories import a_case, a_coach, a_person, closed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

NEW = "/dossiers/nouveau/"
NISS = "85.03.04-001.36"


@pytest.fixture
def coach(client):
    coach = a_coach()
    client.force_login(coach)
    return coach


def typed(coach, /, **answers):
    return {
        "first_name": "Awa",
        "last_name": "Exemple",
        "opened_on": "3/3/25",
        "coach": str(coach.pk),
        "submission_id": str(uuid4()),
        **answers,
    }


def page_of(response):
    return response.content.decode()


class TestFirstCase:
    def test_the_names_are_enough(self, client, coach):
        response = client.post(NEW, typed(coach))
        case = CoachingCase.objects.get()
        assert response.status_code == 302
        assert response["Location"] == reverse("beneficiaries:case_path", args=[case.pk])
        assert (case.beneficiary.full_name, case.coach, case.opened_on) == ("Awa Exemple", coach, date(2025, 3, 3))
        assert [spell.phase for spell in case.spells.all()] == ["PREPARATORY"]

    ELSEWHERE = {
        "elsewhere_at": "MIRE de Nulle-Part",
        "elsewhere_from": "8/1/2024",
        "elsewhere_until": "28/6/2024",
        "elsewhere_days": "100",
        "elsewhere_proof_on": "1/7/2024",
    }

    def test_days_used_elsewhere_are_told_with_the_opening(self, client, coach):
        assert '<details class="more-papers">' in page_of(client.get(NEW))
        assert client.post(NEW, typed(coach, **self.ELSEWHERE)).status_code == 302
        case = CoachingCase.objects.get()
        told = (case.elsewhere_at, case.elsewhere_from, case.elsewhere_until, case.elsewhere_days)
        assert told == ("MIRE de Nulle-Part", date(2024, 1, 8), date(2024, 6, 28), 100)
        assert case.elsewhere_proof.dated_on == date(2024, 7, 1)

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({"elsewhere_proof_on": ""}, "Remplissez « Date de l’attestation »."),
            ({"elsewhere_days": "900"}, "Il n’y a pas autant de jours entre ces dates."),
            ({"elsewhere_until": "3/3/2025"}, "Ces jours précèdent l’ouverture de ce dossier-ci."),
        ],
    )
    def test_days_elsewhere_half_told_or_impossible_open_nothing(self, client, coach, said, sentence):
        refused = client.post(NEW, typed(coach, **(self.ELSEWHERE | said)))
        assert sentence in page_of(refused)
        assert '<details class="more-papers" open>' in page_of(refused)
        assert not CoachingCase.objects.exists()

    def test_everything_that_is_asked_is_kept(self, client, coach):
        organisation = coach.current_organisation
        site, project = SiteFactory(organisation=organisation), ProjectFactory(organisation=organisation)
        partner = save_partner(
            partner=Partner(organisation=organisation, name="CPAS", kind="CPAS", refers=True), actor=coach
        )
        answers = {
            "birth_date": "4/3/85",
            "gender": "F",
            "origin": "FOREIGN",
            "education": "CESI",
            "niss": NISS,
            "phone": "0470 00 00 01",
            "email": "awa@example.org",
            "street": "Rue du Pont 1",
            "postal_code": "4100",
            "town": "Seraing",
            "jobseeker_since": "1/9/2023",
            "site": str(site.pk),
            "project": str(project.pk),
            "referrer": str(partner.pk),
            "referred_on": "1/3/2025",
        }
        assert client.post(NEW, typed(coach, **answers)).status_code == 302
        case = CoachingCase.objects.get()
        person = case.beneficiary
        assert (case.site, case.project, case.referrer, case.referred_on) == (site, project, partner, date(2025, 3, 1))
        assert (person.birth_date, person.niss, person.town) == (date(1985, 3, 4), "85030400136", "Seraing")
        assert person.jobseeker_since == date(2023, 9, 1)

    def test_a_jobcoach_is_offered_as_coach_and_today_as_the_day(self, client, coach):
        page = page_of(client.get(NEW))
        assert f'value="{coach.pk}" id="id_coach_chosen" checked' in page
        assert 'value="03/03/2025"' in page

    def test_a_coordinator_chooses(self, client, coach):
        client.force_login(user_with(Role.COORDINATOR, coach.current_organisation))
        response = client.post(NEW, typed(coach, coach=""))
        assert response.status_code == 422
        assert "Choisissez une réponse à « Jobcoach »." in page_of(response)

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ({"last_name": " "}, "Remplissez « Nom »."),
            ({"opened_on": "4/3/2025"}, "La date ne peut pas être dans le futur."),
            ({"opened_on": "31/2/2025"}, "La date 31/2/2025 n’existe pas dans le calendrier."),
            ({"birth_date": "3/3/2025"}, "Le dossier s’ouvrirait avant la naissance de la personne."),
            ({"referred_on": "3/3/2025", "opened_on": "2/3/2025"}, "L’orientation ne peut pas suivre l’ouverture"),
            ({"niss": "85.03.04-001.37"}, "Ce numéro national n’est pas valide"),
            ({"email": "awa@"}, "adresse"),
        ],
    )
    def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_lost(self, client, coach, answers, sentence):
        response = client.post(NEW, typed(coach, town="Seraing", **answers))
        page = page_of(response)
        assert response.status_code == 422
        assert page.count(sentence) >= 2, "in the summary and beside the field"
        assert 'value="Seraing"' in page
        assert not Beneficiary.objects.exists(), "a refused case leaves no person behind"

    def test_a_coach_of_another_house_is_no_choice(self, client, coach):
        response = client.post(NEW, typed(coach, coach=str(a_coach().pk)))
        assert response.status_code == 422
        assert not CoachingCase.objects.exists()

    def test_two_clicks_open_one_case(self, client, coach):
        answers = typed(coach)
        first, second = client.post(NEW, answers), client.post(NEW, answers)
        assert first["Location"] == second["Location"]
        assert CoachingCase.objects.count() == Beneficiary.objects.count() == 1

    def test_the_submission_of_another_house_reaches_nothing(self, client, coach):
        theirs = a_case(a_coach()).beneficiary
        client.post(NEW, typed(coach, submission_id=str(theirs.pk)))
        mine = CoachingCase.objects.get(organisation=coach.current_organisation)
        assert mine.beneficiary_id != theirs.pk

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.INSPECTOR, Role.ANALYST])
    def test_who_does_not_coach_opens_nothing(self, client, coach, role):
        client.force_login(user_with(role, coach.current_organisation))
        assert client.get(NEW).status_code == 403
        assert client.post(NEW, typed(coach)).status_code == 403
        assert not CoachingCase.objects.exists()


class TestLooksKnown:
    def test_the_same_name_is_asked_about_with_a_link(self, client, coach):
        known = a_case(coach, first_name="Awa", last_name="Éxemple", birth_date=None)
        response = client.post(NEW, typed(coach, town="Herstal"))
        page = page_of(response)
        assert response.status_code == 422
        assert "Est-ce la même personne" in page
        assert reverse("beneficiaries:case_path", args=[known.pk]) in page
        assert 'value="Herstal"' in page
        assert Beneficiary.objects.count() == 1

    def test_the_names_the_other_way_round_are_the_same_name(self, client, coach):
        a_case(coach, first_name="Exemple", last_name="Awa", birth_date=None)
        assert client.post(NEW, typed(coach)).status_code == 422

    def test_another_birth_date_is_another_person(self, client, coach):
        a_case(coach, first_name="Awa", last_name="Exemple", birth_date=date(1985, 3, 4))
        assert client.post(NEW, typed(coach, birth_date="5/3/1985")).status_code == 302

    def test_said_to_be_another_person_the_case_opens(self, client, coach):
        known = a_case(coach, first_name="Awa", last_name="Exemple", birth_date=None)
        response = client.post(NEW, typed(coach, other_than=str(known.beneficiary_id)))
        assert response.status_code == 302
        assert CoachingCase.objects.count() == 2

    def test_what_was_said_is_kept_while_something_else_is_mended(self, client, coach):
        known = a_case(coach, first_name="Awa", last_name="Exemple", birth_date=None)
        answers = typed(coach, other_than=str(known.beneficiary_id), opened_on="2/3/2025", referred_on="3/3/2025")
        response = client.post(NEW, answers)
        assert response.status_code == 422
        assert f'name="other_than" value="{known.beneficiary_id}"' in page_of(response)

    def test_saying_so_of_one_does_not_hide_another(self, client, coach):
        known = a_case(coach, first_name="Awa", last_name="Exemple", birth_date=None)
        other = a_person(coach, first_name="Awa", last_name="Exemple", birth_date=None)
        response = client.post(NEW, typed(coach, other_than=str(known.beneficiary_id)))
        assert response.status_code == 422
        assert str(other.pk) in page_of(response)

    def test_somebody_of_another_house_is_not_known_here(self, client, coach):
        a_case(a_coach(), first_name="Awa", last_name="Exemple", birth_date=None, niss=NISS)
        assert client.post(NEW, typed(coach, niss=NISS)).status_code == 302

    def test_the_same_national_number_is_refused_with_who_carries_it(self, client, coach):
        known = a_case(coach, first_name="Bahia", last_name="Exemple", niss=NISS)
        response = client.post(NEW, typed(coach, niss="85030400136"))
        page = page_of(response)
        assert response.status_code == 422
        assert "Ce numéro national est déjà celui de Bahia Exemple." in page
        assert reverse("beneficiaries:case_path", args=[known.pk]) in page
        assert "C’est une autre personne" not in page
        assert Beneficiary.objects.count() == 1


class TestComingBack:
    def url(self, person):
        return reverse("beneficiaries:case_reopen", args=[person.pk])

    def test_a_new_case_is_linked_to_the_former_one(self, client, coach):
        former = closed(coach)
        response = client.post(self.url(former.beneficiary), typed(coach))
        new = CoachingCase.objects.get(closed_on=None)
        assert response["Location"] == reverse("beneficiaries:case_path", args=[new.pk])
        assert (new.beneficiary, new.previous_case) == (former.beneficiary, former)
        assert reverse("beneficiaries:case_path", args=[new.pk]) in page_of(
            client.get(reverse("beneficiaries:case_path", args=[former.pk]))
        )

    def test_two_clicks_open_one_case(self, client, coach):
        former, answers = closed(coach), typed(coach)
        first, second = (client.post(self.url(former.beneficiary), answers) for _ in range(2))
        assert first["Location"] == second["Location"]
        assert CoachingCase.objects.filter(closed_on=None).count() == 1

    def test_an_open_case_is_shown_instead(self, client, coach):
        case = a_case(coach)
        page = page_of(client.get(self.url(case.beneficiary)))
        assert "Cette personne a déjà un dossier ouvert" in page
        assert reverse("beneficiaries:case_path", args=[case.pk]) in page
        assert "Ouvrir le dossier" not in page

    def test_a_second_open_case_is_refused(self, client, coach):
        case = a_case(coach)
        response = client.post(self.url(case.beneficiary), typed(coach))
        assert response.status_code == 422
        assert CoachingCase.objects.count() == 1

    def test_a_day_before_the_former_exit_is_refused_beside_the_date(self, client, coach):
        former = closed(coach)
        yesterday = today() - timedelta(days=1)
        response = client.post(self.url(former.beneficiary), typed(coach, opened_on=f"{yesterday:%d/%m/%Y}"))
        assert response.status_code == 422
        assert page_of(response).count("Le dossier précédent n’est sorti que le 03/03/2025.") == 2

    def test_somebody_of_another_house_is_not_found(self, client, coach):
        closed(coach)
        assert client.get(self.url(closed(a_coach()).beneficiary)).status_code == 404

    def test_an_admin_reads_and_opens_nothing(self, client):
        organisation = OrganisationFactory()
        former = closed(a_coach(organisation))
        client.force_login(user_with(Role.ADMIN, organisation))
        assert client.get(self.url(former.beneficiary)).status_code == 403
