"""The exit asks what became of the contracts that run."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from beneficiaries.services.phases import exit_case
from followup.services.consistency import differences
from foundation.asking import Unconfirmed
from foundation.clock import today
from placements.contributions.exit import exit_doubts
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


def test_an_exit_without_work_while_a_contract_runs_is_asked_about_once():
    coach = a_coach()
    case = in_followup(coach, since=today() - 20 * DAY)
    job = Employment.objects.get()
    said = {"on": today(), "exit_reason": "NO_NEWS", "exit_outcome": "JOB_SEEKING", "actor": coach}
    with pytest.raises(Unconfirmed, match="court ce jour-là, et la personne serait « en recherche d’emploi »") as asked:
        exit_case(case=case, **said)
    # Of somebody at work, of unknown situation or dead, and of a job whose end is told with it, nothing is doubted.
    for outcome in ("EMPLOYED", "UNKNOWN"):
        assert exit_doubts(case, today(), outcome, {}) == ()
    assert exit_doubts(case, today(), "INACTIVE", {f"ended_{job.pk}": today()}) == ()
    exit_case(case=case, **said, confirmed=frozenset({asked.value.waiting[0].code}))
    told = [entry.additional_data for entry in LogEntry.objects.filter(object_pk=str(case.pk)) if entry.additional_data]
    assert any("court ce jour-là" in str(data) for data in told)


def test_the_page_of_the_exit_asks_beside_the_situation():
    coach = a_coach()
    case = in_followup(coach, since=today() - 20 * DAY)
    asked = left(browser(coach), case, exit_outcome="INACTIVE")
    assert "court ce jour-là" in error_beside(asked, "exit_outcome")
    assert "Oui, le contrat court toujours" in words(asked)
