"""« Corriger le contrat » : phases, clocks and history follow the coordinator’s correction, contradictions do not."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import CoachingCase
from placements.services.hiring import cancel_hiring, end_employment
from tests.employers.pages import browser, error_beside, statements, words
from tests.factories import stories
from tests.factories.accounts import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def coach():
    return stories.a_coach()


@pytest.fixture
def case(coach):
    return stories.in_prehire(coach, since=date(2025, 1, 8))


@pytest.fixture
def coordinator(coach):
    return user_with(Role.COORDINATOR, coach.current_organisation)


@pytest.fixture
def job(case, coach):
    firm = stories.a_company(coach, name="Garage exemple")
    return stories.hired(case, starts_on=date(2025, 2, 3), ends_on=date(2025, 4, 30), contract_type="CDD", company=firm)


def url(job):
    return reverse("placements:employment_correct", args=[job.case_id, job.pk])


def typed(**fields):
    return {
        "job_title": "Magasinier·ère",
        "contract_type": "CDD",
        "weekly_hours": "",
        "origin": "UNKNOWN",
        "starts_on": "3/2/2025",
        "ends_on": "30/4/2025",
        "ended_on": "",
        "end_reason": "",
        "reason": "Contrat relu avec la personne",
    } | fields


def test_the_form_holds_the_contract_as_it_is_written(job, coordinator) -> None:
    shown = words(browser(coordinator).get(url(job)))
    assert 'value="03/02/2025"' in shown
    assert 'value="30/04/2025"' in shown
    assert '<option value="CDD" selected>' in shown
    assert "Garage exemple" in shown


def test_a_corrected_first_day_moves_phases_and_both_clocks(job, case, coordinator) -> None:
    response = browser(coordinator).post(url(job), typed(starts_on="10/2/2025"), follow=True)
    assert "Le contrat est corrigé" in words(response)
    case = CoachingCase.objects.get(pk=case.pk)
    assert case.open_spell().starts_on == date(2025, 2, 10)
    assert (case.status.followup_starts_on, case.status.prehire_deadline) == (date(2025, 2, 10), date(2027, 3, 29))


def test_the_effect_is_told_before_and_writes_nothing(job, coordinator) -> None:
    response = browser(coordinator).post(url(job), typed(ends_on="31/3/2025", reason="", apercu="1"))
    shown = words(response)
    assert response.status_code == 200
    assert "05/04/2027" in shown
    assert "06/03/2027" in shown
    assert "30 jours de moins" in shown
    job.refresh_from_db()
    assert job.ends_on == date(2025, 4, 30)


def test_the_history_keeps_the_old_value_the_new_one_and_the_reason(job, case, coordinator) -> None:
    visit = browser(coordinator)
    visit.post(url(job), typed(ends_on="31/3/2025", reason="Mauvaise ligne du contrat"))
    shown = words(visit.get(reverse("beneficiaries:case_history", args=[case.pk])))
    assert "30/04/2025" in shown
    assert "31/03/2025" in shown
    assert "Motif : Mauvaise ligne du contrat" in shown


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"reason": " "}, "reason", "Remplissez « Motif de la correction »."),
        ({"contract_type": "CDI"}, "ends_on", "Un CDI n’a pas de dernier jour prévu."),
        ({"contract_type": "STAGE", "ends_on": ""}, "ends_on", "Ce type de contrat a un dernier jour."),
        ({"ends_on": "2/2/2025"}, "ends_on", "Le dernier jour précède le premier."),
        ({"ended_on": "14/2/2025"}, "end_reason", "Choisissez le motif de fin."),
        ({"end_reason": "RESIGNATION"}, "ended_on", "Indiquez le dernier jour presté."),
        (
            {"ended_on": "1/5/2025", "end_reason": "TERM"},
            "ended_on",
            "Le dernier jour presté ne dépasse pas le dernier jour prévu.",
        ),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_what_was_typed_stays(
    job, coordinator, fields, field, sentence
) -> None:
    response = browser(coordinator).post(url(job), typed(job_title="Cariste", **fields))
    assert sentence in error_beside(response, field)
    assert 'value="Cariste"' in words(response)
    job.refresh_from_db()
    assert (job.job_title, job.starts_on) == ("Magasinier·ère", date(2025, 2, 3))


def test_a_correction_that_contradicts_another_fact_says_which_one(job, case, coach, coordinator) -> None:
    response = browser(coordinator).post(url(job), typed(starts_on="7/1/2025"))
    assert response.status_code == 422
    shown = words(response)
    assert "La phase précédente a commencé le 08/01/2025" in shown or "commencerait avant la pré-embauche" in shown
    end_employment(employment=job, ended_on=date(2025, 2, 14), reason="RESIGNATION", actor=coach)
    undone = browser(coordinator).post(url(job), typed())
    told = error_beside(undone, "ended_on")
    assert "Le retour en pré-embauche suit le dernier jour du contrat et passerait au 01/05/2025." in told
    assert "Cette date n’est pas encore venue." in told


def test_a_job_that_would_run_beside_the_return_to_pre_hire_is_refused_with_the_fact(
    job, case, coach, coordinator
) -> None:
    second = stories.hired(case, starts_on=date(2025, 2, 10), ends_on=date(2025, 2, 12), contract_type="INTERIM")
    end_employment(employment=second, ended_on=date(2025, 2, 12), reason="TERM", actor=coach)
    end_employment(employment=job, ended_on=date(2025, 2, 14), reason="RESIGNATION", actor=coach)
    fields = {"contract_type": "INTERIM", "starts_on": "10/2/2025", "ends_on": "28/2/2025"}
    response = browser(coordinator).post(url(second), typed(ended_on="28/2/2025", end_reason="TERM", **fields))
    assert response.status_code == 422
    shown = words(response)
    assert "Un contrat courrait encore le 15/02/2025, jour du retour en pré-embauche." in shown
    assert "Corrigez d’abord l’autre fait, ou choisissez une autre date." in shown


def test_a_hiring_that_fell_through_is_not_corrected(case, coach, coordinator) -> None:
    job = stories.hired(case, starts_on=date(2025, 3, 10))
    cancel_hiring(employment=job, on=date(2025, 3, 3), reason="Renonce.", actor=coach)
    visit = browser(coordinator)
    assert "elle ne se corrige plus" in words(visit.get(url(job), follow=True))
    refused = visit.post(url(job), typed(contract_type="CDI", ends_on="", starts_on="10/3/2025"))
    assert refused.status_code == 422
    assert "Cette embauche a été annulée." in words(refused)
    assert url(job) not in words(visit.get(reverse("placements:case_jobs", args=[case.pk])))


def test_only_a_coordinator_is_offered_it_and_corrects(job, case, coach, coordinator) -> None:
    tab = reverse("placements:case_jobs", args=[case.pk])
    assert url(job) in words(browser(coordinator).get(tab))
    assert url(job) not in words(browser(coach).get(tab))
    assert browser(coach).get(url(job)).status_code == 403
    assert browser(coach).post(url(job), typed()).status_code == 403
    stranger = user_with(Role.COORDINATOR)
    stories.in_followup(stories.a_coach(stranger.current_organisation))
    assert browser(stranger).get(url(job)).status_code == 404
    other = stories.in_prehire(coach)
    crossed = reverse("placements:employment_correct", args=[other.pk, job.pk])
    assert browser(coordinator).get(crossed).status_code == 404


def test_the_page_costs_few_statements(job, coordinator) -> None:
    visit = browser(coordinator)
    # Two of them are the line of the case, which stands on every page of an act.
    assert statements(lambda: visit.get(url(job))) <= 13
