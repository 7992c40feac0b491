"""Loads against the norm, before and after a hand-over."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.rules.caseload import Load, exchanges, norm_for, shifts


@pytest.mark.parametrize(
    ("fte", "cases", "over"),
    [("1", 20, 0), ("1", 21, 1), ("0.5", 10, 0), ("0.5", 11, 1), ("0.8", 17, 1), ("0", 0, 0), ("0", 3, 3)],
)
def test_the_norm_is_twenty_for_a_full_time(fte, cases, over):
    assert Load(cases, norm_for(Decimal(fte), 20)).over_by == over


def test_the_giver_first_then_whoever_receives():
    loads = {name: Load(cases, Decimal(20)) for name, cases in (("A", 18), ("B", 20), ("C", 5), ("D", 1))}
    found = [(one.coach, one.before.cases, one.after.cases, one.after.over_by) for one in shifts(loads, "B", "CAC")]
    assert found == [("B", 20, 17, 0), ("A", 18, 19, 0), ("C", 5, 7, 0)]


def test_cases_of_several_givers_move_every_load_once():
    loads = {name: Load(cases, Decimal(20)) for name, cases in (("A", 18), ("B", 20), ("C", 5), ("D", 1))}
    found = [(one.coach, one.after.cases) for one in exchanges(loads, [("A", "C"), ("B", "C"), ("C", "C")])]
    assert found == [("A", 17), ("B", 19), ("C", 7)]


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 40), min_size=1), st.data())
def test_no_case_is_lost(cases, data):
    loads = {coach: Load(number, Decimal(20)) for coach, number in cases.items()}
    giver = data.draw(st.sampled_from(sorted(loads)))
    receivers = data.draw(st.lists(st.sampled_from(sorted(loads)), max_size=20))
    found = shifts(loads, giver, receivers)
    assert sum(one.after.cases for one in found) == sum(one.before.cases for one in found)
    assert {one.coach for one in found} == {giver, *receivers}
    kept = sum(receiver == giver for receiver in receivers)
    assert found[0].before.cases - found[0].after.cases == len(receivers) - kept
