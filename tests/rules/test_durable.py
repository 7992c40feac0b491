"""Placed and durable, kept apart."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.periods import add_months
from placements.rules.clocks import Contract
from placements.rules.durable import DurablePolicy, durable_insertion, durable_progress, placed_since
from tests.rules.oracles import FIRST, contract_strategy, dates, days, naive_runs, works

D = date.fromisoformat
POLICY = DurablePolicy()


def cdd(first, last, employer="E1"):
    return Contract("CDD", employer, D(first), D(last))


@pytest.mark.parametrize(("on", "durable"), [("2026-04-04", False), ("2026-04-05", True), ("2026-04-06", True)])
def test_three_months_in_a_row_with_one_employer(on, durable):
    found = durable_insertion([cdd("2026-01-05", "2026-06-30")], POLICY, D(on))
    assert found.durable is durable
    assert found.since == (D("2026-04-05") if durable else None)


@pytest.mark.parametrize(("last", "durable"), [("2026-04-03", False), ("2026-04-04", True), ("2026-04-05", True)])
def test_the_last_day_worked_completes_the_three_months(last, durable):
    assert durable_insertion([cdd("2026-01-05", last)], POLICY, D("2027-01-01")).durable is durable


def test_a_renewal_expected_in_the_gap_shows_once_its_first_day_is_over():
    contracts = [cdd("2026-01-05", "2026-04-02"), cdd("2026-04-07", "2026-06-30")]
    assert not durable_insertion(contracts, POLICY, D("2026-04-07")).durable
    assert durable_insertion(contracts, POLICY, D("2026-04-08")).since == D("2026-04-08")


@pytest.mark.parametrize(("second", "durable"), [("2026-03-08", True), ("2026-03-09", False)])
def test_seven_days_without_work_are_still_in_a_row(second, durable):
    contracts = [cdd("2026-01-05", "2026-02-28"), cdd(second, "2026-04-30")]
    assert durable_insertion(contracts, POLICY, D("2026-05-10")).durable is durable


def test_a_cdi_after_a_cdd_at_the_same_employer_goes_on_counting():
    contracts = [cdd("2026-01-05", "2026-02-28"), Contract("CDI", "E1", D("2026-03-01"))]
    assert durable_insertion(contracts, POLICY, D("2026-04-05")).since == D("2026-04-05")


@pytest.mark.parametrize(("last", "durable"), [("2026-08-02", False), ("2026-08-03", True)])
def test_182_days_of_work_with_several_employers(last, durable):
    contracts = [
        cdd("2026-01-05", "2026-02-28", "E1"),
        cdd("2026-03-09", "2026-05-10", "E2"),
        cdd("2026-06-01", last, "E3"),
    ]
    found = durable_insertion(contracts, POLICY, D("2026-12-31"))
    assert found.since == (D("2026-08-04") if durable else None)


def test_durable_once_reached_stays():
    assert durable_insertion([cdd("2026-01-05", "2026-04-30")], POLICY, D("2030-01-01")).since == D("2026-04-05")


@given(st.lists(contract_strategy(types=("CDI", "CDD", "INTERIM", "PFI")), max_size=5), dates(span=1600))
def test_durable_is_what_one_would_find_day_by_day(contracts, on):
    counted = [c for c in contracts if c.type in POLICY.counted_types]

    def durable_looking_before(d):
        in_a_row = any(last + timedelta(days=1) >= add_months(first, 3) for _, first, last in naive_runs(counted, d, 7))
        return in_a_row or sum(any(works(c, x) for c in counted) for x in days(FIRST, d)) >= 182

    found = durable_insertion(contracts, POLICY, on)
    assert found.durable is durable_looking_before(on)
    if found.since is not None:
        assert durable_looking_before(found.since)
        assert not durable_looking_before(found.since - timedelta(days=1))


@pytest.mark.parametrize(
    ("on", "since"), [("2026-01-04", None), ("2026-01-05", "2026-01-05"), ("2027-01-01", "2026-01-05")]
)
def test_placed_is_the_first_day_of_any_contract_of_employment(on, since):
    contracts = [
        Contract("PFI", "E1", D("2025-10-01"), D("2025-12-31")),
        Contract("CDD", "E1", D("2025-12-01"), D("2026-01-31"), D("2025-11-30")),
        cdd("2026-01-05", "2026-01-05"),
        cdd("2026-02-01", "2026-02-28"),
    ]
    assert placed_since(contracts, POLICY, D(on)) == (None if since is None else D(since))


def test_a_person_is_placed_long_before_being_durably_so():
    contracts = [cdd("2026-01-05", "2026-01-09")]
    assert placed_since(contracts, POLICY, D("2026-12-31")) == D("2026-01-05")
    assert not durable_insertion(contracts, POLICY, D("2026-12-31")).durable


def progress(on, *contracts):
    return durable_progress(list(contracts), POLICY, D(on))


def test_what_is_missing_before_any_work():
    found = progress("2026-01-05")
    assert (found.worked_days, found.missing_days, found.expected_on, found.employer) == (0, 182, None, None)


@pytest.mark.parametrize(("on", "worked"), [("2026-01-05", 0), ("2026-01-06", 1), ("2026-04-04", 89)])
def test_a_permanent_job_says_when_it_will_be_durable(on, worked):
    found = progress(on, Contract("CDI", "E1", D("2026-01-05")))
    assert (found.worked_days, found.expected_on) == (worked, D("2026-04-05"))
    assert found.last_day_needed is None


@pytest.mark.parametrize(("on", "missing"), [("2026-07-05", 1), ("2026-07-06", 0), ("2026-07-07", 0)])
def test_no_day_is_missing_once_182_are_worked(on, missing):
    assert progress(on, Contract("CDI", "E1", D("2026-01-05"))).missing_days == missing


@pytest.mark.parametrize("on", ["2026-04-05", "2026-04-06"])
def test_nothing_is_expected_any_more_from_the_day_on_which_it_is_durable(on):
    assert progress(on, Contract("CDI", "E1", D("2026-01-05"))).expected_on is None


@pytest.mark.parametrize(
    ("last", "needed"),
    [("2026-04-03", D("2026-04-04")), ("2026-04-04", None)],
)
def test_a_fixed_term_says_until_when_it_would_have_to_go_on(last, needed):
    found = progress("2026-02-02", cdd("2026-01-05", last))
    assert found.last_day_needed == needed
    assert found.employer == ("E1" if needed else None)
    assert found.expected_on == (None if needed else D("2026-04-05"))


def test_of_two_jobs_the_one_that_is_nearest_is_named():
    found = progress("2026-03-02", cdd("2026-02-02", "2026-03-31", "E1"), cdd("2026-01-19", "2026-03-15", "E2"))
    assert (found.employer, found.last_day_needed) == ("E2", D("2026-04-18"))


def test_a_job_that_is_over_is_not_proposed_again_and_a_stage_counts_for_nothing():
    found = progress(
        "2026-03-02", cdd("2026-01-05", "2026-01-30"), Contract("STAGE", "E2", D("2026-02-16"), D("2026-05-01"))
    )
    assert (found.worked_days, found.missing_days, found.employer) == (26, 156, None)


def test_a_planned_contract_counts_in_what_is_expected_only():
    found = progress("2026-01-05", cdd("2026-02-02", "2026-12-31"))
    assert (found.worked_days, found.expected_on) == (0, D("2026-05-02"))


@given(st.lists(contract_strategy(types=("CDI", "CDD", "INTERIM", "PFI")), max_size=5), dates(span=1600))
def test_what_is_expected_is_what_the_definition_will_say_that_day(contracts, on):
    found = durable_progress(contracts, POLICY, on)
    reached = durable_insertion(contracts, POLICY, on)
    assert found.worked_days + found.missing_days >= POLICY.several_employers_days
    if found.expected_on is not None:
        assert not reached.durable
        assert durable_insertion(contracts, POLICY, found.expected_on).since == found.expected_on
    if found.last_day_needed is not None:
        longer = [*contracts, Contract("CDD", found.employer, on, found.last_day_needed)]
        assert durable_insertion(longer, POLICY, found.last_day_needed + timedelta(days=1)).durable
