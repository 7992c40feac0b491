"""Under which words a text is found. Pure functions."""

from foundation.rules.text import search_key

EDGE = " "


def words_index(text: str) -> str:
    """Return the distinct words of a text, normalised, each between two edges; "" for a text without any.

    « Éclusière, l’éclusière » becomes « eclusiere l ». The order and the number of the words are not kept: it is an
    index and no second copy of what was written.
    """
    words = sorted(set(search_key(text).split()))
    return f"{EDGE}{EDGE.join(words)}{EDGE}" if words else ""
