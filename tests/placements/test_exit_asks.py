"""The exit asks what became of the contracts that run."""

from datetime import timedelta

import pytest
from django.urls import reverse

from followup.services.consistency import differences
from foundation.clock import today
from placements.models import Employment
from tests.employers.pages import browser, error_beside, words
from tests.factories.stories import a_coach, in_followup, in_prehire

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _stopped(frozen):
    """Every story is told on Monday 3 March 2025."""


def left(visit, case, **typed):
    said = {"exit_reason": "NO_NEWS", "exit_outcome": "UNKNOWN", "on": f"{today():%d/%m/%Y}"}
    return visit.post(reverse("beneficiaries:case_exit", args=[case.pk]), said | typed)


def test_the_end_is_told_with_the_exit():
    coach = a_coach()
    case = in_followup(coach, since=today() - 20 * DAY)
    job, visit = Employment.objects.get(), browser(coach)
    assert "Que devient le contrat" in words(visit.get(reverse("beneficiaries:case_exit", args=[case.pk])))
    answers = {f"ended_{job.pk}": f"{today() - 2 * DAY:%d/%m/%Y}", f"reason_{job.pk}": "RESIGNATION"}
    assert left(visit, case, **answers).status_code == 302
    job.refresh_from_db()
    assert (job.ended_on, job.end_reason) == (today() - 2 * DAY, "RESIGNATION")
    assert [spell.phase for spell in case.spells.order_by("sequence")][-2:] == ["FOLLOW_UP", "EXIT"]
    assert list(differences()) == []


@pytest.mark.parametrize("given", ["ended", "reason"])
def test_a_last_day_goes_with_its_reason(given):
    coach = a_coach()
    case = in_followup(coach, since=today() - 20 * DAY)
    job = Employment.objects.get()
    value = f"{today():%d/%m/%Y}" if given == "ended" else "RESIGNATION"
    response = left(browser(coach), case, **{f"{given}_{job.pk}": value})
    missing = "reason" if given == "ended" else "ended"
    assert "Un dernier jour va avec son motif." in error_beside(response, f"{missing}_{job.pk}")
    assert case.open_spell().phase == "FOLLOW_UP"


def test_an_end_that_cannot_be_refuses_the_exit_whole():
    coach = a_coach()
    case = in_followup(coach, since=today() - 20 * DAY)
    job = Employment.objects.get()
    answers = {f"ended_{job.pk}": f"{today() - 21 * DAY:%d/%m/%Y}", f"reason_{job.pk}": "RESIGNATION"}
    assert left(browser(coach), case, **answers).status_code == 422
    assert case.open_spell().phase == "FOLLOW_UP"


def test_without_any_answer_the_contract_stays_as_it_is_known_and_without_any_job_nothing_is_asked():
    coach = a_coach()
    case = in_followup(coach, since=today() - 20 * DAY)
    assert left(browser(coach), case).status_code == 302
    assert Employment.objects.get().ended_on is None
    other = in_prehire(coach)
    assert "Que devient" not in words(browser(coach).get(reverse("beneficiaries:case_exit", args=[other.pk])))
