"""When a contact is due, what counts as one, and how urgent it is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.rules.phases import Phase
from followup.rules.cadence import (
    NO_SHOW_ALERT,
    CadencePolicy,
    CadenceStatus,
    ContactFact,
    FollowUpStep,
    Urgency,
    counts_for_cadence,
    counts_for_employer,
    employer_due,
    next_contact,
    next_due_on,
    no_shows_in_a_row,
    urgency,
)
from foundation.rules.periods import Period, add_months

D = date.fromisoformat
POLICY = CadencePolicy()
WINDOW = Period(D("2026-01-05"), D("2026-07-05"))


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2026-01-08", "on_track"),
        ("2026-01-09", "due_soon"),
        ("2026-01-11", "due_soon"),
        ("2026-01-12", "due_today"),
        ("2026-01-13", "overdue"),
    ],
)
def test_a_weekly_contact_around_its_date(on, status):
    found = next_contact(Phase.PRE_HIRE, D("2026-01-05"), None, None, POLICY, D(on))
    assert (found.due_on, found.status, found.interval_days) == (D("2026-01-12"), status, 7)


@pytest.mark.parametrize(
    ("last", "interval"),
    [
        ("2026-03-04", 7),
        ("2026-03-05", 14),
        ("2026-03-06", 14),
        ("2026-05-04", 14),
        ("2026-05-05", 31),
        ("2026-05-06", 31),
    ],
)
def test_the_follow_up_interval_is_the_one_in_force_on_the_last_contact(last, interval):
    due_on, days = next_due_on(Phase.FOLLOW_UP, WINDOW.start, D(last), WINDOW, POLICY)
    assert (due_on, days) == (D(last) + timedelta(days=interval), interval)


@pytest.mark.parametrize(
    ("last", "due"), [("2026-06-02", "2026-07-03"), ("2026-06-03", "2026-07-04"), ("2026-06-04", None)]
)
def test_nothing_falls_due_on_the_end_of_the_window(last, due):
    due_on, _ = next_due_on(Phase.FOLLOW_UP, WINDOW.start, D(last), WINDOW, POLICY)
    assert due_on == (None if due is None else D(due))


@pytest.mark.parametrize(
    ("on", "status"), [("2026-07-03", "due_today"), ("2026-07-04", "overdue"), ("2026-07-05", "none")]
)
def test_what_was_missed_is_no_longer_due_once_the_window_is_over(on, status):
    found = next_contact(Phase.FOLLOW_UP, WINDOW.start, D("2026-06-02"), WINDOW, POLICY, D(on))
    assert found.status == status
    assert (found.due_on is None) is (status == "none")


def test_the_window_of_a_job_and_not_the_phase_starts_the_follow_up():
    second_job = Period(D("2026-03-02"), D("2026-09-02"))
    due_on, interval = next_due_on(Phase.FOLLOW_UP, D("2025-10-06"), D("2026-02-27"), second_job, POLICY)
    assert (due_on, interval) == (D("2026-03-09"), 7)


def test_a_window_is_no_concern_of_another_phase():
    past = Period(D("2025-01-05"), D("2025-07-05"))
    assert next_due_on(Phase.PRE_HIRE, D("2026-01-05"), None, past, POLICY) == (D("2026-01-12"), 7)


@pytest.mark.parametrize(("phase", "interval"), [(Phase.PREPARATORY, 31), (Phase.PRE_HIRE, 7), (Phase.HIRE, 7)])
def test_the_intervals_of_the_house(phase, interval):
    assert next_due_on(phase, D("2026-01-05"), None, None, POLICY)[1] == interval


def test_intervals_of_one_day_and_no_warning_ahead_are_possible():
    policy = CadencePolicy(every_days={"HIRE": 1}, due_soon_days=0, employer_days=1)
    found = next_contact(Phase.HIRE, D("2026-01-05"), None, None, policy, D("2026-01-05"))
    assert (found.due_on, found.status) == (D("2026-01-06"), CadenceStatus.ON_TRACK)


def test_an_unknown_phase_or_the_exit_has_no_cadence():
    assert next_due_on(Phase.EXIT, D("2026-01-05"), None, WINDOW, POLICY) == (None, None)


@given(
    st.integers(0, 250).map(lambda n: WINDOW.start + timedelta(days=n)),
    st.integers(1, 300),
    st.integers(0, 400).map(lambda n: WINDOW.start + timedelta(days=n)),
)
def test_in_follow_up_nothing_is_due_on_or_after_the_end(last, length, on):
    end = min(add_months(WINDOW.start, 6), WINDOW.start + timedelta(days=length))
    found = next_contact(Phase.FOLLOW_UP, WINDOW.start, last, Period(WINDOW.start, end), POLICY, on)
    if found.due_on is not None:
        assert last < found.due_on < end
        assert on < end
        assert found.status is not CadenceStatus.NONE
    else:
        assert found.status is CadenceStatus.NONE


@given(
    st.sampled_from([Phase.PREPARATORY, Phase.PRE_HIRE, Phase.HIRE]),
    st.dates(D("2025-01-01"), D("2026-12-31")),
    st.none() | st.dates(D("2025-01-01"), D("2026-12-31")),
    st.dates(D("2025-01-01"), D("2026-12-31")),
)
def test_outside_follow_up_the_due_date_depends_on_facts_alone(phase, started, last, on):
    found = next_contact(phase, started, last, None, POLICY, on)
    base = max(started, last or started)
    assert found.due_on == base + timedelta(days=POLICY.every_days[phase])
    expected = {
        on > found.due_on: "overdue",
        on == found.due_on: "due_today",
        0 < (found.due_on - on).days <= 3: "due_soon",
        (found.due_on - on).days > 3: "on_track",
    }
    assert found.status == expected[True]


@pytest.mark.parametrize("channel", ["IN_PERSON", "PHONE", "VIDEO", "EMAIL", "LETTER", "MESSAGE"])
@pytest.mark.parametrize("outcome", ["HELD", "NO_SHOW"])
@pytest.mark.parametrize("party", ["BENEFICIARY", "BOTH", "EMPLOYER", "PARTNER"])
def test_what_counts_is_a_live_contact_held_with_the_person(channel, outcome, party):
    live_and_held = channel in ("IN_PERSON", "PHONE", "VIDEO") and outcome == "HELD"
    assert counts_for_cadence(channel, outcome, party) is (live_and_held and party in ("BENEFICIARY", "BOTH"))
    assert counts_for_employer(channel, outcome, party) is (live_and_held and party in ("EMPLOYER", "BOTH"))


def employer(on, *, last=None, discreet=False, window=WINDOW):
    return employer_due(
        window=window,
        last_employer_contact_on=None if last is None else D(last),
        discreet=discreet,
        policy=POLICY,
        on=D(on),
    )


def test_the_employer_is_due_every_month_from_the_first_day_at_work():
    assert employer("2026-01-05").due_on == D("2026-02-05")
    assert employer("2026-03-01", last="2026-02-20").due_on == D("2026-03-23")
    assert employer("2026-03-01", last="2025-12-20").due_on == D("2026-02-05")
    assert employer("2026-03-01", last="2025-12-20").status is CadenceStatus.OVERDUE


@pytest.mark.parametrize(("last", "due"), [("2026-06-03", "2026-07-04"), ("2026-06-04", None)])
def test_the_employer_is_not_due_on_the_end_of_the_window(last, due):
    assert employer("2026-06-10", last=last).due_on == (None if due is None else D(due))


def test_the_employer_is_not_due_once_the_window_is_over():
    assert employer("2026-07-04").due_on == D("2026-02-05")
    assert employer("2026-07-05").due_on is None


def test_a_discreet_follow_up_never_makes_the_employer_due():
    for on in ("2026-01-05", "2026-02-05", "2026-06-30"):
        found = employer(on, discreet=True)
        assert (found.due_on, found.status, found.interval_days) == (None, CadenceStatus.NONE, None)
    assert employer("2026-02-05", window=None).due_on is None


def contact(on, outcome="HELD", channel="IN_PERSON", party="BENEFICIARY"):
    return ContactFact(D(on), channel, outcome, party)


def test_no_shows_are_counted_since_the_last_contact_that_counts():
    missed = [contact(f"2026-03-{n:02}", "NO_SHOW") for n in (3, 10, 17)]
    assert no_shows_in_a_row([]) == 0
    assert no_shows_in_a_row(missed[::-1]) == NO_SHOW_ALERT
    assert no_shows_in_a_row([*missed, contact("2026-03-24")]) == 0
    assert no_shows_in_a_row([*missed, contact("2026-03-11")]) == 1


def test_a_letter_or_a_talk_with_the_employer_neither_counts_nor_breaks_the_row():
    missed = [contact(f"2026-03-{n:02}", "NO_SHOW") for n in (3, 10, 17)]
    between = [contact("2026-03-11", channel="LETTER"), contact("2026-03-12", party="EMPLOYER")]
    assert no_shows_in_a_row([*missed, *between]) == 3
    assert no_shows_in_a_row([*missed, contact("2026-03-18", "NO_SHOW", party="EMPLOYER")]) == 3


@pytest.mark.parametrize(
    ("days_ahead", "group"),
    [
        (-15, Urgency.VERY_LATE),
        (-14, Urgency.LATE),
        (-1, Urgency.LATE),
        (0, Urgency.TODAY),
        (1, Urgency.THIS_WEEK),
        (7, Urgency.THIS_WEEK),
        (8, Urgency.LATER),
    ],
)
def test_urgency_around_its_limits(days_ahead, group):
    on = D("2026-03-02")
    assert urgency(on + timedelta(days=days_ahead), on) is group


def test_what_is_not_due_is_not_urgent():
    assert urgency(None, D("2026-03-02")) is Urgency.NONE


@pytest.mark.parametrize(
    "wrong",
    [
        {"every_days": {"PRE_HIRE": 0}},
        {"employer_days": 0},
        {"due_soon_days": -1},
        {"follow_up": ()},
        {"follow_up": (FollowUpStep(2, 7),)},
        {"follow_up": (FollowUpStep(None, 7), FollowUpStep(2, 7))},
        {"follow_up": (FollowUpStep(4, 7), FollowUpStep(2, 14), FollowUpStep(None, 31))},
        {"follow_up": (FollowUpStep(2, 7), FollowUpStep(None, -1))},
    ],
)
def test_a_policy_that_leaves_days_without_a_rule_is_refused(wrong):
    with pytest.raises(ValueError, match=r"intervals|steps"):
        CadencePolicy(**wrong)
