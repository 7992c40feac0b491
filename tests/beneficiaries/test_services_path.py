"""Coachability, agreements and the action plan: every refusal with its field, the days around each limit."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from beneficiaries.models import CoachabilityCheck, CoachingCase, Objective, Obstacle
from beneficiaries.services.path import (
    PathRefused,
    add_obstacle,
    change_obstacle,
    check_coachability,
    set_objective,
    settle_objective,
    sign_agreement,
)
from beneficiaries.services.phases import exit_case
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import InvalidFact
from privacy.history import history_of
from tests.factories.stories import a_case, a_coach, a_contact, closed
from tests.properties.ledger import ledger

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
D = date.fromisoformat


@pytest.fixture
def case(frozen) -> CoachingCase:
    """Opened on 3 February 2025; today is 3 March."""
    return a_case(a_coach(), opened_on=D("2025-02-03"))


def refusal_of(act) -> DomainError:
    """The refusal of an act that writes nothing."""
    before = ledger()
    with pytest.raises(DomainError) as refusal:
        act()
    assert refusal.value.message
    assert ledger() == before
    return refusal.value


def coachable(case, on=None, **given):
    conditions = dict.fromkeys(("volunteer", "informed", "available", "ordinary_job"), True) | given
    return check_coachability(case=case, on=on or today(), actor=case.coach, **conditions)


# --- common to all ----------------------------------------------------------------------------------------------------

ACTS = {
    "coachability": (lambda case, on: coachable(case, on), "checked_on"),
    "agreement": (
        lambda case, on: sign_agreement(case=case, kind="CONVENTION", signed_on=on, actor=case.coach),
        "signed_on",
    ),
    "obstacle": (
        lambda case, on: add_obstacle(case=case, kind="DEBT", identified_on=on, actor=case.coach),
        "identified_on",
    ),
    "goal": (lambda case, on: set_objective(case=case, title="Permis", set_on=on, actor=case.coach), "set_on"),
}


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_recorded_of_tomorrow(case, act):
    record, field = ACTS[act]
    refusal = refusal_of(lambda: record(case, today() + DAY))
    assert isinstance(refusal, PathRefused)
    assert (refusal.code, refusal.field) == ("future", field)
    assert record(case, today())


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_added_to_a_closed_case(frozen, act):
    case = closed(a_coach())
    record, _field = ACTS[act]
    refusal = refusal_of(lambda: record(case, today()))
    assert (refusal.code, refusal.field) == ("closed", None)


@pytest.mark.parametrize("act", ACTS)
def test_what_is_recorded_is_signed_in_the_trail(case, act):
    record, _field = ACTS[act]
    (line,) = history_of([record(case, today())])
    assert line.actor == case.coach.get_full_name()


# --- coachability -----------------------------------------------------------------------------------------------------


def test_the_four_conditions_seen_again_replace_what_was_there_and_the_trail_keeps_both(case):
    coachable(case, D("2025-02-10"), available=False)
    check = coachable(case, D("2025-02-17"))
    assert CoachabilityCheck.objects.get() == check
    assert check.is_complete
    assert check.checked_on == D("2025-02-17")
    changed = {change.field for line in history_of([check]) for change in line.changes}
    assert {"available", "checked_on"} <= changed


@pytest.mark.parametrize("condition", ["volunteer", "informed", "available", "ordinary_job"])
def test_one_condition_that_is_not_met_is_enough(case, condition):
    assert not coachable(case, **{condition: False}).is_complete


# --- agreements -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_a_document_is_signed_since_the_opening(case, days, refused):
    act = lambda: sign_agreement(  # noqa: E731
        case=case, kind="TRIPARTITE", signed_on=case.opened_on + days * DAY, actor=case.coach, third_party=" CPAS "
    )
    if refused:
        refusal = refusal_of(act)
        assert (refusal.code, refusal.field) == ("before_opening", "signed_on")
        assert "03/02/2025" in refusal.message
    else:
        agreement = act()
        assert (agreement.third_party, agreement.recorded_by) == ("CPAS", case.coach)


def test_each_document_is_signed_once(case):
    sign_agreement(case=case, kind="CONVENTION", signed_on=today(), actor=case.coach)
    sign_agreement(case=case, kind="TRUST_CONTRACT", signed_on=today(), actor=case.coach)
    refusal = refusal_of(
        lambda: sign_agreement(case=case, kind="CONVENTION", signed_on=today() - DAY, actor=case.coach)
    )
    assert isinstance(refusal, InvalidFact)
    assert refusal.message == "Ce document est déjà enregistré pour ce dossier."


def test_an_unknown_document_is_refused_beside_its_field(case):
    refusal = refusal_of(lambda: sign_agreement(case=case, kind="BAIL", signed_on=today(), actor=case.coach))
    assert refusal.field == "kind"


# --- obstacles --------------------------------------------------------------------------------------------------------


def obstacle_of(case, on="2025-02-10", **given):
    return add_obstacle(case=case, kind="CHILDCARE", identified_on=D(on), actor=case.coach, **given)


def test_an_obstacle_lives_from_the_day_it_is_seen_to_the_day_it_is_lifted(case):
    obstacle = obstacle_of(case, note=" Crèche fermée le mercredi ")
    assert (obstacle.state, obstacle.lifted_on, obstacle.note) == ("IDENTIFIED", None, "Crèche fermée le mercredi")
    obstacle = change_obstacle(obstacle=obstacle, state="LIFTED", on=D("2025-02-20"), actor=case.coach)
    assert (obstacle.state, obstacle.lifted_on) == ("LIFTED", D("2025-02-20"))
    obstacle = change_obstacle(obstacle=obstacle, state="IN_PROGRESS", on=today(), actor=case.coach, note=" Revenu ")
    assert (obstacle.state, obstacle.lifted_on, obstacle.note) == ("IN_PROGRESS", None, "Revenu")


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("2025-02-09", "before_identified"),
        ("2025-02-10", None),
        ("2025-03-03", None),
        ("2025-03-04", "future"),
    ],
)
def test_an_obstacle_is_lifted_since_it_was_seen_and_by_today(case, on, code):
    obstacle = obstacle_of(case)
    act = lambda: change_obstacle(obstacle=obstacle, state="LIFTED", on=D(on), actor=case.coach)  # noqa: E731
    if code is None:
        assert act().lifted_on == D(on)
    else:
        refusal = refusal_of(act)
        assert (refusal.code, refusal.field) == (code, "on")


def test_a_note_written_meanwhile_is_not_lost(case):
    """Two tabs: one writes a note, the other, opened before, lifts the obstacle without touching the note."""
    obstacle = obstacle_of(case)
    seen = Obstacle.objects.get(pk=obstacle.pk)
    change_obstacle(obstacle=obstacle, state="IN_PROGRESS", on=today(), actor=case.coach, note="Place en avril")
    change_obstacle(obstacle=seen, state="LIFTED", on=today(), actor=case.coach)
    obstacle.refresh_from_db()
    assert (obstacle.state, obstacle.note) == ("LIFTED", "Place en avril")


def test_an_obstacle_sent_twice_is_kept_once(case):
    key = uuid4()
    assert obstacle_of(case, submission_id=key) == obstacle_of(case, submission_id=key)
    assert Obstacle.objects.get().pk == key


def test_the_key_of_an_obstacle_of_another_case_writes_nothing(case):
    theirs = obstacle_of(a_case(case.coach, opened_on=case.opened_on))
    assert refusal_of(lambda: obstacle_of(case, submission_id=theirs.pk))


@pytest.mark.parametrize("state", ["GONE", ""])
def test_an_obstacle_has_a_state_of_the_list(case, state):
    obstacle = obstacle_of(case)
    refusal = refusal_of(lambda: change_obstacle(obstacle=obstacle, state=state, on=today(), actor=case.coach))
    assert refusal.field == "state"


# --- goals ------------------------------------------------------------------------------------------------------------


def goal_of(case, on="2025-02-10", **given):
    stated = {"title": " Obtenir le permis "} | given
    return set_objective(case=case, set_on=D(on), actor=case.coach, **stated)


def test_a_goal_is_set_reached_and_taken_up_again(case):
    goal = goal_of(case, target_on=D("2025-06-30"))
    assert (goal.title, goal.state, goal.target_on, goal.settled_on) == (
        "Obtenir le permis",
        "ACTIVE",
        D("2025-06-30"),
        None,
    )
    goal = settle_objective(objective=goal, state="ACHIEVED", on=D("2025-02-20"), actor=case.coach)
    assert (goal.state, goal.settled_on) == ("ACHIEVED", D("2025-02-20"))
    goal = settle_objective(objective=goal, state="ACTIVE", on=today(), actor=case.coach)
    assert (goal.state, goal.settled_on) == ("ACTIVE", None)


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_a_goal_is_due_since_the_day_it_is_set(case, days, refused):
    act = lambda: goal_of(case, target_on=D("2025-02-10") + days * DAY)  # noqa: E731
    if refused:
        refusal = refusal_of(act)
        assert (refusal.code, refusal.field) == ("target_before_set", "target_on")
    else:
        assert act()


@pytest.mark.parametrize(
    ("on", "code"),
    [("2025-02-09", "before_set"), ("2025-02-10", None), ("2025-03-03", None), ("2025-03-04", "future")],
)
@pytest.mark.parametrize("state", ["ACHIEVED", "DROPPED"])
def test_a_goal_is_settled_since_it_was_set_and_by_today(case, state, on, code):
    goal = goal_of(case)
    act = lambda: settle_objective(objective=goal, state=state, on=D(on), actor=case.coach)  # noqa: E731
    if code is None:
        assert act().settled_on == D(on)
    else:
        refusal = refusal_of(act)
        assert (refusal.code, refusal.field) == (code, "on")


@pytest.mark.parametrize(("given", "field"), [({"title": "   "}, "title"), ({"title": "x" * 201}, "title")])
def test_a_goal_has_a_title_that_fits(case, given, field):
    assert refusal_of(lambda: goal_of(case, **given)).field == field


def test_a_goal_sent_twice_is_kept_once_and_contacts_serve_it(case):
    key = uuid4()
    goal = goal_of(case, submission_id=key)
    assert goal_of(case, submission_id=key) == goal == Objective.objects.get()
    assert list(a_contact(case, objectives=[goal]).objectives.all()) == [goal]


def test_what_was_planned_of_a_case_that_closed_is_settled_no_more(frozen):
    coach = a_coach()
    case = a_case(coach)
    goal, obstacle = goal_of(case, "2025-02-20"), obstacle_of(case, "2025-02-20")
    exit_case(case=case, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coach)
    for act in (
        lambda: settle_objective(objective=goal, state="ACHIEVED", on=today(), actor=coach),
        lambda: change_obstacle(obstacle=obstacle, state="LIFTED", on=today(), actor=coach),
    ):
        assert refusal_of(act).code == "closed"
