"""Rates that say what they are made of, and how long jobs last when many still run."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.rates import MIN_CASES, Rate, mean
from reporting.trajectories.rules.survival import Observation, at_risk_at, kaplan_meier, median_days, survival_at


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [(2, 4, None), (2, 5, "40.0"), (1, 8, "12.5"), (1, 16, "6.3"), (1, 3000, "0.0"), (2, 3, None), (1, 6, "16.7")],
)
def test_a_percentage_is_rounded_half_up_and_hidden_below_five_cases(numerator, denominator, percent):
    found = Rate(numerator, denominator, "personnes placées / personnes sorties").percent
    assert found == (None if percent is None else Decimal(percent))


def test_a_half_is_rounded_up_and_not_to_even():
    assert Rate(1, 400, "x").percent == Decimal("0.3")
    assert Rate(1, 80, "x").percent == Decimal("1.3")


def test_a_rate_may_pass_a_hundred_percent():
    assert Rate(12, 10, "phases 4 / phases 3").percent == Decimal("120.0")


@pytest.mark.parametrize(("numerator", "denominator", "definition"), [(-1, 5, "x"), (1, -5, "x"), (1, 5, " ")])
def test_a_rate_that_could_not_be_explained_is_refused(numerator, denominator, definition):
    with pytest.raises(ValueError, match=r"negative|definition"):
        Rate(numerator, denominator, definition)


def test_nobody_is_a_figure_too():
    assert Rate(0, 0, "x").percent is None
    assert Rate(0, 5, "x").percent == 0
    assert mean(0, 0) is None
    assert mean(0, 5) == 0
    assert mean(5, 5) == 1


def test_a_mean_is_hidden_below_five_cases_too():
    assert mean(13, 10) == Decimal("1.3")
    assert mean(5, MIN_CASES - 1) is None
    with pytest.raises(ValueError, match="negative"):
        mean(-1, 10)


def test_the_textbook_example():
    # Ends at 6 (three of them), 7, 10; still running at 6, 9, 11: the first rows of Freireich's trial.
    observed = [Observation(6, True)] * 3 + [Observation(6, False), Observation(7, True), Observation(9, False)]
    steps = kaplan_meier([*observed, Observation(10, True), Observation(11, False)])
    assert [(s.day, s.at_risk, s.ended, s.censored) for s in steps] == [
        (6, 8, 3, 1),
        (7, 4, 1, 0),
        (9, 3, 0, 1),
        (10, 2, 1, 0),
        (11, 1, 0, 1),
    ]
    five_eighths = Fraction(5, 8)
    assert [s.survival for s in steps] == [
        five_eighths,
        five_eighths * Fraction(3, 4),
        five_eighths * Fraction(3, 4),
        five_eighths * Fraction(3, 8),
        five_eighths * Fraction(3, 8),
    ]
    assert median_days(steps) == 7


def test_nothing_is_said_beyond_the_last_observation():
    steps = kaplan_meier([Observation(30, True), Observation(90, False)])
    assert survival_at(steps, 0) == 1
    assert survival_at(steps, 29) == 1
    assert survival_at(steps, 30) == Fraction(1, 2)
    assert survival_at(steps, 90) == Fraction(1, 2)
    assert survival_at(steps, 91) is None
    assert survival_at((), 0) is None
    assert survival_at(kaplan_meier([Observation(30, True)]), 400) == 0


def test_the_median_is_the_day_on_which_half_have_ended():
    assert median_days(kaplan_meier([Observation(30, True), Observation(90, True)])) == 30


def test_half_must_have_ended_for_a_median():
    assert median_days(kaplan_meier([Observation(30, True), Observation(90, False), Observation(90, False)])) is None


def test_a_negative_duration_is_refused():
    with pytest.raises(ValueError, match="negative"):
        Observation(-1, True)


observations = st.lists(st.builds(Observation, st.integers(0, 60), st.booleans()), min_size=1, max_size=25)


@given(observations)
def test_the_numbers_at_risk_are_those_observed_until_that_day(observed):
    steps = kaplan_meier(observed)
    for day in range(62):
        assert at_risk_at(steps, day) == sum(o.days >= day for o in observed)
    shares = [s.survival for s in steps]
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share <= 1 for share in shares)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=25))
def test_without_running_jobs_it_is_the_plain_share(durations):
    steps = kaplan_meier(Observation(days, True) for days in durations)
    for day in range(61):
        assert survival_at(steps, day) == Fraction(sum(d > day for d in durations), len(durations))
