"""Who may do what with an exception: asked by whoever follows the case, decided by somebody who coordinates.

Source: domain, sections 1 (the coordinator approves exceptions), 5 and 8.
"""

from enum import StrEnum

from foundation.rules.lists import ClosedList


class ExceptionState(ClosedList):
    """Where an exception stands; the value is what is stored."""

    REQUESTED = "REQUESTED", "demandée"
    APPROVED = "APPROVED", "accordée"
    REFUSED = "REFUSED", "refusée"
    WITHDRAWN = "WITHDRAWN", "retirée"
    ENDED = "ENDED", "reprise"


class Step(StrEnum):
    """What can be done with an exception."""

    DECIDE = "decide"
    WITHDRAW = "withdraw"
    TAKE_BACK = "take_back"


#: the only state from which each step leads on: what was refused, withdrawn or taken back is asked anew
_FROM = {
    Step.DECIDE: ExceptionState.REQUESTED,
    Step.WITHDRAW: ExceptionState.REQUESTED,
    Step.TAKE_BACK: ExceptionState.APPROVED,
}


def leads_on(state: str, step: Step) -> bool:
    """Return whether a step can be taken from a state."""
    return state == _FROM[step]


def may_wait_again(state: str, *, is_own_decision: bool, is_of_today: bool) -> bool:
    """Return whether an answer can be undone as if it had not been given: by its author, on its day.

    What was granted is otherwise taken back, with a reason (`Step.TAKE_BACK`); what was refused is asked anew.
    """
    return state in (ExceptionState.APPROVED, ExceptionState.REFUSED) and is_own_decision and is_of_today


def may_still_be_granted(*, is_open: bool, has_days: bool) -> bool:
    """Return whether a request can still be granted: after the exit only what is about days of before (``has_days``).

    Months and doors that nobody can use any more are refused, so that no request waits for ever.
    """
    return is_open or has_days


def decides_for_oneself(*, asked_by_self: bool, carries_case: bool, in_one_gesture: bool, others: bool) -> bool:
    """Return whether a decision would be somebody's own on their own request, while somebody else could take it.

    ``asked_by_self``: whoever decides has asked. ``carries_case``: they follow the case themselves.
    ``in_one_gesture``: asked and granted at once, by whoever coordinates: that is no request of theirs, unless they
    follow the case. ``others``: somebody else coordinates here. Alone, a coordinator decides all the same.
    """
    own = carries_case if in_one_gesture else asked_by_self
    return own and others
