"""The calendar of a guest, as Outlook or Google keeps it from the mails that arrive, each read by two libraries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import vobject
from django.core import mail
from icalendar import Calendar

from followup.services.outbox import send_due


@dataclass(frozen=True)
class Received:
    """What one mail asks of a calendar."""

    to: str
    subject: str
    method: str
    uid: str
    sequence: int
    start: date | datetime
    summary: str
    location: str
    organiser: str
    attendees: tuple[str, ...]
    text: str


@dataclass
class Diary:
    """What one guest's calendar holds, by identifier; a change that is not newer is left aside."""

    events: dict[str, Received] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def take(self, message: Received) -> None:
        """What a mail does to it."""
        assert message.sequence > self.numbers.get(message.uid, -1), "a calendar would leave this change aside"
        self.numbers[message.uid] = message.sequence
        if message.method == "CANCEL":
            assert message.uid in self.events, "called off, and never announced"
            del self.events[message.uid]
        else:
            self.events[message.uid] = message


def post() -> list[Received]:
    """Send what waits, and read what arrived."""
    mail.outbox.clear()
    send_due()
    return [received(message) for message in mail.outbox if _calendar_part(message.message())]


def delivered(diaries: dict[str, Diary]) -> list[Received]:
    """Send what waits, each to the calendar of its address."""
    found = post()
    for message in found:
        diaries.setdefault(message.to, Diary()).take(message)
    return found


def received(message: Any) -> Received:
    """What a mail says, in the eyes of two libraries that agree."""
    part = _calendar_part(message.message())
    content = part.get_payload(decode=True).decode(part.get_content_charset())
    one, other = Calendar.from_ical(content), vobject.readOne(content)
    (event,) = one.walk("VEVENT")
    second = other.vevent
    attendees = event.get("attendee")
    attendees = attendees if isinstance(attendees, list) else [attendees]
    found = Received(
        to=message.to[0],
        subject=message.subject,
        method=str(one["method"]),
        uid=str(event["uid"]),
        sequence=int(event["sequence"]),
        start=event["dtstart"].dt,
        summary=str(event["summary"]),
        location=str(event.get("location", "")),
        organiser=str(event["organizer"]),
        attendees=tuple(map(str, attendees)),
        text=content,
    )
    assert part.get_param("method") == found.method == other.method.value
    assert (second.uid.value, int(second.sequence.value)) == (found.uid, found.sequence)
    assert second.dtstart.value == found.start
    assert second.dtend.value == event["dtend"].dt
    assert second.summary.value == found.summary
    assert (second.organizer.value, second.attendee.value) == (found.organiser, attendees[0])
    assert event["dtstamp"].dt.tzinfo is not None
    return found


def _calendar_part(message: Any) -> Any:
    return next((part for part in message.walk() if part.get_content_type() == "text/calendar"), None)
