"""A week drawn to scale: lanes of what overlaps, what is free, what clashes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.spans import DAY, OFFICE_HOURS, SHORTEST_FREE, STEP, Lane, Span, clashes, drawn_hours, free_spans
from foundation.rules.spans import lanes as lanes_of

pytestmark = pytest.mark.once

SPANS = st.lists(
    st.builds(Span.lasting, st.integers(0, DAY - 1), st.integers(0, 300)),
    max_size=9,
)


def at(hour: float, minutes: int) -> Span:
    return Span.lasting(int(hour * 60), minutes)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([at(9, 60), at(10, 60)], [Lane(), Lane()], id="one ends as the other begins"),
        pytest.param([at(11, 60), at(11.5, 60)], [Lane(0, 2), Lane(1, 2)], id="side by side"),
        pytest.param([at(11.5, 60), at(11, 60)], [Lane(1, 2), Lane(0, 2)], id="in the order given"),
        pytest.param([at(9, 120), at(9.5, 30), at(10, 30)], [Lane(0, 2), Lane(1, 2), Lane(1, 2)], id="a lane again"),
        pytest.param([at(9, 60), at(9, 60), at(9, 60)], [Lane(0, 3), Lane(1, 3), Lane(2, 3)], id="three at once"),
    ],
)
def test_what_overlaps_stands_side_by_side(spans, expected) -> None:
    assert lanes_of(spans) == expected


@given(SPANS)
def test_no_two_that_meet_share_a_lane_and_all_fit(spans) -> None:
    placed = lanes_of(spans)
    assert all(lane.number < lane.of for lane in placed)
    for first, second in clashes(spans):
        assert spans[first].meets(spans[second])
        assert placed[first].of == placed[second].of
        assert placed[first].number != placed[second].number
    meeting = {one for pair in clashes(spans) for one in pair}
    assert all(lane == Lane() for index, lane in enumerate(placed) if index not in meeting)


@pytest.mark.parametrize(
    ("busy", "since", "expected"),
    [
        pytest.param([], 0, [(540, 720), (780, 1020)], id="an empty day leaves noon alone"),
        pytest.param([at(9, 60), at(11, 45)], 0, [(600, 660), (780, 1020)], id="between two, too short after"),
        pytest.param([at(9, 136)], 0, [(780, 1020)], id="a quarter lost by rounding up"),
        pytest.param([at(9, 135)], 0, [(675, 720), (780, 1020)], id="just long enough"),
        pytest.param([at(8, 660)], 0, [], id="nothing is left"),
        pytest.param([], 541, [(555, 720), (780, 1020)], id="from now on, at the next quarter"),
        pytest.param([], 1020, [], id="the day is over"),
        pytest.param([at(12.5, 45)], 0, [(540, 720), (795, 1020)], id="over the end of noon"),
    ],
)
def test_what_is_free_is_offered(busy, since, expected) -> None:
    assert [(one.start, one.end) for one in free_spans(busy, since=since)] == expected


@given(SPANS, st.integers(0, DAY))
def test_what_is_free_meets_nothing_and_is_long_enough(busy, since) -> None:
    for free in free_spans(busy, since=since):
        assert not any(free.meets(one) for one in busy)
        assert free.minutes >= SHORTEST_FREE
        assert free.start >= since
        assert free.start % STEP == 0
        assert any(opening <= free.start and free.end <= closing for opening, closing in OFFICE_HOURS)


@pytest.mark.parametrize(
    ("spans", "hours"),
    [
        ([], (8, 18)),
        ([at(8, 60), at(17, 60)], (8, 18)),
        ([at(7.75, 30)], (7, 18)),
        ([at(17.5, 31)], (8, 19)),
        ([at(23.5, 600)], (8, 24)),
    ],
)
def test_the_drawing_holds_all_that_there_is(spans, hours) -> None:
    assert drawn_hours(spans) == hours
