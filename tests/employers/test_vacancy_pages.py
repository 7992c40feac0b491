"""The pages about jobs: tasks, requirements row by row without JavaScript, what becomes of a job, to whom they open."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from employers.forms.vacancies import BLANK_ROWS
from employers.models import CompanyContact, Vacancy
from employers.services.companies import save_company_person
from employers.services.vacancies import close_vacancy
from foundation.clock import today
from tests.employers.pages import browser, error_beside, statements, words
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, a_company, a_vacancy

pytestmark = pytest.mark.django_db

LIST = "/postes/"
NEW = "/postes/nouveau/"


@pytest.fixture
def coach():
    return a_coach()


def typed(*rows, **fields):
    """A job as the form sends it; each row is (stated, needed) or (stated, needed, "on")."""
    base = {
        "title": "Magasinier·ère",
        "tasks": "Préparer les commandes\nLire les étiquettes",
        "contract_type": "CDD",
        "positions": "1",
        "opened_on": f"{today():%d/%m/%Y}",
        "requirements-TOTAL_FORMS": str(len(rows)),
        "requirements-INITIAL_FORMS": "0",
    }
    for index, (stated, needed, *negotiable) in enumerate(rows):
        base |= {f"requirements-{index}-stated": stated, f"requirements-{index}-objectivated": needed}
        if negotiable:
            base[f"requirements-{index}-negotiable"] = "on"
    return base | fields


def requirements(vacancy):
    return [(row.stated, row.objectivated, row.negotiable) for row in vacancy.requirements.order_by("position")]


# --- the list


def test_the_list_shows_open_jobs_and_the_others_on_request(frozen, coach):
    a_vacancy(coach, title="Poste ouvert")
    filled = a_vacancy(coach, title="Poste rempli")
    close_vacancy(vacancy=filled, state="FILLED", on=today(), actor=coach)
    visit = browser(coach)

    assert "Poste rempli" not in words(visit.get(LIST))
    assert "Poste ouvert" not in words(visit.get(LIST, {"state": "FILLED"}))
    everything = words(visit.get(LIST, {"state": "ALL"}))
    assert "Poste rempli" in everything
    assert "Poste ouvert" in everything


def test_each_filter_narrows_and_can_be_taken_away(coach):
    garage = a_company(coach, name="Garage de l’Étoile")
    a_vacancy(coach, garage, title="Mécanicien·ne", contract_type="CDI")
    a_vacancy(coach, title="Jardinier·ère", contract_type="CDD")
    visit = browser(coach)

    for query in ({"company": garage.pk}, {"contract_type": "CDI"}, {"q": "etoile mecanicien"}):
        page = words(visit.get(LIST, query))
        assert "1 poste<" in page
        assert "Mécanicien·ne" in page
        assert "Retirer le filtre :" in page


def test_a_job_says_how_many_requirements_hold(coach):
    vacancy = a_vacancy(coach)
    vacancy.requirements.create(stated="Permis B", negotiable=False, position=1)

    page = words(browser(coach).get(LIST))

    assert "2 exigences" in page
    assert "dont 1 non négociable" in page


def test_the_list_costs_the_same_for_two_jobs_and_for_many(coach):
    visit = browser(coach)
    for _number in range(2):
        a_vacancy(coach)
    few = statements(lambda: visit.get(LIST))
    for _number in range(18):
        a_vacancy(coach)

    assert few == statements(lambda: visit.get(LIST)) <= 15


def test_an_empty_list_says_what_to_do(coach):
    assert "Enregistrer un poste" in words(browser(coach).get(LIST))
    assert "Voir les postes ouverts" in words(browser(coach).get(LIST, {"q": "rien"}))


# --- a job


def test_a_job_shows_what_is_asked_beside_what_its_tasks_need(coach):
    vacancy = a_vacancy(
        coach, tasks="- Préparer\n\n• Lire", weekly_hours="19.50", quality="Équipe de quatre.", schedule="6 h à 10 h"
    )
    vacancy.requirements.create(stated="Permis B", negotiable=False, position=1)

    page = words(browser(coach).get(reverse("employers:vacancy_detail", args=[vacancy.pk])))

    assert page.index("Allemand parlé") < page.index("Lit des étiquettes en allemand") < page.index("Permis B")
    assert "non négociable" in page
    assert "pas encore objectivé" in page
    assert "<li>Préparer</li><li>Lire</li>" in page
    assert "19,5 h par semaine" in page
    assert "Équipe de quatre." in page


def test_a_job_costs_the_same_with_one_requirement_and_with_twenty(coach):
    vacancy, visit = a_vacancy(coach), browser(coach)
    url = reverse("employers:vacancy_detail", args=[vacancy.pk])
    few = statements(lambda: visit.get(url))
    for number in range(19):
        vacancy.requirements.create(stated=f"Exigence {number}", position=number + 1)

    assert few == statements(lambda: visit.get(url)) <= 15


# --- writing a job


def test_the_firm_is_asked_first(coach):
    firm = a_company(coach, name="Garage exemple", town="Spa")
    visit = browser(coach)

    page = words(visit.get(NEW))
    assert "Pour quelle entreprise ?" in page
    assert "Chercher" in page
    assert "Garage exemple" not in page
    assert f'value="{firm.pk}"' in words(visit.get(NEW, {"entreprise-mots": "gar", "chercher": "entreprise"}))
    assert "Magasinier" not in page
    assert "Annoncé le" in words(visit.get(NEW, {"entreprise": firm.pk}))
    assert "Pour quelle entreprise ?" in words(visit.post(NEW, typed()))


def test_without_any_firm_one_is_written_first_and_given_back(coach):
    page = words(browser(coach).get(NEW))

    assert "Enregistrez d’abord l’entreprise" in page
    assert "/entreprises/nouvelle/?next=%2Fpostes%2Fnouveau%2F" in page


@pytest.mark.parametrize("asked", ["pas-une-clé", "00000000-0000-4000-8000-000000000000"])
def test_a_firm_that_is_not_known_here_is_asked_again(coach, asked):
    a_company(coach)

    page = words(browser(coach).get(NEW, {"entreprise": asked}))

    assert "Pour quelle entreprise ?" in page


def test_another_organisation_s_firm_announces_nothing_here(coach):
    a_company(coach)
    foreign = a_company(a_coach(), name="Firme étrangère")

    response = browser(coach).post(f"{NEW}?entreprise={foreign.pk}", typed())

    page = words(response)
    assert "Cette entreprise n’est pas connue ici" in page
    assert "Firme étrangère" not in page
    assert not Vacancy.objects.exists()


def test_a_job_is_written_with_its_requirements_in_order_and_blank_rows_left_out(coach):
    firm = a_company(coach)
    rows = [("Allemand parlé", "Lit des étiquettes", "on"), ("", ""), ("Permis B", ""), ("", "", "on")]

    response = browser(coach).post(f"{NEW}?entreprise={firm.pk}", typed(*rows, weekly_hours="37,5"), follow=True)

    vacancy = Vacancy.objects.get()
    assert requirements(vacancy) == [("Allemand parlé", "Lit des étiquettes", True), ("Permis B", "", False)]
    assert (vacancy.company, str(vacancy.weekly_hours)) == (firm, "37.50")
    assert response.redirect_chain[-1][0] == reverse("employers:vacancy_detail", args=[vacancy.pk])


def test_the_form_offers_blank_rows_and_more_on_request_without_losing_anything(coach):
    firm = a_company(coach)
    visit, url = browser(coach), f"{NEW}?entreprise={firm.pk}"
    assert words(visit.get(url)).count("Exigence annoncée") == BLANK_ROWS

    sent = typed(("Permis B", ""), ("", "Sait lire"), ("Deux ans", "", "on"), title="", more_rows="1", wage="14 €")
    page = words(visit.post(url, sent))

    assert page.count("Exigence annoncée") == 3 + BLANK_ROWS
    assert "Il y a un problème" not in page
    for kept in ("Permis B", "Sait lire", "Deux ans", "14 €", "Préparer les commandes"):
        assert kept in page
    assert not Vacancy.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"title": ""}, "title", "Remplissez"),
        ({"tasks": " "}, "tasks", "Remplissez"),
        ({"opened_on": "04/03/2025"}, "opened_on", "La date ne peut pas être dans le futur."),
        ({"weekly_hours": "51"}, "weekly_hours", "50"),
        ({"weekly_hours": "beaucoup"}, "weekly_hours", "Écrivez un nombre"),
        ({"positions": "0"}, "positions", "1"),
    ],
)
def test_a_wrong_job_is_told_beside_its_field_and_no_row_is_lost(frozen, coach, fields, field, sentence):
    firm = a_company(coach)

    response = browser(coach).post(f"{NEW}?entreprise={firm.pk}", typed(("Permis B", "Se rend à l’atelier"), **fields))

    assert sentence in error_beside(response, field)
    assert f'href="#id_{field}"' in words(response)
    assert "Se rend à l’atelier" in words(response)
    assert not Vacancy.objects.exists()


def test_what_tasks_need_answers_something_announced(coach):
    firm = a_company(coach)

    response = browser(coach).post(f"{NEW}?entreprise={firm.pk}", typed(("Permis B", ""), ("", "Sait lire")))

    assert "Écrivez aussi ce que l’employeur annonce." in error_beside(response, "requirements-1-stated")
    assert 'href="#id_requirements-1-stated"' in words(response)
    assert not Vacancy.objects.exists()


def test_rows_beyond_reason_or_a_broken_form_write_nothing(coach):
    firm = a_company(coach)
    sent = typed()
    del sent["requirements-TOTAL_FORMS"]

    response = browser(coach).post(f"{NEW}?entreprise={firm.pk}", sent)

    assert response.status_code == 422
    assert not Vacancy.objects.exists()


def test_a_job_is_corrected_row_by_row(coach):
    vacancy = a_vacancy(coach)
    url = reverse("employers:vacancy_edit", args=[vacancy.pk])
    page = words(browser(coach).get(url))
    assert 'value="Allemand parlé"' in page

    browser(coach).post(url, typed(("Allemand compris", "Lit", "on"), ("Permis B", ""), title="Aide-magasinier·ère"))

    vacancy.refresh_from_db()
    assert vacancy.title == "Aide-magasinier·ère"
    assert requirements(vacancy) == [("Allemand compris", "Lit", True), ("Permis B", "", False)]


def test_a_person_of_another_firm_is_not_offered(coach):
    vacancy = a_vacancy(coach)
    elsewhere = save_company_person(person=CompanyContact(company=a_company(coach)), actor=coach, name="D’ailleurs")

    response = browser(coach).post(
        reverse("employers:vacancy_edit", args=[vacancy.pk]), typed(contact=str(elsewhere.pk))
    )

    assert error_beside(response, "contact")


# --- what becomes of a job


def test_a_job_is_closed_then_open_again(frozen, coach):
    vacancy, visit = a_vacancy(coach), browser(coach)

    page = words(visit.post(_url("close", vacancy), {"state": "FILLED", "on": "03/03/2025"}, follow=True))
    assert "Le poste est pourvu." in page
    assert "Rouvrir" in page

    page = words(visit.post(_url("reopen", vacancy), follow=True))
    assert "Le poste est de nouveau ouvert." in page
    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.closed_on) == ("OPEN", None)


@pytest.mark.parametrize(
    ("on", "sentence"), [("04/03/2025", "futur"), ("01/03/2025", "n’était pas encore annoncé"), ("", "Écrivez la date")]
)
def test_a_job_is_not_closed_on_an_impossible_day(frozen, coach, on, sentence):
    vacancy = a_vacancy(coach, opened_on=today() - timedelta(days=1))

    response = browser(coach).post(_url("close", vacancy), {"state": "WITHDRAWN", "on": on})

    assert sentence in error_beside(response, "on")
    vacancy.refresh_from_db()
    assert vacancy.state == "OPEN"


def _url(name, vacancy):
    return reverse(f"employers:vacancy_{name}", args=[vacancy.pk])


# --- who may


def test_another_organisation_s_job_does_not_exist(coach):
    vacancy = a_vacancy(coach)
    stranger = a_coach()
    a_vacancy(stranger)
    visit = browser(stranger)

    for name in ("detail", "edit", "close", "reopen"):
        assert visit.get(_url(name, vacancy)).status_code == 404
        assert visit.post(_url(name, vacancy), typed()).status_code == 404


def test_who_only_reads_is_refused_every_act_and_offered_none(coach):
    vacancy = a_vacancy(coach)
    visit = browser(user_with(Role.ADMIN, coach.current_organisation))

    page = words(visit.get(_url("detail", vacancy)))
    assert "Modifier" not in page
    assert "Clore" not in page
    for url in (NEW, _url("edit", vacancy), _url("close", vacancy), _url("reopen", vacancy)):
        assert visit.get(url).status_code == 403
        assert visit.post(url, typed()).status_code == 403


def test_an_analyst_sees_no_job(coach):
    vacancy = a_vacancy(coach)
    visit = browser(user_with(Role.ANALYST, coach.current_organisation))

    assert visit.get(LIST).status_code == 403
    assert visit.get(_url("detail", vacancy)).status_code == 404


def test_a_colleague_corrects_a_job_since_firms_belong_to_the_team(coach):
    vacancy = a_vacancy(coach)
    colleague = a_coach(coach.current_organisation)

    response = browser(colleague).post(_url("edit", vacancy), typed(("Permis B", "")))

    assert response.status_code == 302
    assert requirements(vacancy) == [("Permis B", "", False)]
