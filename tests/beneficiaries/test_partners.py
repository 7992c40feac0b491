"""Partners: who sends people, who helps beside us."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import Partner
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.people import save_partner
from foundation.clock import today
from tests.factories.accounts import OrganisationFactory, user_with
from tests.factories.stories import a_coach, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

LIST, NEW = "/partenaires/", "/partenaires/nouveau/"


@pytest.fixture
def coach(client):
    coach = a_coach()
    client.force_login(coach)
    return coach


def a_partner(actor, **fields):
    facts = {"name": "CPAS de Herstal", "kind": "CPAS", "refers": True, **fields}
    return save_partner(partner=Partner(organisation=actor.current_organisation, **facts), actor=actor)


def page_of(response):
    return response.content.decode()


def test_an_empty_list_says_what_to_do(client, coach):
    page = page_of(client.get(LIST))
    assert "Aucun partenaire pour l’instant" in page
    assert NEW in page


def test_one_is_added_and_offered_at_the_next_opening(client, coach):
    answers = {"name": "CPAS de Herstal", "kind": "CPAS", "refers": "on", "phone": "04 000 00 01", "email": ""}
    response = client.post(NEW, answers, follow=True)
    assert "CPAS de Herstal est ajouté aux partenaires." in page_of(response)
    partner = Partner.objects.get()
    assert (partner.organisation, partner.refers) == (coach.current_organisation, True)
    assert [one["label"] for one in client.get("/choisir/referrers/", {"q": "herstal"}).json()["proposals"]] == [
        "CPAS de Herstal"
    ]


def test_who_only_helps_is_not_offered(client, coach):
    a_partner(coach, name="Service logement", kind="HOUSING", refers=False)
    assert client.get("/choisir/referrers/", {"q": "service logement"}).json()["proposals"] == []


def test_the_list_counts_who_was_sent(client, coach):
    partner = a_partner(coach)
    for _ in range(2):
        opening = CaseOpening(coach=coach, opened_on=today(), referrer=partner)
        open_case(beneficiary=a_person(coach), opening=opening, actor=coach)
    assert client.get(LIST).context["page_obj"].object_list[0].referred == 2


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"name": ""}, "Remplissez « Nom du service »."),
        ({"kind": ""}, "Choisissez une réponse à « Type »."),
        ({"name": "CPAS de Herstal"}, "Ce partenaire existe déjà."),
    ],
)
def test_what_does_not_hold_is_told_and_nothing_is_lost(client, coach, answers, sentence):
    a_partner(coach)
    response = client.post(NEW, {"name": "Autre", "kind": "CPAS", "phone": "04 000 00 09", "email": "", **answers})
    assert response.status_code == 422
    assert sentence in page_of(response)
    assert "04 000 00 09" in page_of(response)
    assert Partner.objects.count() == 1


def test_one_is_corrected(client, coach):
    partner = a_partner(coach)
    url = reverse("beneficiaries:partner_edit", args=[partner.pk])
    assert 'value="CPAS de Herstal"' in page_of(client.get(url))
    client.post(url, {"name": "CPAS", "kind": "CPAS", "phone": "", "email": "cpas@example.org"})
    partner.refresh_from_db()
    assert (partner.name, partner.email, partner.refers) == ("CPAS", "cpas@example.org", False)


def test_a_name_taken_leaves_the_title_alone(client, coach):
    a_partner(coach, name="FOREM", kind="FOREM")
    partner = a_partner(coach)
    url = reverse("beneficiaries:partner_edit", args=[partner.pk])
    response = client.post(url, {"name": "FOREM", "kind": "CPAS", "phone": "", "email": ""})
    assert response.status_code == 422
    assert "Ce partenaire existe déjà." in page_of(response)
    assert "CPAS de Herstal" in page_of(response)


def test_others_read_or_find_nothing(client):
    organisation = OrganisationFactory()
    partner = a_partner(a_coach(organisation))
    edit = reverse("beneficiaries:partner_edit", args=[partner.pk])
    client.force_login(user_with(Role.ADMIN, organisation))
    page = page_of(client.get(LIST))
    assert "CPAS de Herstal" in page
    assert edit not in page
    assert client.get(NEW).status_code == client.get(edit).status_code == 403
    assert client.post(NEW, {"name": "X", "kind": "CPAS"}).status_code == 403
    for role in (Role.INSPECTOR, Role.ANALYST):
        client.force_login(user_with(role, organisation))
        assert client.get(LIST).status_code == 403
    stranger = a_coach()
    a_partner(stranger, name="Ailleurs")
    client.force_login(stranger)
    assert client.get(edit).status_code == 404
    assert "CPAS de Herstal" not in page_of(client.get(LIST))


def test_one_form_sent_twice_adds_one(client, coach):
    shown = client.get(NEW).context["form"]["submission_id"].value()
    answers = {"name": "CPAS de Herstal", "kind": "CPAS", "submission_id": shown}
    assert [client.post(NEW, answers).status_code for _time in range(2)] == [302, 302]
    assert Partner.objects.count() == 1
