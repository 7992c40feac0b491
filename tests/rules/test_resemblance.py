"""Names found in spite of a slip."""

import pytest

from foundation.rules.resemblance import likeness, most_alike

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
