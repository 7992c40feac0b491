"""What may no longer start, and what took place: the day before, the day and the day after."""

from datetime import date

import pytest

from method.rules.phases import Phase
from placements.rules.clocks import Contract
from placements.rules.telling import Course, telling

D = date.fromisoformat
TODAY = D("2025-03-03")


def told(first: str, last: str | None = None, *, phase: Phase = Phase.PRE_HIRE, since: str = "2025-02-01", **more):
    prehire = None if phase is Phase.PREPARATORY else D("2025-01-01")
    known = {"phase": phase, "phase_started_on": D(since), "prehire_started_on": prehire, "expired": False}
    return telling(Contract("CDD", "E1", D(first), last and D(last)), Course(**(known | more)), TODAY).value


@pytest.mark.parametrize(
    ("phase", "yesterday", "today"),
    [
        (Phase.PREPARATORY, "told", "too_early"),
        (Phase.PRE_HIRE, "leads", "leads"),
        (Phase.HIRE, "leads", "leads"),
        (Phase.FOLLOW_UP, "leads", "leads"),
        (Phase.EXIT, "told", "closed"),
    ],
)
def test_what_may_no_longer_start_is_told_from_the_day_after(phase: Phase, yesterday: str, today: str) -> None:
    assert told("2025-03-02", phase=phase) == yesterday
    assert told("2025-03-03", phase=phase) == told("2025-03-04", phase=phase) == today


def test_once_the_24_months_are_used_up_a_contract_is_told_and_does_not_begin() -> None:
    assert told("2025-03-02", expired=True) == "told"
    assert told("2025-03-03", expired=True) == "clock_expired"


@pytest.mark.parametrize(("first", "how"), [("2024-12-31", "told"), ("2025-01-01", "catches_up")])
def test_work_that_runs_since_before_the_entry_leads_no_phase(first: str, how: str) -> None:
    assert told(first) == how


@pytest.mark.parametrize(("first", "how"), [("2025-01-31", "told"), ("2025-02-01", "leads")])
def test_a_contract_that_is_over_leads_only_the_phase_in_which_it_began(first: str, how: str) -> None:
    assert told(first, "2025-02-10") == how


@pytest.mark.parametrize(("last", "how"), [("2025-03-02", "told"), ("2025-03-03", "catches_up"), (None, "catches_up")])
def test_a_contract_of_a_former_phase_that_still_runs_moves_the_case_along(last: str | None, how: str) -> None:
    assert told("2025-01-20", last) == how
    assert told("2025-01-20", last, phase=Phase.FOLLOW_UP) == "told"
