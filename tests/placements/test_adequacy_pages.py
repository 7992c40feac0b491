"""Comparing a person with the open jobs, a job with the people in pre-hire; and what firms and jobs show of them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import Obstacle
from employers.services.vacancies import close_vacancy
from foundation.clock import today
from placements.services.matching import propose_match
from tests.employers.pages import browser, statements, words
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, a_company, a_vacancy, hired, in_followup, in_prehire

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stopped(frozen):
    """Every story is told on Monday 3 March 2025."""


@pytest.fixture
def coach():
    return a_coach()


def hindered(case, *kinds):
    for kind in kinds:
        Obstacle.objects.create(case=case, kind=kind, identified_on=today())
    return case


def offers(user, case, **query):
    return words(browser(user).get(reverse("placements:case_adequacy", args=[case.pk]), query))


def people(user, vacancy):
    return words(browser(user).get(reverse("placements:vacancy_adequacy", args=[vacancy.pk])))


# --- jobs for a person


def test_each_open_job_says_what_fits_and_what_to_check(coach):
    case = hindered(in_prehire(coach, town="Spa"), "MOBILITY", "CHILDCARE")
    a_vacancy(coach, title="Aide-cuisine", place="Rue du Pont, SPA", schedule="6 h à 14 h")
    far = a_vacancy(coach, title="Chauffeur·euse", place="Eupen")
    far.requirements.create(stated="Permis B", negotiable=False, position=1)

    page = offers(coach, case)

    assert "Dans sa commune : Rue du Pont, SPA" in page
    assert "Horaire : 6 h à 14 h" in page
    assert "Comment s’y rendre : Eupen" in page
    assert "Demandé : Permis B" in page
    assert "non négociable, touche au frein « mobilité »" in page
    assert page.index("Aide-cuisine") < page.index("Chauffeur·euse")
    assert page.count(">Proposer<") == 2


def test_a_job_already_proposed_is_not_offered_again(coach):
    case, vacancy = in_prehire(coach), a_vacancy(coach)
    propose_match(case=case, vacancy=vacancy, on=today(), rationale="Aime l’ordre.", actor=coach)

    page = offers(coach, case)

    assert "déjà proposé le 03/03/2025" in page
    assert ">Proposer<" not in page


def test_closed_jobs_are_left_out_and_words_narrow(coach):
    case = in_prehire(coach)
    gone = a_vacancy(coach, title="Poste rempli")
    close_vacancy(vacancy=gone, state="FILLED", on=today(), actor=coach)
    a_vacancy(coach, title="Mécanicien·ne", contract_type="CDI")
    a_vacancy(coach, title="Jardinier·ère")

    assert "Poste rempli" not in offers(coach, case)
    assert "Jardinier" not in offers(coach, case, q="mecanicien")
    assert "Jardinier" not in offers(coach, case, contract_type="CDI")
    assert "Aucun poste ouvert ne correspond" in offers(coach, case, q="astronaute")


def test_who_may_not_write_compares_and_is_offered_nothing(coach):
    case = in_prehire(coach)
    a_vacancy(coach)

    assert ">Proposer<" not in offers(a_coach(coach.current_organisation), case)
    assert ">Proposer<" not in offers(user_with(Role.ADMIN, coach.current_organisation), case)


def test_before_pre_hire_the_comparison_says_why_nothing_is_proposed(coach):
    a_vacancy(coach)
    page = offers(coach, a_case(coach))

    assert "La pré-embauche n’est pas encore ouverte" in page
    assert ">Proposer<" not in page


def test_the_comparison_costs_the_same_for_two_jobs_and_for_twenty(coach):
    case, visit = hindered(in_prehire(coach), "MOBILITY"), browser(coach)
    url = reverse("placements:case_adequacy", args=[case.pk])
    for _number in range(2):
        a_vacancy(coach)
    few = statements(lambda: visit.get(url))
    for _number in range(18):
        a_vacancy(coach)

    assert few == statements(lambda: visit.get(url)) <= 15


# --- people for a job


def test_the_people_in_pre_hire_are_compared_one_s_own_first(coach):
    colleague = a_coach(coach.current_organisation)
    in_prehire(colleague, first_name="Ange", last_name="D’ailleurs", town="Spa")
    hindered(in_prehire(coach, first_name="Zoé", last_name="Mienne"), "LANGUAGE")
    a_case(coach, first_name="Pas", last_name="Encore")
    vacancy = a_vacancy(coach, place="Spa")

    page = people(coach, vacancy)

    assert page.index("Zoé Mienne") < page.index("Ange D’ailleurs")
    assert "touche au frein « langue »" in page
    assert "Pas Encore" not in page
    assert page.count(">Proposer<") == 1


def test_people_at_work_and_people_of_other_organisations_are_left_out(coach):
    at_work = in_followup(coach)
    elsewhere = in_prehire(a_coach(), first_name="Autre", last_name="Maison")

    page = people(coach, a_vacancy(coach))

    assert at_work.beneficiary.full_name not in page
    assert elsewhere.beneficiary.full_name not in page
    assert "Personne en pré-embauche" in page


def test_the_people_are_named_only_to_who_may_read_them(coach):
    in_prehire(coach)
    vacancy = a_vacancy(coach)
    url = reverse("placements:vacancy_adequacy", args=[vacancy.pk])

    assert browser(user_with(Role.ANALYST, coach.current_organisation)).get(url).status_code == 404
    assert browser(a_coach()).get(url).status_code == 404
    assert browser(user_with(Role.ADMIN, coach.current_organisation)).get(url).status_code == 200


def test_the_people_cost_the_same_for_two_and_for_twenty(coach):
    vacancy, visit = a_vacancy(coach), browser(coach)
    url = reverse("placements:vacancy_adequacy", args=[vacancy.pk])
    for _number in range(2):
        hindered(in_prehire(coach), "MOBILITY")
    few = statements(lambda: visit.get(url))
    for _number in range(18):
        hindered(in_prehire(coach), "MOBILITY")

    assert few == statements(lambda: visit.get(url)) <= 15


# --- what the pages of firms and jobs show of people


def firm_page(user, firm):
    return words(browser(user).get(reverse("employers:company_detail", args=[firm.pk])))


def test_a_firm_shows_who_was_engaged_there(coach):
    firm, case = a_company(coach), in_prehire(coach, since=today() - timedelta(days=30))
    hired(case, company=firm, starts_on=today() - timedelta(days=5))

    page = firm_page(coach, firm)

    assert case.beneficiary.full_name in page
    assert "au travail" in page
    assert reverse("placements:case_jobs", args=[case.pk]) in page


def test_a_discreet_follow_up_names_nobody_on_the_firm_s_page_but_to_its_coach(coach):
    firm, case = a_company(coach), in_prehire(coach)
    hired(case, company=firm, mode="DISCREET")
    name = case.beneficiary.full_name

    for reader in (a_coach(coach.current_organisation), user_with(Role.ADMIN, coach.current_organisation)):
        page = firm_page(reader, firm)
        assert name not in page
        assert str(case.pk) not in page
        assert "Une personne en suivi discret" in page
    for reader in (coach, user_with(Role.COORDINATOR, coach.current_organisation)):
        page = firm_page(reader, firm)
        assert name in page
        assert "n’en parlez pas ici" in page
        assert "d-print-none" in page


def test_the_list_of_firms_counts_people_placed_once_each_and_training_never(coach):
    firm = a_company(coach)
    past = today() - timedelta(days=30)
    case = in_prehire(coach, since=past)
    hired(case, company=firm, starts_on=past, contract_type="CDD", ends_on=past + timedelta(days=3))
    hired(case, company=firm, starts_on=past + timedelta(days=4))
    hired(in_prehire(coach), company=firm, contract_type="STAGE", ends_on=today())
    hired(in_prehire(coach), company=firm, starts_on=today() + timedelta(days=3))

    page = words(browser(coach).get(reverse("employers:company_list")))

    row = page[page.index(firm.name) :]
    assert row[: row.index("</tr>")].count('data-label="Personnes placées">1</td>') == 1


def test_a_job_shows_to_whom_it_was_proposed(coach):
    case, vacancy = in_prehire(coach), a_vacancy(coach)
    propose_match(case=case, vacancy=vacancy, on=today(), rationale="Aime l’ordre.", actor=coach)

    page = words(browser(coach).get(reverse("employers:vacancy_detail", args=[vacancy.pk])))

    assert case.beneficiary.full_name in page
    assert "en attente" in page
    assert reverse("placements:vacancy_adequacy", args=[vacancy.pk]) in page


def test_firm_and_job_pages_cost_the_same_for_two_people_and_for_twenty(coach):
    firm = a_company(coach)
    vacancy = a_vacancy(coach, firm)
    visit = browser(coach)
    urls = [
        reverse("employers:company_detail", args=[firm.pk]),
        reverse("employers:vacancy_detail", args=[vacancy.pk]),
        reverse("employers:company_list"),
        reverse("employers:vacancy_list"),
    ]

    def live(times):
        for _number in range(times):
            case = in_prehire(coach)
            propose_match(case=case, vacancy=vacancy, on=today(), rationale="Aime l’ordre.", actor=coach)
            hired(case, company=firm)

    live(2)
    few = [statements(lambda url=url: visit.get(url)) for url in urls]
    live(18)

    assert few == [statements(lambda url=url: visit.get(url)) for url in urls]
    assert max(few) <= 15
