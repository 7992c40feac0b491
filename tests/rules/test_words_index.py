"""Under which words a text is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.words import EDGE, asked_words, words_index


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ""),
        (" … ", ""),
        ("Éclusière", " eclusiere "),
        ("Éclusière, l’éclusière", " eclusiere l "),
        ("le permis et le vélo", " et le permis velo "),
    ],
)
def test_the_words_of_a_text(text, found):
    assert words_index(text) == found


@given(st.text(max_size=200))
def test_each_word_stands_once_between_two_edges_and_nothing_is_indexed_twice(text):
    index = words_index(text)
    words = index.split()
    assert words == sorted(set(words))
    assert index == (f"{EDGE}{EDGE.join(words)}{EDGE}" if words else "")
    assert words_index(index) == index


@pytest.mark.parametrize(
    ("words", "asked"), [([], ""), (["le", "permis"], "permis"), (["de", "la"], ""), (["bus", "vélo"], "bus vélo")]
)
def test_short_words_are_not_looked_for(words, asked):
    assert asked_words(words) == asked
