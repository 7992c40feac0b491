"""Small values that list components show: filter tags, facts, events, page numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise

from foundation.formatting import date_words

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
class TimelineItem:
    """Something that happened: when, what, who, and the words kept of it.

    ``details`` are short facts shown after the author (duration, channel); ``tone`` is "", good, warn, bad or accent.
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


def _value_words(bound: forms.BoundField, value: Any) -> str:
    choices = getattr(bound.field, "choices", None)
    if isinstance(value, Model):
        return str(value)
    if choices is not None:
        wanted = str(value)
        for key, label in choices:
            if isinstance(label, list | tuple):
                for inner_key, inner_label in label:
                    if str(inner_key) == wanted:
                        return str(inner_label)
            elif str(key) == wanted:
                return str(label)
    return date_words(value) if isinstance(value, date) else str(value)


def active_filters(request: HttpRequest, form: forms.BaseForm) -> list[FilterTag]:
    """Return one tag per chosen value of a valid filter form, each with the address of the list without it, from page
    1.

    A box that is ticked shows its label alone; a field with several values gives one tag per value.
    """
    tags: list[FilterTag] = []
    for name, field_ in form.fields.items():
        value = form.cleaned_data.get(name) if hasattr(form, "cleaned_data") else None
        if value in (None, "", [], (), False) or (isinstance(value, QuerySet) and not value):
            continue
        bound = form[name]
        several: Iterable[Any] = value if isinstance(value, list | tuple | set | QuerySet) else [value]
        for one in several:
            query = request.GET.copy()
            query.pop("page", None)
            key = form.add_prefix(name)
            sent = str(one.pk) if isinstance(one, Model) else str(one)
            kept = [v for v in query.getlist(key) if v != sent] if len(query.getlist(key)) > 1 else []
            query.setlist(key, kept)
            rest = query.urlencode()
            words = "" if isinstance(field_, forms.BooleanField) else _value_words(bound, one)
            tags.append(FilterTag(bound.label, words, f"{request.path}?{rest}" if rest else request.path))
    return tags


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
