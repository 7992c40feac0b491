"""The person's record: corrected by whoever carries the case, one tab at a time, the national number unseen."""

from datetime import date, datetime

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.services.people import update_beneficiary
from tests.conftest import BRUSSELS
from tests.factories.accounts import OrganisationFactory, user_with
from tests.factories.stories import a_case, a_coach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

NISS = "85030400136"


@pytest.fixture
def coach(client):
    coach = a_coach()
    client.force_login(coach)
    return coach


def edit_url(case):
    return reverse("beneficiaries:person_edit", args=[case.pk])


def typed(response, **answers):
    form = response.context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    if isinstance(values["birth_date"], date):
        values["birth_date"] = f"{values['birth_date']:%d/%m/%Y}"
    return {**values, **answers}


def test_what_is_corrected_is_kept(client, coach):
    case = a_case(coach, first_name="Awa")
    response = client.post(edit_url(case), typed(client.get(edit_url(case)), phone="0470 00 00 02", education="CESI"))
    assert response.status_code == 302
    assert response["Location"].endswith("/parcours/#personne")
    case.beneficiary.refresh_from_db()
    assert (case.beneficiary.phone, case.beneficiary.education) == ("0470 00 00 02", "CESI")


def test_it_comes_back_where_it_came_from(client, coach):
    case = a_case(coach)
    back = reverse("beneficiaries:eligibility", args=[case.pk])
    response = client.post(edit_url(case), {**typed(client.get(edit_url(case))), "next": back})
    assert response["Location"] == back


def test_the_second_tab_is_told_by_whom_and_when_and_loses_nothing(client, frozen):
    organisation = OrganisationFactory()
    coach = a_coach(organisation)
    colleague = user_with(Role.COORDINATOR, organisation, first_name="Nadia", last_name="Exemple")
    case = a_case(coach, first_name="Awa")
    client.force_login(coach)
    shown = client.get(edit_url(case))
    frozen(datetime(2025, 3, 3, 10, 15, tzinfo=BRUSSELS))
    update_beneficiary(case=case, actor=colleague, phone="0470 00 00 09")

    response = client.post(edit_url(case), typed(shown, town="Herstal"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Nadia Exemple a modifié cette fiche le 03/03/2025 à 10:15, pendant que vous la remplissiez." in page
    assert "0470 00 00 09" in page
    assert 'value="Herstal"' in page
    case.beneficiary.refresh_from_db()
    assert case.beneficiary.town == ""

    again = client.post(edit_url(case), typed(response, town="Herstal"))
    assert again.status_code == 302
    case.beneficiary.refresh_from_db()
    assert case.beneficiary.town == "Herstal"


def test_a_version_that_means_nothing_is_no_version(client, coach):
    case = a_case(coach)
    for nonsense in ("", "hier", "2025-13-45T00:00:00"):
        answers = typed(client.get(edit_url(case)), version=nonsense)
        assert client.post(edit_url(case), answers).status_code == 302


def test_a_birth_in_the_future_is_refused_beside_its_field(client, coach):
    case = a_case(coach)
    response = client.post(edit_url(case), typed(client.get(edit_url(case)), birth_date="1/1/2031", town="Herstal"))
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("La date ne peut pas être dans le futur.") == 2
    assert 'value="Herstal"' in page


class TestNationalNumber:
    def test_it_is_not_shown_and_stays_when_nothing_is_typed(self, client, coach):
        case = a_case(coach, niss=NISS)
        shown = client.get(edit_url(case))
        assert NISS not in shown.content.decode()
        assert client.post(edit_url(case), typed(shown, town="Herstal")).status_code == 302
        case.beneficiary.refresh_from_db()
        assert case.beneficiary.niss == NISS

    def test_it_can_be_forgotten(self, client, coach):
        case = a_case(coach, niss=NISS)
        assert client.post(edit_url(case), typed(client.get(edit_url(case)), niss_forget="on")).status_code == 302
        case.beneficiary.refresh_from_db()
        assert (case.beneficiary.niss, case.beneficiary.niss_index) == ("", "")

    def test_forgetting_and_replacing_at_once_is_a_question(self, client, coach):
        case = a_case(coach, niss=NISS)
        response = client.post(edit_url(case), typed(client.get(edit_url(case)), niss="85030400235", niss_forget="on"))
        assert response.status_code == 422
        assert "Vous avez écrit un numéro et demandé de l’effacer" in response.content.decode()

    def test_somebody_else_s_number_is_refused_with_the_name(self, client, coach):
        a_case(coach, niss=NISS, first_name="Bahia", last_name="Exemple")
        case = a_case(coach)
        response = client.post(edit_url(case), typed(client.get(edit_url(case)), niss=NISS))
        assert response.status_code == 422
        assert "Ce numéro national est déjà celui de Bahia Exemple." in response.content.decode()

    def test_showing_it_is_a_deed_that_is_written_down(self, client, coach):
        case = a_case(coach, niss=NISS)
        url = reverse("beneficiaries:person_number", args=[case.pk])
        assert "850304" not in client.get(url).content.decode()
        response = client.post(url)
        assert "850304 001 36" in response.content.decode()
        assert response["Cache-Control"] == "no-store"
        seen = LogEntry.objects.get(object_pk=str(case.beneficiary_id), action=LogEntry.Action.ACCESS)
        assert (seen.actor, seen.additional_data["access"]) == (coach, "reveal")

    def test_there_may_be_none(self, client, coach):
        case = a_case(coach)
        assert (
            "Aucun numéro national"
            in client.get(reverse("beneficiaries:person_number", args=[case.pk])).content.decode()
        )


@pytest.mark.parametrize("name", ["person_edit", "person_number"])
def test_only_who_carries_the_case_corrects(client, name):
    organisation = OrganisationFactory()
    case = a_case(a_coach(organisation), niss=NISS)
    for actor in (a_coach(organisation), user_with(Role.ADMIN, organisation)):
        client.force_login(actor)
        url = reverse(f"beneficiaries:{name}", args=[case.pk])
        assert client.get(url).status_code == 403
        assert client.post(url, {"first_name": "X", "last_name": "Y"}).status_code == 403
    stranger = a_coach()
    a_case(stranger)
    client.force_login(stranger)
    assert client.get(reverse(f"beneficiaries:{name}", args=[case.pk])).status_code == 404


def test_the_path_shows_what_is_known_and_never_the_number(client, coach):
    case = a_case(coach, niss=NISS, birth_date=date(1985, 3, 4), town="Herstal")
    page = client.get(reverse("beneficiaries:case_path", args=[case.pk])).content.decode()
    assert "04/03/1985" in page
    assert "Herstal" in page
    assert "enregistré, chiffré" in page
    assert NISS not in page
