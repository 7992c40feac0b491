"""The panel « Insertion » of the tab « Emploi »: placed since when, durable since when or what is still missing."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from foundation.clock import today
from placements.selectors.insertion import insertion_of
from placements.services.hiring import cancel_hiring, end_employment
from tests.employers.pages import browser, words
from tests.factories import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def case():
    return stories.in_prehire(stories.a_coach(), since=date(2024, 3, 4))


def tab(case):
    return words(browser(case.coach).get(reverse("placements:case_jobs", args=[case.pk])))


def panel(case, on=None):
    return insertion_of(list(case.employments.select_related("company")), on or today())


def day(number):
    return today() + timedelta(days=number)


def test_before_any_contract_the_tab_says_nothing_of_it(case) -> None:
    assert "Insertion durable" not in tab(case)


def test_a_permanent_job_tells_when_it_will_be_durable_and_then_since_when(case, frozen) -> None:
    stories.hired(case, starts_on=date(2025, 2, 3))
    shown = tab(case)
    assert "depuis le 03/02/2025" in shown
    assert "Elle sera atteinte le 03/05/2025 si les contrats connus vont à leur terme." in shown
    assert "Insertion durable : 3 mois d’affilée chez un même employeur" in shown
    assert "182 jours de travail en tout" in shown
    frozen("2025-05-02")
    assert panel(case).durable_on is None
    frozen("2025-05-03")
    # The day has come, and nobody has heard of the job since it was written down: nothing is supposed.
    assert panel(case).durable_on is None
    assert panel(case).last_seen_on == date(2025, 3, 3)
    assert "Elle serait atteinte depuis le 03/05/2025 si l’emploi a continué" in tab(case)
    stories.a_contact(case, on=date(2025, 5, 2))
    assert panel(case).durable_on == date(2025, 5, 3)
    assert panel(case).missing == ()
    assert "le 03/05/2025" in tab(case)


def test_a_term_too_short_says_until_when_it_would_have_to_go_on(case) -> None:
    firm = stories.a_company(case.coach, name="Garage exemple")
    stories.hired(case, starts_on=date(2025, 2, 3), ends_on=date(2025, 3, 31), contract_type="CDD", company=firm)
    shown = tab(case)
    assert "Il suffirait que le contrat chez Garage exemple aille jusqu’au 02/05/2025." in shown
    assert "28 jours de travail comptés sur 182 : il en manque 154." in shown


def test_work_that_is_over_leaves_days_to_add_up(case) -> None:
    job = stories.hired(case, starts_on=date(2025, 1, 6), ends_on=date(2025, 1, 31), contract_type="CDD")
    end_employment(employment=job, ended_on=date(2025, 1, 31), reason="TERM", actor=case.coach)
    assert len(panel(case).missing) == 1
    assert "26 jours de travail comptés sur 182 : il en manque 156." in tab(case)


def test_the_end_of_the_job_takes_nothing_away(case) -> None:
    job = stories.hired(case, starts_on=date(2024, 9, 2))
    end_employment(employment=job, ended_on=date(2025, 2, 28), reason="DISMISSAL", actor=case.coach)
    assert panel(case).durable_on == date(2024, 12, 2)


def test_a_training_and_a_hiring_that_fell_through_count_for_nothing(case) -> None:
    stories.hired(case, starts_on=date(2025, 1, 6), ends_on=date(2025, 6, 30), contract_type="STAGE")
    job = stories.hired(case, starts_on=day(5))
    cancel_hiring(employment=job, on=today(), reason="Renonce.", actor=case.coach)
    found = panel(case)
    assert (found.placed_on, found.durable_on, found.missing) == (None, None, ())
    assert "pas encore" in tab(case)
