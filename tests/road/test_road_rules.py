"""What a telephone may hold, and what counts as changed meanwhile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from road.rules.telling import FACTS, FIELDS, Pick, allowed_by, apart, differences, merged, shown_name

SEEN = {"coach": "a", "open": "yes", "appointment": "PLANNED", "contact": "1"}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((), (False, False, False)),
        (("noms", "dictee"), (False, False, False)),
        (("hors_ligne",), (True, False, False)),
        (("hors_ligne", "noms"), (True, True, False)),
        (("hors_ligne", "dictee"), (True, False, True)),
    ],
)
def test_nothing_is_allowed_without_writing_offline(codes, expected) -> None:
    found = allowed_by(codes)
    assert (found.offline, found.full_names, found.dictation) == expected


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


THEIRS = {"outcome": "HELD", "channel": "PHONE", "minutes": "30", "summary": "Au bureau."}
TYPED = {"outcome": "HELD", "channel": "IN_PERSON", "minutes": "20", "summary": "En route."}


@pytest.mark.parametrize(
    ("picks", "changed"),
    [
        ({}, {}),
        (dict.fromkeys(FIELDS, "theirs"), {}),
        ({"minutes": "typed"}, {"minutes": "20"}),
        ({"channel": "typed", "summary": "typed"}, {"channel": "IN_PERSON", "summary": "En route."}),
        ({"summary": "both"}, {"summary": "Au bureau.\n\nEn route."}),
        ({"minutes": "both"}, {}),
        ({"minutes": "anything"}, {}),
        ({"unknown": "typed"}, {}),
    ],
)
def test_each_field_is_as_it_was_chosen_and_else_as_the_server_has_it(picks, changed) -> None:
    assert merged(THEIRS, TYPED, picks) == THEIRS | changed


def test_only_what_differs_is_asked() -> None:
    assert apart(THEIRS, TYPED) == ["channel", "minutes", "summary"]
    assert apart(THEIRS, THEIRS) == []


_TALKS = st.fixed_dictionaries({name: st.text(max_size=8) for name in FIELDS})
_PICKS = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from([one.value for one in Pick]))


@given(_TALKS, _TALKS, _PICKS)
def test_the_same_choice_sent_twice_changes_nothing_more_and_loses_no_word(theirs, typed, picks) -> None:
    once = merged(theirs, typed, picks)
    assert merged(once, typed, picks) == once
    if picks.get("summary") == Pick.BOTH:
        assert theirs["summary"].strip() in once["summary"]
        assert typed["summary"].strip() in once["summary"]
