"""Suspensions, extensions and carried-over days: who decides, what moves, what is refused."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.permissions import NotAllowed
from beneficiaries.models import CoachingCase
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.elsewhere import ElsewhereStatement, note_days_elsewhere
from beneficiaries.services.phases import exit_case, start_prehire
from beneficiaries.services.steps import PathRefused
from foundation.errors import DomainError
from placements.models import ClockSuspension
from placements.rules.clocks import PrehireState
from placements.selectors.clocks import clock_facts
from placements.services.clocks import (
    SuspensionRequest,
    cancel_suspension,
    decide_suspension,
    end_suspension,
    grant_extension,
    request_suspension,
)
from placements.services.guards import PlacementRefused
from tests.factories import stories
from tests.factories.accounts import user_with

pytestmark = pytest.mark.django_db

START = date(2024, 1, 8)


@pytest.fixture
def case(frozen) -> CoachingCase:
    return stories.in_prehire(stories.a_coach(), since=START)


@pytest.fixture
def coordinator(case):
    return user_with(Role.COORDINATOR, case.organisation)


def ask(case, starts_on=date(2024, 2, 1), ends_on=date(2024, 2, 29), evidence="Certificat du 1er février", actor=None):
    request = SuspensionRequest(reason="ILLNESS", starts_on=starts_on, ends_on=ends_on, evidence=evidence)
    return request_suspension(case=case, request=request, actor=actor or case.coach)


def deadline(case) -> date | None:
    return CoachingCase.objects.get(pk=case.pk).status.prehire_deadline


def test_a_suspension_moves_the_deadline_only_once_approved(case, coordinator) -> None:
    suspension = ask(case)
    assert deadline(case) == date(2026, 1, 8)
    decide_suspension(suspension=suspension, approved=True, on=date(2025, 3, 3), actor=coordinator)
    assert deadline(case) == date(2026, 2, 6)
    cancel_suspension(suspension=suspension, on=date(2025, 3, 3), reason="Erreur de personne", actor=coordinator)
    assert deadline(case) == date(2026, 1, 8)
    suspension.refresh_from_db()
    assert (suspension.state, suspension.decision_note) == ("CANCELLED", "Erreur de personne")


def test_an_open_ended_suspension_leaves_no_deadline_until_it_ends(case, coordinator) -> None:
    suspension = ask(case, starts_on=date(2025, 3, 1), ends_on=None)
    decide_suspension(suspension=suspension, approved=True, on=date(2025, 3, 3), actor=coordinator)
    assert deadline(case) is None
    end_suspension(suspension=suspension, ends_on=date(2025, 3, 1), actor=coordinator)
    assert deadline(case) == date(2026, 1, 9)


def test_a_refusal_says_why_and_moves_nothing(case, coordinator) -> None:
    suspension = ask(case)
    with pytest.raises(PlacementRefused) as refusal:
        decide_suspension(suspension=suspension, approved=False, on=date(2025, 3, 3), actor=coordinator)
    assert refusal.value.field == "note"
    decide_suspension(
        suspension=suspension, approved=False, on=date(2025, 3, 3), note="Pièce périmée", actor=coordinator
    )
    assert deadline(case) == date(2026, 1, 8)
    with pytest.raises(PlacementRefused) as again:
        decide_suspension(suspension=suspension, approved=True, on=date(2025, 3, 3), actor=coordinator)
    assert again.value.code == "decided"


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ({"starts_on": date(2024, 1, 7)}, "before_prehire"),
        ({"starts_on": date(2024, 2, 2), "ends_on": date(2024, 2, 1)}, "end_before_start"),
        ({"evidence": "  "}, "evidence"),
    ],
)
def test_a_request_that_makes_no_sense(case, days, code) -> None:
    with pytest.raises(PlacementRefused) as refusal:
        ask(case, **days)
    assert refusal.value.code == code
    assert not ClockSuspension.objects.exists()


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "refused"),
    [
        (date(2024, 2, 29), date(2024, 3, 5), True),
        (date(2024, 3, 1), date(2024, 3, 5), False),
        (date(2024, 1, 8), date(2024, 2, 1), True),
        (date(2024, 1, 8), date(2024, 1, 31), False),
        (date(2024, 1, 8), None, True),
    ],
)
def test_two_suspensions_do_not_share_a_day(case, starts_on, ends_on, refused) -> None:
    ask(case)
    if refused:
        with pytest.raises(PlacementRefused) as refusal:
            ask(case, starts_on=starts_on, ends_on=ends_on)
        assert refusal.value.code == "overlap"
    else:
        ask(case, starts_on=starts_on, ends_on=ends_on)


def test_changing_a_suspension_does_not_count_itself_as_a_conflict(case, coordinator) -> None:
    suspension = ask(case)
    decide_suspension(suspension=suspension, approved=True, on=date(2025, 3, 3), actor=coordinator)
    end_suspension(suspension=suspension, ends_on=date(2024, 2, 15), actor=coordinator)
    assert deadline(case) == date(2026, 1, 23)


def test_only_a_coordinator_decides(case, coordinator) -> None:
    suspension = ask(case)
    own = stories.in_prehire(case.coach)
    for act in (
        lambda: decide_suspension(suspension=suspension, approved=True, on=date(2025, 3, 3), actor=case.coach),
        lambda: end_suspension(suspension=suspension, ends_on=date(2024, 2, 2), actor=case.coach),
        lambda: cancel_suspension(suspension=suspension, on=date(2025, 3, 3), reason="x", actor=case.coach),
        lambda: grant_extension(case=own, months=3, reason="x", document="y", on=date(2025, 3, 3), actor=case.coach),
    ):
        with pytest.raises(NotAllowed):
            act()
    stranger = user_with(Role.COORDINATOR)
    with pytest.raises(NotAllowed):
        decide_suspension(suspension=suspension, approved=True, on=date(2025, 3, 3), actor=stranger)


def test_an_extension_sets_an_expired_clock_running_again(case, coordinator, frozen) -> None:
    frozen("2026-01-08")
    case = CoachingCase.objects.get(pk=case.pk)
    assert clock_facts(case).is_expired(date(2026, 1, 8))
    with pytest.raises(DomainError) as refusal:
        stories.an_accepted_match(case)
    assert refusal.value.code == "clock_expired"
    assert "prolongation" in refusal.value.hint
    grant_extension(
        case=case, months=3, reason="Grossesse", document="PV du 05/01/2026", on=date(2026, 1, 8), actor=coordinator
    )
    assert deadline(case) == date(2026, 4, 8)
    assert stories.an_accepted_match(CoachingCase.objects.get(pk=case.pk)).is_accepted


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"document": ""}, "document"),
        ({"on": date(2025, 3, 4)}, "granted_on"),
        ({"on": date(2024, 1, 7)}, "granted_on"),
        ({"months": 0}, "months"),
        ({"months": 25}, "months"),
    ],
)
def test_an_extension_is_dated_motivated_and_documented(case, coordinator, asked, field) -> None:
    stated = {"months": 3, "reason": "Maladie", "document": "PV", "on": date(2025, 3, 3)} | asked
    with pytest.raises(DomainError) as refusal:
        grant_extension(case=case, actor=coordinator, **stated)
    assert refusal.value.field in (field, "on" if field == "granted_on" else field)
    assert deadline(case) == date(2026, 1, 8)


def test_two_extensions_add_up(case, coordinator) -> None:
    for _number in range(2):
        grant_extension(case=case, months=1, reason="Maladie", document="PV", on=date(2025, 3, 3), actor=coordinator)
    assert deadline(case) == date(2026, 3, 8)


def came_back(case: CoachingCase, exited_on: date, reopened_on: date, frozen) -> CoachingCase:
    frozen(exited_on)
    exit_case(case=case, on=exited_on, exit_reason="WITHDRAWAL", exit_outcome="JOB_SEEKING", actor=case.coach)
    frozen(reopened_on)
    new = open_case(
        beneficiary=case.beneficiary,
        opening=CaseOpening(coach=case.coach, opened_on=reopened_on),
        actor=case.coach,
    )
    new = stories.made_ready(new)
    start_prehire(case=new, on=reopened_on, actor=case.coach)
    return CoachingCase.objects.get(pk=new.pk)


@pytest.mark.parametrize(
    ("reopened_on", "carried"),
    [(date(2025, 9, 1), 238), (date(2025, 9, 2), 0), (date(2025, 9, 3), 0), (date(2024, 9, 2), 238)],
)
def test_days_used_are_carried_over_within_twelve_months_of_the_exit(frozen, reopened_on, carried) -> None:
    frozen("2024-01-08")
    case = stories.in_prehire(stories.a_coach(), since=START)
    new = came_back(case, date(2024, 9, 2), reopened_on, frozen)
    clock = clock_facts(new).prehire(reopened_on)
    assert clock is not None
    assert clock.used_days == carried
    assert new.previous_case_id == case.pk


def test_someone_whose_days_were_used_up_does_not_start_again_at_once(frozen) -> None:
    frozen("2024-01-08")
    case = stories.in_prehire(stories.a_coach(), since=START)
    frozen("2026-02-02")
    with pytest.raises(DomainError) as refusal:
        came_back(case, date(2026, 2, 2), date(2026, 3, 2), frozen)
    assert refusal.value.code == "clock_not_expired"


def test_the_explanation_ends_with_the_deadline(case, coordinator) -> None:
    suspension = ask(case)
    decide_suspension(suspension=suspension, approved=True, on=date(2025, 3, 3), actor=coordinator)
    grant_extension(case=case, months=1, reason="Maladie", document="PV", on=date(2025, 3, 3), actor=coordinator)
    explanation = clock_facts(CoachingCase.objects.get(pk=case.pk)).explained(date(2025, 3, 3))
    assert explanation is not None
    assert [line.kind for line in explanation.lines] == ["start", "allowance", "extension", "stop", "result"]
    assert explanation.lines[-1].deadline == deadline(case)
    assert explanation.clock.state is PrehireState.RUNNING


def elsewhere(**stated) -> ElsewhereStatement:
    known = {"at": "MIRE de Nulle-Part", "first": date(2023, 1, 9), "last": date(2023, 6, 30), "days": 100}
    return ElsewhereStatement(**(known | {"proof_on": date(2024, 1, 8)} | stated))


def test_days_used_at_another_organisation_are_named_and_counted(case, client) -> None:
    note_days_elsewhere(case=case, statement=elsewhere(file=stories.a_file()), actor=case.coach)
    assert deadline(case) == date(2025, 9, 30)
    client.force_login(case.coach)
    page = client.get(reverse("placements:case_clock", args=[case.pk])).content.decode()
    assert "MIRE de Nulle-Part" in page
    with pytest.raises(PathRefused) as silent:
        note_days_elsewhere(case=case, statement=elsewhere(days=90), actor=case.coach)
    assert silent.value.field == "reason"
    note_days_elsewhere(case=case, statement=elsewhere(days=90, reason="Attestation rectifiée"), actor=case.coach)
    assert deadline(case) == date(2025, 10, 10)


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({"at": " "}, "at"),
        ({"last": date(2023, 1, 8)}, "order"),
        ({"last": date(2024, 1, 8)}, "after_opening"),
        ({"days": 174}, "days"),
        ({"proof_on": date(2025, 3, 4)}, "future"),
    ],
)
def test_days_elsewhere_that_make_no_sense(case, stated, code) -> None:
    with pytest.raises(PathRefused) as refusal:
        note_days_elsewhere(case=case, statement=elsewhere(**stated), actor=case.coach)
    assert refusal.value.code == code


def test_days_used_elsewhere_too_long_ago_do_not_count(case) -> None:
    long_ago = elsewhere(first=date(2022, 1, 3), last=date(2022, 6, 30))
    note_days_elsewhere(case=case, statement=long_ago, actor=case.coach)
    assert deadline(case) == date(2026, 1, 8)
