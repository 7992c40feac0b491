"""Finding a name that was misspelt: words of normalised keys compared by likeness, on any database."""

from collections.abc import Hashable, Iterable
from difflib import SequenceMatcher
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

# Two words are taken for the same from this share of letters in the same order: one slip in five letters, not two.
ALIKE = 0.75
# A word shorter than this resembles too many others: it must begin the word it stands for.
SHORT = 3


def word_likeness(asked: str, word: str) -> float:
    """Return how much a word looks like the one asked, from 0 to 1; the beginning of a word counts as the word."""
    if word.startswith(asked):
        return 1.0
    if len(asked) < SHORT:
        return 0.0
    return SequenceMatcher(None, asked, word, autojunk=False).ratio()


def likeness(query: str, key: str) -> float:
    """Return how much a key looks like a query, both normalised: the mean over its words, 0 when one is unlike."""
    words = key.split()
    scores = [max((word_likeness(asked, word) for word in words), default=0.0) for asked in query.split()]
    if not scores or min(scores) < ALIKE:
        return 0.0
    return sum(scores) / len(scores)


def pieces_of(query: str) -> tuple[str, ...]:
    """Return the pairs of letters of the words of a query, in order: a database counts how many of them a key holds, so
    that the likeness is worked out for the few that hold most.
    """
    words = query.split()
    return tuple(sorted({word[at : at + 2] for word in words for at in range(len(word) - 1)}))


def most_alike(query: str, keys: Iterable[tuple[Key, str]], limit: int) -> list[Key]:
    """Return the identifiers of the keys that look like the query, most alike first, `limit` at most."""
    scored = ((likeness(query, key), identifier) for identifier, key in keys)
    best = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])
    return [identifier for _score, identifier in best[:limit]]
