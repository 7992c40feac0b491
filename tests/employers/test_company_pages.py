"""The pages about firms: what they show, what they refuse and with which words, to whom they open."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.enums import Role
from employers.models import Company, CompanyContact, ProspectionContact
from employers.services.companies import Visit, record_prospection, save_company_person
from foundation.clock import today
from tests.employers.pages import browser, error_beside, statements, words
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, a_company, a_contact, a_vacancy, in_prehire

pytestmark = pytest.mark.django_db

LIST = "/entreprises/"


def visited(coach, firm, days_ago=3, channel="VISIT", **fields):
    visit = Visit(
        on=today() - timedelta(days=days_ago),
        channel=channel,
        minutes=30,
        result="INTERESTED",
        **fields,
    )
    return record_prospection(company=firm, visit=visit, actor=coach)


@pytest.fixture
def coach():
    return a_coach()


@pytest.fixture
def colleague(coach):
    return user_with(Role.JOBCOACH, coach.current_organisation, first_name="Karim", last_name="Collègue")


# --- the list


def test_the_list_says_who_spoke_last_to_each_firm(frozen, coach, colleague):
    firm = a_company(coach, name="Garage exemple", town="Spa", sector="G")
    visited(coach, firm, days_ago=20)
    visited(colleague, firm, days_ago=5, channel="PHONE")
    a_company(coach, name="Menuiserie exemple")
    a_vacancy(coach, firm)

    page = words(browser(coach).get(LIST))

    assert "2 entreprises" in page
    assert "Karim Collègue" in page
    assert "téléphone, il y a 5 jours" in page
    assert "personne encore" in page


@pytest.mark.parametrize(
    "typed", ["etoile", "L'ETOILE", "étoile-hoermann", "fils étoile", "liege etoile", "0403 019 261"]
)
def test_a_search_forgives_case_accents_punctuation_and_order(coach, typed):
    a_company(coach, name="L’Étoile d’Hœrmann & Fils", town="Liège", bce_number="0403.019.261")
    a_company(coach, name="Garage exemple", town="Spa")

    page = words(browser(coach).get(LIST, {"q": typed}))

    assert "1 entreprise<" in page
    assert "L’Étoile" in page
    assert "Garage exemple" not in page


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ({"sector": "G"}, "Garage"),
        ({"town": "Eupen"}, "Jardins"),
        ({"country": "FR"}, "Ailleurs"),
        ({"hiring": "on"}, "Jardins"),
        ({"q": "gar"}, "Garage"),
    ],
)
def test_each_filter_narrows_and_can_be_taken_away(coach, query, kept):
    a_company(coach, name="Garage exemple", sector="G", town="Spa")
    gardens = a_company(coach, name="Jardins exemple", sector="A", town="Eupen")
    a_vacancy(coach, gardens)
    a_company(coach, name="Ailleurs exemple", country="FR", town="Lille")

    page = words(browser(coach).get(LIST, query))

    assert "1 entreprise<" in page
    assert f"{kept} exemple" in page
    assert "Retirer le filtre :" in page
    assert f'href="{LIST}"' in page


def test_an_unknown_filter_narrows_nothing(coach):
    a_company(coach, name="Garage exemple")

    page = words(browser(coach).get(LIST, {"town": "Nulle part", "sector": "ZZ", "page": "x"}))

    assert "Garage exemple" in page


def test_an_empty_list_says_what_to_do(coach):
    assert "Enregistrer une entreprise" in words(browser(coach).get(LIST))
    assert "Voir toutes les entreprises" in words(browser(coach).get(LIST, {"q": "rien"}))


def test_the_list_costs_the_same_for_two_firms_and_for_many(coach, colleague):
    visit = browser(coach)
    for _number in range(2):
        firm = a_company(coach)
        visited(colleague, firm)
        a_vacancy(coach, firm)
    few = statements(lambda: visit.get(LIST))
    for _number in range(18):
        firm = a_company(coach)
        visited(colleague, firm)
        a_vacancy(coach, firm)

    many = statements(lambda: visit.get(LIST))

    assert few == many <= 15


def test_a_page_too_far_is_the_last_one(coach):
    a_company(coach, name="Garage exemple")

    assert "Garage exemple" in words(browser(coach).get(LIST, {"page": "99"}))


# --- a firm


def test_a_firm_shows_its_people_the_one_who_decides_first(coach):
    firm = a_company(coach, name="Garage exemple", bce_number="0403.019.261", phone="087 00 00 00")
    save_company_person(person=CompanyContact(company=firm), actor=coach, name="Ahmed Atelier")
    save_company_person(
        person=CompanyContact(company=firm), actor=coach, name="Zoé Gérance", phone="0470 00 00 01", is_reference=True
    )

    page = words(browser(coach).get(reverse("employers:company_detail", args=[firm.pk])))

    assert page.index("Zoé Gérance") < page.index("Ahmed Atelier")
    assert "personne de référence" in page
    assert 'href="tel:+32470000001"' in page
    assert "0403.019.261" in page


@pytest.mark.parametrize(("days_ago", "warned"), [(0, True), (30, True), (31, False)])
def test_a_colleague_s_visit_within_thirty_days_warns(frozen, coach, colleague, days_ago, warned):
    firm = a_company(coach)
    visited(colleague, firm, days_ago=days_ago)

    for url in (reverse("employers:company_detail", args=[firm.pk]), reverse("employers:visit_create", args=[firm.pk])):
        assert ("concertez-vous avant d’y aller" in words(browser(coach).get(url))) is warned


def test_one_s_own_visit_warns_nobody_but_the_others(frozen, coach, colleague):
    firm = a_company(coach)
    visited(coach, firm)
    url = reverse("employers:company_detail", args=[firm.pk])

    assert "concertez-vous" not in words(browser(coach).get(url))
    assert f"{coach.get_full_name()}</strong> lui a parlé il y a 3 jours" in words(browser(colleague).get(url))


def test_a_firm_costs_the_same_with_two_visits_and_with_twenty(coach, colleague):
    firm = a_company(coach)
    visit = browser(coach)
    url = reverse("employers:company_detail", args=[firm.pk])

    def live(times):
        for number in range(times):
            person = save_company_person(person=CompanyContact(company=firm), actor=coach, name=f"Personne {number}")
            visited(colleague, firm, met=person)
            a_vacancy(coach, firm)

    live(2)
    few = statements(lambda: visit.get(url))
    live(18)

    assert few == statements(lambda: visit.get(url)) <= 15


def test_an_admin_reads_and_is_offered_nothing_to_write(coach):
    firm = a_company(coach)
    admin = browser(user_with(Role.ADMIN, coach.current_organisation))

    page = words(admin.get(reverse("employers:company_detail", args=[firm.pk])))

    assert firm.name in page
    assert "Consigner une visite" not in page
    assert "Modifier" not in page
    assert "Nouvelle entreprise" not in words(admin.get(LIST))


# --- who may


def firm_pages(firm, person):
    return [
        reverse("employers:company_detail", args=[firm.pk]),
        reverse("employers:company_edit", args=[firm.pk]),
        reverse("employers:person_create", args=[firm.pk]),
        reverse("employers:person_edit", args=[firm.pk, person.pk]),
        reverse("employers:visit_create", args=[firm.pk]),
    ]


def test_another_organisation_s_firm_does_not_exist(coach):
    firm = a_company(coach)
    person = save_company_person(person=CompanyContact(company=firm), actor=coach, name="Quelqu’un")
    stranger = a_coach()
    a_company(stranger)
    visit = browser(stranger)

    for url in firm_pages(firm, person):
        assert visit.get(url).status_code == 404
        assert visit.post(url, {"name": "Volée"}).status_code == 404
    assert firm.name not in words(visit.get(LIST))


def test_who_only_reads_is_refused_every_act(coach):
    firm = a_company(coach)
    person = save_company_person(person=CompanyContact(company=firm), actor=coach, name="Quelqu’un")
    visit = browser(user_with(Role.ADMIN, coach.current_organisation))

    for url in [*firm_pages(firm, person)[1:], reverse("employers:company_create")]:
        assert visit.get(url).status_code == 403
        assert visit.post(url, {"name": "Autre"}).status_code == 403


def test_an_analyst_sees_no_firm(coach):
    firm = a_company(coach)
    visit = browser(user_with(Role.ANALYST, coach.current_organisation))

    assert visit.get(LIST).status_code == 403
    assert visit.get(reverse("employers:company_detail", args=[firm.pk])).status_code == 404


def test_a_person_is_looked_for_in_the_firm_of_the_address(coach):
    person = save_company_person(person=CompanyContact(company=a_company(coach)), actor=coach, name="Quelqu’un")

    url = reverse("employers:person_edit", args=[a_company(coach).pk, person.pk])

    assert browser(coach).get(url).status_code == 404


# --- writing a firm


def test_a_firm_is_written_from_its_name_alone(coach):
    response = browser(coach).post(reverse("employers:company_create"), {"name": "Garage exemple"}, follow=True)

    firm = Company.objects.get()
    assert firm.organisation == coach.current_organisation
    assert response.redirect_chain[-1][0] == reverse("employers:company_detail", args=[firm.pk])
    assert "Garage exemple est enregistrée." in words(response)


def test_a_wrong_enterprise_number_is_told_beside_the_field_and_nothing_is_lost(coach):
    response = browser(coach).post(
        reverse("employers:company_create"),
        {"name": "Garage exemple", "bce_number": "0403.019.262", "town": "Spa", "note": "Par la cour"},
    )

    assert error_beside(response, "bce_number").strip().startswith("Ce numéro d’entreprise n’est pas valide")
    page = words(response)
    assert 'href="#id_bce_number"' in page
    for typed in ("Garage exemple", "0403.019.262", "Spa", "Par la cour"):
        assert typed in page
    assert not Company.objects.exists()


def test_a_number_carried_by_another_firm_is_asked_about_once(coach):
    first = a_company(coach, name="Premier exemple", bce_number="0403.019.261")
    typed = {"name": "Second exemple", "bce_number": "BE 0403.019.261"}

    response = browser(coach).post(reverse("employers:company_create"), typed)

    assert response.status_code == 422
    assert "Ce numéro est celui de Premier exemple" in error_beside(response, "bce_number")
    assert "C’est un autre établissement de la même entreprise" in words(response)
    assert Company.objects.count() == 1

    browser(coach).post(reverse("employers:company_create"), typed | {"another_place": "on"})
    assert Company.objects.get(name="Second exemple").main == first


def test_a_firm_of_the_same_name_is_asked_about_once(coach):
    a_company(coach, name="Garage du Pont", town="Spa")
    typed = {"name": "garage du PONT"}

    refused = browser(coach).post(reverse("employers:company_create"), typed)
    assert "peut-être déjà connue : Garage du Pont (Spa)" in error_beside(refused, "name")
    assert "C’est une autre entreprise du même nom" in words(refused)
    assert Company.objects.count() == 1

    browser(coach).post(reverse("employers:company_create"), typed | {"another_firm": "on"})
    assert Company.objects.count() == 2


def test_a_double_click_writes_one_firm(coach):
    visit, typed = browser(coach), {"name": "Garage exemple", "person_name": "Dominique"}

    visit.post(reverse("employers:company_create"), typed)
    second = visit.post(reverse("employers:company_create"), typed)

    assert second.status_code == 422
    assert Company.objects.count() == CompanyContact.objects.count() == 1


def test_the_details_of_a_person_without_a_name_are_not_lost(coach):
    response = browser(coach).post(
        reverse("employers:company_create"), {"name": "Garage exemple", "person_phone": "0470 00 00 01"}
    )

    assert "Écrivez le nom de cette personne." in error_beside(response, "person_name")
    assert "0470 00 00 01" in words(response)


def test_a_firm_asked_by_another_page_is_given_to_it(coach):
    response = browser(coach).post(
        reverse("employers:company_create"), {"name": "Garage exemple", "next": "/postes/nouveau/"}
    )

    assert response["Location"] == f"/postes/nouveau/?entreprise={Company.objects.get().pk}"


def test_a_next_page_elsewhere_is_not_followed(coach):
    response = browser(coach).post(
        reverse("employers:company_create"), {"name": "Garage exemple", "next": "https://example.org/"}
    )

    assert response["Location"] == reverse("employers:company_detail", args=[Company.objects.get().pk])


def test_a_firm_is_corrected(coach):
    firm = a_company(coach, name="Garage exemple", town="Spa")
    url = reverse("employers:company_edit", args=[firm.pk])

    assert 'value="Garage exemple"' in words(browser(coach).get(url))
    browser(coach).post(url, {"name": "Garage du Pont", "town": "Eupen"})

    firm.refresh_from_db()
    assert (firm.name, firm.town, firm.search_key) == ("Garage du Pont", "Eupen", "garage du pont eupen")


def test_a_person_is_added_then_becomes_the_one_who_decides(coach):
    firm = a_company(coach)
    visit = browser(coach)

    visit.post(reverse("employers:person_create", args=[firm.pk]), {"name": "Charlie", "function": "accueil"})
    person = firm.people.get()
    assert not person.is_reference

    visit.post(reverse("employers:person_edit", args=[firm.pk, person.pk]), {"name": "Charlie", "is_reference": "on"})
    person.refresh_from_db()
    assert person.is_reference


# --- a visit


def visit_form(**fields):
    typed = {"on": f"{today():%d/%m/%Y}", "channel": "VISIT", "minutes": "30", "result": "INTERESTED", "met_name": ""}
    return typed | {"submission_id": str(uuid4())} | fields


def test_a_visit_is_written_with_one_press_on_what_is_prefilled(frozen, coach):
    firm = a_company(coach)
    reference = save_company_person(
        person=CompanyContact(company=firm), actor=coach, name="Dominique", is_reference=True
    )
    url = reverse("employers:visit_create", args=[firm.pk])
    page = words(browser(coach).get(url))
    assert 'value="03/03/2025"' in page
    assert f'value="{reference.pk}" selected' in page

    response = browser(coach).post(url, visit_form(met=reference.pk), follow=True)

    kept = ProspectionContact.objects.get()
    assert (kept.on, kept.minutes, kept.met, kept.coach) == (today(), 30, reference, coach)
    assert "La visite est consignée." in words(response)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("on", "04/03/2025", "La date ne peut pas être dans le futur."),
        ("on", "31/02/2025", "n’existe pas dans le calendrier"),
        ("on", "", "Écrivez la date"),
        ("minutes", "0", "au moins"),
        ("minutes", "longtemps", "Écrivez la durée en minutes"),
        ("result", "", "Choisissez une réponse"),
    ],
)
def test_a_visit_is_refused_with_a_sentence_and_nothing_is_lost(frozen, coach, field, value, sentence):
    firm = a_company(coach)

    response = browser(coach).post(
        reverse("employers:visit_create", args=[firm.pk]), visit_form(summary="Ils agrandissent.", **{field: value})
    )

    assert sentence in error_beside(response, field)
    assert "Ils agrandissent." in words(response)
    assert not ProspectionContact.objects.exists()


def test_a_visit_sent_twice_is_kept_once(frozen, coach):
    firm = a_company(coach)
    visit, typed = browser(coach), visit_form(met_name="Charlie")

    for _press in range(2):
        assert visit.post(reverse("employers:visit_create", args=[firm.pk]), typed).status_code == 302

    assert ProspectionContact.objects.count() == firm.people.count() == 1


def test_a_person_of_another_firm_is_not_offered(frozen, coach):
    firm = a_company(coach)
    save_company_person(person=CompanyContact(company=firm), actor=coach, name="D’ici")
    elsewhere = save_company_person(person=CompanyContact(company=a_company(coach)), actor=coach, name="D’ailleurs")

    response = browser(coach).post(reverse("employers:visit_create", args=[firm.pk]), visit_form(met=elsewhere.pk))

    assert error_beside(response, "met")
    assert not ProspectionContact.objects.exists()


def test_a_job_announced_leads_to_its_description(frozen, coach):
    firm = a_company(coach)

    response = browser(coach).post(
        reverse("employers:visit_create", args=[firm.pk]), visit_form(result="VACANCY"), follow=True
    )

    assert response.redirect_chain[-1][0] == f"/postes/nouveau/?entreprise={firm.pk}"
    assert "Décrivez maintenant le poste annoncé." in words(response)


# --- talks about somebody count too


def test_a_talk_with_the_employer_about_somebody_warns_without_naming_them(frozen, coach, colleague):
    firm, case = a_company(coach), in_prehire(colleague)
    a_contact(case, on=today(), party="EMPLOYER", company=firm)

    page = words(browser(coach).get(reverse("employers:company_detail", args=[firm.pk])))

    assert "Karim Collègue</strong> lui a parlé aujourd’hui" in page
    assert case.beneficiary.last_name not in page


def test_a_talk_with_the_person_alone_is_no_talk_with_the_firm(frozen, coach, colleague):
    firm = a_company(coach)
    a_contact(in_prehire(colleague), on=today(), company=firm)

    assert "lui a parlé" not in words(browser(coach).get(reverse("employers:company_detail", args=[firm.pk])))
