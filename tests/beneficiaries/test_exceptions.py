"""Exceptions have one path: asked, decided with words, withdrawn, taken back; both sides see where they stand."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.permissions import NotAllowed
from beneficiaries.models import CoachingCase, ExceptionRequest
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.exceptions import (
    ExceptionRefused,
    ExceptionStatement,
    ask_exception,
    decide_exception,
    read_answer,
    take_back_exception,
    withdraw_exception,
)
from beneficiaries.services.path import check_eligibility
from beneficiaries.services.phases import exit_case
from followup.models import Deadline
from followup.services.consistency import differences
from foundation.asking import Unconfirmed
from foundation.clock import today
from foundation.errors import DomainError
from placements.selectors.clocks import clock_facts
from placements.services.clocks import SuspensionRequest, grant_extension, request_suspension
from placements.services.hiring import Terms, hire
from tests.factories import stories
from tests.factories.accounts import user_with

DAY = timedelta(days=1)
START = date(2024, 1, 8)


# --- the acts ------------------------------------------------------------------------------------------------------


@pytest.fixture
def case(frozen) -> CoachingCase:
    return stories.in_prehire(stories.a_coach(), since=START)


@pytest.fixture
def coordinator(case):
    return user_with(Role.COORDINATOR, case.organisation)


def statement(**stated) -> ExceptionStatement:
    return ExceptionStatement(**({"reason": "Formation à finir", "document": "Attestation du 3 mars"} | stated))


def asked(case, months=3, **stated) -> ExceptionRequest:
    return ask_exception(case=case, kind="EXTENSION", statement=statement(months=months, **stated), actor=case.coach)


def decided(request, actor, *, granted=True, on=None, **given) -> ExceptionRequest:
    return decide_exception(request=request, granted=granted, on=on or today(), actor=actor, **given)


def deadline(case) -> date | None:
    return CoachingCase.objects.get(pk=case.pk).status.prehire_deadline


@pytest.mark.django_db
def test_an_extension_is_asked_with_its_paper_and_counts_once_granted(case, coordinator) -> None:
    request = asked(case, file=stories.a_file())
    assert (request.evidence.label, request.evidence.uploaded_by) == ("Attestation du 3 mars", case.coach)
    assert deadline(case) == date(2026, 1, 8)
    assert Deadline.objects.get(case=case, kind="DECISION").due_on == today() + 7 * DAY
    decided(request, coordinator, note="Deux mois suffisent", amended={"months": 2})
    assert deadline(case) == date(2026, 3, 8)
    extension = case.extensions.get()
    assert (extension.months, extension.granted_by, extension.reason) == (2, coordinator, "Formation à finir")
    assert not Deadline.objects.filter(case=case, kind="DECISION").exists()
    assert list(differences()) == []


@pytest.mark.django_db
def test_what_cannot_be_asked_or_decided(case, coordinator) -> None:
    for stated, field in (({"reason": " "}, "reason"), ({"document": ""}, "document"), ({"months": None}, "months")):
        with pytest.raises(DomainError) as refusal:
            asked(case, **({"months": 3} | stated))
        assert refusal.value.field == field
    request = asked(case)
    with pytest.raises(ExceptionRefused) as twice:
        asked(case)
    assert twice.value.code == "asked_already"
    with pytest.raises(NotAllowed):
        decided(request, case.coach)
    with pytest.raises(NotAllowed):
        decided(request, user_with(Role.COORDINATOR))
    for given, code in (
        ({"granted": False}, "refusal_reason"),
        ({"amended": {"months": 1}}, "note"),
        ({"on": today() + DAY}, "future"),
    ):
        with pytest.raises(ExceptionRefused) as refused:
            decided(request, coordinator, **given)
        assert refused.value.code == code
    decided(request, coordinator, granted=False, note="Trop tôt")
    assert deadline(case) == date(2026, 1, 8)
    with pytest.raises(ExceptionRefused) as again:
        decided(request, coordinator)
    assert again.value.code == "decided"


@pytest.mark.django_db
def test_nobody_decides_on_what_they_asked_unless_they_are_alone(case, coordinator) -> None:
    request = ask_exception(case=case, kind="EXTENSION", statement=statement(months=3), actor=coordinator)
    other = user_with(Role.COORDINATOR, case.organisation)
    with pytest.raises(ExceptionRefused) as own:
        decided(request, coordinator)
    assert own.value.code == "own_request"
    other.memberships.all().delete()
    assert decided(request, coordinator).is_granted


@pytest.mark.django_db
def test_a_coordinator_asks_and_grants_in_one_gesture_but_not_for_their_own_case(case, coordinator) -> None:
    given = {"months": 2, "reason": "Décision", "document": "Comité", "on": today(), "actor": coordinator}
    request = grant_extension(case=case, **given).request
    assert (request.state, request.requested_by, request.decided_by) == ("APPROVED", coordinator, coordinator)
    own = stories.in_prehire(coordinator, since=START)
    grant_extension(case=own, **given)
    user_with(Role.COORDINATOR, case.organisation)
    with pytest.raises(ExceptionRefused) as refusal:
        grant_extension(case=own, **given)
    assert refusal.value.code == "own_request"


@pytest.mark.django_db
def test_a_request_is_withdrawn_by_its_author_alone(case, coordinator) -> None:
    pause = SuspensionRequest(reason="ILLNESS", starts_on=today(), evidence="Certificat", words="Hôpital")
    suspension = request_suspension(case=case, request=pause, actor=case.coach)
    with pytest.raises(ExceptionRefused) as stranger:
        withdraw_exception(request=suspension.request, reason="Erreur", actor=coordinator)
    assert stranger.value.code == "not_author"
    withdraw_exception(request=suspension.request, reason="Rétablie", actor=case.coach)
    suspension.refresh_from_db()
    assert (suspension.state, suspension.request.state) == ("CANCELLED", "WITHDRAWN")
    # The days are free for another request.
    request_suspension(case=case, request=pause, actor=case.coach)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("back", "state", "last"), [(40, "CANCELLED", None), (10, "APPROVED", 11), (0, "CANCELLED", None)]
)
def test_a_suspension_is_taken_back_from_a_day_on(case, coordinator, back, state, last) -> None:
    pause = SuspensionRequest(reason="ILLNESS", starts_on=today() - 40 * DAY, evidence="Certificat")
    suspension = request_suspension(case=case, request=pause, actor=case.coach)
    decided(suspension.request, coordinator)
    take_back_exception(
        request=suspension.request, on=today() - back * DAY, reason="Certificat faux", actor=coordinator
    )
    suspension.refresh_from_db()
    assert suspension.state == state
    assert suspension.ends_on == (today() - last * DAY if last else None)
    assert suspension.request.state == "ENDED"
    assert list(differences()) == []


def left(case: CoachingCase) -> None:
    exit_case(case=case, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=case.coach)


@pytest.mark.django_db
def test_an_exit_leaves_no_request_without_an_answer(client, case, coordinator) -> None:
    """It said « demandée » for ever: nobody could answer, and the board hid it."""
    request = asked(case)
    left(case)
    client.force_login(coordinator)
    page = reverse("beneficiaries:exception_decide", args=[case.pk, request.pk])
    assert page in client.get(reverse("reporting:dashboard")).content.decode()
    with pytest.raises(ExceptionRefused) as refusal:
        decide_exception(request=request, granted=True, on=today(), actor=coordinator)
    assert (refusal.value.code, refusal.value.field) == ("closed", "granted")
    refusing = {"granted": "non", "note": "Le dossier est sorti", "months": "3", "on": f"{today():%d/%m/%Y}"}
    answered = client.post(page, refusing)
    assert answered.status_code == 302
    request.refresh_from_db()
    assert request.state == "REFUSED"


@pytest.mark.django_db
def test_days_suspended_before_an_exit_are_told_decided_and_taken_back_after_it(case, coordinator) -> None:
    left(case)
    used = clock_facts(case).prehire(today()).used_days
    days = SuspensionRequest(reason="ILLNESS", starts_on=START + DAY, ends_on=START + 10 * DAY, evidence="Certificat")
    suspension = request_suspension(case=case, request=days, actor=case.coach)
    decide_exception(request=suspension.request, granted=True, on=today(), actor=coordinator)
    fresh = CoachingCase.objects.get(pk=case.pk)
    assert clock_facts(fresh).prehire(today()).used_days == used - 10
    take_back_exception(request=suspension.request, on=START + DAY, reason="Un autre dossier", actor=coordinator)
    fresh = CoachingCase.objects.get(pk=case.pk)
    assert clock_facts(fresh).prehire(today()).used_days == used
    late = SuspensionRequest(reason="ILLNESS", starts_on=today(), evidence="Certificat")
    with pytest.raises(DomainError) as refusal:
        request_suspension(case=case, request=late, actor=case.coach)
    assert refusal.value.code == "after_exit"
    assert list(differences()) == []


@pytest.mark.django_db
def test_other_days_are_granted_than_those_asked(case, coordinator) -> None:
    pause = SuspensionRequest(reason="ILLNESS", starts_on=today() - 9 * DAY, ends_on=today(), evidence="Certificat")
    suspension = request_suspension(case=case, request=pause, actor=case.coach)
    amended = {"starts_on": today() - 4 * DAY, "ends_on": today()}
    decided(suspension.request, coordinator, note="Certificat plus court", amended=amended)
    assert deadline(case) == date(2026, 1, 8) + 5 * DAY


@pytest.mark.django_db
def test_months_that_have_begun_are_not_taken_back(frozen) -> None:
    used_up = stories.in_prehire(stories.a_coach(), since=date(2023, 2, 6))
    fresh = stories.in_prehire(used_up.coach, since=START)
    coordinator = user_with(Role.COORDINATOR, used_up.organisation)
    for case, begun in ((used_up, True), (fresh, False)):
        request = decided(asked(case), coordinator)
        if begun:
            with pytest.raises(DomainError) as refusal:
                take_back_exception(request=request, on=today(), reason="Erreur", actor=coordinator)
            assert refusal.value.code == "months_begun"
        else:
            take_back_exception(request=request, on=today(), reason="Erreur", actor=coordinator)
            assert deadline(case) == date(2026, 1, 8)


@pytest.mark.django_db
def test_a_derogation_is_granted_by_the_coordination_before_the_check(frozen) -> None:
    coach = stories.a_coach()
    case = stories.a_case(coach)
    alone = stories.statement_on(
        case,
        today(),
        criteria=[],
        is_derogation=True,
        derogation_reason="Cas social",
        evidence_kind="DECISION",
        over_quota_confirmed=True,
    )
    with pytest.raises(ExceptionRefused) as refusal:
        check_eligibility(case=case, statement=alone, actor=coach)
    assert (refusal.value.code, refusal.value.field) == ("not_granted", "derogation")
    request = ask_exception(case=case, kind="DEROGATION", statement=statement(), actor=coach)
    coordinator = user_with(Role.COORDINATOR, case.organisation)
    decided(request, coordinator)
    assert check_eligibility(case=case, statement=alone, actor=coach).is_derogation
    with pytest.raises(ExceptionRefused) as late:
        take_back_exception(request=request, on=today(), reason="Erreur", actor=coordinator)
    assert late.value.code == "already_checked"

    other = stories.a_case(coach)
    check_eligibility(case=other, statement=alone, actor=coordinator)
    assert ExceptionRequest.objects.get(case=other).state == "APPROVED"


# --- where people look ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_both_sides_see_where_a_request_stands(client, case, coordinator) -> None:
    client.force_login(case.coach)
    ask = reverse("placements:extension_ask", args=[case.pk])
    answer = client.post(ask, {"months": "3", "reason": "Formation à finir", "document": "Attestation"})
    assert answer.status_code == 302
    request = ExceptionRequest.objects.get(case=case)

    client.force_login(coordinator)
    decide = reverse("beneficiaries:exception_decide", args=[case.pk, request.pk])
    assert decide in client.get(reverse("reporting:dashboard")).content.decode()
    assert "Formation à finir" in client.get(decide).content.decode()
    given = {"granted": "oui", "months": "3", "note": "D’accord", "on": f"{today():%d/%m/%Y}"}
    assert client.post(decide, given).status_code == 302

    client.force_login(case.coach)
    day = client.get(reverse("followup:my_day")).content.decode()
    assert "Réponses de la coordination" in day
    assert "D’accord" in day
    for page in (
        reverse("beneficiaries:exception_list", args=[case.pk]),
        reverse("beneficiaries:case_path", args=[case.pk]),
    ):
        assert "accordée" in client.get(page).content.decode()
    client.post(reverse("beneficiaries:exception_read", args=[case.pk, request.pk]))
    assert "Réponses de la coordination" not in client.get(reverse("followup:my_day")).content.decode()


@pytest.mark.django_db
def test_reading_an_answer_is_for_whoever_asked(case, coordinator) -> None:
    request = decided(asked(case), coordinator)
    assert read_answer(request=request, actor=coordinator).answer_read_on is None
    assert read_answer(request=request, actor=case.coach).answer_read_on == today()


@pytest.mark.django_db
def test_who_checks_eligibility_without_a_derogation_finds_where_to_ask(client, frozen) -> None:
    case = stories.a_case(stories.a_coach())
    page = reverse("beneficiaries:eligibility", args=[case.pk])
    ask = reverse("beneficiaries:derogation_ask", args=[case.pk])
    client.force_login(case.coach)
    assert ask in client.get(page).content.decode()
    stories.a_granted_derogation(case)
    shown = client.get(page).content.decode()
    assert ask not in shown
    assert "Décision du comité" in shown


@pytest.mark.django_db
def test_a_hiring_in_a_suspension_is_asked_about(client, case, coordinator) -> None:
    pause = SuspensionRequest(reason="ILLNESS", starts_on=today() - 9 * DAY, evidence="Certificat")
    suspension = request_suspension(case=case, request=pause, actor=case.coach)
    decided(suspension.request, coordinator)
    firm = stories.a_company(case.coach)
    terms = {"contract_type": "CDI", "job_title": "Aide", "starts_on": today()}
    with pytest.raises(Unconfirmed) as question:
        hire(case=case, company=firm, terms=Terms(**terms), actor=case.coach)
    (asked_about,) = question.value.questions
    confirmed = frozenset({asked_about.code})
    hire(case=case, company=firm, terms=Terms(**terms, confirmed=confirmed), actor=case.coach)
    suspension.refresh_from_db()
    assert suspension.ends_on == today() - DAY
    client.force_login(coordinator)
    history = client.get(reverse("beneficiaries:case_history", args=[case.pk])).content.decode()
    assert asked_about.sentence in history


@pytest.mark.django_db
def test_whoever_comes_back_is_proposed_the_former_path(client, frozen) -> None:
    coach = stories.a_coach()
    case = stories.closed(coach)
    client.force_login(user_with(Role.JOBCOACH, coach.current_organisation))
    form = client.get(reverse("beneficiaries:case_reopen", args=[case.beneficiary_id])).context["form"]
    assert form.initial["coach"] == coach.pk
    assert {"site", "project"} <= form.initial.keys()


@pytest.mark.django_db
def test_a_case_for_somebody_who_died_is_asked_about(frozen) -> None:
    case = stories.a_case(stories.a_coach())
    exit_case(case=case, on=today(), exit_reason="DEATH", exit_outcome="UNKNOWN", actor=case.coach)
    opening = {"coach": case.coach, "opened_on": today()}
    with pytest.raises(Unconfirmed) as question:
        open_case(beneficiary=case.beneficiary, opening=CaseOpening(**opening), actor=case.coach)
    (asked_about,) = question.value.questions
    confirmed = CaseOpening(**opening, confirmed=frozenset({asked_about.code}))
    assert open_case(beneficiary=case.beneficiary, opening=confirmed, actor=case.coach).previous_case == case
