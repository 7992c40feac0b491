"""What is done first: by whoever sets an organisation up, and by each role where its page has nothing to show yet.

Everything is read from what the organisation holds; no step is ever ticked by hand, nor kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class StepState(StrEnum):
    """Where one of the first steps stands."""

    DONE = "done"
    NEXT = "next"
    LATER = "later"
    #: may be done, and holds up nothing: the values of the method are there without it
    FREE = "free"


@dataclass(frozen=True, slots=True)
class StepFact:
    """One of the first steps: whether what it leads to exists, and whether an organisation can do without."""

    is_done: bool
    is_free: bool = False


def step_states(steps: Sequence[StepFact]) -> list[StepState]:
    """The state of each step, in the given order: the first that is wanted and not done is the next one.

    What can be done without is never the next, and a step done before its turn is done.
    """
    states: list[StepState] = []
    for step in steps:
        if step.is_done:
            states.append(StepState.DONE)
        elif step.is_free:
            states.append(StepState.FREE)
        else:
            states.append(StepState.LATER if StepState.NEXT in states else StepState.NEXT)
    return states


def is_set_up(steps: Sequence[StepFact]) -> bool:
    """Whether nothing that is wanted is left to do: the steps are shown no more."""
    return all(step.is_done or step.is_free for step in steps)


class FirstAct(StrEnum):
    """What somebody does first, where their page has nothing to show yet."""

    #: nobody is accompanied here yet: open the first case
    OPEN = "open"
    #: the organisation accompanies people, none of them theirs: one is handed over, or they open one
    RECEIVE = "receive"
    #: nobody may accompany anyone yet: bring them in
    INVITE = "invite"
    #: others act first
    WAIT = "wait"
    #: whoever inspects finds no case: the reports that were sent are there to read
    READ_SENT = "read sent"
    #: whoever reads figures has none that were sent: ask for some
    READ_FIGURES = "read figures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who comes, as far as a first page depends on it, and what their organisation holds.

    Attributes:
        only_inspects: reads cases for an inspection and in no other way.
        reads_names: may see who is accompanied.
        opens: may open a case.
        invites: may give access to others.
        has_team: somebody of the organisation may carry a case today.
        has_people: a case was opened there once.
    """

    only_inspects: bool = False
    reads_names: bool = False
    opens: bool = False
    invites: bool = False
    has_team: bool = False
    has_people: bool = False


def first_act(visit: Visit) -> FirstAct:
    """What comes first for a visitor whose page is empty; never what they may not do."""
    if visit.only_inspects:
        return FirstAct.READ_SENT
    if visit.opens:
        return FirstAct.RECEIVE if visit.has_people else FirstAct.OPEN
    if visit.invites and not visit.has_team:
        return FirstAct.INVITE
    return FirstAct.WAIT if visit.reads_names else FirstAct.READ_FIGURES
