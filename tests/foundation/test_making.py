"""What is looked for and not found: written from the form that needs it, which keeps every word."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Partner
from employers.models import Company
from foundation.clock import today
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, a_company

pytestmark = pytest.mark.django_db
SHEET = "company-nouveau"


@pytest.fixture
def coach() -> User:
    found: User = a_coach()
    return found


@pytest.fixture
def page(frozen, coach) -> Any:
    """The form of a contact of a case, sent with the summary typed and whatever else."""
    client, url = Client(), reverse("followup:contact_create", args=[a_case(coach).pk])
    client.force_login(coach)

    def send(**sent: str) -> Any:
        return client.post(url, {"summary": "Des mots à garder", "party": "BOTH", **sent})

    return send


def sheet_of(answer: Any, **typed: str) -> dict[str, str]:
    """What the page sends back once its sheet is shown."""
    assert f'name="{SHEET}-ouvert"' in answer.content.decode()
    return {f"{SHEET}-ouvert": "1", **{f"{SHEET}-{name}": words for name, words in typed.items()}}


def test_the_proposal_comes_with_the_search_and_says_the_words(page):
    body = page(**{"company-mots": "Menuiserie Bois", "chercher": "company"}).content.decode()
    assert "Créer l’entreprise « Menuiserie Bois »" in body
    assert f'name="{SHEET}-ouvert"' not in body
    assert not Company.objects.exists()


def test_the_sheet_opens_with_the_words_and_writes_nothing(page):
    answer = page(**{"company-mots": "Menuiserie Bois", "creer": "company"})
    body = answer.content.decode()
    assert f'name="{SHEET}-name" value="Menuiserie Bois"' in body
    assert "Des mots à garder" in body
    assert answer.context["form"].errors == {}
    assert not Company.objects.exists()


def test_a_number_that_was_typed_is_the_number(page):
    body = page(**{"company-mots": "0403019261", "creer": "company"}).content.decode()
    assert f'name="{SHEET}-bce_number" value="0403.019.261"' in body


def test_the_firm_is_written_once_and_comes_back_chosen_with_every_word(page, coach):
    key = str(uuid4())
    sent = {
        "company-mots": "Menuiserie Bois",
        "creer-oui": "company",
        f"{SHEET}-ouvert": "1",
        f"{SHEET}-name": "Menuiserie Bois",
        f"{SHEET}-town": "Spa",
        f"{SHEET}-submission_id": key,
    }
    for _press in range(2):
        answer = page(**sent)
        firm = Company.objects.get()
        assert answer.status_code == 200
        body = answer.content.decode()
        assert (str(firm.pk), firm.name, firm.town, firm.organisation) == (
            key,
            "Menuiserie Bois",
            "Spa",
            coach.current_organisation,
        )
        assert f'name="company" value="{firm.pk}" id="id_company_chosen" checked' in body
        assert "Des mots à garder" in body
        assert f'name="{SHEET}-ouvert"' not in body
        # The words that found nothing are answered: the form may be sent as it is.
        assert 'name="company-mots" value=""' in body


def test_what_it_may_be_already_is_told_first(page, coach):
    known = a_company(coach, name="Menuiserie Bois SPRL", town="Spa")
    other = a_company(coach, name="Zorro")
    body = page(**{"company-mots": "Menuiserie Bois SA", "creer": "company"}).content.decode()
    assert "Ces noms sont déjà connus" in body
    assert f'value="{known.pk}"' in body
    assert f'value="{other.pk}"' not in body
    answer = page(
        **{
            "company-mots": "Menuiserie Bois SA",
            "creer-oui": "company",
            f"{SHEET}-ouvert": "1",
            f"{SHEET}-name": "Menuiserie Bois SA",
        }
    )
    assert "peut-être déjà connue" in answer.content.decode()
    # Its box is told, and not left without a word.
    assert f'for="id_{SHEET}-another_firm"' in answer.content.decode()
    assert Company.objects.count() == 2


def test_the_number_of_a_known_firm_is_told(page, coach):
    a_company(coach, name="Menuiserie Bois", bce_number="0403019261")
    sent = {
        "company-mots": "Autre",
        "creer-oui": "company",
        f"{SHEET}-ouvert": "1",
        f"{SHEET}-name": "Autre",
        f"{SHEET}-bce_number": "0403.019.261",
    }
    assert "Ce numéro est celui de Menuiserie Bois" in page(**sent).content.decode()
    assert Company.objects.count() == 1


def test_one_that_is_known_is_taken_in_the_place_of_the_sheet(page, coach):
    known = a_company(coach, name="Menuiserie Bois SPRL")
    answer = page(
        **{
            "company-mots": "Menuiserie",
            "company": str(known.pk),
            "creer-oui": "company",
            f"{SHEET}-ouvert": "1",
            f"{SHEET}-name": "Menuiserie",
        }
    )
    assert Company.objects.count() == 1
    assert f'value="{known.pk}" id="id_company_chosen" checked' in answer.content.decode()


def test_a_sheet_that_was_begun_is_not_forgotten_when_the_form_is_sent(page):
    sent = {
        "on": f"{today():%d/%m/%Y}",
        "channel": "PHONE",
        "minutes": "10",
        f"{SHEET}-ouvert": "1",
        f"{SHEET}-name": "Menuiserie",
    }
    answer = page(**sent)
    assert "n’est pas enregistré" in answer.context["form"].errors["company"][0]
    assert f'name="{SHEET}-name" value="Menuiserie"' in answer.content.decode()
    # « Annuler » goes back to the proposals.
    left = page(**sent, **{"company-mots": "Menuiserie", "chercher": "company"}).content.decode()
    assert f'name="{SHEET}-ouvert"' not in left


def test_only_whoever_may_write_firms_is_offered_it(frozen, coach):
    url = reverse("accounts:choose", args=["firms-to-meet"])

    def words(user: User, **asked: str) -> Any:
        client = Client()
        client.force_login(user)
        return client.get(url, asked).json()["make"]

    assert words(coach, q="Bois", creer="1") == "Créer l’entreprise « Bois »"
    assert words(coach, q="", creer="1") == words(coach, q="Bois") == ""
    reader = user_with(Role.ADMIN, organisation=coach.current_organisation)
    assert words(reader, q="Bois", creer="1") == ""


def test_a_firm_that_is_asked_for_first_is_written_on_its_page_with_the_words(frozen, coach):
    client = Client()
    client.force_login(coach)
    a_company(coach, name="Autre")
    asked = {"entreprise-mots": "Menuiserie & fils", "chercher": "entreprise"}
    body = client.get(reverse("employers:vacancy_create"), asked).content.decode()
    assert "nom=Menuiserie%20%26%20fils" in body
    page = client.get(reverse("employers:company_create"), {"nom": "Menuiserie & fils"}).content.decode()
    assert 'value="Menuiserie &amp; fils"' in page


def test_a_partner_that_sends_people_is_added_from_the_case_that_opens(frozen, coach):
    client = Client()
    client.force_login(user_with(Role.COORDINATOR, organisation=coach.current_organisation))
    url = reverse("beneficiaries:belonging_change", args=[a_case(coach).pk])
    begun = {"reason": "Un motif à garder", "referrer-mots": "Relais social", "creer": "referrer"}
    body = client.post(url, begun).content.decode()
    assert 'name="referrer-nouveau-name" value="Relais social"' in body
    sheet = {"referrer-nouveau-ouvert": "1", "referrer-nouveau-name": "Relais social", "referrer-nouveau-kind": ""}
    wrong = client.post(url, begun | sheet | {"creer": "", "creer-oui": "referrer"}).content.decode()
    assert "Choisissez une réponse à « Type »" in wrong
    sheet["referrer-nouveau-kind"] = "HOUSING"
    right = client.post(url, begun | sheet | {"creer": "", "creer-oui": "referrer"}).content.decode()
    partner = Partner.objects.get(name="Relais social")
    assert partner.refers
    assert f'value="{partner.pk}" id="id_referrer_chosen" checked' in right
    assert "Un motif à garder" in right
