"""The inspection screen over cases told through the services."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.rules.agreements import opening_agreements
from beneficiaries.services.path import check_coachability, check_eligibility, sign_agreement
from beneficiaries.services.phases import start_prehire
from inspection.report import build_inspection
from placements.models import FollowUpAgreement
from tables.engine.scope import Scope
from tests.factories import stories
from tests.factories.accounts import user_with

pytestmark = pytest.mark.django_db


def inspected(coach, first=date(2025, 1, 1), last=date(2025, 3, 3)):
    return build_inspection(Scope(organisations=(coach.current_organisation,), first=first, last=last))


def count(document, check: str, column: str = "cases"):
    return document.table("checks").cell(check, column).value


def test_a_sound_case_is_not_listed(frozen) -> None:
    coach = stories.a_coach()
    case = stories.in_prehire(coach, since=date(2025, 2, 24))
    stories.a_contact(case, on=date(2025, 3, 3))
    document = inspected(coach)
    assert [cell.value for row in document.table("checks").rows for cell in row.cells] == [0] * 20


def test_silence_and_overrun_are_found_with_their_days(frozen) -> None:
    coach = stories.a_coach()
    case = stories.in_prehire(coach, since=date(2023, 3, 1))
    document = inspected(coach)
    assert count(document, "silence") == 1
    # The clock ended on 1 March; at the end of 3 March three days are too many.
    line = document.table("clock_overrun").rows[0]
    assert line.label == str(case.beneficiary)
    assert line.cells[1].value.startswith("3 jours")
    assert count(document, "intake") == 0


def test_a_job_whose_follow_up_is_not_written_down(frozen) -> None:
    coach = stories.a_coach()
    job = stories.hired(stories.in_prehire(coach), starts_on=date(2025, 2, 24))
    assert count(inspected(coach), "followup") == 0
    FollowUpAgreement.objects.filter(employment=job).delete()
    assert count(inspected(coach), "followup") == 1


def by_derogation(coach) -> None:
    case = stories.a_case(coach, opened_on=date(2025, 2, 24))
    on, actor = case.opened_on, coach
    check_eligibility(case=case, statement=stories.derogation_on(case, on), actor=actor)
    check_coachability(case=case, volunteer=True, informed=True, available=True, ordinary_job=True, on=on, actor=actor)
    for kind in opening_agreements(on):
        sign_agreement(case=case, kind=kind, signed_on=on, actor=actor)
    start_prehire(case=case, on=on, actor=actor)


@pytest.mark.parametrize(("derogations", "others", "over"), [(1, 4, 0), (1, 3, 1), (2, 7, 1), (2, 8, 0)])
def test_derogations_count_apart_against_the_quota(frozen, derogations, others, over) -> None:
    coach = stories.a_coach()
    for _number in range(derogations):
        by_derogation(coach)
    for _number in range(others):
        stories.in_prehire(coach, since=date(2025, 2, 24))
    table = inspected(coach).table("derogations")
    assert table.cell("granted", "count").value == derogations
    assert table.cell("over", "count").value == over


def test_the_number_of_statements_does_not_grow(frozen, django_assert_max_num_queries) -> None:
    coach = stories.a_coach()
    for _number in range(4):
        stories.a_contact(stories.in_followup(coach))
    with django_assert_max_num_queries(15):
        inspected(coach)


def test_an_inspector_reads_it_and_a_jobcoach_does_not(frozen, client) -> None:
    coach = stories.a_coach()
    case = stories.in_prehire(coach, since=date(2023, 3, 1))
    url = reverse("reporting:report", args=["inspection"]) + "?first=01/01/2025&last=03/03/2025"
    client.force_login(user_with(Role.INSPECTOR, coach.current_organisation))
    page = client.get(url)
    assert page.status_code == 200
    assert str(case.beneficiary) in page.content.decode()
    client.force_login(coach)
    assert client.get(url).status_code == 403
