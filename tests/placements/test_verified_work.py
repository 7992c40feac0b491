"""After the exit nothing of a job is known but what somebody made sure of; noted wrong, it is taken back."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.registries import takables
from accounts.services.taking_back import take_back
from beneficiaries.services.phases import exit_case
from followup.selectors.my_day import my_day
from foundation.errors import DomainError
from placements.models import EmploymentVerification
from placements.selectors.insertion import insertion_of
from placements.selectors.to_verify import jobs_to_verify
from placements.services.verifying import Verification, verify_employment
from reporting.activity import build_activity
from tables.engine.scope import Scope
from tests.employers.pages import browser, words
from tests.factories import stories

pytestmark = pytest.mark.django_db

FIRST, LEFT = date(2025, 3, 3), date(2025, 5, 5)


@pytest.fixture
def job(frozen):
    """A CDI whose person moved away two months later."""
    frozen("2025-03-03")
    coach = stories.a_coach()
    case = stories.in_prehire(coach, since=date(2025, 1, 8))
    job = stories.hired(case, starts_on=FIRST)
    frozen("2025-05-05")
    exit_case(case=case, on=LEFT, exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coach)
    frozen("2025-12-01")
    return job


def asked(job, seen_on=date(2025, 9, 15), how="PERSON", asked_on=date(2025, 9, 15), **found):
    statement = Verification(asked_on=asked_on, how=how, seen_on=seen_on, **found)
    return verify_employment(employment=job, found=statement, actor=job.case.coach)


def figures(job, last=date(2025, 12, 1)):
    """Placed, durable; observed and kept after one, three and six months."""
    document = build_activity(Scope(organisations=(job.organisation,), first=date(2025, 1, 1), last=last))
    table, kept = document.table("insertion"), document.table("retention")
    return (
        table.cell("placed", "count").value,
        table.cell("durable", "count").value,
        [(kept.cell(f"after_{n}", "observed").value, kept.cell(f"after_{n}", "same").value) for n in (1, 3, 6)],
    )


def test_after_the_exit_a_job_is_known_until_its_last_verification(job) -> None:
    assert figures(job) == (1, 0, [(0, 0), (0, 0), (0, 0)])
    row = asked(job, date(2025, 6, 10))
    assert figures(job) == (1, 1, [(1, 1), (1, 1), (0, 0)])
    # The same question about a day before the verified one knows no more than that day.
    assert figures(job, last=date(2025, 5, 31)) == (1, 0, [(1, 1), (0, 0), (0, 0)])
    asked(job, date(2025, 9, 15))
    assert figures(job) == (1, 1, [(1, 1), (1, 1), (1, 1)])
    take_back(kind=takables["verification"], row=row, reason="Mauvais dossier.", actor=job.case.coach)
    assert figures(job) == (1, 1, [(1, 1), (1, 1), (1, 1)])


def test_found_over_its_end_is_written_and_known(job) -> None:
    asked(job, date(2025, 5, 30), end_reason="DISMISSAL")
    job.refresh_from_db()
    assert (job.ended_on, job.end_reason) == (date(2025, 5, 30), "DISMISSAL")
    assert figures(job) == (1, 0, [(1, 1), (1, 0), (1, 0)])


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ({"asked_on": date(2025, 12, 2), "seen_on": LEFT}, "future"),
        ({"seen_on": date(2025, 9, 16)}, "seen_after"),
        ({"seen_on": date(2025, 3, 2)}, "seen_before"),
        ({"how": "OTHER"}, "note"),
    ],
)
def test_what_cannot_have_been_made_sure_of_is_refused(job, found, code) -> None:
    with pytest.raises(DomainError) as refused:
        asked(job, **found)
    assert refused.value.code == code
    assert not EmploymentVerification.objects.exists()


def test_an_employer_who_must_not_hear_of_the_person_is_not_asked(frozen) -> None:
    frozen("2025-03-03")
    case = stories.in_prehire(stories.a_coach(), since=date(2025, 1, 8))
    job = stories.hired(case, starts_on=FIRST, mode="DISCREET")
    with pytest.raises(DomainError) as refused:
        asked(job, FIRST, how="EMPLOYER", asked_on=FIRST)
    assert refused.value.code == "discreet"
    assert "appel ou message à l’employeur" not in page(job, "placements:employment_verify")


def test_what_was_taken_back_observes_nothing(job) -> None:
    take_back(kind=takables["verification"], row=asked(job), reason="Erreur.", actor=job.case.coach)
    assert insertion_of([job], date(2025, 12, 1)).durable_on is None
    # Asked again with the same words, it is no double.
    assert asked(job).pk


def page(job, name):
    args = [job.case_id] if name == "placements:case_jobs" else [job.case_id, job.pk]
    return words(browser(job.case.coach).get(reverse(name, args=args)))


def test_the_day_of_the_coach_counts_the_jobs_to_verify_while_there_are_some(job) -> None:
    coach, colleague = job.case.coach, stories.a_coach(job.organisation)
    day = reverse("followup:my_day")
    assert "1 emploi à vérifier" in words(browser(coach).get(day))
    assert "à vérifier" not in words(browser(colleague).get(day))
    mine = reverse("placements:to_verify") + "?les-miens"
    assert job.case.beneficiary.full_name in words(browser(coach).get(mine))
    assert job.case.beneficiary.full_name not in words(browser(colleague).get(mine))
    asked(job)
    assert my_day(coach, date(2025, 12, 1)).unverified == 0


def test_the_pages_from_the_list_of_what_nobody_knows_to_the_job_and_back(job) -> None:
    coach = job.case.coach
    (line,) = jobs_to_verify(coach, date(2025, 12, 1))
    assert (line.months, line.asked_about, line.seen_on) == (1, date(2025, 4, 3), FIRST)
    listed = words(browser(coach).get(reverse("placements:to_verify")))
    assert job.case.beneficiary.full_name in listed
    assert "Au travail le 03/04/2025, un mois après le premier jour" in listed
    assert "Vérifier l’emploi" in page(job, "placements:employment_verify")
    told = {"asked_on": "15/09/2025", "how": "PAYSLIP", "seen_on": "15/09/2025", "end_reason": "", "note": "Août."}
    address = reverse("placements:employment_verify", args=[job.case_id, job.pk])
    assert browser(coach).post(address, told).status_code == 302
    assert jobs_to_verify(coach, date(2025, 12, 1)) == []
    row = EmploymentVerification.objects.get()
    shown = page(job, "placements:case_jobs")
    assert "Au travail le 15/09/2025, vérifié le 15/09/2025" in shown
    assert "Vu au travail pour la dernière fois le 15/09/2025" in shown
    back = reverse("accounts:take_back", args=["verification", row.pk])
    assert browser(coach).post(back, {"motive": "autre", "reason": "C’était un homonyme."}).status_code == 302
    assert "vérifié le 15/09/2025" not in page(job, "placements:case_jobs")
    assert browser(coach).get(back).status_code == 302
