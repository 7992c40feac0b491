"""Under which words a text is found. Pure functions."""

from collections.abc import Iterable

from foundation.rules.text import search_key

EDGE = " "
# Shorter words are in nearly every text, and no index helps with them.
MIN_LETTERS = 3


def words_index(text: str) -> str:
    """Return the distinct words of a text, normalised, each between two edges; "" for a text without any.

    « Éclusière, l’éclusière » becomes « eclusiere l ». The order and the number of the words are not kept: it is an
    index and no second copy of what was written.
    """
    words = sorted(set(search_key(text).split()))
    return f"{EDGE}{EDGE.join(words)}{EDGE}" if words else ""


def asked_words(words: Iterable[str]) -> str:
    """The words by which texts are looked for, with spaces between; "" when none is long enough to tell texts apart."""
    return " ".join(word for word in words if len(word) >= MIN_LETTERS)
