"""When a contact is due, what counts as one, and how urgent it is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.rules.cadence import (
    CadencePolicy,
    ContactFact,
    FollowUpStep,
    counts_for_cadence,
    counts_for_employer,
    next_due_on,
    no_shows_since_last_contact,
)
from followup.rules.deadlines import CaseFacts, DeadlinePolicy, contact_deadlines, due_on, employer_deadlines
from followup.rules.kinds import DeadlineKind
from foundation.rules.periods import Period, add_months
from method.rules.phases import Phase
from method.rules.urgency import Urgency, UrgencyLimits, urgency
from placements.rules.clocks import ClockPolicy
from placements.rules.windows import FollowUpWindow

D = date.fromisoformat
POLICY = CadencePolicy()
WINDOW = Period(D("2026-01-05"), D("2026-07-05"))
FIRM = "firm"


def windows_of(window, policy):
    """The window as the deadlines read it."""
    return () if window is None else ((FollowUpWindow(window.start, window.end, FIRM), policy),)


def next_contact(phase, started, last, window, policy, on):
    """The next contact due with the person as seen on a day, and how urgent it is: what the status and badges run."""
    facts = CaseFacts(phase=phase, phase_started_on=started, last_contact_on=last, windows=windows_of(window, policy))
    due = due_on(
        contact_deadlines(facts, DeadlinePolicy(cadence=policy, clocks=ClockPolicy())), DeadlineKind.CONTACT, on
    )
    return due, urgency(due, on, UrgencyLimits(soon_days=policy.due_soon_days))


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2026-01-08", "later"),
        ("2026-01-09", "soon"),
        ("2026-01-11", "soon"),
        ("2026-01-12", "today"),
        ("2026-01-13", "late"),
    ],
)
def test_a_weekly_contact_around_its_date(on, status):
    assert next_contact(Phase.PRE_HIRE, D("2026-01-05"), None, None, POLICY, D(on)) == (D("2026-01-12"), status)


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


@pytest.mark.parametrize(("on", "status"), [("2026-07-03", "today"), ("2026-07-04", "late"), ("2026-07-05", "none")])
def test_what_was_missed_is_no_longer_due_once_the_window_is_over(on, status):
    due, found = next_contact(Phase.FOLLOW_UP, WINDOW.start, D("2026-06-02"), WINDOW, POLICY, D(on))
    assert found == status
    assert (due is None) is (status == "none")


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
    assert found == (D("2026-01-06"), Urgency.LATER)


def test_an_unknown_phase_or_the_exit_has_no_cadence():
    assert next_due_on(Phase.EXIT, D("2026-01-05"), None, WINDOW, POLICY) == (None, None)


@given(
    st.integers(0, 250).map(lambda n: WINDOW.start + timedelta(days=n)),
    st.integers(1, 300),
    st.integers(0, 400).map(lambda n: WINDOW.start + timedelta(days=n)),
)
def test_in_follow_up_nothing_is_due_on_or_after_the_end(last, length, on):
    end = min(add_months(WINDOW.start, 6), WINDOW.start + timedelta(days=length))
    due, found = next_contact(Phase.FOLLOW_UP, WINDOW.start, last, Period(WINDOW.start, end), POLICY, on)
    if due is not None:
        assert last < due < end
        assert on < end
        assert found is not Urgency.NONE
    else:
        assert found is Urgency.NONE


@given(
    st.sampled_from([Phase.PREPARATORY, Phase.PRE_HIRE, Phase.HIRE]),
    st.dates(D("2025-01-01"), D("2026-12-31")),
    st.none() | st.dates(D("2025-01-01"), D("2026-12-31")),
    st.dates(D("2025-01-01"), D("2026-12-31")),
)
def test_outside_follow_up_the_due_date_depends_on_facts_alone(phase, started, last, on):
    due, found = next_contact(phase, started, last, None, POLICY, on)
    base = max(started, last or started)
    assert due == base + timedelta(days=POLICY.every_days[phase])
    expected = {
        (on - due).days > 14: "very_late",
        0 < (on - due).days <= 14: "late",
        on == due: "today",
        0 < (due - on).days <= 3: "soon",
        (due - on).days > 3: "later",
    }
    assert found == expected[True]


@pytest.mark.parametrize("channel", ["IN_PERSON", "PHONE", "VIDEO", "EMAIL", "LETTER", "MESSAGE"])
@pytest.mark.parametrize("outcome", ["HELD", "NO_SHOW"])
@pytest.mark.parametrize("party", ["BENEFICIARY", "BOTH", "EMPLOYER", "PARTNER"])
def test_what_counts_is_a_live_contact_held_with_the_person(channel, outcome, party):
    live_and_held = channel in ("IN_PERSON", "PHONE", "VIDEO") and outcome == "HELD"
    assert counts_for_cadence(channel, outcome, party) is (live_and_held and party in ("BENEFICIARY", "BOTH"))
    assert counts_for_employer(channel, outcome, party) is (live_and_held and party in ("EMPLOYER", "BOTH"))


def employer(on, *, last=None, discreet=False, window=WINDOW):
    """The next talk due with the employer, as seen on a day."""
    facts = CaseFacts(
        phase=Phase.FOLLOW_UP,
        phase_started_on=WINDOW.start,
        windows=windows_of(window, POLICY),
        hidden_employers=frozenset({FIRM} if discreet else ()),
        employer_talks={} if last is None else {FIRM: [D(last)]},
    )
    return due_on(employer_deadlines(facts), DeadlineKind.EMPLOYER, D(on))


def test_the_employer_is_due_every_month_from_the_first_day_at_work():
    assert employer("2026-01-05") == D("2026-02-05")
    assert employer("2026-03-01", last="2026-02-20") == D("2026-03-23")
    assert employer("2026-03-01", last="2025-12-20") == D("2026-02-05")


@pytest.mark.parametrize(("last", "due"), [("2026-06-03", "2026-07-04"), ("2026-06-04", None)])
def test_the_employer_is_not_due_on_the_end_of_the_window(last, due):
    assert employer("2026-06-10", last=last) == (None if due is None else D(due))


def test_the_employer_is_not_due_once_the_window_is_over():
    assert employer("2026-07-04") == D("2026-02-05")
    assert employer("2026-07-05") is None


def test_a_discreet_follow_up_never_makes_the_employer_due():
    for on in ("2026-01-05", "2026-02-05", "2026-06-30"):
        assert employer(on) is not None
        assert employer(on, discreet=True) is None
    assert employer("2026-02-05", window=None) is None


@pytest.mark.parametrize(("began", "met"), [("2026-07-04", True), ("2026-07-05", False), ("2026-07-06", False)])
def test_a_window_that_is_over_when_the_follow_up_begins_belongs_to_a_former_one(began, met):
    facts = CaseFacts(phase=Phase.FOLLOW_UP, phase_started_on=D(began), windows=windows_of(WINDOW, POLICY))
    assert bool(facts.current_windows()) is met


@pytest.mark.parametrize(
    ("starts", "ends", "due"),
    [
        ("2026-01-05", "2026-07-05", ["2026-01-12"]),
        ("2026-02-02", "2026-07-05", ["2026-01-12"]),
        ("2026-02-02", "2026-07-04", ["2026-01-12"]),
        ("2026-02-02", "2026-07-06", ["2026-01-12", "2026-02-09"]),
    ],
)
def test_a_second_job_asks_a_contact_of_its_own_only_once_the_first_asks_none_any_more(starts, ends, due):
    windows = (*windows_of(WINDOW, POLICY), (FollowUpWindow(D(starts), D(ends), "other"), POLICY))
    facts = CaseFacts(phase=Phase.FOLLOW_UP, phase_started_on=WINDOW.start, windows=windows)
    found = contact_deadlines(facts, DeadlinePolicy(cadence=POLICY, clocks=ClockPolicy()))
    assert [deadline.due_on for deadline in found] == [D(day) for day in due]


def contact(on, outcome="HELD", channel="IN_PERSON", party="BENEFICIARY"):
    return ContactFact(D(on), channel, outcome, party)


def test_no_shows_are_counted_since_the_last_contact_that_counts():
    missed = [contact(f"2026-03-{n:02}", "NO_SHOW") for n in (3, 10, 17)]
    assert len(no_shows_since_last_contact([])) == 0
    assert len(no_shows_since_last_contact(missed[::-1])) == 3
    assert len(no_shows_since_last_contact([*missed, contact("2026-03-24")])) == 0
    assert len(no_shows_since_last_contact([*missed, contact("2026-03-11")])) == 1


def test_a_letter_or_a_talk_with_the_employer_neither_counts_nor_breaks_the_row():
    missed = [contact(f"2026-03-{n:02}", "NO_SHOW") for n in (3, 10, 17)]
    between = [contact("2026-03-11", channel="LETTER"), contact("2026-03-12", party="EMPLOYER")]
    assert len(no_shows_since_last_contact([*missed, *between])) == 3
    assert len(no_shows_since_last_contact([*missed, contact("2026-03-18", "NO_SHOW", party="EMPLOYER")])) == 3


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
