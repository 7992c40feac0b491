"""The two clocks: the day before, the day and the day after, and day-by-day counts for everything else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foundation.rules.periods import Period, add_months
from placements.rules.clocks import (
    ClockPolicy,
    Contract,
    PrehireState,
    Suspension,
    carried_over,
    fixed_term_warning_on,
    jobs,
    prehire_clock,
    prehire_deadline,
)
from placements.rules.windows import FollowUpState, followup_clock, windows
from tests.rules.oracles import (
    contract_strategy,
    dates,
    days,
    is_stopped,
    last_worked,
    naive_deadline,
    naive_runs,
    suspension_strategy,
)

D = date.fromisoformat
ONE = timedelta(days=1)
POLICY = ClockPolicy()
START = D("2024-01-08")  # 24 months later: 8 January 2026, 731 days


def cdd(first, last, employer="E1", ended=None):
    return Contract("CDD", employer, D(first), D(last), None if ended is None else D(ended))


def cdi(first, employer="E1", ended=None):
    return Contract("CDI", employer, D(first), None, None if ended is None else D(ended))


def clock(on, *contracts, suspensions=(), closed=None, extension=0, carried=0, start=START):
    return prehire_clock(
        started_on=start,
        contracts=contracts,
        suspensions=suspensions,
        closed_on=None if closed is None else D(closed),
        extension_months=extension,
        carried_over_days=carried,
        policy=POLICY,
        on=D(on),
    )


# The 24 months


@pytest.mark.parametrize(
    ("on", "state", "used", "remaining"),
    [
        ("2024-01-07", "not_started", 0, 731),
        ("2024-01-08", "running", 0, 731),
        ("2024-01-09", "running", 1, 730),
        ("2026-01-07", "running", 730, 1),
        ("2026-01-08", "expired", 731, 0),
        ("2026-01-09", "expired", 732, 0),
    ],
)
def test_the_clock_around_its_ends(on, state, used, remaining):
    found = clock(on)
    assert (found.state, found.used_days, found.remaining_days) == (state, used, remaining)
    assert found.deadline == D("2026-01-08")


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2024-03-31", "running"),
        ("2024-04-01", "stopped"),
        ("2024-06-30", "stopped"),
        ("2024-07-01", "running"),
    ],
)
@pytest.mark.parametrize("stop", ["contract", "suspension"])
def test_a_stop_holds_both_its_ends(on, state, stop):
    contracts = [cdd("2024-04-01", "2024-06-30")] if stop == "contract" else []
    suspensions = [Suspension(D("2024-04-01"), D("2024-06-30"))] if stop == "suspension" else []
    found = clock(on, *contracts, suspensions=suspensions)
    assert found.state == state
    assert found.deadline == D("2026-04-09")


@pytest.mark.parametrize(
    ("first_day_at_work", "deadline", "state"),
    [
        ("2026-01-07", "2026-02-08", "stopped"),  # one day was left: it is used once the contract ends
        ("2026-01-08", "2026-01-08", "expired"),  # no day was left
        ("2026-01-09", "2026-01-08", "expired"),
    ],
)
def test_a_contract_that_comes_too_late_moves_no_deadline(first_day_at_work, deadline, state):
    first = D(first_day_at_work)
    found = clock(first_day_at_work, Contract("CDD", "E1", first, first + timedelta(days=30)))
    assert found.deadline == D(deadline)
    assert found.state == state


def test_a_contract_before_the_clock_starts_stops_nothing():
    assert clock("2024-03-01", cdd("2023-06-01", "2024-01-07")) == clock("2024-03-01")


def test_only_the_days_after_the_start_of_a_running_contract_stop_the_clock():
    found = clock("2024-02-01", cdd("2023-12-01", "2024-01-17"))
    assert (found.stopped_days, found.used_days) == (10, 14)
    assert found.deadline == D("2026-01-18")


@pytest.mark.parametrize("kind", ["STAGE", "PFI", "ART60", "VOLUNTEER"])
def test_what_is_no_employment_stops_nothing(kind):
    assert clock("2024-05-01", Contract(kind, "E1", D("2024-04-01"), D("2024-06-30"))) == clock("2024-05-01")


def test_a_contract_of_which_no_day_was_worked_stops_nothing():
    assert clock("2024-05-01", cdd("2024-04-01", "2024-06-30", ended="2024-03-31")) == clock("2024-05-01")
    assert clock("2024-05-01", cdd("2024-04-01", "2024-02-15")) == clock("2024-05-01")


def test_work_beyond_the_written_end_needs_another_contract():
    assert clock("2024-09-01", cdd("2024-04-01", "2024-06-30", ended="2024-07-31")) == clock(
        "2024-09-01", cdd("2024-04-01", "2024-06-30")
    )


@pytest.mark.parametrize("stop", ["contract", "suspension"])
def test_an_open_ended_stop_leaves_the_deadline_unknown_until_it_ends(stop):
    running = (
        {"suspensions": [Suspension(D("2024-05-06"))]} if stop == "suspension" else {"contracts": [cdi("2024-05-06")]}
    )
    contracts = running.pop("contracts", [])
    found = clock("2024-06-01", *contracts, **running)
    assert found.state is PrehireState.STOPPED
    assert found.deadline is None


def test_an_open_ended_stop_after_expiry_leaves_the_deadline_known():
    found = clock("2026-02-10", cdi("2026-02-02"))
    assert found.deadline == D("2026-01-08")
    assert found.state is PrehireState.EXPIRED


def test_a_stop_in_progress_does_not_hide_an_expiry():
    found = clock("2026-02-10", cdd("2026-02-02", "2026-03-31"))
    assert (found.state, found.used_days, found.stopped_days) == ("expired", 731 + 25, 8)


@pytest.mark.parametrize(("on", "state", "used"), [("2024-09-01", "running", 237), ("2024-09-02", "closed", 238)])
def test_the_day_of_the_exit_closes_the_clock(on, state, used):
    found = clock(on, closed="2024-09-02")
    assert (found.state, found.used_days) == (state, used)
    assert found.deadline == D("2026-01-08")
    assert clock("2030-01-01", closed="2024-09-02").used_days == 238


def test_a_closed_clock_is_closed_even_when_it_had_expired():
    found = clock("2026-06-01", closed="2026-02-01")
    assert (found.state, found.used_days, found.remaining_days) == ("closed", 755, 0)


def test_a_contract_after_the_exit_adds_no_stopped_day():
    found = clock("2025-06-01", cdd("2024-08-01", "2024-12-31"), closed="2024-09-01")
    assert found.stopped_days == 31


@pytest.mark.parametrize(
    ("start", "extension", "deadline", "allowance"),
    [
        ("2024-01-08", 0, "2026-01-08", 731),
        ("2024-01-08", 3, "2026-04-08", 821),
        ("2024-08-31", 6, "2027-02-28", 911),
        ("2024-02-29", 0, "2026-02-28", 730),
        ("2024-02-29", 24, "2028-02-29", 1461),
    ],
)
def test_an_extension_is_counted_from_the_real_start(start, extension, deadline, allowance):
    found = clock(start, start=D(start), extension=extension)
    assert (found.deadline, found.allowance_days) == (D(deadline), allowance)


def test_days_carried_over_are_used_from_the_start():
    found = clock("2024-01-08", carried=700)
    assert (found.used_days, found.remaining_days, found.state) == (700, 31, "running")
    assert found.deadline == D("2024-02-08")


@pytest.mark.parametrize(
    ("carried", "state", "deadline"), [(730, "running", "2024-01-09"), (731, "expired", "2024-01-08")]
)
def test_a_former_case_may_have_left_nothing(carried, state, deadline):
    found = clock("2024-01-08", carried=carried)
    assert (found.state, found.deadline) == (state, D(deadline))


@pytest.mark.parametrize(
    ("reopened", "kept"), [("2025-03-14", 400), ("2025-03-15", 0), ("2025-03-16", 0), ("2024-03-15", 400)]
)
def test_days_are_carried_over_within_twelve_months_of_the_exit(reopened, kept):
    found = carried_over(used_days=400, exited_on=D("2024-03-15"), reopened_on=D(reopened), policy=POLICY)
    assert found == kept


def test_negative_grants_are_refused():
    with pytest.raises(ValueError, match="negative"):
        clock("2024-01-08", extension=-1)
    with pytest.raises(ValueError, match="negative"):
        clock("2024-01-08", carried=-1)


def test_the_end_of_a_fixed_term_is_prepared_thirty_days_before_its_last_day():
    assert fixed_term_warning_on(cdd("2024-04-01", "2024-06-30"), POLICY) == D("2024-05-31")
    assert fixed_term_warning_on(cdi("2024-04-01", ended="2024-06-30"), POLICY) is None
    assert fixed_term_warning_on(cdd("2024-04-01", "2024-06-30", ended="2024-03-31"), POLICY) is None
    assert fixed_term_warning_on(Contract("INTERIM", "E1", D("2024-04-01")), POLICY) is None


# The 24 months, counted day by day

contract_lists = st.lists(contract_strategy(types=("CDI", "CDD", "INTERIM", "STAGE", "PFI")), max_size=5)
suspension_lists = st.lists(suspension_strategy(), max_size=3)


@given(
    dates(),
    contract_lists,
    suspension_lists,
    st.none() | dates(span=2000),
    st.integers(0, 6),
    st.integers(0, 800),
    dates(span=2200),
)
def test_the_clock_counts_as_one_would_day_by_day(start, contracts, suspensions, closed, extension, carried, on):
    found = prehire_clock(
        started_on=start,
        contracts=contracts,
        suspensions=suspensions,
        closed_on=closed,
        extension_months=extension,
        carried_over_days=carried,
        policy=POLICY,
        on=on,
    )
    until = on if closed is None else min(on, closed)
    stopped = sum(is_stopped(d, contracts, suspensions, POLICY) for d in days(start, until))
    counted = sum(not is_stopped(d, contracts, suspensions, POLICY) for d in days(start, until))
    assert found.stopped_days == stopped
    assert found.used_days == carried + counted
    assert found.remaining_days == max(0, found.allowance_days - found.used_days)
    if on < start:
        assert found.state == "not_started"
    elif closed is not None and on >= closed:
        assert found.state == "closed"
    elif found.used_days >= found.allowance_days:
        assert found.state == "expired"
    else:
        assert found.state == ("stopped" if is_stopped(on, contracts, suspensions, POLICY) else "running")


@given(dates(), contract_lists, suspension_lists, st.integers(0, 6), st.integers(0, 800))
def test_the_deadline_is_the_first_day_on_which_the_clock_is_expired(start, contracts, suspensions, extension, carried):
    def on(d):
        return prehire_clock(
            started_on=start,
            contracts=contracts,
            suspensions=suspensions,
            closed_on=None,
            extension_months=extension,
            carried_over_days=carried,
            policy=POLICY,
            on=d,
        )

    first = on(start)
    allowance = (add_months(start, 24 + extension) - start).days
    assert first.deadline == naive_deadline(start, allowance - carried, contracts, suspensions, POLICY)
    if first.deadline is not None:
        assert on(first.deadline).state == "expired"
        assert on(first.deadline).deadline == first.deadline
        if first.deadline > start:
            assert on(first.deadline - ONE).state in {"running", "stopped"}


@given(dates(), contract_lists, suspension_lists)
def test_the_order_of_the_facts_and_their_repetition_change_nothing(start, contracts, suspensions):
    def deadline(c, s):
        return prehire_clock(
            started_on=start,
            contracts=c,
            suspensions=s,
            closed_on=None,
            extension_months=0,
            policy=POLICY,
            on=start + timedelta(days=400),
        )

    assert deadline(contracts, suspensions) == deadline(contracts[::-1] * 2, suspensions[::-1] * 2)


@given(dates(), contract_lists, suspension_lists, contract_strategy(types=("CDD",), open_ended=False))
def test_one_more_contract_never_brings_the_deadline_nearer(start, contracts, suspensions, added):
    # One that begins during a suspension ends it: the days after the job count again (domain, section 5).
    assume(not any(suspension.period.contains(added.starts_on) for suspension in suspensions))

    def deadline(c):
        return prehire_clock(
            started_on=start,
            contracts=c,
            suspensions=suspensions,
            closed_on=None,
            extension_months=0,
            policy=POLICY,
            on=start,
        ).deadline

    before, after = deadline(contracts), deadline([*contracts, added])
    # A deadline that moves may reach an open-ended stop, and then is not known any more.
    if before is None:
        assert after is None
    elif after is not None:
        assert after >= before


def test_a_stop_that_lasts_a_century_costs_nothing():
    century = Period(D("2024-02-01"), D("2124-02-01"))
    assert prehire_deadline(START, 731, (century,)) == D("2126-01-08")


# The six months


@pytest.mark.parametrize(
    ("on", "state", "remaining"),
    [
        ("2024-05-05", "upcoming", None),
        ("2024-05-06", "running", 184),
        ("2024-11-05", "running", 1),
        ("2024-11-06", "done", 0),
    ],
)
def test_follow_up_of_a_permanent_job_lasts_six_months(on, state, remaining):
    found = followup_clock([cdi("2024-05-06")], POLICY, D(on))
    assert (found.state, found.remaining_days) == (state, remaining)
    assert (found.starts_on, found.deadline, found.employer) == (D("2024-05-06"), D("2024-11-06"), "E1")


@pytest.mark.parametrize("start", ["2024-08-31", "2024-08-30", "2024-08-29"])
def test_six_months_are_clamped_to_the_end_of_february(start):
    assert windows([cdi(start)], POLICY)[0].deadline == D("2025-02-28")


def test_no_contract_or_no_employment_is_no_follow_up():
    stage = Contract("STAGE", "E1", D("2024-04-01"), D("2024-04-12"))
    assert followup_clock([], POLICY, START).state is FollowUpState.NONE
    assert followup_clock([stage], POLICY, START).state is FollowUpState.NONE
    assert windows([cdd("2024-04-01", "2024-06-30", ended="2024-03-31")], POLICY) == ()


@pytest.mark.parametrize(
    ("second", "count"), [("2024-08-07", 1), ("2024-08-08", 1), ("2024-08-09", 2), ("2024-06-01", 1)]
)
def test_seven_days_without_work_are_still_one_job(second, count):
    contracts = [cdd("2024-04-01", "2024-07-31"), cdd(second, "2024-12-31")]
    assert len(windows(contracts, POLICY)) == count
    assert len(windows(contracts[::-1], POLICY)) == count


def test_a_short_contract_inside_a_longer_one_does_not_end_the_job():
    contracts = [cdd("2024-04-01", "2024-09-30"), cdd("2024-05-01", "2024-05-31"), cdd("2024-10-07", "2024-12-31")]
    assert len(windows(contracts, POLICY)) == 1


def test_a_permanent_contract_after_temporary_ones_opens_six_new_months():
    found = windows([cdd("2024-04-01", "2024-06-30"), cdi("2024-07-01")], POLICY)
    assert [(w.starts_on, w.deadline) for w in found] == [
        (D("2024-04-01"), D("2024-07-01")),
        (D("2024-07-01"), D("2025-01-01")),
    ]


def test_a_permanent_contract_after_a_permanent_one_is_the_same_job():
    found = windows([cdi("2024-04-01", ended="2024-05-31"), cdi("2024-06-03")], POLICY)
    assert [(w.starts_on, w.deadline) for w in found] == [(D("2024-04-01"), D("2024-10-01"))]


def test_contracts_signed_for_the_same_day_are_one_job():
    found = windows([cdd("2024-04-01", "2024-04-30"), cdi("2024-04-01")], POLICY)
    assert [(w.starts_on, w.deadline) for w in found] == [(D("2024-04-01"), D("2024-10-01"))]


def test_a_temporary_contract_after_a_permanent_one_is_the_same_job():
    assert len(windows([cdi("2024-04-01", ended="2024-05-31"), cdd("2024-06-03", "2024-08-31")], POLICY)) == 1


def test_with_several_windows_running_the_one_that_started_last_is_shown():
    contracts = [cdi("2024-04-01", "E1"), cdd("2024-05-01", "2024-06-30", "E2")]
    assert followup_clock(contracts, POLICY, D("2024-06-30")).employer == "E2"
    assert followup_clock(contracts, POLICY, D("2024-07-01")).employer == "E1"


def test_with_none_running_the_last_one_done_comes_before_the_next_one():
    contracts = [cdd("2024-04-01", "2024-04-30", "E1"), cdd("2024-07-01", "2024-08-31", "E2")]
    assert followup_clock(contracts, POLICY, D("2024-03-31")).employer == "E1"
    assert followup_clock(contracts, POLICY, D("2024-06-30")).employer == "E1"
    assert followup_clock(contracts, POLICY, D("2024-07-01")).employer == "E2"


closed_contracts = st.lists(contract_strategy(types=("CDD", "INTERIM"), open_ended=False), max_size=6)


@given(closed_contracts)
def test_jobs_are_the_stretches_one_would_find_day_by_day(contracts):
    found = jobs(contracts, types=POLICY.followed_types, gap_days=7)
    until = max((last_worked(c) for c in contracts), default=date(2023, 1, 1)) + ONE
    expected = {(employer, first, last + ONE) for employer, first, last in naive_runs(contracts, until, 7)}
    assert {(job.employer, job.starts_on, job.ends_on) for job in found} == expected


@given(st.lists(contract_strategy(types=("CDI", "CDD", "INTERIM", "STAGE")), max_size=6), dates(span=2000))
def test_a_window_never_outlives_its_job_nor_its_months(contracts, on):
    found = windows(contracts, POLICY)
    for window in found:
        assert window.starts_on < window.deadline <= add_months(window.starts_on, 6)
        assert any(c.starts_on == window.starts_on and c.employer == window.employer for c in contracts)
    shown = followup_clock(contracts, POLICY, on)
    assert (shown.state is FollowUpState.NONE) is (not found)
    running = [w for w in found if w.starts_on <= on < w.deadline]
    assert (shown.state is FollowUpState.RUNNING) is bool(running)
    if running:
        assert shown.starts_on == max(w.starts_on for w in running)


@given(st.lists(contract_strategy(types=("CDI", "CDD", "INTERIM")), max_size=6))
def test_every_followed_contract_belongs_to_one_job(contracts):
    found = jobs(contracts, types=POLICY.followed_types, gap_days=7, new_job_when_permanent=POLICY.permanent_types)
    grouped = [c for job in found for c in job.contracts]
    assert sorted(map(repr, grouped)) == sorted(repr(c) for c in contracts if not c.worked.is_empty)


def test_an_early_end_can_only_shorten():
    contract = cdd("2024-04-01", "2024-06-30")
    assert replace(contract, ended_on=D("2024-04-20")).worked == Period(D("2024-04-01"), D("2024-04-21"))
    assert contract.worked == Period(D("2024-04-01"), D("2024-07-01"))
