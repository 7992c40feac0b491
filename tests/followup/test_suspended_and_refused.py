"""What a suspension and a refused follow-up silence, from the rules to the pages that show it."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Role
from beneficiaries.services.phases import exit_case
from followup.models import CaseStatus, Deadline
from followup.rules.cadence import CadencePolicy
from followup.rules.deadlines import CaseFacts, DeadlinePolicy, Refusal, deadlines, due_on
from followup.rules.kinds import FOR_COORDINATION, DeadlineKind
from followup.services.consistency import differences
from foundation.clock import today
from foundation.rules.periods import Period
from method.rules.phases import Phase
from placements.enums import FollowUpMode
from placements.rules.clocks import ClockPolicy, Contract
from placements.rules.windows import windows
from placements.services.clocks import (
    SuspensionRequest,
    confirm_suspension,
    decide_suspension,
    end_suspension,
    request_suspension,
)
from placements.services.guards import PlacementRefused
from placements.services.hiring import FollowUpTerms, agree_followup
from reporting.board.selectors import dashboard
from tests.factories import stories
from tests.factories.accounts import user_with

D = date.fromisoformat
DAY = timedelta(days=1)
CADENCE = CadencePolicy()
POLICY = DeadlinePolicy(cadence=CADENCE, clocks=ClockPolicy())
FIRST = D("2025-01-06")
CDI = Contract("CDI", "E1", FIRST)
FIELD_CASE = Path(__file__).parent / "data" / "open_suspension_is_looked_at_again.json"

pauses = st.lists(
    st.tuples(st.integers(0, 200), st.integers(1, 90)).map(
        lambda pair: Period(FIRST + pair[0] * DAY, FIRST + (pair[0] + pair[1]) * DAY)
    ),
    max_size=3,
)


def waiting(*suspended: Period, **facts) -> CaseFacts:
    return CaseFacts(phase=Phase.PRE_HIRE, phase_started_on=FIRST, suspended=suspended, **facts)


def at_work(refusal: Refusal | None = None, **facts) -> CaseFacts:
    return CaseFacts(
        phase=Phase.FOLLOW_UP,
        phase_started_on=FIRST,
        contracts=(CDI,),
        windows=tuple((window, CADENCE) for window in windows([CDI], ClockPolicy())),
        refusals={"E1": refusal} if refusal else {},
        **facts,
    )


def days(facts: CaseFacts, kind: DeadlineKind, policy: DeadlinePolicy = POLICY) -> list[tuple[str, str]]:
    """Due day and until when it counts ("" : until a fact changes)."""
    found = [d for d in deadlines(facts, policy) if d.kind is kind]
    return [(d.due_on.isoformat(), d.until.isoformat() if d.until else "") for d in found]


# --- the rules -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suspended", "expected"),
    [
        ([], [("2025-01-13", "")]),
        # It begins after the contact was due: what was missed falls away with it, and counts anew when it is over.
        ([("2025-01-20", "2025-02-01")], [("2025-01-13", "2025-01-20"), ("2025-02-08", "")]),
        # It begins on the very day, or before: nothing is due until it is over.
        ([("2025-01-13", "2025-02-01")], [("2025-02-08", "")]),
        ([("2025-01-14", "2025-02-01")], [("2025-01-13", "2025-01-14"), ("2025-02-08", "")]),
        ([("2025-01-08", None)], []),
        # Over before the last contact: it says nothing any more.
        ([("2024-12-01", "2025-01-06")], [("2025-01-13", "")]),
        # Two that touch are one.
        ([("2025-01-07", "2025-01-20"), ("2025-01-20", "2025-02-01")], [("2025-02-08", "")]),
    ],
)
def test_no_contact_is_due_in_a_suspension(suspended, expected) -> None:
    facts = waiting(*(Period(D(a), D(b) if b else None) for a, b in suspended))
    assert days(facts, DeadlineKind.CONTACT) == expected


@given(pauses, st.integers(0, 400), st.none() | st.integers(0, 300))
def test_nothing_that_calls_for_a_contact_counts_on_a_suspended_day(suspended, ahead, last) -> None:
    on = FIRST + ahead * DAY
    met = None if last is None else FIRST + last * DAY
    for facts in (waiting(*suspended, last_contact_on=met), at_work(suspended=suspended, last_contact_on=met)):
        found = deadlines(facts, POLICY)
        called = due_on(found, DeadlineKind.CONTACT, on), due_on(found, DeadlineKind.EMPLOYER, on)
        if any(period.contains(on) for period in suspended):
            assert all(due is None or due > on for due in called)
            assert not any(d.is_shown_on(on) for d in found if d.kind in (DeadlineKind.CONTACT, DeadlineKind.EMPLOYER))


def test_absences_in_a_row_are_silent_once_the_person_is_suspended() -> None:
    missed = {"no_shows": [D("2025-01-13"), D("2025-01-20"), D("2025-01-27")]}
    assert days(waiting(**missed), DeadlineKind.NO_SHOWS) == [("2025-01-27", "")]
    later = waiting(Period(D("2025-02-03"), None), **missed)
    assert days(later, DeadlineKind.NO_SHOWS) == [("2025-01-27", "2025-02-03")]
    assert days(waiting(Period(D("2025-01-27"), None), **missed), DeadlineKind.NO_SHOWS) == []


@pytest.mark.parametrize(
    ("looked", "expected"),
    [(None, "2025-04-08"), ("2025-01-06", "2025-04-08"), ("2025-04-10", "2025-07-11"), ("2024-01-01", "2025-04-08")],
)
def test_a_suspension_without_an_end_is_looked_at_again(looked, expected) -> None:
    facts = waiting(Period(FIRST, None), looked_at={FIRST: D(looked)} if looked else {})
    assert days(facts, DeadlineKind.SUSPENSION_REVIEW) == [(expected, "")]


def test_a_suspension_with_an_end_is_not_looked_at_again() -> None:
    assert days(waiting(Period(FIRST, D("2026-01-06"))), DeadlineKind.SUSPENSION_REVIEW) == []
    assert DeadlineKind.SUSPENSION_REVIEW in FOR_COORDINATION


@pytest.mark.parametrize(
    ("refusal", "contact", "talk", "review"),
    [
        (None, "2025-01-13", "2025-02-06", True),
        (Refusal(by_person=True), None, None, False),
        (Refusal(by_employer=True), "2025-01-13", None, True),
        (Refusal(by_person=True, by_employer=True), None, None, False),
        # Accepted after all in the third month: the interval is the one of that month.
        (Refusal(lifted_on=D("2025-03-10")), "2025-03-24", "2025-04-10", True),
    ],
)
def test_what_was_refused_makes_nothing_due(refusal, contact, talk, review) -> None:
    facts = at_work(refusal)
    assert [due for due, _until in days(facts, DeadlineKind.CONTACT)] == ([contact] if contact else [])
    assert [due for due, _until in days(facts, DeadlineKind.EMPLOYER)] == ([talk] if talk else [])
    assert bool(days(facts, DeadlineKind.FOLLOW_UP_END)) is review


# --- the acts ------------------------------------------------------------------------------------------------------


@pytest.fixture
def case(frozen):
    return stories.in_prehire(stories.a_coach(), since=today() - 60 * DAY)


@pytest.fixture
def coordinator(case):
    return user_with(Role.COORDINATOR, case.organisation)


def suspended(case, coordinator, starts_on, ends_on=None):
    asked = SuspensionRequest(reason="ILLNESS", starts_on=starts_on, ends_on=ends_on, evidence="Certificat")
    suspension = request_suspension(case=case, request=asked, actor=case.coach)
    return decide_suspension(suspension=suspension, approved=True, on=today(), actor=coordinator)


def shown(case, on: date) -> set[str]:
    return set(Deadline.objects.filter(case=case).shown_on(on).values_list("kind", flat=True))


@pytest.mark.django_db
def test_the_field_case_of_a_stop_that_nothing_brings_back(case, coordinator, client) -> None:
    told = json.loads(FIELD_CASE.read_text())
    suspension = suspended(case, coordinator, today())
    on = D(told["on"])
    assert DeadlineKind.SUSPENSION_REVIEW in shown(case, on)
    assert DeadlineKind.CONTACT not in shown(case, on)

    soon = today() + 92 * DAY
    assert Deadline.objects.get(case=case, kind=DeadlineKind.SUSPENSION_REVIEW).due_on == soon
    status = CaseStatus.objects.with_due(today()).get(case=case)
    assert (status.suspended_since, status.suspended_until, status.suspension_review_on) == (today(), None, soon)
    client.force_login(case.coach)
    page = client.get(reverse("followup:my_day")).content.decode()
    assert "suspendu" in page
    assert "à revoir le" in page
    assert list(differences()) == []

    end_suspension(suspension=suspension, ends_on=today() + 5 * DAY, actor=coordinator)
    assert DeadlineKind.SUSPENSION_REVIEW not in shown(case, on)
    assert DeadlineKind.CONTACT in shown(case, on)


@pytest.mark.django_db
def test_saying_that_it_still_holds_is_an_act_that_counts_from_its_day(case, coordinator) -> None:
    suspension = suspended(case, coordinator, today() - 10 * DAY)
    confirm_suspension(suspension=suspension, on=today(), note="Certificat prolongé", actor=case.coach)
    due = Deadline.objects.get(case=case, kind=DeadlineKind.SUSPENSION_REVIEW).due_on
    assert due == today() + 92 * DAY
    suspension.refresh_from_db()
    assert (suspension.still_holds_on, suspension.still_holds_by) == (today(), case.coach)
    for on, note, code in (
        (today() - DAY, "Vu", "looked_later"),
        (today() + DAY, "Vu", "future"),
        (today(), " ", "note"),
    ):
        with pytest.raises(PlacementRefused) as refusal:
            confirm_suspension(suspension=suspension, on=on, note=note, actor=case.coach)
        assert refusal.value.code == code
    end_suspension(suspension=suspension, ends_on=today(), actor=coordinator)
    with pytest.raises(PlacementRefused) as over:
        confirm_suspension(suspension=suspension, on=today(), note="Vu", actor=case.coach)
    assert over.value.code == "not_open"


@pytest.mark.django_db
@pytest.mark.parametrize(("ended_days_ago", "silent"), [(None, 0), (0, 0), (1, 0), (2, 1)])
def test_somebody_suspended_is_not_silent(case, coordinator, ended_days_ago, silent) -> None:
    """Ten days went by before the suspension, which takes none; the eleventh exceeds the tolerance."""
    assert dashboard(coordinator, today()).silent_count == 1
    last = None if ended_days_ago is None else today() - ended_days_ago * DAY
    suspended(case, coordinator, today() - 50 * DAY, last)
    assert dashboard(coordinator, today()).silent_count == silent


@pytest.mark.django_db
@pytest.mark.parametrize("mode", [FollowUpMode.REFUSED, FollowUpMode.EMPLOYER, FollowUpMode.BOTH])
def test_a_refusal_is_noted_with_its_reason_and_may_be_lifted(frozen, mode, client) -> None:
    case = stories.in_followup(stories.a_coach())
    job = case.employments.get()
    day = max(job.starts_on, today() - 20 * DAY)
    with pytest.raises(PlacementRefused) as refusal:
        agree_followup(employment=job, followup=FollowUpTerms(mode=mode, agreed_on=day), actor=case.coach)
    assert refusal.value.field == "reason"
    agree_followup(
        employment=job, followup=FollowUpTerms(mode=mode, agreed_on=day, reason="Trop de visites"), actor=case.coach
    )
    kinds = set(Deadline.objects.filter(case=case).values_list("kind", flat=True))
    assert DeadlineKind.EMPLOYER not in kinds
    assert (DeadlineKind.CONTACT in kinds) is (mode == FollowUpMode.EMPLOYER)
    client.force_login(case.coach)
    assert "suivi refusé par" in client.get(reverse("followup:my_day")).content.decode()
    assert "Trop de visites" in client.get(reverse("placements:case_jobs", args=[case.pk])).content.decode()

    accepted = FollowUpTerms(mode="AGREED", agreed_on=day - DAY)
    with pytest.raises(PlacementRefused) as early:
        agree_followup(employment=job, followup=accepted, actor=case.coach)
    assert early.value.code == "accepted_before_refusal"
    agree_followup(employment=job, followup=FollowUpTerms(mode="AGREED", agreed_on=today()), actor=case.coach)
    agreement = type(job).objects.get(pk=job.pk).followup_agreement
    assert (agreement.accepted_from, agreement.refusal_reason) == (today(), "Trop de visites")
    assert min(Deadline.objects.filter(case=case, kind="CONTACT").values_list("due_on", flat=True)) > today()
    assert list(differences()) == []


@pytest.mark.django_db
def test_after_the_exit_nobody_looks_at_a_suspension(case, coordinator) -> None:
    suspended(case, coordinator, today())
    exit_case(case=case, on=today(), exit_reason="LONG_ILLNESS", exit_outcome="INACTIVE", actor=case.coach)
    assert not Deadline.objects.filter(case=case).exists()
