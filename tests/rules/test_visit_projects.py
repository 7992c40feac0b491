"""Which project the time of a visit is proposed for."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.rules.projects import Proposal, Why, proposed_project


@pytest.mark.parametrize(
    ("running", "habits", "expected"),
    [
        ((), {"A": 3}, Proposal()),
        (("A",), {}, Proposal("A", Why.ONLY)),
        (("A",), {"B": 9}, Proposal("A", Why.ONLY)),
        (("A", "B"), {}, Proposal()),
        (("A", "B"), {"B": 1}, Proposal("B", Why.USUAL)),
        (("A", "B"), {"A": 0}, Proposal()),
        (("A", "B"), {"A": 2, "B": 3}, Proposal("B", Why.USUAL)),
        (("A", "B"), {"A": 3, "B": 3}, Proposal()),
        (("A", "B", "C"), {"A": 3, "B": 1, "C": 3}, Proposal()),
        # The one that is over is proposed no more, however usual it was.
        (("A", "B"), {"B": 1, "OVER": 50}, Proposal("B", Why.USUAL)),
    ],
)
def test_the_only_one_else_the_most_usual_one(running, habits, expected) -> None:
    for order in permutations(running):
        assert proposed_project(order, habits) == expected


@given(st.sets(st.integers(0, 5)), st.dictionaries(st.integers(0, 8), st.integers(0, 4)))
def test_what_is_proposed_runs_and_nothing_running_is_more_usual(running, habits) -> None:
    found = proposed_project(sorted(running), habits)
    assert (found.project is None) == (found.why is Why.NOTHING)
    if found.project is not None:
        assert found.project in running
        assert all(habits.get(one, 0) <= habits.get(found.project, 0) for one in running if len(running) > 1)
