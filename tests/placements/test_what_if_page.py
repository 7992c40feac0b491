"""« Et si » : both deadlines before and after a contract or a suspension, the address holding the trial."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import exit_case
from employers.models import Company
from foundation.clock import today
from placements.models import ClockSuspension, Employment
from placements.services.hiring import end_employment
from tests.employers.pages import browser, statements, words
from tests.factories import stories
from tests.factories.accounts import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

START = date(2024, 1, 8)


@pytest.fixture
def coach():
    return stories.a_coach()


@pytest.fixture
def case(coach):
    return stories.in_prehire(coach, since=START)


def url(case):
    return reverse("placements:what_if", args=[case.pk])


def tried(case, **query):
    """The trial that the page made of an address."""
    response = browser(case.coach).get(url(case), query)
    assert response.status_code == 200
    return response.context["trial"], words(response)


def test_nothing_is_tried_until_something_is_chosen(case) -> None:
    trial, shown = tried(case)
    assert trial is None
    assert "rien n’est enregistré" in shown
    assert "Choisissez un contrat, une suspension, ou les deux" in shown


def test_a_fixed_term_moves_the_24_months_by_its_days_and_opens_a_follow_up(case) -> None:
    trial, shown = tried(case, contrat="CDD", employeur="", debut="01/04/2025", fin="30/06/2025")
    assert (trial.prehire.before, trial.prehire.after) == (date(2026, 1, 8), date(2026, 4, 9))
    assert "91 jours de plus" in shown
    assert trial.followup.before is None
    assert trial.followup.after.deadline == date(2025, 7, 1)
    assert "un suivi de 91 jours" in shown
    assert "Essai : CDD chez un autre employeur, du 01/04/2025 au 30/06/2025" in shown


@pytest.mark.parametrize(
    ("query", "after", "days"),
    [
        ({"contrat": "STAGE", "debut": "01/04/2025", "fin": "30/06/2025"}, date(2026, 1, 8), 0),
        ({"contrat": "CDI", "debut": "01/04/2025"}, None, None),
        ({"contrat": "CDD", "debut": "07/01/2026", "fin": "07/01/2026"}, date(2026, 1, 9), 1),
        ({"contrat": "CDD", "debut": "08/01/2026", "fin": "30/06/2026"}, date(2026, 1, 8), 0),
        ({"arret": "03/03/2025", "reprise": "09/03/2025"}, date(2026, 1, 15), 7),
        ({"arret": "03/03/2025"}, None, None),
        (
            {
                "contrat": "CDD",
                "debut": "01/04/2025",
                "fin": "30/04/2025",
                "arret": "21/04/2025",
                "reprise": "10/05/2025",
            },
            date(2026, 2, 17),
            40,
        ),
    ],
)
def test_the_deadline_of_the_24_months(case, query, after, days) -> None:
    trial, _shown = tried(case, **query)
    assert (trial.prehire.after, trial.prehire.days) == (after, days)


def test_what_the_figures_do_not_say_is_said(case) -> None:
    assert "n’arrête pas l’horloge" in tried(case, contrat="PFI", debut="01/04/2025", fin="30/06/2025")[1]
    assert "trop tard pour la repousser" in tried(case, contrat="CDD", debut="08/01/2026", fin="30/06/2026")[1]


def test_the_same_employer_goes_on_with_the_same_follow_up(case, coach) -> None:
    firm = stories.a_company(coach, name="Garage exemple")
    job = stories.hired(case, starts_on=date(2025, 2, 3), ends_on=date(2025, 3, 14), contract_type="CDD", company=firm)
    fields = {"contrat": "CDD", "debut": "17/03/2025", "fin": "30/04/2025"}
    same, shown = tried(case, employeur=str(firm.pk), **fields)
    assert "Garage exemple" in shown
    assert (same.followup.before.deadline, same.followup.after.deadline) == (date(2025, 3, 15), date(2025, 5, 1))
    assert (same.followup.days, same.followup.is_new) == (47, False)
    other, shown = tried(case, employeur="", **fields)
    assert other.followup.is_new
    assert other.followup.after.starts_on == date(2025, 3, 17)
    assert "Un nouveau suivi de 45 jours s’ouvrirait le 17/03/2025." in shown
    assert job.pk


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ({"contrat": "CDD", "debut": "", "fin": "30/06/2025"}, "debut", "Indiquez le premier jour de travail."),
        ({"contrat": "", "debut": "01/04/2025"}, "contrat", "Choisissez le type de contrat."),
        ({"contrat": "STAGE", "debut": "01/04/2025", "fin": ""}, "fin", "Ce type de contrat a un dernier jour."),
        ({"contrat": "CDI", "debut": "01/04/2025", "fin": "30/06/2025"}, "fin", "Un CDI n’a pas de dernier jour"),
        ({"contrat": "CDD", "debut": "01/04/2025", "fin": "31/03/2025"}, "fin", "précède le premier"),
        ({"arret": "", "reprise": "30/06/2025"}, "arret", "Indiquez le premier jour."),
        ({"arret": "01/04/2025", "reprise": "31/03/2025"}, "reprise", "précède le premier"),
        ({"contrat": "CDD", "debut": "31/02/2025", "fin": "1/3/2025"}, "debut", "n’existe pas dans le calendrier"),
        ({"contrat": "AUCUN", "debut": "01/04/2025"}, "contrat", "Sélectionnez un choix valide"),
    ],
)
def test_a_trial_that_makes_no_sense_is_told_beside_its_field(case, query, field, sentence) -> None:
    response = browser(case.coach).get(url(case), query)
    assert response.context["trial"] is None
    assert any(sentence in error for error in response.context["form"].errors[field])


def test_nothing_is_ever_written(case, coach) -> None:
    before = (Employment.objects.count(), ClockSuspension.objects.count(), Company.objects.count())
    tried(case, contrat="CDI", debut="01/04/2025", arret="03/03/2025", reprise="09/03/2025")
    assert (Employment.objects.count(), ClockSuspension.objects.count(), Company.objects.count()) == before
    assert CoachingCase.objects.get(pk=case.pk).status.prehire_deadline == date(2026, 1, 8)
    assert browser(coach).post(url(case), {"contrat": "CDI"}).status_code == 405


def test_without_a_clock_there_is_nothing_to_try(case, coach) -> None:
    early = browser(coach).get(url(stories.a_case(coach)), {"contrat": "CDI", "debut": "01/04/2025"})
    assert "L’horloge n’a pas commencé" in words(early)
    job = stories.hired(case, starts_on=date(2025, 2, 3))
    end_employment(employment=job, ended_on=date(2025, 2, 28), reason="RESIGNATION", actor=coach)
    exit_case(case=case, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coach)
    assert "Le dossier est sorti" in words(browser(coach).get(url(case)))


def test_who_reads_the_case_may_try_and_a_stranger_finds_nothing(case) -> None:
    stranger = stories.a_coach()
    stories.in_prehire(stranger)
    assert browser(stranger).get(url(case)).status_code == 404
    assert browser(user_with(Role.ADMIN, case.organisation)).get(url(case)).status_code == 200


@pytest.mark.parametrize("number", [2, 20])
def test_the_page_costs_the_same_whatever_the_number_of_contracts(case, coach, number) -> None:
    for day in range(1, number + 1):
        job = stories.hired(case, starts_on=date(2025, 2, day), ends_on=date(2025, 2, day), contract_type="INTERIM")
        end_employment(employment=job, ended_on=job.ends_on, reason="TERM", actor=coach)
    visit = browser(coach)
    query = {"contrat": "CDD", "debut": "01/04/2025", "fin": "30/06/2025"}
    assert statements(lambda: visit.get(url(case), query)) <= 12
