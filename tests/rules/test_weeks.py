"""Work by the week: what a week is, and what weeks without work take from the clocks, the jobs and the insertions."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.periods import Period
from placements.rules.clocks import ClockPolicy, Contract, jobs, prehire_clock
from placements.rules.durable import DurablePolicy, durable_insertion
from placements.rules.weeks import WEEK, Week, WeekState, idle_mondays, idle_periods, monday_of, weeks_between
from placements.rules.windows import windows

MONDAY = date(2026, 9, 7)
POLICY = ClockPolicy()


@pytest.mark.parametrize(
    ("days", "hours", "state"),
    [
        (None, None, WeekState.UNKNOWN),
        ("0", None, WeekState.IDLE),
        (None, "0", WeekState.IDLE),
        ("0", "0", WeekState.IDLE),
        ("0.5", None, WeekState.WORKED),
        (None, "3.75", WeekState.WORKED),
        ("0", "4", WeekState.WORKED),
    ],
)
def test_the_state_of_a_week(days, hours, state):
    week = Week(MONDAY, days and Decimal(days), hours and Decimal(hours))
    assert week.state is state
    assert idle_mondays([week]) == ((MONDAY,) if state is WeekState.IDLE else ())


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [(0, 0, 1), (0, 6, 1), (0, 7, 2), (3, 6, 1), (6, 7, 2), (2, 34, 5)],
)
def test_the_weeks_of_a_span_of_days(first, last, number):
    found = weeks_between(MONDAY + timedelta(first), MONDAY + timedelta(last))
    assert (len(found), found[0]) == (number, MONDAY)


def interim(*idle_weeks, weeks=30):
    idle = idle_periods(MONDAY + number * WEEK for number in idle_weeks)
    return Contract("INTERIM", "agency", MONDAY, MONDAY + weeks * WEEK - timedelta(days=3), idle=idle)


def clock(contract, on):
    return prehire_clock(
        started_on=date(2026, 3, 2),
        contracts=[contract],
        suspensions=[],
        closed_on=None,
        extension_months=0,
        policy=POLICY,
        on=on,
    )


@pytest.mark.parametrize(
    ("idle", "jobs_found", "stopped"),
    [
        # Friday evening ends nothing; one week without work is at most seven days, two are more.
        ((), 1, 70),
        ((3,), 1, 63),
        ((3, 5), 1, 56),
        ((3, 4), 2, 56),
        ((0,), 1, 63),
    ],
)
def test_weeks_without_work_are_counted_and_more_than_seven_days_make_two_jobs(idle, jobs_found, stopped):
    contract = interim(*idle)
    found = jobs([contract], types=POLICY.followed_types, gap_days=7)
    assert len(found) == len(windows([contract], POLICY)) == jobs_found
    assert clock(contract, MONDAY + 10 * WEEK).stopped_days == stopped
    assert {job.contracts for job in found} == {(contract,)}


def test_a_durable_insertion_counts_the_weeks_with_work():
    policy = DurablePolicy(several_employers_days=70, same_employer_months=24)
    assert durable_insertion([interim()], policy, date.max).since == MONDAY + 10 * WEEK
    assert durable_insertion([interim(2, 3)], policy, date.max).since == MONDAY + 12 * WEEK


def test_three_months_in_a_row_are_not_reached_across_too_long_a_gap():
    policy = DurablePolicy()
    assert durable_insertion([interim(weeks=14)], policy, date.max).durable
    assert durable_insertion([interim(6, weeks=14)], policy, date.max).durable
    assert not durable_insertion([interim(6, 7, weeks=14)], policy, date.max).durable


@given(st.sets(st.integers(0, 29)), st.integers(0, 260))
def test_the_clock_counts_day_by_day_what_no_week_covers(idle, after):
    contract, on = interim(*idle), MONDAY + timedelta(after)
    without = {MONDAY + number * WEEK for number in idle}
    last = contract.ends_on
    days = [MONDAY + timedelta(n) for n in range(after)]
    covered = [day for day in days if day <= last and monday_of(day) not in without]
    assert clock(contract, on).stopped_days == len(covered)
    assert sum(piece.days() for piece in contract.stretches) == sum(
        monday_of(MONDAY + timedelta(n)) not in without for n in range((last - MONDAY).days + 1)
    )
    assert all(not piece.overlaps(gap) for piece in contract.stretches for gap in contract.idle)


def test_an_open_contract_stays_open_after_its_last_week_without_work():
    contract = Contract("INTERIM", "agency", MONDAY, idle=idle_periods([MONDAY + WEEK]))
    assert contract.stretches == (Period(MONDAY, MONDAY + WEEK), Period(MONDAY + 2 * WEEK, None))
