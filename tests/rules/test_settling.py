"""What a death and a hiring leave beside them: the day before, the day and the day after."""

from datetime import date

import pytest

from placements.rules.clocks import (
    ClockPolicy,
    Contract,
    Suspension,
    prehire_clock,
    until_work,
)
from placements.rules.settling import Fate, after_death, followup_without, last_day_regained
from placements.rules.windows import windows

D = date.fromisoformat


def cdd(first: str, last: str | None, ended: str | None = None) -> Contract:
    return Contract("CDD", "E1", D(first), last and D(last), ended and D(ended))


@pytest.mark.parametrize(
    ("first_day", "last_suspended"),
    [
        ("2024-03-31", "2024-04-30"),  # at work already when it begins
        ("2024-04-01", "2024-03-31"),  # nothing is left of it
        ("2024-04-02", "2024-04-01"),
        ("2024-04-30", "2024-04-29"),
        ("2024-05-01", "2024-04-30"),  # it was over
    ],
)
def test_a_contract_ends_a_suspension_the_day_before_its_first_day(first_day: str, last_suspended: str) -> None:
    left = until_work(Suspension(D("2024-04-01"), D("2024-04-30")), [cdd(first_day, "2024-12-31")])
    assert left == Suspension(D("2024-04-01"), D(last_suspended))


def test_the_first_of_several_contracts_ends_it_and_one_that_was_not_worked_does_not() -> None:
    never = cdd("2024-04-02", "2024-04-30", ended="2024-04-01")
    left = until_work(Suspension(D("2024-04-01")), [cdd("2024-06-10", None), cdd("2024-05-10", "2024-05-11"), never])
    assert left.ends_on == D("2024-05-09")


def test_the_clock_runs_again_after_the_job_that_ended_an_open_suspension() -> None:
    clock = prehire_clock(
        started_on=D("2024-01-08"),
        contracts=[cdd("2024-04-11", "2024-04-20")],
        suspensions=[Suspension(D("2024-04-01"))],
        closed_on=None,
        extension_months=0,
        policy=ClockPolicy(),
        on=D("2024-04-21"),
    )
    assert (clock.state, clock.stopped_days, clock.deadline) == ("running", 20, D("2026-01-28"))


@pytest.mark.parametrize(
    ("contract", "fate", "ended_on"),
    [
        (cdd("2024-04-01", None), Fate.ENDS, "2024-05-15"),
        (cdd("2024-05-15", None), Fate.ENDS, "2024-05-15"),
        (cdd("2024-05-16", None), Fate.CALLED_OFF, None),
        (cdd("2024-04-01", "2024-05-14"), Fate.STANDS, None),
        (cdd("2024-04-01", "2024-05-15"), Fate.STANDS, None),
        (cdd("2024-04-01", "2024-05-16"), Fate.ENDS, "2024-05-15"),
        (cdd("2024-04-01", "2024-12-31", ended="2024-05-15"), Fate.STANDS, "2024-05-15"),
        (cdd("2024-04-01", "2024-12-31", ended="2024-05-16"), Fate.ENDS, "2024-05-15"),
    ],
)
def test_a_death_ends_what_runs_and_calls_off_what_is_to_come(
    contract: Contract, fate: Fate, ended_on: str | None
) -> None:
    after = after_death(contract, D("2024-05-15"))
    assert (after.fate, after.contract.ended_on) == (fate, ended_on and D(ended_on))


@pytest.mark.parametrize(
    ("had", "following", "regained"),
    [
        (None, None, None),
        ("2024-05-10", None, "2024-05-10"),
        (None, "2024-06-01", "2024-05-31"),
        ("2024-05-30", "2024-06-01", "2024-05-30"),
        ("2024-05-31", "2024-06-01", "2024-05-31"),
        ("2024-06-01", "2024-06-01", "2024-05-31"),
    ],
)
def test_a_suspension_regains_its_days_up_to_the_next_one(
    had: str | None, following: str | None, regained: str | None
) -> None:
    found = last_day_regained(had and D(had), following and D(following))
    assert found == (regained and D(regained))


@pytest.mark.parametrize(
    ("permanent_on", "deadline"),
    [
        ("2024-05-01", "2024-05-01"),
        ("2024-06-30", "2024-06-30"),
        ("2024-07-01", "2024-07-01"),
        ("2024-07-05", "2024-07-01"),
    ],
)
def test_the_window_of_a_cdd_ends_on_the_first_day_of_a_cdi_even_when_they_overlap(
    permanent_on: str, deadline: str
) -> None:
    cdi = Contract("CDI", "E1", D(permanent_on))
    first, second = windows([cdd("2024-04-01", "2024-06-30"), cdi], ClockPolicy())
    assert (first.starts_on, first.deadline) == (D("2024-04-01"), D(deadline))
    assert second.starts_on == D(permanent_on)


def test_a_cdi_with_another_employer_leaves_the_window_of_the_cdd() -> None:
    cdi = Contract("CDI", "E2", D("2024-05-01"))
    assert windows([cdd("2024-04-01", "2024-06-30"), cdi], ClockPolicy())[0].deadline == D("2024-07-01")


@pytest.mark.parametrize(
    ("others", "begins"),
    [
        ([], None),
        ([cdd("2024-03-01", "2024-03-31")], None),
        ([cdd("2024-03-01", "2024-04-01")], "2024-04-01"),
        ([cdd("2024-05-10", None), cdd("2024-05-01", "2024-05-02")], "2024-05-01"),
        ([cdd("2024-05-15", None)], "2024-05-15"),
        ([cdd("2024-05-16", None)], None),
    ],
)
def test_without_its_job_a_follow_up_begins_with_the_next_one(others: list[Contract], begins: str | None) -> None:
    assert followup_without(others, D("2024-04-01"), D("2024-05-15")) == (begins and D(begins))
