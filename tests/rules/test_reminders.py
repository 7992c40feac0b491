"""Who is told of what, from which day: the table, its boundaries, and that it depends on the day alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.rules.cadence import CadencePolicy
from followup.rules.deadlines import CaseFacts, DeadlinePolicy, deadlines
from followup.rules.kinds import MAILED, OPTIONAL, RULES, Tell
from followup.rules.kinds import DeadlineKind as Kind
from followup.rules.reminders import asks_a_contact_in_vain, escalation_limit, may_mute, morning, threshold_of
from foundation.rules.periods import Period
from foundation.rules.workdays import WorkingDays
from foundation.workdays import working_days
from method.rules.phases import Phase
from placements.rules.clocks import ClockPolicy
from placements.rules.contracts import Contract

D = date.fromisoformat
DAY = timedelta(days=1)
BELGIUM = working_days(D("2025-03-03"))
WARNINGS = (92, 31, 0)
POLICY = DeadlinePolicy(cadence=CadencePolicy(), clocks=ClockPolicy(), working_days=BELGIUM)


def on(day: str):
    found = morning(D(day), BELGIUM)
    assert found is not None
    return found


def test_everything_due_has_its_line_and_its_words() -> None:
    assert set(RULES) == set(Kind)
    assert list(RULES) == list(Kind)
    assert all(rule.name and rule.asks and rule.code in MAILED for rule in RULES.values())


def test_what_the_issue_names_is_in_the_table() -> None:
    assert {
        Kind.FIRST_MEETING, Kind.CONTACT, Kind.EMPLOYER, Kind.PREHIRE_END, Kind.CONTRACT_END, Kind.FOLLOW_UP_END,
        Kind.RESULTS_4_WEEKS, Kind.RESULTS_6_MONTHS, Kind.APPOINTMENT, Kind.NO_SHOWS, Kind.INTAKE_END,
    } <= set(RULES)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2025-03-03", True),
        ("2025-03-08", False),
        ("2025-04-21", False),  # Easter Monday
        ("2025-05-29", False),  # Ascension
        ("2025-05-30", True),
        ("2025-07-21", False),
        ("2025-09-27", False),  # a Saturday besides
        ("2025-12-25", False),
        ("2026-01-01", False),
        ("2025-12-26", True),
    ],
)
def test_belgian_working_days(day: str, works: bool) -> None:
    assert BELGIUM.is_working(D(day)) is works
    assert (morning(D(day), BELGIUM) is not None) is works


def test_the_horizon_covers_the_days_off_that_follow() -> None:
    assert on("2025-03-05").horizon == D("2025-03-05")
    assert on("2025-03-07").horizon == D("2025-03-09")
    # Maundy Thursday is followed by Good Friday, which is worked; the Friday by Easter.
    assert on("2025-04-18").horizon == D("2025-04-21")


def test_the_fifteenth_working_day() -> None:
    assert BELGIUM.after(D("2025-03-03"), 15) == D("2025-03-24")
    assert BELGIUM.after(D("2025-04-14"), 5) == D("2025-04-22")
    with pytest.raises(ValueError, match="positive"):
        BELGIUM.after(D("2025-03-03"), 0)


def test_the_last_working_day_until_a_day() -> None:
    assert BELGIUM.on_or_before(D("2025-03-05")) == D("2025-03-05")
    assert BELGIUM.on_or_before(D("2025-04-21")) == D("2025-04-18")


@given(st.dates(D("2024-06-01"), D("2025-06-01")), st.integers(1, 30))
def test_so_many_working_days_lie_between(day: date, number: int) -> None:
    last = BELGIUM.after(day, number)
    between = (day + n * DAY for n in range(1, (last - day).days + 1))
    assert sum(BELGIUM.is_working(one) for one in between) == number
    assert BELGIUM.is_working(last)


@pytest.mark.parametrize(
    ("kind", "due", "shown", "day", "told"),
    [
        # a contact: on its day, not the day before; on Friday for the weekend
        (Kind.CONTACT, "2025-03-05", "2025-02-26", "2025-03-04", None),
        (Kind.CONTACT, "2025-03-05", "2025-02-26", "2025-03-05", 0),
        (Kind.CONTACT, "2025-03-08", "2025-03-01", "2025-03-07", 0),
        (Kind.CONTACT, "2025-03-10", "2025-03-03", "2025-03-07", None),
        # ahead: from the day it is shown
        (Kind.CONTRACT_END, "2025-04-04", "2025-03-05", "2025-03-04", None),
        (Kind.CONTRACT_END, "2025-04-04", "2025-03-05", "2025-03-05", 0),
        (Kind.CONTRACT_END, "2025-04-07", "2025-03-08", "2025-03-07", 0),
        # what has happened is not told before
        (Kind.APPOINTMENT, "2025-03-08", "2025-03-08", "2025-03-07", None),
        (Kind.APPOINTMENT, "2025-03-08", "2025-03-08", "2025-03-10", 0),
        # the warnings: 92, 31 and 0 days before, the latest alone
        (Kind.PREHIRE_END, "2025-06-05", "2025-03-05", "2025-03-04", None),
        (Kind.PREHIRE_END, "2025-06-05", "2025-03-05", "2025-03-05", 92),
        (Kind.PREHIRE_END, "2025-06-05", "2025-03-05", "2025-05-02", 92),
        (Kind.PREHIRE_END, "2025-06-05", "2025-03-05", "2025-05-05", 31),
        (Kind.PREHIRE_END, "2025-06-05", "2025-03-05", "2025-06-04", 31),
        (Kind.PREHIRE_END, "2025-06-05", "2025-03-05", "2025-06-05", 0),
        (Kind.PREHIRE_END, "2025-06-05", "2025-03-05", "2025-06-06", 0),
    ],
)
def test_from_which_day(kind: Kind, due: str, shown: str, day: str, told: int | None) -> None:
    assert threshold_of(kind, D(due), D(shown), on(day), WARNINGS) == told


@given(st.sampled_from(list(Kind)), st.dates(D("2025-02-01"), D("2025-06-01")), st.integers(0, 92))
def test_what_a_missed_morning_would_have_told_the_next_one_tells(kind: Kind, due: date, ahead: int) -> None:
    shown = due - ahead * DAY
    told = False
    day = D("2025-01-20")
    while day < D("2025-07-01"):
        seen = morning(day, BELGIUM)
        if seen is not None:
            now = threshold_of(kind, due, shown, seen, WARNINGS) is not None
            assert now or not told, "once to be told, it stays so until its cause disappears"
            told = now
        day += DAY
    assert told


def test_nobody_is_asked_for_a_contact_that_no_mandate_covers() -> None:
    end = D("2025-03-05")
    assert asks_a_contact_in_vain(Kind.CONTACT, Phase.PRE_HIRE, end, end)
    assert asks_a_contact_in_vain(Kind.CONTACT, Phase.PRE_HIRE, end, end + DAY)
    assert not asks_a_contact_in_vain(Kind.CONTACT, Phase.PRE_HIRE, end, end - DAY)
    assert not asks_a_contact_in_vain(Kind.CONTACT, Phase.FOLLOW_UP, end, end)
    assert not asks_a_contact_in_vain(Kind.CONTACT, Phase.PREPARATORY, None, end)
    assert not asks_a_contact_in_vain(Kind.PREHIRE_END, Phase.PRE_HIRE, end, end)


def test_escalation_after_fourteen_days() -> None:
    assert escalation_limit(D("2025-03-17")) == D("2025-03-03")


def test_what_may_be_switched_off() -> None:
    assert may_mute([rule.code.value for rule in OPTIONAL])
    for rule in OPTIONAL:
        assert may_mute([rule.code.value])
    assert may_mute([])
    for kind in (
        Kind.PREHIRE_END,
        Kind.NO_SHOWS,
        Kind.FIRST_MEETING,
        Kind.CONTRACT_END,
        Kind.RESULTS_6_MONTHS,
    ):
        assert not may_mute([kind.value])
    assert not may_mute(["nothing known"])
    assert RULES[Kind.PREHIRE_END].tell is Tell.BY_WARNINGS


# --- The kinds of deadlines that reminders brought --------------------------------------------------------------------


def found(kind: Kind, **facts):
    phase = facts.pop("phase", Phase.PREPARATORY)
    case = CaseFacts(phase=phase, phase_started_on=facts.pop("phase_started_on", D("2025-03-05")), **facts)
    return [deadline for deadline in deadlines(case, POLICY) if deadline.kind is kind]


def test_the_first_meeting_is_due_fifteen_working_days_after_the_referral() -> None:
    [due] = found(Kind.FIRST_MEETING, referred_on=D("2025-03-03"))
    assert (due.due_on, due.shown_from) == (D("2025-03-24"), D("2025-03-17"))
    assert found(Kind.FIRST_MEETING, referred_on=D("2025-03-03"), last_contact_on=D("2025-03-06")) == []
    assert found(Kind.FIRST_MEETING) == []
    assert found(Kind.FIRST_MEETING, referred_on=D("2025-03-03"), phase=Phase.PRE_HIRE) == []


def test_an_appointment_asks_for_its_outcome_from_the_next_day() -> None:
    days = (D("2025-03-07"), D("2025-03-07"), D("2025-03-10"))
    due = [D("2025-03-08"), D("2025-03-11")]
    assert [(d.due_on, d.shown_from) for d in found(Kind.APPOINTMENT, appointments=days)] == [(on, on) for on in due]
    assert len(found(Kind.APPOINTMENT, appointments=days, phase=Phase.EXIT)) == 2


def test_the_results_of_the_esf_four_weeks_and_six_months_after_the_exit() -> None:
    left = D("2026-01-31")
    asked = {"phase": Phase.EXIT, "phase_started_on": left, "results_asked": True}
    [soon], [later] = found(Kind.RESULTS_4_WEEKS, **asked), found(Kind.RESULTS_6_MONTHS, **asked)
    # ESF-07 of the regulation file gives these days.
    assert (soon.due_on, later.due_on) == (D("2026-02-28"), D("2026-07-31"))
    assert (soon.shown_from, soon.until) == (D("2026-02-21"), D("2026-05-28"))
    # A talk is not an answer: only what was recorded is.
    assert found(Kind.RESULTS_4_WEEKS, **asked, last_contact_on=D("2026-02-21")) == [soon]
    recorded = {**asked, "results_settled": frozenset({Kind.RESULTS_4_WEEKS})}
    assert found(Kind.RESULTS_4_WEEKS, **recorded) == []
    assert found(Kind.RESULTS_6_MONTHS, **recorded) == [later]
    assert found(Kind.RESULTS_4_WEEKS, phase=Phase.EXIT, phase_started_on=left) == []
    assert found(Kind.RESULTS_4_WEEKS, results_asked=True) == []


@pytest.mark.parametrize(
    ("phase", "since", "due"),
    [
        (Phase.PREPARATORY, "2025-03-10", ("2025-03-17", "2025-03-10")),
        (Phase.PREPARATORY, None, None),
        (Phase.PRE_HIRE, "2025-03-10", None),
        (Phase.FOLLOW_UP, "2025-03-10", None),
        (Phase.EXIT, "2025-03-10", None),
    ],
)
def test_a_paper_that_opens_pre_hire_is_signed_within_a_week(phase, since, due) -> None:
    told = found(Kind.SIGNATURE, phase=phase, unsigned_since=D(since) if since else None)
    assert [(d.due_on.isoformat(), d.shown_from.isoformat()) for d in told] == ([due] if due else [])
    assert all(d.until is None for d in told)


def training(first: str = "2025-04-01", last: str = "2025-04-25", firm: str = "f", **more) -> Contract:
    return Contract("STAGE", firm, D(first), D(last), **more)


@pytest.mark.parametrize(
    ("known", "due"),
    [
        ({}, "2025-04-25"),
        ({"last_contact_on": D("2025-04-24")}, "2025-04-25"),
        ({"last_contact_on": D("2025-04-25")}, None),
        ({"employer_talks": {"f": [D("2025-04-24")]}}, "2025-04-25"),
        ({"employer_talks": {"f": [D("2025-04-28")]}}, None),
        ({"employer_talks": {"other": [D("2025-04-28")]}}, "2025-04-25"),
        ({"phase": Phase.HIRE}, "2025-04-25"),
        ({"phase": Phase.PREPARATORY}, None),
        ({"phase": Phase.FOLLOW_UP}, None),
        ({"phase": Phase.EXIT}, None),
        ({"phase_started_on": D("2025-04-25")}, "2025-04-25"),
        ({"phase_started_on": D("2025-04-26")}, None),
        ({"suspended": [Period(D("2025-04-20"), D("2025-04-26"))]}, None),
        ({"suspended": [Period(D("2025-04-20"), D("2025-04-25"))]}, "2025-04-25"),
        # It ended before its time, or was never begun.
        ({"trainings": [training(ended_on=D("2025-04-10"))]}, "2025-04-10"),
        ({"trainings": [training(ended_on=D("2025-03-31"))]}, None),
        # The firm keeps the person: as a trainee for longer, or under a contract; another firm does not.
        ({"trainings": [training(), training("2025-04-28", "2025-05-09")]}, "2025-05-09"),
        ({"contracts": [Contract("CDI", "f", D("2025-04-28"))]}, None),
        ({"contracts": [Contract("CDI", "g", D("2025-04-28"))]}, "2025-04-25"),
        ({"contracts": [Contract("CDD", "f", D("2025-04-02"), D("2025-04-25"))]}, "2025-04-25"),
    ],
)
def test_a_training_is_reviewed_once_it_ends(known, due) -> None:
    facts = {"phase": Phase.PRE_HIRE, "trainings": [training()]} | known
    told = found(Kind.TRAINING_END, **facts)
    assert [d.due_on.isoformat() for d in told] == ([due] if due else [])


def test_a_suspension_that_follows_a_training_ends_its_review() -> None:
    [due] = found(
        Kind.TRAINING_END, phase=Phase.PRE_HIRE, trainings=[training()], suspended=[Period(D("2025-05-05"), None)]
    )
    assert (due.shown_from, due.until, due.employer) == (D("2025-04-18"), D("2025-05-05"), "f")


DAYS = st.dates(D("2025-03-05"), D("2025-06-30"))


@given(first=DAYS, length=st.integers(0, 60), seen=st.none() | DAYS)
def test_a_review_is_asked_on_the_last_day_until_somebody_is_spoken_to(first, length, seen) -> None:
    last = first + length * DAY
    told = found(
        Kind.TRAINING_END, phase=Phase.PRE_HIRE, trainings=[Contract("PFI", "f", first, last)], last_contact_on=seen
    )
    assert [d.due_on for d in told] == ([] if seen is not None and seen >= last else [last])


def test_without_holidays_every_weekday_is_worked() -> None:
    assert WorkingDays().is_working(D("2025-12-25"))
