"""What opens pre-hire: the check of eligibility by the organisation's law, coachability, signatures."""

import re
from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import OrganisationKind, Role
from beneficiaries.models import CoachabilityCheck, EligibilityCheck, TrustAgreement
from beneficiaries.rules.agreements import AgreementKind
from tests.factories.accounts import OrganisationFactory, user_with
from tests.factories.stories import a_case, a_coach, a_granted_derogation, closed, made_ready

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


def checked(**answers):
    return {
        "checked_on": "3/3/2025",
        "registered": "yes",
        "registered_since": "3/3/2024",
        "evidence_kind": "DIPLOMA",
        "evidence_on": "1/3/2025",
        **answers,
    }


class TestEligibility:
    def check(self, client, case, **answers):
        return client.post(url_of(case, "eligibility"), checked(**answers))

    def test_a_criterion_of_the_record_proven_by_its_paper_is_frozen(self, client, coach):
        case = a_case(coach, education="CESI")
        response = self.check(client, case)
        frozen_check = EligibilityCheck.objects.get()
        assert response["Location"].endswith("/parcours/#preparation")
        assert (frozen_check.regime, frozen_check.criteria) == ("MIRE", ["no_cess"])
        assert (frozen_check.checked_on, frozen_check.evidence_on) == (date(2025, 3, 3), date(2025, 3, 1))
        assert frozen_check.checked_by == coach

    def test_a_ticked_criterion_needs_its_own_paper(self, client, coach):
        case = a_case(coach, education="CESS")
        response = self.check(client, case, criteria="integration_income")
        assert response.status_code == 422
        sentence = "« Bénéficie du revenu d’intégration ou d’une aide sociale financière équivalente » demande"
        assert page_of(response).count(sentence) == 2
        assert 'value="integration_income"' in page_of(response)
        assert "checked" in page_of(response)
        assert (
            self.check(client, case, criteria="integration_income", evidence_kind="CPAS_CERTIFICATE").status_code == 302
        )
        assert EligibilityCheck.objects.get().criteria == ["integration_income"]

    def test_only_what_the_paper_proves_is_kept(self, client, coach):
        case = a_case(coach, education="CESI")
        self.check(client, case, criteria="integration_income", evidence_kind="CPAS_CERTIFICATE")
        assert EligibilityCheck.objects.get().criteria == ["integration_income"]

    def test_registrations_before_the_present_one_count(self, client, coach):
        case = a_case(coach, education="CESS")
        spells = {"registered_since": "3/3/2024", "first_1": "1/4/2022", "last_1": "31/7/2023"}
        assert self.check(client, case, evidence_kind="FOREM_EXTRACT").status_code == 422
        assert self.check(client, case, evidence_kind="FOREM_EXTRACT", **spells).status_code == 302
        assert EligibilityCheck.objects.get().criteria == ["registered_24_of_36"]

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ({"registered": "no"}, "La personne n’est pas inscrite comme demandeuse d’emploi inoccupée ce jour-là."),
            ({"registered": ""}, "Choisissez une réponse à « Est-elle inscrite"),
            ({"checked_on": "4/3/2025"}, "La date ne peut pas être dans le futur."),
            ({"evidence_on": "2/3/2025", "checked_on": "1/3/2025"}, "La pièce ne peut pas être plus récente"),
            ({"first_1": "1/1/2023"}, "Écrivez le premier et le dernier jour de cette période."),
            ({"first_1": "1/1/2023", "last_1": "1/12/2022"}, "Le dernier jour précède le premier."),
            ({"derogation": "on", "derogation_reason": "Cas social"}, "la dérogation n’est pas nécessaire"),
        ],
    )
    def test_what_does_not_hold_is_told_beside_its_field(self, client, coach, answers, sentence):
        case = a_case(coach, education="CESI")
        if "derogation" in answers:
            a_granted_derogation(case)
        response = self.check(client, case, **answers)
        assert response.status_code == 422
        assert page_of(response).count(sentence) >= 2
        assert 'value="3/3/2024"' in page_of(response)
        assert not EligibilityCheck.objects.exists()

    def test_nothing_established_says_what_remains_to_verify(self, client, coach):
        case = a_case(coach, education="")
        response = self.check(client, case)
        assert response.status_code == 422
        assert "Aucun critère n’est établi" in page_of(response)
        assert "Niveau du diplôme à vérifier" in page_of(response)

    @pytest.mark.parametrize(
        ("birth", "sentence"),
        [
            (None, "La date de naissance n’est pas connue."),
            (date(2008, 3, 4), "La personne est encore soumise à l’obligation scolaire."),
        ],
    )
    def test_what_blocks_is_told(self, client, coach, birth, sentence):
        response = self.check(client, a_case(coach, birth_date=birth, education="CESI"))
        assert response.status_code == 422
        assert sentence in page_of(response)

    def test_a_derogation_has_a_reason_and_a_decision(self, client, coach):
        case = a_case(coach, education="CESS")
        a_granted_derogation(case)
        refused = self.check(client, case, derogation="on", derogation_reason="")
        assert "Une dérogation demande un motif." in page_of(refused)
        assert "Une dérogation se prouve par la décision qui l’accorde." in page_of(refused)
        stated = {"derogation": "on", "derogation_reason": "Décision 12", "evidence_kind": "DECISION"}
        accepted = self.check(client, case, **stated, over_quota="on")
        assert accepted.status_code == 302, accepted.context["form"].errors
        kept = EligibilityCheck.objects.get()
        assert (kept.is_derogation, kept.criteria, kept.derogation_reason) == (True, [], "Décision 12")

    def test_it_is_checked_once(self, client, coach):
        case = a_case(coach, education="CESI")
        self.check(client, case)
        again = self.check(client, case, criteria="aviq_referral", evidence_kind="AVIQ")
        assert again.status_code == 422
        assert "déjà vérifiée et figée" in page_of(again)
        assert client.get(url_of(case, "eligibility")).status_code == 302
        assert EligibilityCheck.objects.get().criteria == ["no_cess"]

    def test_another_kind_of_house_answers_to_the_law_of_the_cisp(self, client):
        coach = a_coach(OrganisationFactory(kind=OrganisationKind.CISP))
        client.force_login(coach)
        case = a_case(coach, education="CESI")
        page = page_of(client.get(url_of(case, "eligibility")))
        assert "au moins 18 mois au cours des 24 derniers mois" in page
        assert "source non confirmée" in page
        assert "érogation" not in page
        assert self.check(client, case).status_code == 302
        kept = EligibilityCheck.objects.get()
        assert (kept.regime, kept.criteria) == ("CISP", ["at_most_cesdd"])

    def test_an_assumption_opens_no_door_even_when_sent(self, client):
        coach = a_coach(OrganisationFactory(kind=OrganisationKind.CISP))
        client.force_login(coach)
        case = a_case(coach, education="CESS")
        response = self.check(client, case, criteria="integration_income", evidence_kind="CPAS_CERTIFICATE")
        assert response.status_code == 422
        assert not EligibilityCheck.objects.exists()


