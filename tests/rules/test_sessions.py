"""Days, places and hours of collective sessions; where a coach's hours go, and which contacts were held on time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.rules.cadence import CadencePolicy, FollowUpStep
from followup.rules.counters import (
    CadenceFacts,
    PhaseFact,
    TimeSpent,
    cadence_kept,
    cadence_period,
    expected_contacts,
    minutes_by_place,
)
from followup.rules.sessions import minutes_attended, places_left, weekly_days
from foundation.rules.periods import Period
from foundation.rules.workdays import WorkingDays

D = date
ON = D(2025, 3, 31)
FIRST, LAST = D(2025, 2, 3), D(2025, 3, 30)
POLICY = CadencePolicy()
SINCE = D(2025, 1, 6)


def test_a_weekly_series_leaves_holidays_out_but_keeps_its_first_day() -> None:
    closed = WorkingDays(frozenset({D(2025, 4, 21), D(2025, 5, 5)}))
    assert weekly_days(D(2025, 4, 14), 3, closed) == (D(2025, 4, 14), D(2025, 4, 28), D(2025, 5, 12))
    assert weekly_days(D(2025, 4, 21), 2, closed) == (D(2025, 4, 21), D(2025, 4, 28))
    with pytest.raises(ValueError, match="at least one"):
        weekly_days(D(2025, 4, 21), 0, closed)


@given(st.dates(D(2020, 1, 1), D(2030, 1, 1)), st.integers(1, 30), st.sets(st.integers(0, 300), max_size=40))
def test_the_days_of_a_series_are_as_many_and_of_one_weekday(first, number, closed) -> None:
    holidays = frozenset(first + timedelta(days=day) for day in closed)
    days = weekly_days(first, number, WorkingDays(holidays))
    assert len(set(days)) == number
    assert {day.weekday() for day in days} == {first.weekday()}
    assert not set(days[1:]) & holidays
    assert list(days) == sorted(days)


@pytest.mark.parametrize(
    ("capacity", "states", "left"),
    [
        (2, [], 2),
        (2, ["REGISTERED"], 1),
        (2, ["PRESENT", "ABSENT"], 0),
        (2, ["EXCUSED", "WITHDRAWN"], 2),
        (1, ["REGISTERED", "REGISTERED"], 0),
    ],
)
def test_places(capacity, states, left) -> None:
    assert places_left(capacity, states) == left


def test_only_who_was_there_spent_time() -> None:
    assert minutes_attended([("PRESENT", 90), ("ABSENT", 0), ("PRESENT", 30), ("REGISTERED", 0)]) == 120
    assert minutes_attended([]) == 0


def test_hours_by_place_guess_nothing_but_what_the_channel_says() -> None:
    spent = [
        TimeSpent("OFFICE", "IN_PERSON", 45),
        TimeSpent("", "PHONE", 20),
        TimeSpent("REMOTE", "VIDEO", 10),
        TimeSpent("", "VISIT", 40),
        TimeSpent("", "IN_PERSON", 5),
        TimeSpent("HOME", "IN_PERSON", 0),
    ]
    found = minutes_by_place(spent)
    assert list(found.items()) == [("OFFICE", 45), ("COMPANY", 40), ("REMOTE", 30), ("", 5)]


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "OFFICE", "HOME"]), st.sampled_from(["PHONE", "IN_PERSON"]), st.integers(0, 600))
    )
)
def test_no_minute_is_lost_between_places(rows) -> None:
    assert sum(minutes_by_place(TimeSpent(*row) for row in rows).values()) == sum(row[2] for row in rows)


SINCE = D(2025, 1, 6)


def facts(contacts=(), *, phase="PRE_HIRE", since=SINCE, until=None, **more) -> CadenceFacts:
    phases = more.pop("phases", [PhaseFact(phase, since, until, POLICY)])
    return CadenceFacts(**({"carried_from": since, "phases": phases, "contacts": contacts} | more))


def counts(*cases) -> tuple[int, int]:
    kept = cadence_kept(cases, ON)
    return kept.on_time, kept.due


def every(days: int, first: date, last: date = LAST) -> list[date]:
    return [first + timedelta(days=n) for n in range(0, (last - first).days + 1, days)]


def test_the_eight_weeks_before_today() -> None:
    assert cadence_period(ON) == (FIRST, LAST)
    assert (LAST - FIRST).days + 1 == 56


def test_a_contact_every_week_is_kept_each_week() -> None:
    assert counts(facts(every(7, D(2025, 1, 13)))) == (8, 8)


@pytest.mark.parametrize(("held", "kept"), [(D(2025, 3, 9), 1), (D(2025, 3, 10), 1), (D(2025, 3, 11), 0)])
def test_on_the_due_day_is_on_time_the_day_after_is_late(held, kept) -> None:
    # Due on 10 March, seven days after the 3rd; what is due after today is not looked at.
    found = next(iter(expected_contacts(facts([held], since=D(2025, 3, 3)))))
    assert (found.due_on, found.on_time) == (D(2025, 3, 10), bool(kept))


def test_what_is_late_counts_once_however_long_it_lasts() -> None:
    assert counts(facts([D(2025, 2, 3)])) == (0, 1)
    assert counts(facts([D(2025, 2, 3), D(2025, 3, 20)])) == (0, 2)


def test_a_due_day_counts_in_its_own_week_only() -> None:
    for due, inside in ((D(2025, 2, 2), False), (FIRST, True), (LAST, True), (ON, False)):
        held = due - timedelta(days=7)
        since = held - timedelta(days=1)
        # A second contact on the due day, then none that falls due in the period.
        case = facts([held, due], since=since, until=due + timedelta(days=1))
        assert counts(case)[1] - counts(facts([held], since=since, until=held + timedelta(days=1)))[1] == inside


def test_nothing_is_asked_of_whoever_did_not_carry_the_case_yet() -> None:
    assert counts(facts([], carried_from=D(2025, 3, 1))) == (0, 0)
    assert counts(facts(every(7, D(2025, 1, 13)), carried_from=D(2025, 3, 17))) == (2, 2)


def test_a_new_phase_forgets_what_was_not_due_yet_and_keeps_what_was_late() -> None:
    early = [
        PhaseFact("PREPARATORY", D(2025, 2, 1), D(2025, 3, 1), POLICY),
        PhaseFact("EXIT", D(2025, 3, 1), None, POLICY),
    ]
    late = [
        PhaseFact("PREPARATORY", D(2025, 1, 20), D(2025, 3, 1), POLICY),
        PhaseFact("EXIT", D(2025, 3, 1), None, POLICY),
    ]
    assert counts(facts(phases=early)) == (0, 0)
    assert counts(facts(phases=late)) == (0, 1)


def test_nothing_is_expected_once_the_24_months_are_used_up() -> None:
    assert counts(facts(every(7, D(2025, 1, 13), D(2025, 3, 10)), mandate_ends_on=D(2025, 3, 17))) == (6, 6)


def test_the_follow_up_is_read_in_its_window() -> None:
    window = Period(D(2025, 2, 3), D(2025, 3, 15))
    kept = facts(every(7, D(2025, 2, 10), D(2025, 3, 10)), phase="FOLLOW_UP", since=D(2025, 2, 3), window=window)
    assert counts(kept) == (5, 5)
    assert counts(facts([], phase="FOLLOW_UP", since=D(2025, 2, 3))) == (0, 0)


def test_each_phase_keeps_the_cadence_in_force_on_its_first_day() -> None:
    loose = CadencePolicy(every_days={"PRE_HIRE": 28}, follow_up=(FollowUpStep(None, 31),))
    phases = [PhaseFact("PRE_HIRE", D(2025, 1, 6), None, loose)]
    assert counts(facts(every(28, D(2025, 1, 27)), phases=phases)) == (3, 3)


DAYS = st.lists(st.dates(D(2025, 1, 1), ON), max_size=40)


@given(DAYS, st.lists(st.dates(D(2025, 1, 6), ON), max_size=3))
def test_never_more_on_time_than_due_and_one_more_contact_a_day_never_hurts_a_perfect_record(contacts, turns) -> None:
    days = sorted({D(2025, 1, 6), *turns})
    ends = [*days[1:], None]
    phases = [PhaseFact("PRE_HIRE", a, b, POLICY) for a, b in zip(days, ends, strict=True)]
    kept, due = counts(facts(contacts, phases=phases))
    assert 0 <= kept <= due <= 56
    perfect = facts(every(1, D(2025, 1, 6), ON), phases=phases)
    assert counts(perfect)[0] == counts(perfect)[1]
