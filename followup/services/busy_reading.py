"""What a calendar says of when its owner is taken; titles, places and people are not looked at."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

import recurring_ical_events
from icalendar import Calendar

from followup.rules.busy import MOST_SPANS, Span, merged
from followup.services.itip import BRUSSELS, is_ours

# What recurs more often than daily is no appointment, and would take hours to be counted.
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_MOST_EVENTS = 20_000
_FREE = "FREE"


class Unreadable(Exception):
    """What was read is no calendar."""


def busy_spans(content: bytes, first: datetime, last: datetime) -> list[Span]:
    """The times that are taken between two moments, in order, none over another.

    What came from here is left out: it is known better here. So is what its owner marks as free, and what is called
    off.

    Raises:
        Unreadable: it is no calendar, or nobody's.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            calendar = Calendar.from_ical(content)
            events = calendar.walk("VEVENT")
            if calendar.name != "VCALENDAR" or len(events) > _MOST_EVENTS:
                raise Unreadable
            kept = Calendar()
            for zone in calendar.walk("VTIMEZONE"):
                kept.add_component(zone)
            for event in events:
                if _counts(event):
                    kept.add_component(event)
            found = recurring_ical_events.of(kept, skip_bad_series=True).between(first, last)
            spans = [_span(event) for event in islice(found, MOST_SPANS)]
            spans += [span for part in calendar.walk("VFREEBUSY") if not _is_ours(part) for span in _stated(part)]
    except Unreadable:
        raise
    except Exception as error:
        # Whatever a stranger's file does to a reader of calendars, the answer is the same.
        raise Unreadable from error
    inside = ((max(start, first), min(end, last)) for start, end in spans if start < last and end > first)
    return merged(inside)[:MOST_SPANS]


def _is_ours(part: Any) -> bool:
    return is_ours(str(part.get("uid", "")))


def _counts(event: Any) -> bool:
    if _is_ours(event) or str(event.get("transp", "")).upper() == "TRANSPARENT":
        return False
    if str(event.get("status", "")).upper() == "CANCELLED" or "DTSTART" not in event:
        return False
    rules = event.get("rrule") or []
    rules = rules if isinstance(rules, list) else [rules]
    return not any(set(map(str, rule.get("freq", []))) & _TOO_OFTEN for rule in rules)


def _span(event: Any) -> Span:
    return _moment(event["dtstart"].dt), _moment(event["dtend"].dt)


def _stated(part: Any) -> Iterator[Span]:
    """The periods that a list of taken times names."""
    stated = part.get("freebusy") or []
    for periods in stated if isinstance(stated, list) else [stated]:
        if str(periods.params.get("FBTYPE", "BUSY")).upper() == _FREE:
            continue
        listed = periods.dts if hasattr(periods, "dts") else [periods]
        for period in listed:
            start, end = period.dt if hasattr(period, "dt") else (period.start, period.end)
            yield _moment(start), _moment(start + end if isinstance(end, timedelta) else end)


def _moment(value: date | datetime) -> datetime:
    """An aware moment; what names no zone is of here."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(0))
    return (value if value.tzinfo else value.replace(tzinfo=BRUSSELS)).astimezone(UTC)
