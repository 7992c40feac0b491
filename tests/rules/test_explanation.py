"""The lines that explain the deadline add up to it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.rules.clocks import ClockPolicy, Contract, Suspension, prehire_clock
from placements.rules.explanation import LineKind, explain
from tests.rules.oracles import contract_strategy, dates, suspension_strategy

D = date.fromisoformat
START = D("2024-01-08")


def explained(contracts=(), suspensions=(), *, extension=0, carried=0, on="2024-08-01", start=START):
    return explain(
        started_on=start,
        contracts=contracts,
        suspensions=suspensions,
        closed_on=None,
        extension_months=extension,
        carried_over_days=carried,
        policy=ClockPolicy(),
        on=D(on),
    )


def told(explanation):
    return [(line.kind.value, line.days, line.deadline) for line in explanation.lines]


def test_without_events_the_lines_are_the_start_the_allowance_and_the_result():
    assert told(explained()) == [
        ("start", 0, None),
        ("allowance", 731, D("2026-01-08")),
        ("result", 731 - 206, D("2026-01-08")),
    ]


def test_every_event_is_a_line_with_the_deadline_it_leads_to():
    contract = Contract("CDD", "E1", D("2024-04-01"), D("2024-06-30"))
    found = explained([contract], extension=3, carried=100)
    assert told(found) == [
        ("start", 0, None),
        ("allowance", 731, D("2026-01-08")),
        ("extension", 90, D("2026-04-08")),
        ("carried_over", -100, D("2025-12-29")),
        ("stop", 91, D("2026-03-30")),
        ("result", 821 - 100 - (206 - 91), D("2026-03-30")),
    ]
    stop = found.lines[4]
    assert (stop.starts_on, stop.ends_on, stop.contracts) == (D("2024-04-01"), D("2024-06-30"), (contract,))


def test_overlapping_stops_are_one_line_with_its_days_counted_once():
    first = Contract("CDD", "E1", D("2024-04-01"), D("2024-06-30"))
    second = Contract("CDD", "E2", D("2024-06-15"), D("2024-08-31"))
    illness = Suspension(D("2024-09-01"), D("2024-09-10"))
    found = explained([first, second], [illness])
    stops = [line for line in found.lines if line.kind is LineKind.STOP]
    assert [(s.days, s.contracts, s.suspensions) for s in stops] == [(163, (first, second), (illness,))]


def test_a_stop_that_comes_too_late_is_shown_without_effect():
    late = Contract("CDD", "E1", D("2026-02-01"), D("2026-03-31"))
    stop = explained([late], on="2026-02-15").lines[2]
    assert (stop.kind, stop.days, stop.in_force, stop.deadline) == (LineKind.STOP, 0, False, D("2026-01-08"))


@pytest.mark.parametrize(
    ("first", "in_force", "days"), [("2026-01-07", True, 10), ("2026-01-08", False, 0), ("2026-01-09", False, 0)]
)
def test_a_stop_counts_when_it_begins_before_the_clock_runs_out(first, in_force, days):
    stop = explained([Contract("CDD", "E1", D(first), D(first) + timedelta(days=9))]).lines[2]
    assert (stop.in_force, stop.days) == (in_force, days)


@pytest.mark.parametrize(("carried", "in_force"), [(730, True), (731, False), (732, False)])
def test_a_stop_has_no_effect_when_a_former_case_left_nothing(carried, in_force):
    found = explained([Contract("CDD", "E1", START, D("2024-01-31"))], carried=carried, on="2024-01-08")
    assert found.lines[3].in_force is in_force


def test_each_stop_is_told_after_those_before_it():
    spring = Contract("CDD", "E1", D("2024-03-01"), D("2024-03-10"))
    summer = Contract("CDD", "E1", D("2024-07-01"), D("2024-07-20"))
    stops = explained([summer, spring]).lines[2:4]
    assert [(s.contracts, s.days, s.deadline) for s in stops] == [
        ((spring,), 10, D("2026-01-18")),
        ((summer,), 20, D("2026-02-07")),
    ]


def test_a_stop_is_made_of_what_stops_the_clock_alone():
    job = Contract("CDD", "E1", D("2024-04-01"), D("2024-06-30"))
    stage = Contract("STAGE", "E1", D("2024-05-01"), D("2024-05-12"))
    other = Contract("CDD", "E1", D("2024-09-01"), D("2024-09-30"))
    assert explained([job, stage, other]).lines[2].contracts == (job,)


def test_an_open_ended_stop_has_no_length_and_leads_to_no_date():
    stop, result = explained([Contract("CDI", "E1", D("2024-05-06"))]).lines[2:]
    assert (stop.days, stop.ends_on, stop.deadline, stop.in_force) == (None, None, None, True)
    assert result.deadline is None


def test_a_contract_that_stops_nothing_is_no_line():
    stage = Contract("STAGE", "E1", D("2024-04-01"), D("2024-06-30"))
    assert told(explained([stage])) == told(explained())


@given(
    dates(),
    st.lists(contract_strategy(types=("CDI", "CDD", "INTERIM", "STAGE")), max_size=5),
    st.lists(suspension_strategy(), max_size=3),
    st.integers(0, 6),
    st.integers(0, 800),
)
def test_the_lines_add_up(start, contracts, suspensions, extension, carried):
    facts = {
        "started_on": start,
        "contracts": contracts,
        "suspensions": suspensions,
        "closed_on": None,
        "extension_months": extension,
        "carried_over_days": carried,
        "policy": ClockPolicy(),
        "on": start,
    }
    found = explain(**facts)
    assert found.clock == prehire_clock(**facts)
    body = found.lines[:-1]
    assert found.lines[-1].deadline == found.clock.deadline
    if len(body) > 1:
        assert body[-1].deadline == found.clock.deadline
    if found.clock.deadline is not None:
        added = sum(line.days for line in body)
        assert start + timedelta(days=max(0, added)) == found.clock.deadline
