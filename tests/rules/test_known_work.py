"""Contracts that are held, against what a file says of somebody's unemployment."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.rules.eligibility import KnownWork, MirePolicy, Profile, contradiction, in_reference, without_work
from beneficiaries.rules.eligibility.mire import check_mire
from foundation.rules.periods import Period, covered_days

D = date.fromisoformat
ON = D("2026-11-30")
SINCE = D("2023-11-30")  # thirty-six months before
REGISTERED = [Period(D("2020-01-06"))]


def work(first: str, last: str | None, words: str = "CDD") -> KnownWork:
    return KnownWork(Period.from_inclusive(D(first), D(last) if last else None), words)


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2023-10-01", "2023-11-29", False),
        ("2023-10-01", "2023-11-30", True),
        ("2026-11-29", "2026-11-29", True),
        ("2026-11-30", "2026-11-30", True),
        ("2026-11-30", None, True),
        ("2026-12-01", None, False),
    ],
)
def test_a_contract_is_shown_when_a_day_of_it_falls_in_the_reference_period_or_on_the_day(first, last, shown):
    assert bool(in_reference([work(first, last)], ON, 36)) is shown


@pytest.mark.parametrize(
    ("held", "running", "over", "days"),
    [
        ([], [], [], 0),
        # The path of somebody who came back: a fixed term, then an open-ended contract that runs.
        ([work("2026-09-28", "2026-10-31"), work("2026-11-10", None, "CDI")], ["CDI"], ["CDD"], 34),
        ([work("2026-11-29", "2026-11-29")], [], ["CDD"], 1),
        ([work("2026-11-30", "2026-11-30")], ["CDD"], [], 0),
        ([work("2026-12-01", None)], [], [], 0),
        # Only the days of the reference period make anything doubtful, each once.
        ([work("2023-11-01", "2023-11-30")], [], ["CDD"], 1),
        ([work("2026-09-01", "2026-09-10"), work("2026-09-06", "2026-09-15", "INTERIM")], [], ["CDD", "INTERIM"], 15),
    ],
)
def test_what_is_held_against_a_registration(held, running, over, days):
    found = contradiction(REGISTERED, held, ON, 36)
    assert [one.words for one in found.running] == running
    assert [one.words for one in found.over] == over
    assert found.days == days


def test_work_outside_the_registration_contradicts_nothing():
    registered = [Period(D("2026-11-01"))]
    found = contradiction(registered, [work("2026-09-28", "2026-10-31")], ON, 36)
    assert (found.running, found.over, found.days) == ((), (), 0)
    assert contradiction([Period(D("2026-01-01"), ON)], [work("2026-11-10", None)], ON, 36).running == ()


def test_registrations_lose_the_days_worked():
    left = without_work(
        [Period(D("2026-01-01"), D("2026-03-01")), Period(D("2026-02-01"))],
        [Period(D("2025-12-01"), D("2026-01-11")), Period(D("2026-05-01"), D("2026-05-11"))],
    )
    assert left == (Period(D("2026-01-11"), D("2026-05-01")), Period(D("2026-05-11")))
    assert without_work([Period(D("2026-01-01"))], [Period(D("2026-02-01"))]) == (
        Period(D("2026-01-01"), D("2026-02-01")),
    )


days = st.integers(0, 400).map(lambda n: SINCE + timedelta(days=n))
periods = st.lists(
    st.tuples(days, st.integers(0, 90)).map(lambda one: Period(one[0], one[0] + timedelta(days=one[1]))), max_size=6
)


@given(periods, periods)
def test_every_day_left_is_registered_and_not_worked(registrations, worked):
    left = without_work(registrations, worked)
    for number in range(500):
        day = SINCE + timedelta(days=number)
        expected = any(p.contains(day) for p in registrations) and not any(p.contains(day) for p in worked)
        assert any(period.contains(day) for period in left) is expected
    total = covered_days(registrations, SINCE, ON)
    assert covered_days(left, SINCE, ON) <= total


@pytest.mark.parametrize(("worked_days", "met"), [(365, True), (366, False)])
def test_days_worked_count_in_the_criteria_of_duration(worked_days, met):
    """Thirty-six months are 1 096 days, of which twenty-four, 730, must be left."""
    on_the_job = Period(D("2024-06-01"), D("2024-06-01") + timedelta(days=worked_days))
    profile = Profile(
        birth_date=D("1985-01-01"),
        registered_inoccupied_on_date=True,
        registered_inoccupied_periods=without_work([Period(SINCE + timedelta(days=1))], [on_the_job]),
        highest_diploma="CESS",
        worked=[on_the_job],
    )
    finding = next(f for f in check_mire(profile, ON).findings if f.code == "registered_24_of_36")
    assert finding.met is met
    assert finding.reason.endswith(f"{worked_days} jours de contrat connus sont déduits.")


def test_the_reference_period_is_the_longest_that_a_criterion_looks_back():
    assert MirePolicy().reference_months == 36
    assert MirePolicy(window_months=24, inactive_months=12, young_registered_months=30).reference_months == 30
