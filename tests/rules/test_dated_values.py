"""Which dated value holds, and what adding, withdrawing and superseding one make of the others."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.dated_values import (
    NOTHING,
    Dated,
    Refusal,
    TimelineRefused,
    added,
    effective,
    held_on,
    superseded,
    value_for,
    withdrawn,
)

D = date.fromisoformat
DAY = timedelta(days=1)
TODAY = D("2026-06-15")
LAW = (Dated(D("2000-01-01"), 20), Dated(D("2026-06-01"), 25), Dated(D("2027-01-01"), 30))


@pytest.mark.parametrize(
    ("on", "value"),
    [
        ("1999-12-31", NOTHING),
        ("2000-01-01", 20),
        ("2026-05-31", 20),
        ("2026-06-01", 25),
        ("2026-12-31", 25),
        ("2027-01-01", 30),
        ("2040-01-01", 30),
    ],
)
def test_a_value_holds_until_the_eve_of_the_next(on, value):
    assert held_on(LAW, D(on)) is value or held_on(LAW, D(on)) == value


OWN = (Dated(D("2026-03-01"), 12), Dated(D("2026-09-01"), None), Dated(D("2027-06-01"), 15))


@pytest.mark.parametrize(
    ("on", "value"),
    [
        ("1999-01-01", 20),
        ("2026-02-28", 20),
        ("2026-03-01", 12),
        ("2026-06-01", 12),
        ("2026-08-31", 12),
        ("2026-09-01", 25),
        ("2027-01-01", 30),
        ("2027-05-31", 30),
        ("2027-06-01", 15),
    ],
)
def test_an_organisation_reads_its_own_value_or_that_of_the_installation(on, value):
    assert value_for(LAW, OWN, D(on)) == value


def test_without_any_value_nothing_is_read():
    assert value_for((), (), TODAY) is NOTHING
    assert value_for((), (Dated(TODAY, None),), TODAY) is NOTHING


def refused(call) -> tuple[Refusal, date | None]:
    with pytest.raises(TimelineRefused) as caught:
        call()
    return caught.value.refusal, caught.value.day


@pytest.mark.parametrize(
    ("timeline", "start", "value", "refusal"),
    [
        (LAW, "2027-01-01", 40, Refusal.NOT_AFTER_THE_LAST),
        (LAW, "2026-12-31", 40, Refusal.NOT_AFTER_THE_LAST),
        (LAW, "2027-01-02", 30, Refusal.SAME_VALUE),
        ((), "2026-01-01", None, Refusal.NOTHING_TO_LEAVE),
        (OWN[:2], "2027-01-01", None, Refusal.NOTHING_TO_LEAVE),
    ],
)
def test_what_cannot_be_added(timeline, start, value, refusal):
    assert refused(lambda: added(timeline, D(start), value))[0] is refusal


def test_a_value_is_added_after_the_last_and_given_up():
    assert added(LAW, D("2027-01-02"), 40)[-1] == (D("2027-01-02"), 40)
    assert added((), TODAY, 12) == ((TODAY, 12),)
    assert added(OWN, D("2028-01-01"), None)[-1].value is None


@pytest.mark.parametrize(("today", "may"), [("2026-12-31", True), ("2027-01-01", False), ("2027-01-02", False)])
def test_a_value_is_withdrawn_until_the_eve_of_its_first_day(today, may):
    if may:
        assert withdrawn(LAW, D("2027-01-01"), D(today)) == LAW[:2]
    else:
        assert refused(lambda: withdrawn(LAW, D("2027-01-01"), D(today))) == (Refusal.IN_FORCE, D("2027-01-01"))


def test_what_does_not_stand_is_neither_withdrawn_nor_superseded():
    assert refused(lambda: withdrawn(LAW, D("2028-01-01"), TODAY))[0] is Refusal.NOT_STANDING
    assert refused(lambda: superseded(LAW, D("2025-01-01"), TODAY, 9, TODAY))[0] is Refusal.NOT_STANDING


@pytest.mark.parametrize(
    ("start", "since", "value", "found"),
    [
        # from its first day, and from a day before: nothing is left of it
        ("2026-06-01", "2026-06-01", 22, [("2000-01-01", 20), ("2026-06-01", 22), ("2027-01-01", 30)]),
        ("2026-06-01", "2026-05-31", 22, [("2000-01-01", 20), ("2026-05-31", 22), ("2027-01-01", 30)]),
        ("2026-06-01", "2000-01-02", 22, [("2000-01-01", 20), ("2000-01-02", 22), ("2027-01-01", 30)]),
        # from a day after: it keeps the days before
        (
            "2026-06-01",
            "2026-06-02",
            22,
            [("2000-01-01", 20), ("2026-06-01", 25), ("2026-06-02", 22), ("2027-01-01", 30)],
        ),
        # the same number, from the right day
        ("2026-06-01", "2026-05-01", 25, [("2000-01-01", 20), ("2026-05-01", 25), ("2027-01-01", 30)]),
        # one of the past
        ("2000-01-01", "2000-01-01", 18, [("2000-01-01", 18), ("2026-06-01", 25), ("2027-01-01", 30)]),
    ],
)
def test_superseding(start, since, value, found):
    result = superseded(LAW, D(start), D(since), value, TODAY)
    assert [(dated.start.isoformat(), dated.value) for dated in result] == found


@pytest.mark.parametrize(
    ("start", "since", "value", "refusal"),
    [
        ("2027-01-01", "2027-01-01", 9, Refusal.NOT_IN_FORCE),
        ("2026-06-01", "2000-01-01", 9, Refusal.REACHES_ITS_FORMER),
        ("2026-06-01", "2027-01-01", 9, Refusal.REACHES_THE_NEXT),
        ("2026-06-01", "2026-06-01", 25, Refusal.SAME_VALUE),
        ("2026-06-01", "2026-07-01", 25, Refusal.SAME_VALUE),
    ],
)
def test_what_superseding_may_not_reach(start, since, value, refusal):
    assert refused(lambda: superseded(LAW, D(start), D(since), value, TODAY))[0] is refusal


FIRST = D("2026-01-01")
days = st.integers(0, 60).map(lambda n: FIRST + n * DAY)
acts = st.lists(
    st.tuples(st.sampled_from(["add", "withdraw", "supersede"]), days, days, st.sampled_from([None, 1, 2, 3])),
    max_size=12,
)
sharedacts = acts.map(lambda found: [(act, a, b, value or 9) for act, a, b, value in found])


def played(timeline, steps, today):
    """A timeline after the acts that its rules let through."""
    for act, first, second, value in steps:
        try:
            if act == "add":
                timeline = added(timeline, first, value)
            elif act == "withdraw":
                timeline = withdrawn(timeline, first, today)
            else:
                timeline = superseded(timeline, first, second, value, today)
        except TimelineRefused:
            continue
    return timeline


@given(shared=sharedacts, own=acts, today=days)
def test_what_is_read_is_what_a_calendar_of_days_says(shared, own, today):
    installation = played((Dated(D("2000-01-01"), 0),), shared, today)
    house = played((), own, today)
    calendar: dict[date, object] = {}
    for on in (FIRST + n * DAY for n in range(62)):
        mine = [dated.value for dated in house if dated.start <= on]
        law = [dated.value for dated in installation if dated.start <= on]
        calendar[on] = mine[-1] if mine and mine[-1] is not None else law[-1]
    for timeline in (installation, house):
        assert [dated.start for dated in timeline] == sorted({dated.start for dated in timeline})
    seen = effective(installation, house)
    assert all(one.value != other.value for one, other in pairwise(seen))
    for on, value in calendar.items():
        assert value_for(installation, house, on) == value == held_on(seen, on)
