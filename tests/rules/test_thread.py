"""How the thread folds: quiet weeks, old months, and nothing lost or shown twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.rules.thread import MOST_LINES, QUIET_MINUTES, Happening, folded

pytestmark = pytest.mark.once
# A Monday.
ON = date(2026, 11, 30)


def weeks_ago(weeks: int, minutes: int = 15, plain: bool = True) -> Happening:
    return Happening(ON - timedelta(weeks=weeks), minutes, plain)


def kinds(*happenings: Happening, fold: bool = True) -> list[str]:
    return [one.kind for one in folded(happenings, ON, fold=fold)]


def test_nothing_is_nothing() -> None:
    assert folded([], ON) == ()


@pytest.mark.parametrize(
    ("weeks", "minutes", "plain", "kind"),
    [
        (1, 15, True, "week"),
        (2, QUIET_MINUTES, True, "quiet"),
        (2, QUIET_MINUTES + 1, True, "week"),
        (2, 0, False, "week"),
        (8, 15, True, "quiet"),
        (9, 15, True, "month"),
    ],
)
def test_what_folds_and_what_does_not(weeks: int, minutes: int, plain: bool, kind: str) -> None:
    assert kinds(weeks_ago(0), weeks_ago(weeks, minutes, plain))[-1] == kind


def test_quiet_weeks_that_follow_one_another_are_one_line() -> None:
    found = folded([weeks_ago(0), weeks_ago(2), weeks_ago(3), weeks_ago(4, 90)], ON)
    assert [one.kind for one in found] == ["week", "quiet", "week"]
    assert (found[1].first, found[1].last) == (ON - timedelta(weeks=3), ON - timedelta(weeks=1, days=1))


def test_what_was_searched_for_never_folds() -> None:
    assert kinds(weeks_ago(0), weeks_ago(2), fold=False) == ["week", "week"]


def test_an_old_case_is_near_its_last_fact() -> None:
    assert kinds(weeks_ago(200, 60), weeks_ago(201, 60)) == ["week", "week"]


def test_two_thousand_contacts_fit_in_a_page_and_the_month_asked_opens() -> None:
    many = [Happening(ON - timedelta(days=n), 20, True) for n in range(2000)]
    found = folded(many, ON)
    assert sum(len(one.places) for one in found if one.whole) <= MOST_LINES + 31
    assert not found[-1].whole
    asked = found[-1].first
    assert folded(many, ON, opened=asked)[-1].whole


@given(
    happenings=st.lists(
        st.builds(Happening, st.dates(date(2020, 1, 1), date(2027, 6, 1)), st.integers(0, 90), st.booleans())
    ),
    fold=st.booleans(),
)
def test_each_line_stands_once_and_in_order(happenings: list[Happening], fold: bool) -> None:
    ordered = sorted(happenings, key=lambda one: one.on, reverse=True)
    found = folded(ordered, ON, fold=fold)
    assert [place for one in found for place in one.places] == list(range(len(ordered)))
    for one in found:
        assert all(one.first <= ordered[place].on <= one.last for place in one.places)
        assert one.kind != "quiet" or all(ordered[place].plain for place in one.places)
