"""When somebody is taken by their own calendar: what is kept of it, how old it may be, what lies over a time."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from foundation.rules.lists import ClosedList

Span = tuple[datetime, datetime]

# How often a calendar is asked for, and from when what it said no longer tells what is so.
EVERY = timedelta(minutes=30)
STALE_AFTER = timedelta(hours=6)
# What is kept of it: the days that an agenda shows.
DAYS_BEFORE, DAYS_AFTER = 31, 183
# A calendar that says more than that within these days is none that somebody keeps.
MOST_SPANS = 5000


# What others read of ours: from now on, as far as one plans together.
TOLD_DAYS = 92


class FeedKind(ClosedList):
    """What a secret address of ours says."""

    APPOINTMENTS = "APPOINTMENTS", "rendez-vous"
    BUSY = "BUSY", "heures prises"


class Trouble(ClosedList):
    """What goes wrong when a calendar is read."""

    ADDRESS = "ADDRESS", "cette adresse n’est pas celle d’un agenda public en https"
    UNKNOWN = "UNKNOWN", "le serveur ne connaît pas cette adresse, ou ne la connaît plus"
    SILENT = "SILENT", "le serveur ne répond pas"
    TOO_LARGE = "TOO_LARGE", "ce qui s’y trouve est trop long pour un agenda"
    UNREADABLE = "UNREADABLE", "ce qui s’y trouve n’est pas un agenda"


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same times, in order, those that touch or overlap as one; empty ones are left out."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def told(spans: Iterable[Span], start: datetime, end: datetime) -> list[Span]:
    """The taken times that others may read between two moments, as one where they touch: how many things take them is
    not told.
    """
    return merged((max(span[0], start), min(span[1], end)) for span in spans)


def over(spans: Iterable[Span], start: datetime, end: datetime) -> Span | None:
    """The first of the times that lies over another one; being over when the other begins is not."""
    return next((span for span in spans if span[0] < end and start < span[1]), None)


def is_due(tried_at: datetime | None, now: datetime) -> bool:
    """Whether it is time to ask for a calendar again."""
    return tried_at is None or now - tried_at >= EVERY


def is_stale(read_at: datetime | None, now: datetime) -> bool:
    """Whether what a calendar said is too old to be relied on, or was never read."""
    return read_at is None or now - read_at > STALE_AFTER
