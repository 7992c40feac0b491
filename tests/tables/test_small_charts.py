"""Drawings that stand in a row: whatever the numbers, positions stay inside the frame."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.small_charts import COLUMNS_WIDTH, HEIGHT, WIDTH, columns, share, spark

pytestmark = pytest.mark.once


def numbers(path):
    return [float(one) for one in re.findall(r"-?\d+\.\d", path)]


@pytest.mark.parametrize(
    ("line", "year", "expected"),
    [
        ([], [], ("", "", None)),
        ([5], [], ("", "", ("72.0", "13.0"))),
        ([None, 5], [None, None], ("", "", ("72.0", "13.0"))),
        ([0, 0], [], ("M0.0 13.0 L72.0 13.0", "", ("72.0", "13.0"))),
        ([0, 10], [], ("M0.0 23.0 L72.0 3.0", "", ("72.0", "3.0"))),
        ([0, None, 5, 10], [], ("M0.0 23.0 M48.0 13.0 L72.0 3.0", "", ("72.0", "3.0"))),
        ([10, None], [0, 10], ("", "M0.0 23.0 L72.0 3.0", None)),
    ],
)
def test_two_lines_on_one_scale_with_their_holes(line, year, expected):
    drawn = spark(line, year)
    assert (drawn.line, drawn.year, drawn.last) == expected


@given(*[st.lists(st.none() | st.integers(-(10**12), 10**12), max_size=9)] * 2)
def test_lines_stay_in_their_frame(line, year):
    drawn = spark(line, year)
    for path in (drawn.line, drawn.year):
        found = numbers(path)
        assert all(0 <= x <= WIDTH for x in found[::2])
        assert all(0 <= y <= HEIGHT for y in found[1::2])


@given(st.lists(st.integers(-5, 10**9), max_size=12), st.integers(0, 10**9))
def test_columns_stay_in_their_frame_and_say_who_passes_the_norm(values, norm):
    drawn = columns(values, norm)
    for value, one in zip(values, drawn.columns, strict=True):
        assert 0 <= float(one.y) <= HEIGHT
        assert 0 <= float(one.x) <= float(one.x) + float(one.width) <= COLUMNS_WIDTH
        assert one.is_over is (norm > 0 and value > norm)
    assert bool(drawn.norm_y) is (norm > 0)


@pytest.mark.parametrize(
    ("value", "whole", "width"),
    [(0, 0, "0%"), (3, 0, "0%"), (-1, 5, "0%"), (1, 3, "33.3%"), (9, 3, "100.0%"), (10**15, 1, "100.0%")],
)
def test_a_share_is_at_most_the_whole(value, whole, width):
    assert share(value, whole) == width