class TestCoachability:
    FOUR = {"volunteer": "on", "informed": "on", "available": "on", "ordinary_job": "on"}

    def test_the_four_conditions_are_recorded(self, client, coach):
        case = a_case(coach)
        client.post(url_of(case, "coachability"), {**self.FOUR, "checked_on": "3/3/2025"})
        check = CoachabilityCheck.objects.get()
        assert check.is_complete
        assert check.checked_by == coach

    def test_what_lacks_is_recorded_too_and_seen_again_later(self, client, coach):
        case = a_case(coach)
        client.post(url_of(case, "coachability"), {"volunteer": "on", "checked_on": "1/3/2025"})
        page = page_of(client.get(url_of(case, "case_path")))
        assert "1 condition réunie sur 4" in page
        assert "Il manque : informée de la méthode, disponible tout de suite" in page
        client.post(url_of(case, "coachability"), {**self.FOUR, "checked_on": "3/3/2025"})
        assert CoachabilityCheck.objects.get().is_complete

    def test_a_day_to_come_is_refused_beside_the_date(self, client, coach):
        case = a_case(coach)
        response = client.post(url_of(case, "coachability"), {**self.FOUR, "checked_on": "4/3/2025"})
        assert response.status_code == 422
        assert page_of(response).count("La date ne peut pas être dans le futur.") == 2


