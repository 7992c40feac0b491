"""Whether a text names somebody, and the same text without the name."""

import re

from foundation.rules.text import search_key


def names(text: str, name: str) -> bool:
    """Whether the words of a name stand in a text, whatever their case, accents and punctuation."""
    key = search_key(name)
    return bool(key) and f" {key} " in f" {search_key(text)} "


def without_name(text: str, name: str, instead: str) -> str:
    """The text with `instead` wherever the name stood; `instead` alone when the name hides in another spelling."""
    found = re.sub(rf"(?<!\w){re.escape(name.strip())}(?!\w)", lambda _: instead, text, flags=re.IGNORECASE)
    return instead if names(found, name) else found
