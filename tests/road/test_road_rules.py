"""What a telephone may hold, and what counts as changed meanwhile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from road.rules.telling import FACTS, allowed_by, differences, shown_name

SEEN = {"coach": "a", "open": "yes", "appointment": "PLANNED", "contact": "1"}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((), (False, False)),
        (("noms",), (False, False)),
        (("hors_ligne",), (True, False)),
        (("hors_ligne", "noms"), (True, True)),
    ],
)
def test_nothing_is_allowed_without_writing_offline(codes, expected) -> None:
    found = allowed_by(codes)
    assert (found.offline, found.full_names) == expected


@pytest.mark.parametrize(
    ("first", "last", "in_full", "expected"),
    [
        ("Anne-Marie", "de Wit", False, "A. M. D. W."),
        ("Anne-Marie", "de Wit", True, "Anne-Marie de Wit"),
        ("", "Wit", False, "W."),
    ],
)
def test_the_name_on_the_telephone(first, last, in_full, expected) -> None:
    assert shown_name(first, last, in_full=in_full) == expected


@pytest.mark.parametrize("fact", FACTS)
def test_each_fact_that_moved_is_told(fact) -> None:
    assert differences(SEEN, SEEN | {fact: "other"}) == [fact]


@given(st.sets(st.sampled_from(FACTS)))
def test_what_was_not_seen_is_no_difference(hidden) -> None:
    seen = {name: value for name, value in SEEN.items() if name not in hidden}
    now = dict.fromkeys(FACTS, "other")
    assert differences(seen, now) == [name for name in FACTS if name not in hidden]
    assert differences(now, now) == []
