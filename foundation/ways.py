"""A way: one page that another leads to, declared on its view instead of written as methods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode

Words = str | Promise


@dataclass(frozen=True)
class Way:
    """Where a page leads: the name of an address, what of the view fills it in, and the words of the link.

    ``of`` names what the address takes, in order and separated by spaces: ``"case.pk"``, ``"coach.pk month_key"``.
    ``words`` and ``query`` may be computed from the view; without words there is a way back, but no link above the
    title. ``anchor`` is the place on that page where the act shows. ``next_wins`` when the words are as true of the
    page one came from, so that the link too goes to the safe ``next`` of the request: a list as it was filtered.
    """

    to: str
    of: str = ""
    words: Words | Callable[[Any], Words] = ""
    query: Callable[[Any], Any] | None = None
    anchor: str = ""
    next_wins: bool = False

    def at(self, anchor: str) -> Way:
        """The same way, to a place on that page."""
        return replace(self, anchor=anchor)

    def address(self, view: Any) -> str:
        """The address, filled in from the view.

        Raises:
            NoReverseMatch: no address has that name, or it takes something else.
            AttributeError: the view has nothing of that name.
        """
        address = reverse(self.to, args=[attrgetter(path)(view) for path in self.of.split()])
        asked = urlencode(self.query(view), doseq=True) if self.query else ""
        return address + (f"?{asked}" if asked else "") + (f"#{self.anchor}" if self.anchor else "")

    def words_on(self, view: Any) -> Words:
        """The words of the link; empty when there is none to show."""
        return self.words(view) if callable(self.words) else self.words
