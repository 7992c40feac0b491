"""What is done first: the order of the steps, and what each visitor is told to begin with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.first_steps import FirstAct, StepFact, StepState, Visit, first_act, is_set_up, step_states

DONE, LEFT, FREE = StepFact(True), StepFact(False), StepFact(False, is_free=True)
FACTS = st.lists(st.builds(StepFact, st.booleans(), st.booleans()), max_size=8)


@pytest.mark.parametrize(
    ("steps", "states"),
    [
        ([], ""),
        ([LEFT, LEFT], "next later"),
        ([DONE, LEFT], "done next"),
        # done before its turn
        ([LEFT, DONE, LEFT], "next done later"),
        # what can be done without holds nothing up
        ([FREE, LEFT], "free next"),
        ([DONE, FREE, DONE], "done free done"),
        ([StepFact(True, is_free=True), DONE], "done done"),
    ],
)
def test_the_first_that_is_wanted_is_next(steps, states):
    assert " ".join(step_states(steps)) == states


@pytest.mark.parametrize(
    ("steps", "over"), [([DONE, FREE, DONE], True), ([DONE, LEFT], False), ([FREE], True), ([LEFT], False)]
)
def test_the_steps_are_over_without_what_can_be_done_without(steps, over):
    assert is_set_up(steps) is over


@given(FACTS)
def test_one_step_is_next_until_all_is_set_up(steps):
    assert step_states(steps).count(StepState.NEXT) == (0 if is_set_up(steps) else 1)


@pytest.mark.parametrize(
    ("visit", "act"),
    [
        (Visit(opens=True, reads_names=True), FirstAct.OPEN),
        (Visit(opens=True, reads_names=True, has_people=True), FirstAct.RECEIVE),
        (Visit(opens=True, invites=True, reads_names=True), FirstAct.OPEN),
        (Visit(invites=True, reads_names=True), FirstAct.INVITE),
        (Visit(invites=True, reads_names=True, has_team=True), FirstAct.WAIT),
        (Visit(reads_names=True, has_team=True), FirstAct.WAIT),
        (Visit(only_inspects=True), FirstAct.READ_SENT),
        (Visit(), FirstAct.READ_FIGURES),
    ],
)
def test_what_comes_first(visit, act):
    assert first_act(visit) == act


VISITS = st.builds(Visit, **{name: st.booleans() for name in Visit.__dataclass_fields__})


@given(VISITS)
def test_nobody_is_told_to_do_what_they_may_not(visit):
    act = first_act(visit)
    assert visit.opens or act not in {FirstAct.OPEN, FirstAct.RECEIVE}
    assert visit.invites or act != FirstAct.INVITE
    assert visit.reads_names or act != FirstAct.WAIT