class TestAgreements:
    def sign(self, client, case, **answers):
        return client.post(
            url_of(case, "agreement"), {"kind": "TRUST_CONTRACT", "signed_on": "3/3/2025", "third_party": "", **answers}
        )

    def test_the_link_of_a_document_chooses_it(self, client, coach):
        page = page_of(client.get(url_of(a_case(coach), "agreement") + "?document=CONVENTION"))
        assert re.search(r'<input[^>]* value="CONVENTION"[^>]* checked', page)

    def test_a_signature_is_recorded_with_its_third_party(self, client, coach):
        case = a_case(coach)
        assert self.sign(client, case, kind="TRIPARTITE", third_party="FOREM").status_code == 302
        agreement = TrustAgreement.objects.get()
        assert (agreement.kind, agreement.signed_on, agreement.third_party) == (
            "TRIPARTITE",
            date(2025, 3, 3),
            "FOREM",
        )

    def test_a_document_is_signed_once(self, client, coach):
        case = a_case(coach)
        self.sign(client, case)
        again = self.sign(client, case)
        assert again.status_code == 422
        assert "Ce document est déjà enregistré pour ce dossier." in page_of(again)
        assert TrustAgreement.objects.count() == 1
        assert 'value="TRUST_CONTRACT"' not in page_of(client.get(url_of(case, "agreement")))

    def test_nothing_is_left_to_sign(self, client, coach):
        case = a_case(coach)
        for kind in AgreementKind.values:
            self.sign(client, case, kind=kind)
        assert client.get(url_of(case, "agreement")).status_code == 302

    @pytest.mark.parametrize(
        ("day", "sentence"),
        [
            ("4/3/2025", "La date ne peut pas être dans le futur."),
            ("10/2/2025", "Le dossier n’est ouvert que depuis le 11/02/2025."),
        ],
    )
    def test_an_impossible_day_is_told_beside_the_date(self, client, coach, day, sentence):
        response = self.sign(client, a_case(coach), signed_on=day, third_party="FOREM")
        assert response.status_code == 422
        assert page_of(response).count(sentence) == 2
        assert 'value="FOREM"' in page_of(response)


NAMES = ["eligibility", "coachability", "agreement"]


@pytest.mark.parametrize("name", NAMES)
def test_a_closed_case_is_completed_no_more(client, coach, name):
    case = closed(coach)
    answers = {"kind": "TRIPARTITE", "signed_on": "3/3/2025", **checked(checked_on="3/3/2025")}
    response = client.post(url_of(case, name), answers)
    assert response.status_code == 422


@pytest.mark.parametrize("name", NAMES)
def test_who_does_not_carry_the_case_prepares_nothing(client, name):
    organisation = OrganisationFactory()
    case = a_case(a_coach(organisation))
    for actor in (a_coach(organisation), user_with(Role.ADMIN, organisation)):
        client.force_login(actor)
        assert client.get(url_of(case, name)).status_code == 403
        assert client.post(url_of(case, name), {}).status_code == 403
    stranger = a_coach()
    a_case(stranger)
    client.force_login(stranger)
    assert client.get(url_of(case, name)).status_code == 404


class TestTaskList:
    def test_it_says_what_is_to_do_and_what_still_lacks(self, client, coach):
        page = page_of(client.get(url_of(a_case(coach), "case_path")))
        assert page.count("À faire") == 5
        assert "Documents demandés pour une entrée depuis le 01/01/2024" in page
        assert "L’éligibilité doit être vérifiée" in page
        assert "Passer en pré-embauche" not in page

    def test_once_all_is_done_it_offers_the_passage(self, client, coach):
        case = made_ready(a_case(coach))
        page = page_of(client.get(url_of(case, "case_path")))
        assert "À faire" not in page
        assert url_of(case, "case_prehire") in page

    def test_who_only_reads_is_offered_nothing(self, client):
        organisation = OrganisationFactory()
        case = made_ready(a_case(a_coach(organisation)))
        client.force_login(user_with(Role.ADMIN, organisation))
        page = page_of(client.get(url_of(case, "case_path")))
        for name in ("eligibility", "coachability", "agreement", "case_prehire", "obstacle_create", "objective_create"):
            assert url_of(case, name) not in page
        assert "N’a pas le certificat d’enseignement secondaire supérieur" in page
