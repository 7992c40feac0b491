"""What the palette proposes beside what was found."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template

from foundation.rules.text import search_key

register = template.Library()


@register.filter
def answering(entries: Iterable[Mapping[str, Any]], words: Sequence[str]) -> list[Mapping[str, Any]]:
    """``{% for entry in nav.entries|answering:reading.words %}``: those whose label has a word that begins with each of
    the words; all of them for no words.
    """
    return [
        entry
        for entry in entries
        if all(any(part.startswith(word) for part in search_key(str(entry["label"])).split()) for word in words)
    ]
