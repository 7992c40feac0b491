"""The board's rules: weeks, forecast and its conclusion, weights, who is shown first, what the network withholds."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.board.rules.matter import SHOWN, Standing, ordered, page_after
from reporting.board.rules.mondays import compared, is_to_freeze, last_year, monday_of
from reporting.board.rules.outlook import PACE_WEEKS, WEEKS, Conclusion, concluded, forecast
from reporting.board.rules.weighing import Weights
from reporting.network.rules.suppression import LEAST, Line, is_small, total_is_withheld, withheld, withheld_in

pytestmark = pytest.mark.once
MONDAY = date(2026, 11, 30)
DAY = timedelta(days=1)
WEEK = 7 * DAY


@pytest.mark.parametrize(("after", "expected"), [(0, 0), (1, 0), (6, 0), (7, 7), (-1, -7)])
def test_a_day_belongs_to_the_monday_before_it(after, expected):
    assert monday_of(MONDAY + after * DAY) == MONDAY + expected * DAY


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)))
def test_a_year_before_a_monday_is_a_monday_of_the_same_time_of_year(on):
    before = last_year(monday_of(on))
    assert before.weekday() == 0
    assert monday_of(on) - before == 364 * DAY


def test_a_week_is_read_once_and_late_rather_than_never():
    assert is_to_freeze(MONDAY + 3 * DAY, [MONDAY - WEEK])
    assert not is_to_freeze(MONDAY + 3 * DAY, [MONDAY])


@pytest.mark.parametrize(
    ("on", "kept", "expected"),
    [
        (MONDAY, [], (None, None)),
        (MONDAY, [MONDAY], (None, None)),
        (MONDAY, [MONDAY, MONDAY - WEEK], (MONDAY - WEEK, None)),
        (MONDAY + DAY, [MONDAY, MONDAY - WEEK], (MONDAY, None)),
        (MONDAY + DAY, [MONDAY, MONDAY - 52 * WEEK], (MONDAY, MONDAY - 52 * WEEK)),
        (MONDAY + DAY, [MONDAY, MONDAY - 51 * WEEK], (MONDAY, None)),
    ],
)
def test_the_readings_that_today_is_compared_with(on, kept, expected):
    assert compared(on, kept) == expected


@pytest.mark.parametrize(
    ("load", "ends", "entered", "expected"),
    [
        (0, [], 0, [0] * 8),
        (18, [], 0, [18] * 8),
        (18, [MONDAY - DAY, MONDAY + 6 * DAY], 0, [18] * 8),
        (18, [MONDAY + WEEK], 0, [18, 17, 17, 17, 17, 17, 17, 17]),
        (18, [MONDAY + 8 * WEEK - DAY, MONDAY + 8 * WEEK], 0, [18] * 7 + [17]),
        (18, [], 12, [18, 19, 20, 21, 22, 23, 24, 25]),
        (18, [], 5, [18, 18, 18, 19, 19, 20, 20, 20]),
        (1, [MONDAY + WEEK] * 3, 0, [1] + [0] * 7),
    ],
)
def test_the_load_of_eight_weeks(load, ends, entered, expected):
    assert list(forecast(Decimal(load), whole(ends), entered, MONDAY)) == expected


def whole(days):
    """Days on which one person of full weight leaves."""
    return [(day, Decimal(1)) for day in days]


def test_what_leaves_and_what_comes_weighs_what_it_weighs():
    ends = [(MONDAY + WEEK, Decimal("0.5"))]
    assert list(forecast(Decimal(10), ends, 0, MONDAY)) == [Decimal(10)] + [Decimal("9.5")] * 7
    assert forecast(Decimal(10), [], 12, MONDAY, entry=Decimal("0.8"))[1] == Decimal("10.8")


@given(st.integers(0, 400), st.lists(st.integers(-30, 90), max_size=30), st.integers(0, 60))
def test_a_forecast_begins_today_and_never_falls_below_nobody(load, days, entered):
    weeks = forecast(Decimal(load), whole([MONDAY + n * DAY for n in days]), entered, MONDAY)
    assert len(weeks) == WEEKS
    assert weeks[0] == load
    assert min(weeks) >= 0
    assert max(weeks) <= load + entered * WEEKS // PACE_WEEKS


@pytest.mark.parametrize(
    ("weeks", "norm", "expected", "week", "gap"),
    [
        ([18] * 8, 0, Conclusion.NO_NORM, None, 0),
        ([18, 19, 19, 21, 22, 22, 21, 21], 20, Conclusion.OVER_SOON, 4, 2),
        ([20] * 8, 20, Conclusion.WITHIN, 7, 0),
        ([19] * 8, 20, Conclusion.WITHIN, 7, 1),
        ([18] * 8, 20, Conclusion.ROOM, 7, 2),
        ([18, 18, 17, 16, 16, 15, 15, 14], 20, Conclusion.ROOM, 7, 6),
        ([11, 11, 10, 10, 9, 9, 10, 10], 10, Conclusion.RETURNS, 2, 0),
        ([11, 10, 11, 11, 11, 11, 11, 11], 10, Conclusion.OVER_STAYS, 7, 1),
        ([12] * 8, 10, Conclusion.OVER_STAYS, 7, 2),
        ([11, 11, 10, 11, 10, 9, 9, 9], 10, Conclusion.RETURNS, 4, 0),
    ],
)
def test_what_eight_weeks_come_to(weeks, norm, expected, week, gap):
    found = concluded([Decimal(one) for one in weeks], Decimal(norm), MONDAY)
    assert (found.conclusion, found.gap) == (expected, gap)
    assert found.week == (None if week is None else MONDAY + week * WEEK)
    assert found.is_alarming is (expected in (Conclusion.OVER_SOON, Conclusion.OVER_STAYS))


@given(st.lists(st.integers(0, 60), min_size=8, max_size=8), st.integers(1, 40))
def test_the_conclusion_says_what_the_weeks_say(weeks, norm):
    found = concluded([Decimal(one) for one in weeks], Decimal(norm), MONDAY)
    if found.conclusion in (Conclusion.WITHIN, Conclusion.ROOM):
        assert max(weeks) <= norm
    if found.conclusion == Conclusion.OVER_SOON:
        assert weeks[0] <= norm < max(weeks)
    assert found.gap >= 0


@pytest.mark.parametrize(
    ("by_phase", "obstacle", "obstacles", "expected", "plain"),
    [
        ({"A": 100, "B": 100}, 0, 7, "5", True),
        ({"A": 50, "B": 100}, 0, 7, "4", False),
        ({"A": 100, "B": 100}, 10, 7, "5.7", False),
        ({"A": 0, "B": 0}, 0, 7, "0", False),
        ({}, 0, 0, "5", True),
    ],
)
def test_what_cases_weigh(by_phase, obstacle, obstacles, expected, plain):
    weights = Weights(by_phase, obstacle)
    assert weights.load({"A": 2, "B": 3}, obstacles) == Decimal(expected)
    assert weights.are_plain is plain


def standing(over=0, late=0, oldest=None, name="", key=""):
    return Standing(Decimal(over), late, oldest, name, key)


def test_who_is_looked_at_first():
    far, over = standing(3, key="far"), standing(1, 9, key="over")
    late, longer = standing(0, 2, MONDAY, key="late"), standing(0, 2, MONDAY - DAY, key="longer")
    anne, zoe = standing(name="anne", key="2"), standing(name="zoe", key="1")
    found = ordered([zoe, anne, late, longer, over, far], lambda one: one)
    assert found == [far, over, longer, late, anne, zoe]


@given(st.integers(0, 130))
def test_pages_show_everybody_once(number):
    names = [f"{place:03}" for place in range(number)]
    seen, after = [], ""
    for _page in range(10):
        shown, after = page_after(names, str, after)
        assert len(shown) <= SHOWN
        seen += shown
        if not after:
            break
    assert seen == names


def test_a_key_that_left_begins_again():
    assert page_after(["a", "b"], str, "gone") == (["a", "b"], "")


@pytest.mark.parametrize(
    ("counts", "hidden", "total"),
    [
        ([], set(), False),
        ([5, 6], set(), False),
        ([0, 0], set(), False),
        ([0, 7], set(), False),
        ([4, 9, 6], {0, 2}, False),
        ([4, 3, 9], {0, 1}, False),
        ([1, 2, 9], {0, 1, 2}, False),
        ([1, 1, 9, 7], {0, 1, 3}, False),
        ([4, 0, 9], {0, 2}, False),
        ([4, 0, 0], {0, 1, 2}, True),
        ([4], {0}, True),
        ([1, 2], {0, 1}, True),
        ([4, 4], {0, 1}, False),
    ],
)
def test_what_the_network_withholds(counts, hidden, total):
    assert withheld(counts) == hidden
    assert total_is_withheld(counts) is total


@given(st.lists(st.integers(0, 40), max_size=9))
def test_nothing_small_is_shown_or_given_back(counts):
    hidden = withheld(counts)
    assert not any(is_small(count) for place, count in enumerate(counts) if place not in hidden)
    if hidden and not total_is_withheld(counts):
        given_back = sum(counts[place] for place in hidden)
        assert len(hidden) >= 2
        assert given_back >= LEAST
        assert len([place for place in hidden if counts[place]]) >= 2


def crossed(grid):
    """The counts of a table with its totals, and the lines that add up: every column down, every row across."""
    height, width = len(grid), len(grid[0])
    counts = {(row, column): grid[row][column] for row in range(height) for column in range(width)}
    for row in range(height):
        counts[row, width] = sum(grid[row])
    for column in range(width + 1):
        counts[height, column] = sum(counts[row, column] for row in range(height))
    down = [Line(tuple((row, at) for row in range(height)), (height, at)) for at in range(width + 1)]
    across = [Line(tuple((at, column) for column in range(width)), (at, width)) for at in range(height + 1)]
    return counts, down + across


@pytest.mark.parametrize(
    ("grid", "shown"),
    [
        ([[10, 20], [30, 40]], 9),
        # One small count takes its neighbour down, its neighbour across, and the one that both would give back.
        ([[3, 20], [30, 40]], 5),
        ([[0, 20], [30, 40]], 9),
    ],
)
def test_a_cross_table_protects_both_ways(grid, shown):
    counts, lines = crossed(grid)
    assert len(counts) - len(withheld_in(counts, lines)) == shown


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=1, max_size=5)
    )
)
def test_no_line_of_a_cross_table_gives_a_small_count_back(grid):
    counts, lines = crossed(grid)
    hidden = withheld_in(counts, lines)
    assert not [place for place, count in counts.items() if is_small(count) and place not in hidden]
    for line in lines:
        unknown = [place for place in (*line.parts, line.total) if place in hidden]
        assert len(unknown) != 1
        if unknown and line.total not in hidden:
            assert sum(counts[place] for place in unknown) >= LEAST
