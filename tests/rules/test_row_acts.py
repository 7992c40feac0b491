"""What is offered for one press, and when it can be undone."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.rules.kinds import DeadlineKind, Told
from followup.rules.row_acts import UndoVerdict, is_news, postponements, undo_verdict
from followup.rules.row_words import Mark, brief, day_words, ordinal, short_span, since
from foundation.rules.workdays import WorkingDays
from method.rules.urgency import DayGroup, UrgencyLimits, day_group

pytestmark = pytest.mark.once

D = date.fromisoformat
ROW = UUID(int=1)
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("on", "offered"),
    [
        ("2026-11-30", [("2026-12-01", True), ("2026-12-07", False)]),  # Monday: the Monday after
        ("2026-12-03", [("2026-12-04", True), ("2026-12-07", False)]),
        ("2026-12-04", [("2026-12-07", False)]),  # Friday: tomorrow is not worked
        ("2026-12-06", [("2026-12-07", True)]),  # Sunday: tomorrow is the Monday
        ("2026-12-24", [("2026-12-28", False)]),  # Christmas
        ("2027-03-25", [("2027-03-26", True), ("2027-03-30", False)]),  # Easter Monday is not worked
    ],
)
def test_tomorrow_and_monday_are_offered_when_they_are_worked(on: str, offered: list[tuple[str, bool]]) -> None:
    days = WorkingDays(frozenset({D("2026-12-25"), D("2027-03-29")}))
    assert [(one.day.isoformat(), one.is_tomorrow) for one in postponements(D(on), days)] == offered


@given(st.dates(D("2020-01-01"), D("2040-01-01")), st.sets(st.integers(1, 20)))
def test_what_is_offered_is_worked_and_ahead_and_never_twice(on: date, off: set[int]) -> None:
    days = WorkingDays(frozenset(on + timedelta(days=number) for number in off))
    offered = [one.day for one in postponements(on, days)]
    assert offered == sorted(set(offered))
    assert 1 <= len(offered) <= 2
    assert all(day > on and days.is_working(day) for day in offered)


@pytest.mark.parametrize(
    ("written", "seen", "own", "news"),
    [
        (NOON, None, None, True),
        (NOON, NOON, None, False),
        (NOON + MINUTE, NOON, None, True),
        (NOON + MINUTE, NOON, NOON + MINUTE, False),
        (NOON + MINUTE, NOON, NOON, True),  # written again after the act of the page
        (NOON, None, NOON, False),
    ],
)
def test_what_the_page_has_not_seen_and_did_not_write_is_news(
    written: datetime, seen: datetime | None, own: datetime | None, news: bool
) -> None:
    assert is_news(ROW, written, seen, {} if own is None else {ROW: own}) is news


@pytest.mark.parametrize(
    ("acted_on", "undone", "written", "verdict"),
    [
        ("2026-11-30", False, False, UndoVerdict.YES),
        ("2026-11-30", False, True, UndoVerdict.WRITTEN),
        ("2026-11-29", False, False, UndoVerdict.OVER),
        ("2026-11-29", False, True, UndoVerdict.OVER),
        ("2026-11-30", True, True, UndoVerdict.ALREADY),
        ("2026-11-29", True, False, UndoVerdict.ALREADY),
    ],
)
def test_an_act_is_undone_on_its_day_while_nothing_was_written_since(
    acted_on: str, undone: bool, written: bool, verdict: UndoVerdict
) -> None:
    found = undo_verdict(acted_on=D(acted_on), on=D("2026-11-30"), undone=undone, written_since=written)
    assert found is verdict


@pytest.mark.parametrize(
    ("kind", "due_on", "mark", "words"),
    [
        (DeadlineKind.CONTACT, "2026-11-15", Mark.FLAG, "2 sem. de retard"),
        (DeadlineKind.CONTACT, "2026-11-26", Mark.HALF, "4 j de retard"),
        (DeadlineKind.NO_SHOWS, "2026-11-26", Mark.FLAG, "depuis 4 j"),
        (DeadlineKind.JOB_ENDED, "2026-11-26", Mark.HALF, "depuis 4 j"),
        (DeadlineKind.CONTACT, "2026-11-30", Mark.RING, "aujourd’hui"),
        (DeadlineKind.CONTACT, "2026-12-01", Mark.NONE, "demain"),
        (DeadlineKind.CONTACT, "2026-12-03", Mark.NONE, "jeudi 3/12"),
        (DeadlineKind.CONTACT, "2027-01-08", Mark.NONE, "8/1/2027"),
    ],
)
def test_a_shape_then_words_tell_since_when(kind: DeadlineKind, due_on: str, mark: Mark, words: str) -> None:
    on = D("2026-11-30")
    found = since(kind, D(due_on), day_group(D(due_on), on, UrgencyLimits()), on)
    assert (found.mark, f"{found.words} {found.tail}".strip()) == (mark, words)


@given(st.sampled_from(DeadlineKind), st.integers(-900, 900))
def test_only_what_is_late_or_of_today_bears_a_shape(kind: DeadlineKind, days: int) -> None:
    on = D("2026-11-30")
    due_on = on + timedelta(days=days)
    group = day_group(due_on, on, UrgencyLimits())
    assert bool(since(kind, due_on, group, on).mark) is (group not in (DayGroup.THIS_WEEK, DayGroup.LATER))


@pytest.mark.parametrize("kind", DeadlineKind)
@pytest.mark.parametrize("is_due", [True, False])
def test_every_kind_stands_on_one_line(kind: DeadlineKind, is_due: bool) -> None:
    assert 0 < len(brief(kind, Told(is_due=is_due, firm="Parcs Exemple", no_shows=3, last_contact="hier"))) <= 25


def test_spans_days_and_numbers_are_short() -> None:
    assert [short_span(days) for days in (1, 13, 14, 60, 61, 400)] == [
        "1 j",
        "13 j",
        "2 sem.",
        "8 sem.",
        "2 mois",
        "13 mois",
    ]
    assert [ordinal(number) for number in (1, 2, 11)] == ["1er", "2e", "11e"]
    assert day_words(D("2026-12-08"), D("2026-11-30")) == "8/12"
