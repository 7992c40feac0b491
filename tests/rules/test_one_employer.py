"""Several records of one employer make one job: follow-up windows and durable insertion."""

from datetime import date

import pytest

from employers.rules.lineage import Ties, lineage_of
from placements.rules.clocks import ClockPolicy, Contract
from placements.rules.durable import DurablePolicy, durable_insertion
from placements.rules.windows import windows

D = date.fromisoformat
SOLD = {"A": Ties(taken_over_by="B", taken_over_on=D("2026-07-01"))}


def signed(firm, first, last, ties=SOLD, kind="CDD"):
    stored = lineage_of(firm, ties).stored(firm)
    return Contract.signed_with(firm, stored, type=kind, starts_on=D(first), ends_on=D(last) if last else None)


def days(contracts):
    return [(w.starts_on.isoformat(), w.deadline.isoformat()) for w in windows(contracts, ClockPolicy())]


def test_a_firm_taken_over_between_two_contracts_is_one_job():
    contracts = [signed("A", "2026-05-04", "2026-06-30"), signed("B", "2026-07-01", "2026-08-31")]
    assert days(contracts) == [("2026-05-04", "2026-09-01")]
    assert durable_insertion(contracts, DurablePolicy(), D("2026-12-31")).since == D("2026-08-04")


@pytest.mark.parametrize(
    ("contracts", "right"),
    [
        # The gap counts as within one firm: seven days, not eight.
        ([("A", "2026-05-04", "2026-06-23"), ("B", "2026-07-01", "2026-08-31")], [("2026-05-04", "2026-09-01")]),
        (
            [("A", "2026-05-04", "2026-06-22"), ("B", "2026-07-01", "2026-08-31")],
            [("2026-05-04", "2026-06-23"), ("2026-07-01", "2026-09-01")],
        ),
        # Before the day of the take-over, both are two employers.
        (
            [("A", "2026-05-04", "2026-05-29"), ("B", "2026-06-01", "2026-06-26")],
            [("2026-05-04", "2026-05-30"), ("2026-06-01", "2026-06-27")],
        ),
        (
            [("A", "2026-05-04", "2026-08-31"), ("B", "2026-06-30", "2026-08-31")],
            [("2026-05-04", "2026-09-01"), ("2026-06-30", "2026-09-01")],
        ),
        # What is still written down with the former name after it is with the new one.
        ([("B", "2026-07-06", "2026-07-31"), ("A", "2026-08-03", "2026-08-31")], [("2026-07-06", "2026-09-01")]),
    ],
)
def test_from_the_day_of_the_take_over_on(contracts, right):
    assert days([signed(*one) for one in contracts]) == right


def test_the_one_that_goes_on_leaves_the_other_job_running():
    contracts = [
        signed("A", "2026-05-04", "2026-07-31"),
        signed("B", "2026-06-01", "2026-07-24"),
        signed("B", "2026-07-27", "2026-08-31"),
        signed("A", "2026-08-03", "2026-09-30"),
    ]
    assert [start for start, _end in days(contracts)] == ["2026-05-04", "2026-06-01"]


def test_a_permanent_contract_with_who_took_over_ends_the_window_of_the_temporary_one():
    contracts = [signed("A", "2026-05-04", "2026-08-31"), signed("B", "2026-08-01", None, kind="CDI")]
    assert days(contracts) == [("2026-05-04", "2026-08-01"), ("2026-08-01", "2027-02-01")]
    earlier = [signed("A", "2026-05-04", "2026-08-31"), signed("B", "2026-06-01", None, kind="CDI")]
    assert days(earlier)[0] == ("2026-05-04", "2026-09-01")


def test_two_places_of_one_enterprise_are_one_employer():
    ties = {"P": Ties(main="A"), "Q": Ties(main="A")}
    contracts = [signed("P", "2026-05-04", "2026-06-30", ties), signed("Q", "2026-07-06", "2026-08-31", ties)]
    assert days(contracts) == [("2026-05-04", "2026-09-01")]
    (window,) = windows(contracts, ClockPolicy())
    assert (window.employer, window.place) == ("A", "Q")
