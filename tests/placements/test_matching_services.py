"""Proposing a job and recording both decisions: the person first, each refusal with its reason."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.permissions import NotAllowed
from employers.services.vacancies import close_vacancy
from foundation.clock import today
from foundation.persistence import InvalidFact
from placements.enums import Decision
from placements.models import Match
from placements.selectors.clocks import open_matches
from placements.services.guards import ClockExpired, PlacementRefused
from placements.services.hiring import Terms, cancel_hiring, hire
from placements.services.matching import propose_match, record_employer_decision, record_person_decision
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, a_vacancy, an_accepted_match, closed, in_prehire

pytestmark = pytest.mark.django_db

YES, NO = Decision.ACCEPTED, Decision.REFUSED


@pytest.fixture(autouse=True)
def _stopped(frozen):
    """Every story is told on Monday 3 March 2025."""


@pytest.fixture
def coach():
    return a_coach()


def proposed(case, vacancy=None, *, on=None, actor=None, rationale="Aime la précision."):
    actor = actor or case.coach
    return propose_match(
        case=case, vacancy=vacancy or a_vacancy(case.coach), on=on or today(), rationale=rationale, actor=actor
    )


def day(number):
    return today() + timedelta(days=number)


# --- proposing


def test_a_job_is_proposed_with_its_reason(coach):
    match = proposed(in_prehire(coach))

    assert (match.person_decision, match.employer_decision) == ("PENDING", "PENDING")
    assert (match.proposed_by, match.organisation) == (coach, coach.current_organisation)


def test_a_job_is_not_proposed_before_pre_hire(coach):
    with pytest.raises(PlacementRefused) as refusal:
        proposed(a_case(coach))

    assert refusal.value.code == "too_early"
    assert "Parcours" in refusal.value.hint


def test_a_job_is_not_proposed_once_the_case_is_closed(coach):
    with pytest.raises(PlacementRefused) as refusal:
        proposed(closed(coach))

    assert refusal.value.code == "closed"


def test_a_job_is_not_proposed_tomorrow(coach):
    with pytest.raises(PlacementRefused) as refusal:
        proposed(in_prehire(coach), on=day(1))

    assert (refusal.value.code, refusal.value.field) == ("future", "proposed_on")


@pytest.mark.parametrize("state", ["FILLED", "WITHDRAWN"])
def test_a_closed_job_is_not_proposed(coach, state):
    vacancy = a_vacancy(coach)
    close_vacancy(vacancy=vacancy, state=state, on=today(), actor=coach)

    with pytest.raises(PlacementRefused) as refusal:
        proposed(in_prehire(coach), vacancy)

    assert (refusal.value.code, refusal.value.field) == ("vacancy_closed", "vacancy")


def test_another_organisation_s_job_is_not_proposed(coach):
    with pytest.raises(PlacementRefused) as refusal:
        proposed(in_prehire(coach), a_vacancy(a_coach()))

    assert refusal.value.field == "vacancy"


@pytest.mark.parametrize("on", [-1, 0, 1])
def test_a_job_is_proposed_once_to_a_person_whatever_the_day(coach, frozen, on):
    case, vacancy = in_prehire(coach), a_vacancy(coach)
    proposed(case, vacancy)
    again = day(on)
    frozen(day(1))

    with pytest.raises(InvalidFact) as refusal:
        proposed(case, vacancy, on=again)

    assert refusal.value.message == "Ce poste a déjà été proposé à cette personne."
    assert Match.objects.count() == 1


def test_a_proposal_says_why(coach):
    with pytest.raises(InvalidFact) as refusal:
        proposed(in_prehire(coach), rationale="   ")

    assert refusal.value.field == "rationale"


@pytest.mark.parametrize(("since", "refused"), [("2023-03-03", True), ("2023-03-04", False)])
def test_nothing_is_proposed_from_the_day_the_24_months_are_used_up(coach, frozen, since, refused):
    frozen(since)
    case = in_prehire(coach, since=today())
    frozen("2025-03-03")

    if refused:
        with pytest.raises(ClockExpired) as refusal:
            proposed(case)
        assert "prolongation" in refusal.value.hint
    else:
        assert proposed(case).pk


def test_only_one_s_own_case_is_served_unless_one_coordinates(coach):
    case = in_prehire(coach)
    colleague = a_coach(coach.current_organisation)
    in_prehire(colleague)

    with pytest.raises(NotAllowed):
        proposed(case, actor=colleague)
    assert proposed(case, actor=user_with(Role.COORDINATOR, coach.current_organisation)).pk


# --- deciding


def test_the_person_then_the_employer_agree(coach):
    match = proposed(in_prehire(coach), on=day(-3))

    record_person_decision(match=match, decision=YES, on=day(-2), actor=coach)
    match = record_employer_decision(match=match, decision=YES, on=day(-2), actor=coach)

    assert match.is_accepted
    assert open_matches(match.case) == [match]


def test_the_employer_does_not_decide_first(coach):
    match = proposed(in_prehire(coach))

    with pytest.raises(PlacementRefused) as refusal:
        record_employer_decision(match=match, decision=YES, on=today(), actor=coach)

    assert refusal.value.code == "person_first"


def test_the_employer_says_nothing_of_what_the_person_refused(coach):
    match = proposed(in_prehire(coach))
    match = record_person_decision(match=match, decision=NO, on=today(), actor=coach, reason="Trop loin.")

    assert match.is_refused
    with pytest.raises(PlacementRefused) as refusal:
        record_employer_decision(match=match, decision=YES, on=today(), actor=coach)
    assert refusal.value.code == "person_first"


def test_the_employer_does_not_decide_before_the_person(coach):
    match = proposed(in_prehire(coach), on=day(-3))
    record_person_decision(match=match, decision=YES, on=day(-1), actor=coach)

    with pytest.raises(PlacementRefused) as refusal:
        record_employer_decision(match=match, decision=YES, on=day(-2), actor=coach)

    assert (refusal.value.code, refusal.value.field) == ("before_person", "on")


@pytest.mark.parametrize(
    ("decision", "offset", "reason", "code", "field"),
    [
        (YES, 1, "", "future", "on"),
        (YES, -4, "", "before_proposal", "on"),
        (NO, 0, "  ", "refusal_reason", "reason"),
        (Decision.PENDING, 0, "", "no_decision", "decision"),
        ("MAYBE", 0, "", "no_decision", "decision"),
    ],
)
def test_an_impossible_answer_is_refused_beside_its_field(coach, decision, offset, reason, code, field):
    match = proposed(in_prehire(coach), on=day(-3))

    with pytest.raises(PlacementRefused) as refusal:
        record_person_decision(match=match, decision=decision, on=day(offset), actor=coach, reason=reason)

    assert (refusal.value.code, refusal.value.field) == (code, field)
    match.refresh_from_db()
    assert match.person_decision == "PENDING"


def test_an_answer_is_recorded_once(coach):
    match = an_accepted_match(in_prehire(coach))

    for act in (record_person_decision, record_employer_decision):
        with pytest.raises(PlacementRefused) as refusal:
            act(match=match, decision=NO, on=today(), actor=coach, reason="Finalement non.")
        assert refusal.value.code == "decided"


def test_the_employer_s_refusal_keeps_its_reason(coach):
    match = proposed(in_prehire(coach))
    record_person_decision(match=match, decision=YES, on=today(), actor=coach)

    match = record_employer_decision(match=match, decision=NO, on=today(), actor=coach, reason="A pris quelqu’un.")

    assert (match.is_refused, match.refusal_reason) == (True, "A pris quelqu’un.")
    assert open_matches(match.case) == []


def test_a_match_is_to_be_hired_until_its_contract_is_recorded_or_again_once_it_was_called_off(coach):
    case = in_prehire(coach)
    match = an_accepted_match(case)
    terms = Terms(contract_type="CDI", job_title="Magasinier·ère", starts_on=day(5))
    employment = hire(case=case, company=match.vacancy.company, match=match, terms=terms, actor=coach)
    assert open_matches(case) == []

    cancel_hiring(employment=employment, on=today(), reason="L’employeur renonce.", actor=coach)
    assert open_matches(case) == [match]
