"""The thread of a case as the screen shows it: chosen by meaning and by words, in stretches of weeks and months."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followup.rules.thread import Happening, Stretch, folded
from followup.selectors.timeline import Event
from foundation.components import TimelineItem
from foundation.formatting import date_words, duration_words, named_day_words


@dataclass(frozen=True, slots=True)
class ThreadGroup:
    """Lines under one heading. ``month`` is what the address asks to open it; ``kind`` is that of the stretch."""

    kind: str
    title: str
    told: str
    month: str
    whole: bool
    opened: bool
    items: tuple[TimelineItem, ...]


def chosen(events: Sequence[Event], kind: str, words: str) -> list[Event]:
    """The events of one kind, or all, that hold every word asked, whatever its accents."""
    asked = _bare(words).split()
    kept = (event for event in events if kind in ("", event.kind))
    return [event for event in kept if not asked or all(word in _text(event.item) for word in asked)]


def groups(events: Sequence[Event], on: date, *, opened: date | None, searched: bool) -> list[ThreadGroup]:
    """The stretches of the thread, newest first."""
    happenings = [Happening(_day(event.item), event.minutes, event.is_plain) for event in events]
    found = folded(happenings, on, opened=opened, fold=not searched)
    return [_group(stretch, events, opened) for stretch in found]


def _group(stretch: Stretch, events: Sequence[Event], opened: date | None) -> ThreadGroup:
    own = [events[place] for place in stretch.places]
    month = f"{stretch.first:%Y-%m}" if stretch.kind == "month" else ""
    return ThreadGroup(
        kind=stretch.kind,
        title=_title(stretch),
        told=_told(own),
        month=month,
        whole=stretch.whole,
        opened=opened is not None and month == f"{opened:%Y-%m}",
        items=tuple(event.item for event in own) if stretch.whole else (),
    )


def _title(stretch: Stretch) -> str:
    if stretch.kind == "month":
        return date_format(stretch.first, "F Y").capitalize()
    if stretch.kind == "quiet":
        return _("Du %(first)s au %(last)s") % {
            "first": date_words(stretch.first),
            "last": date_words(stretch.last),
        }
    return _("Semaine du %(day)s") % {"day": named_day_words(stretch.first, "j F")}


def _told(events: Sequence[Event]) -> str:
    """« 2 contacts, 1 h 05, 1 absence, 1 étape »."""
    contacts = [event for event in events if event.kind == "contacts"]
    held = [event for event in contacts if not event.is_missed]
    missed, others = len(contacts) - len(held), len(events) - len(contacts)
    parts = []
    if held:
        parts.append(ngettext("%(n)s contact", "%(n)s contacts", len(held)) % {"n": len(held)})
        if minutes := sum(event.minutes for event in held):
            parts.append(duration_words(minutes))
    if missed:
        parts.append(ngettext("%(n)s absence", "%(n)s absences", missed) % {"n": missed})
    if others:
        parts.append(ngettext("%(n)s autre fait", "%(n)s autres faits", others) % {"n": others})
    return ", ".join(parts)


def _day(item: TimelineItem) -> date:
    return item.on


def _text(item: TimelineItem) -> str:
    parts = (item.title, item.body, item.author, item.badge, *item.details)
    return _bare(" ".join(str(part) for part in parts))


def _bare(words: str) -> str:
    decomposed = unicodedata.normalize("NFD", words.casefold().replace("’", "'"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
