"""Who may do what with an exception, and from which state."""

import pytest

from beneficiaries.rules.exceptions import ExceptionState, Step, decides_for_oneself, leads_on, may_still_be_granted


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (ExceptionState.REQUESTED, {Step.DECIDE, Step.WITHDRAW}),
        (ExceptionState.APPROVED, {Step.TAKE_BACK}),
        (ExceptionState.REFUSED, set()),
        (ExceptionState.WITHDRAWN, set()),
        (ExceptionState.ENDED, set()),
    ],
)
def test_what_can_be_done_from_each_state(state, steps) -> None:
    assert {step for step in Step if leads_on(state, step)} == steps


@pytest.mark.parametrize("others", [True, False])
@pytest.mark.parametrize(
    ("asked", "carries", "gesture", "own"),
    [
        (True, False, False, True),
        (True, True, False, True),
        (False, True, False, False),
        (False, False, False, False),
        (True, False, True, False),
        (True, True, True, True),
    ],
)
def test_nobody_decides_on_their_own_request_while_somebody_else_could(asked, carries, gesture, own, others) -> None:
    found = decides_for_oneself(asked_by_self=asked, carries_case=carries, in_one_gesture=gesture, others=others)
    assert found is (own and others)


@pytest.mark.parametrize(
    ("is_open", "has_days", "may"),
    [(True, True, True), (True, False, True), (False, True, True), (False, False, False)],
)
def test_after_an_exit_only_days_of_before_it_are_granted(is_open, has_days, may) -> None:
    assert may_still_be_granted(is_open=is_open, has_days=has_days) is may
