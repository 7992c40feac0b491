"""Names found in spite of a slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.resemblance import likeness, most_alike, pieces_of

KEYS = [(1, "dupont marie"), (2, "van den broeck jean"), (3, "el amrani yasmina"), (4, "garage du centre arlon")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("dupond", [1]),
        ("dupont mari", [1]),
        ("broek jean", [2]),
        ("elamrani", [3]),
        ("amrani yasmine", [3]),
        ("garrage", [4]),
        ("zzz", []),
        ("du", [1, 4]),
    ],
)
def test_slips_are_forgiven_and_strangers_are_not(query: str, expected: list[int]) -> None:
    assert sorted(most_alike(query, KEYS, 10)) == expected


def test_every_word_asked_must_be_found() -> None:
    assert likeness("dupont zzz", "dupont marie") == 0


def test_the_closest_comes_first() -> None:
    keys = [(1, "martens paul"), (2, "martin paul")]
    assert most_alike("martin", keys, 2)[0] == 2
    assert most_alike("martin", keys, 1) == [2]


@pytest.mark.parametrize(
    ("query", "pieces"),
    [("", ()), ("a", ()), ("al", ("al",)), ("dupont al", ("al", "du", "nt", "on", "po", "up")), ("nana", ("an", "na"))],
)
def test_the_pairs_of_letters_of_a_query(query, pieces):
    assert pieces_of(query) == pieces


@given(st.text("abcdeé", min_size=5, max_size=9), st.integers(0, 8), st.sampled_from("abcdef"))
def test_a_word_with_one_slip_holds_most_pairs_of_the_query(word, at, letter):
    """What the likeness takes for the same, the pairs of letters have not lost: one slip breaks two of them at most."""
    typed = word[: at % len(word)] + letter + word[at % len(word) + 1 :]
    broken = [piece for piece in pieces_of(typed) if piece not in word]
    assert len(broken) <= 2
