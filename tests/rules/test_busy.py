"""Taken times: put together, laid over an appointment, read again, grown old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.rules.busy import EVERY, STALE_AFTER, is_due, is_stale, merged, over, told

NOW = datetime(2025, 3, 3, 9, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


def span(start: int, end: int) -> tuple[datetime, datetime]:
    return NOW + timedelta(minutes=start), NOW + timedelta(minutes=end)


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)))


@given(SPANS)
def test_the_same_minutes_are_taken_and_none_twice(drawn):
    found = merged(span(*one) for one in drawn)
    taken = {minute for start, end in drawn for minute in range(start, end)}
    told = [minute for start, end in found for minute in range(*(int((at - NOW).seconds / 60) for at in (start, end)))]
    assert sorted(taken) == told
    assert all(before[1] < after[0] for before, after in pairwise(found))


@given(SPANS)
def test_what_others_read_is_of_the_asked_time_and_of_all_of_it(drawn):
    start, end = span(10, 40)
    read = told((span(*one) for one in drawn), start, end)
    assert read == [
        (max(a, start), min(b, end)) for a, b in merged(span(*one) for one in drawn) if a < end and b > start
    ]


@pytest.mark.parametrize(
    ("start", "end", "found"), [(0, 10, False), (0, 11, True), (19, 30, True), (20, 30, False), (12, 13, True)]
)
def test_what_lies_over_another_time(start, end, found):
    assert (over([span(10, 20)], *span(start, end)) is not None) is found


def test_when_it_is_read_again_and_when_it_is_stale():
    assert is_due(None, NOW)
    assert is_due(NOW - EVERY, NOW)
    assert not is_due(NOW - EVERY + INSTANT, NOW)
    assert is_stale(None, NOW)
    assert not is_stale(NOW - STALE_AFTER, NOW)
    assert is_stale(NOW - STALE_AFTER - INSTANT, NOW)
