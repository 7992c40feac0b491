"""Small values that list components show: filter tags, facts, events, page numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

Words = str | Promise

# Stands for the pages left out of a long pagination.
PAGE_GAP = 0


@dataclass(frozen=True, slots=True)
class FilterTag:
    """A chosen filter: what it filters, on what, and the address without it."""

    label: Words
    value: Words
    remove_url: str


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A fact: term, value, and perhaps a link to change it. An empty value shows ``missing`` and the link fills it."""

    label: Words
    value: Any = ""
    href: str = ""
    action: Words = ""
    missing: Words = ""
    note: Words = ""


@dataclass(frozen=True, slots=True)
class ItemAct:
    """Something that may be done with what a list shows: its verb and its page."""

    verb: Words
    href: str


@dataclass(frozen=True, slots=True)
class KeptApart:
    """Words of a line that not every reader of it has, and who wrote them."""

    author: Words
    words: Words


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """Something that happened: when, what, who, and the words kept of it.

    ``details`` are short facts shown after the author (duration, channel); ``tone`` is "", good, warn, bad or accent;
    ``acts`` is what this reader may do with it.
    """

    on: date | datetime
    title: Words
    body: Words = ""
    author: Words = ""
    details: Sequence[Words] = field(default_factory=tuple)
    icon: str = "circle"
    href: str = ""
    tone: str = ""
    badge: Words = ""
    acts: Sequence[ItemAct] = field(default_factory=tuple)
    kept_apart: Sequence[KeptApart] = field(default_factory=tuple)


def numbered_pages(current: int, last: int, around: int = 1) -> list[int]:
    """Return the page numbers to show: the first, the last, those around the current one, :data:`PAGE_GAP` between."""
    wanted = sorted({1, last, *range(max(1, current - around), min(last, current + around) + 1)})
    shown: list[int] = []
    for number in wanted:
        if shown and number - shown[-1] == 2:
            shown.append(number - 1)
        elif shown and number - shown[-1] > 2:
            shown.append(PAGE_GAP)
        shown.append(number)
    return shown
