"""Hours: which of them count, when a month may be signed, what a signature covers, what moved since."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.workdays import WorkingDays
from timesheets.rules.sheets import (
    LONGEST_SIGNED_DAY,
    Apart,
    Kind,
    Line,
    ProjectDates,
    by_day_and_project,
    changes,
    day_minutes,
    days_beyond,
    fingerprint,
    frozen,
    in_order,
    last_day,
    leaves_on,
    minutes_of,
    same_name,
    signable_from,
    thawed,
    why_apart,
)

DAY = date(2025, 3, 3)
PROJECT = ProjectDates("PILOTE", date(2025, 1, 1), date(2025, 3, 31))


def line(ref="a", kind=Kind.CONTACT, on=DAY, minutes=45, **facts) -> Line:
    return Line(ref=ref, kind=kind, on=on, minutes=minutes, **facts)


lines = st.lists(
    st.builds(
        Line,
        ref=st.text("abcdef", min_size=1, max_size=2),
        kind=st.sampled_from(Kind),
        on=st.dates(date(2025, 3, 1), date(2025, 3, 5)),
        minutes=st.integers(1, 900),
        project_id=st.sampled_from(["", "1", "2"]),
        project=st.sampled_from(["", "PILOTE"]),
        apart=st.sampled_from(Apart),
        activity=st.sampled_from(["", "ADMIN"]),
        words=st.text(max_size=5),
    ),
    max_size=12,
    unique_by=lambda one: (one.kind, one.ref),
)


@pytest.mark.parametrize(
    ("on", "outside", "closed_on", "why"),
    [
        (date(2024, 12, 31), False, None, Apart.PROJECT_DATES),
        (date(2025, 1, 1), False, None, Apart.NO),
        (date(2025, 3, 31), False, None, Apart.NO),
        (date(2025, 4, 1), False, None, Apart.PROJECT_DATES),
        (DAY, True, None, Apart.CLOCK_USED_UP),
        (DAY, True, DAY + timedelta(days=1), Apart.CLOCK_USED_UP),
        (DAY, True, DAY, Apart.AFTER_EXIT),
        (DAY, True, DAY - timedelta(days=1), Apart.AFTER_EXIT),
        # The mandate is said first: it is the reason whatever the project.
        (date(2025, 4, 1), True, None, Apart.CLOCK_USED_UP),
    ],
)
def test_why_minutes_count_in_no_project(on, outside, closed_on, why) -> None:
    assert why_apart(on, outside=outside, closed_on=closed_on, project=PROJECT) is why


def test_without_a_project_only_the_mandate_decides() -> None:
    assert why_apart(date(2030, 1, 1), outside=False, closed_on=None, project=None) is Apart.NO
    assert ProjectDates("X", DAY).runs_on(date(2099, 1, 1))
    assert not ProjectDates("X", DAY).runs_on(DAY - timedelta(days=1))


# 31 May 2025 is a Saturday, 1 May a holiday of the middle of the week; 30 April 2025 a Wednesday.
@pytest.mark.parametrize(
    ("month", "holidays", "first"),
    [
        (date(2025, 4, 1), [], date(2025, 4, 30)),
        (date(2025, 5, 1), [], date(2025, 5, 30)),
        (date(2025, 5, 1), [date(2025, 5, 30), date(2025, 5, 29)], date(2025, 5, 28)),
        (date(2024, 2, 1), [], date(2024, 2, 29)),
        (date(2025, 12, 1), [], date(2025, 12, 31)),
    ],
)
def test_a_month_may_be_signed_from_its_last_working_day(month, holidays, first) -> None:
    assert signable_from(month, WorkingDays(frozenset(holidays))) == first
    assert first <= last_day(month)


MAY = date(2025, 5, 1)


@pytest.mark.parametrize(
    ("leaving", "first"),
    [
        (date(2025, 5, 16), date(2025, 5, 16)),
        (date(2025, 5, 18), date(2025, 5, 16)),  # a Sunday
        (date(2025, 5, 1), date(2025, 5, 1)),  # a holiday, and no working day of the month before it
        (None, date(2025, 5, 30)),
    ],
)
def test_whoever_leaves_signs_on_the_last_working_day_that_they_are_there(leaving, first) -> None:
    assert signable_from(MAY, WorkingDays(frozenset({date(2025, 5, 1)})), leaving) == first


@pytest.mark.parametrize(
    ("held", "leaving"),
    [
        ([(date(2024, 1, 1), date(2025, 5, 13))], date(2025, 5, 13)),
        ([(date(2024, 1, 1), None)], None),
        ([(date(2024, 1, 1), date(2025, 5, 31))], None),
        ([(date(2024, 1, 1), date(2025, 5, 30))], date(2025, 5, 30)),
        # another role takes over in the month, or lasts longer; one of before or after the month decides nothing
        ([(date(2024, 1, 1), date(2025, 5, 13)), (date(2025, 5, 20), None)], None),
        ([(date(2024, 1, 1), date(2025, 5, 13)), (date(2025, 5, 14), date(2025, 5, 20))], date(2025, 5, 20)),
        ([(date(2024, 1, 1), date(2025, 5, 13)), (date(2025, 6, 1), None)], date(2025, 5, 13)),
        ([(date(2024, 1, 1), date(2025, 4, 30))], None),
        ([(date(2024, 1, 1), date(2025, 5, 1))], date(2025, 5, 1)),
        ([], None),
    ],
)
def test_of_several_roles_the_one_that_ends_last_says_who_leaves(held, leaving) -> None:
    assert leaves_on(held, MAY) == leaving


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Éloïse D’Hœur-Petit", True),
        ("  eloise   d'hoeur petit ", True),
        ("ELOISE DHOEUR PETIT", False),
        ("Éloïse D’Hœur", False),
        ("Petit Éloïse D’Hœur", False),
        ("", False),
    ],
)
def test_a_signature_is_the_whole_name(typed, same) -> None:
    assert same_name(typed, "Éloïse D’Hœur-Petit") is same


def test_nobody_signs_for_somebody_without_a_name() -> None:
    assert not same_name("", "")
    assert not same_name("…", "")


@pytest.mark.parametrize(("minutes", "beyond"), [(LONGEST_SIGNED_DAY, {}), (LONGEST_SIGNED_DAY + 1, {DAY: 721})])
def test_a_day_is_too_long_from_the_minute_after_twelve_hours(minutes, beyond) -> None:
    apart = line("z", minutes=1, apart=Apart.AFTER_EXIT)
    assert days_beyond([line(minutes=minutes - 1), apart, line("b", on=DAY + timedelta(days=1))]) == beyond


@given(lines)
def test_every_minute_is_in_the_grid_or_set_apart(worked) -> None:
    grid = by_day_and_project(worked)
    counted = sum(minutes_of(found).total for found in grid.values())
    apart = sum(one.minutes for one in worked if one.apart)
    assert counted + apart == minutes_of(worked).total == sum(one.minutes for one in worked)
    assert list(grid) == sorted(grid, key=lambda key: key[0])
    assert sum(day_minutes(worked, on) for on in {one.on for one in worked}) == counted + apart


@given(lines, st.randoms())
def test_what_is_frozen_comes_back_the_same_in_whatever_order_it_was_read(worked, random) -> None:
    shuffled = list(worked)
    random.shuffle(shuffled)
    assert thawed(frozen(worked)) == in_order(shuffled)
    marks = {fingerprint(frozen(one), coach="c", month=DAY) for one in (worked, shuffled)}
    assert len(marks) == 1
    assert changes(worked, shuffled) == ()


@given(lines, st.data())
def test_one_line_changed_changes_the_fingerprint_and_is_found(worked, data) -> None:
    extra = data.draw(st.sampled_from(worked)) if worked else line("new")
    altered = [one for one in worked if one != extra]
    if data.draw(st.booleans()):
        altered.append(replace(extra, minutes=extra.minutes + 1))
    before, after = frozen(worked), frozen(altered)
    if worked == altered:
        return
    assert fingerprint(before, coach="c", month=DAY) != fingerprint(after, coach="c", month=DAY)
    (change,) = changes(worked, altered)
    assert change.minutes == sum(one.minutes for one in altered) - sum(one.minutes for one in worked)
    assert changes(altered, worked)[0].minutes == -change.minutes


def test_a_fingerprint_is_of_one_coach_and_one_month() -> None:
    marks = {fingerprint([], coach=coach, month=month) for coach in "ab" for month in (DAY, date(2025, 4, 1))}
    assert len(marks) == 4


def test_a_line_that_came_one_that_went_and_one_that_moved() -> None:
    stays, went, was = line("s"), line("w", on=date(2025, 3, 5)), line("m", minutes=30)
    now, came = replace(was, minutes=60), line("n", on=date(2025, 3, 1))
    found = changes([stays, went, was], [stays, now, came])
    assert [(change.before, change.now, change.minutes) for change in found] == [
        (None, came, 45),
        (was, now, 30),
        (went, None, -45),
    ]
