"""How a rule says something to people: rules know no Django, and yet speak the language of whoever reads.

A rule gives its sentences here, in French, the language of the source; what turns them into another is handed in once,
by whoever knows who is reading (`foundation/apps.py`). Without that they stay in French, as in the tests of the rules.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def _one_or_many(one: str, many: str, n: int) -> str:
    return one if abs(n) < 2 else many


@dataclass(slots=True)
class _Voice:
    """What turns a sentence of the source into that of the reader: at once, when it is shown, by a number."""

    at_once: Callable[[str], str] = str
    when_shown: Callable[[str], Any] = str
    counted: Callable[[str, str, int], str] = _one_or_many


_voice = _Voice()


def speak_with(
    *, at_once: Callable[[str], str], when_shown: Callable[[str], Any], counted: Callable[[str, str, int], str]
) -> None:
    """Hand in the ways of gettext: a sentence translated at once, when it is shown, and by a number."""
    _voice.at_once, _voice.when_shown, _voice.counted = at_once, when_shown, counted


def say(sentence: str, /, **values: object) -> str:
    """Return a sentence in the reader's language, its ``%(name)s`` filled in. To be called while somebody reads."""
    said = _voice.at_once(sentence)
    return said % values if values else said


def say_counted(one: str, many: str, n: int, /, **values: object) -> str:
    """Return the sentence that agrees with a number, which it may hold as ``%(n)s``."""
    return _voice.counted(one, many, n) % {"n": n, **values}


def sentence(words: str) -> str:
    """Name a sentence that stands in a table: whoever shows it translates it. Catalogues find it by this name."""
    return words


def label(words: str) -> Any:
    """Return the label of a closed list, in the language of whoever it is shown to."""
    return _voice.when_shown(words)
