"""Classes, work force and retention: the day before, the day, the day after."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.periods import Period, add_months
from placements.rules.clocks import Contract
from placements.rules.durable import DurablePolicy
from reporting.activity.rules.profile import contract_length_class, unemployment_class, working_time_class
from reporting.activity.rules.retention import Milestone, jobs_begun, milestone
from reporting.activity.rules.staff import Share, mean_norm, mean_open, per_fte, weighted_fte
from reporting.activity.selectors.rows import CaseRow

POLICY = DurablePolicy()
DAY = timedelta(days=1)
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (None, ""),
        (date(2025, 3, 4), ""),
        (date(2025, 3, 3), "under_6"),
        (date(2024, 9, 4), "under_6"),
        (date(2024, 9, 3), "6_to_11"),
        (date(2024, 3, 4), "6_to_11"),
        (date(2024, 3, 3), "12_to_23"),
        (date(2023, 3, 4), "12_to_23"),
        (date(2023, 3, 3), "24_to_35"),
        (date(2022, 3, 4), "24_to_35"),
        (date(2022, 3, 3), "36_or_more"),
    ],
)
def test_how_long_without_work_on_3_march_2025(since, expected) -> None:
    assert unemployment_class(since, date(2025, 3, 3)) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, "open_ended"),
        (date(2025, 3, 1), "under_1"),
        (date(2025, 3, 30), "under_1"),
        (date(2025, 3, 31), "1_to_2"),
        (date(2025, 5, 30), "1_to_2"),
        (date(2025, 5, 31), "3_to_5"),
        (date(2025, 8, 31), "6_to_11"),
        (date(2026, 2, 27), "6_to_11"),
        (date(2026, 2, 28), "12_or_more"),
    ],
)
def test_the_planned_duration_of_a_contract_from_1_march(last, expected) -> None:
    assert contract_length_class(date(2025, 3, 1), last) == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(None, ""), ("18.99", "under_half"), ("19", "half_or_more"), ("37.99", "half_or_more"), ("38", "full")],
)
def test_working_time(hours, expected) -> None:
    assert working_time_class(None if hours is None else Decimal(hours)) == expected


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([], "0"),
        ([("1", YEAR[0], None)], "1.00"),
        ([("0.5", YEAR[0], None), ("0.5", YEAR[0], None)], "1.00"),
        ([("1", date(2025, 7, 2), None)], "0.50"),
        ([("1", date(2020, 1, 1), date(2025, 1, 1))], "0.00"),
        ([("0.8", date(2024, 1, 1), date(2024, 12, 31))], "0.00"),
        ([("0.8", date(2025, 1, 1), date(2026, 5, 1))], "0.80"),
    ],
)
def test_the_work_force_of_a_year_is_weighted_by_days(shares, expected) -> None:
    held = [Share(Decimal(fte), Period.from_inclusive(first, last)) for fte, first, last in shares]
    assert weighted_fte(held, *YEAR) == Decimal(expected)


@pytest.mark.parametrize(("days", "share"), [(1, "1"), (2, "1"), (3, "0.67"), (4, "0.5")])
def test_two_days_of_work_weigh_by_the_days_of_the_period(days, share) -> None:
    first = YEAR[0]
    last, two_days = first + (days - 1) * DAY, Period.from_inclusive(first, first + DAY)
    assert weighted_fte([Share(Decimal(1), two_days)], first, last) == Decimal(share)
    assert mean_open([two_days], first, last) == round(Decimal(share), 1)


@pytest.mark.parametrize("back", [1, 2, 10])
def test_a_period_without_a_day_has_neither_work_force_nor_cases(back) -> None:
    before = YEAR[0] - back * DAY
    assert weighted_fte([Share(Decimal(1), Period(date(2024, 1, 1)))], YEAR[0], before) == 0
    assert mean_open([Period(date(2024, 1, 1))], YEAR[0], before) == 0


@pytest.mark.parametrize("fte", ["0", "-0.5"])
def test_nothing_is_counted_for_each_full_time_where_nobody_works(fte) -> None:
    assert per_fte(20, Decimal(fte)) is None


def test_a_case_that_is_open_counts_on_the_last_day_too() -> None:
    known = dict.fromkeys(("gender", "origin", "education", "town", "referrer"), "")
    known |= {"age": None, "jobseeker_since": None}
    known |= {name: uuid4() for name in ("case_id", "beneficiary_id", "organisation_id")}
    first, last = date(2025, 1, 1), date(2025, 1, 10)
    still = CaseRow(**known, opened_on=first, closed_on=None)
    gone = CaseRow(**known, opened_on=first, closed_on=last)
    new = CaseRow(**known, opened_on=last, closed_on=None)
    assert mean_open([still.open_days(last)], first, last) == Decimal(1)
    assert mean_open([gone.open_days(last)], first, last) == Decimal("0.9")
    assert mean_open([new.open_days(last)], first, last) == Decimal("0.1")


def test_cases_of_an_average_day_and_for_each_full_time() -> None:
    ten_days = (date(2025, 1, 1), date(2025, 1, 10))
    cases = [Period(date(2024, 1, 1)), Period(date(2025, 1, 6)), Period(date(2025, 1, 1), date(2025, 1, 2))]
    assert mean_open(cases, *ten_days) == Decimal("1.6")
    assert per_fte(Decimal("1.6"), Decimal("0.5")) == Decimal("3.2")


def looked_at(contracts, months, until=date(2026, 12, 31)) -> Milestone:
    (job, *_others) = jobs_begun(contracts, POLICY, *YEAR)
    return milestone(job, contracts, POLICY, months, until)


FIRST = date(2025, 3, 3)


@pytest.mark.parametrize(
    ("last", "kept"), [(date(2025, 6, 1), False), (date(2025, 6, 2), False), (date(2025, 6, 3), True), (None, True)]
)
def test_three_months_later_the_job_still_runs_or_not(last, kept) -> None:
    seen = looked_at([Contract("CDD", "firm", FIRST, last)], 3)
    assert (seen.observed, seen.same_employer, seen.employed) == (True, kept, kept)


@pytest.mark.parametrize(("until", "observed"), [(date(2025, 6, 2), False), (date(2025, 6, 3), True)])
def test_a_job_is_observed_once_the_day_has_come(until, observed) -> None:
    seen = looked_at([Contract("CDI", "firm", FIRST)], 3, until)
    assert (seen.observed, seen.same_employer) == (observed, observed)


@pytest.mark.parametrize(("gap", "same"), [(7, True), (8, False)])
def test_a_contract_that_follows_within_a_week_is_the_same_job(gap, same) -> None:
    first = Contract("CDD", "firm", FIRST, date(2025, 4, 30))
    second = Contract("CDD", "firm", date(2025, 5, 1) + gap * DAY, date(2025, 9, 30))
    seen = looked_at([first, second], 3)
    assert (seen.same_employer, seen.employed) == (same, True)


def test_work_for_another_employer_is_work_but_not_the_same_job() -> None:
    moved = [Contract("CDD", "firm", FIRST, date(2025, 3, 31)), Contract("CDI", "other", date(2025, 4, 2))]
    seen = looked_at(moved, 1)
    assert (seen.same_employer, seen.employed) == (False, True)


def test_an_early_end_and_a_training_in_the_firm() -> None:
    stopped = Contract("CDI", "firm", FIRST, None, date(2025, 3, 10))
    training = Contract("STAGE", "firm", date(2025, 3, 11), date(2025, 12, 31))
    seen = looked_at([stopped, training], 1)
    assert (seen.same_employer, seen.employed) == (False, False)
    assert jobs_begun([training], POLICY, *YEAR) == ()


@given(
    st.lists(
        st.builds(
            lambda kind, firm, start, length: Contract(
                kind, firm, YEAR[0] + start * DAY, None if kind == "CDI" else YEAR[0] + (start + length) * DAY
            ),
            st.sampled_from(["CDI", "CDD", "INTERIM", "STAGE"]),
            st.sampled_from(["a", "b"]),
            st.integers(0, 364),
            st.integers(0, 400),
        ),
        max_size=5,
    ),
    st.integers(0, 900),
)
def test_a_kept_job_is_work_and_what_is_not_observed_is_neither(contracts, days) -> None:
    until = YEAR[0] + days * DAY
    for job in jobs_begun(contracts, POLICY, *YEAR):
        seen = [milestone(job, contracts, POLICY, months, until) for months in (1, 3, 6)]
        assert [one.observed for one in seen] == [add_months(job.starts_on, one.months) <= until for one in seen]
        assert all(one.employed or not one.same_employer for one in seen)
        assert all(one.observed or not one.employed for one in seen)
        # A job that runs after six months ran after one.
        kept = [one.same_employer for one in seen if one.observed]
        assert kept == sorted(kept, reverse=True)


@pytest.mark.parametrize(
    ("asked", "norm"),
    [
        ([(20, "3")], 20),
        ([(20, "3"), (20, "1")], 20),
        ([(20, "3"), (12, "1")], "18.00"),
        ([(20, "0"), (12, "1.5")], "12.00"),
        ([(20, "0"), (12, "0")], None),
        ([(20, "0")], 20),
    ],
)
def test_the_norm_of_several_organisations_is_weighted_by_who_works_there(asked, norm):
    found = mean_norm((one, Decimal(fte)) for one, fte in asked)
    assert found == (Decimal(norm) if isinstance(norm, str) else norm)
