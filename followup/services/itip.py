"""An invitation as the calendars of others read it: one event, what is asked about it, one guest (RFC 5545, 5546)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as CalendarEvent

from followup.rules.invitations import COLLEAGUES, Event, Guest, Method, holds_the_time

BRUSSELS = ZoneInfo("Europe/Brussels")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What one guest is sent about an event: its identifier, the number of the change, and when that was."""

    life: UUID
    event: Event
    method: Method
    sequence: int
    changed_at: datetime
    guest: Guest
    guest_address: str
    sender: str


def uid_of(life: UUID) -> str:
    """The identifier that an appointment or a session keeps in every calendar."""
    return f"{life}@ancrage"


def is_ours(uid: str) -> bool:
    """Whether an event found in somebody's calendar came from here."""
    return uid.endswith("@ancrage")


def written(message: Message) -> str:
    """The invitation, or what calls it off.

    It names its guest alone: who else is met is nobody's business. A coach's copy comes from the house, since
    calendars leave aside what somebody would have sent to themselves.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Ancrage//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", message.method.value)
    calendar.add_component(_event(message))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content.decode()


def _event(message: Message) -> CalendarEvent:
    told = message.event
    event = CalendarEvent()
    event.add("uid", uid_of(message.life))
    event.add("sequence", message.sequence)
    event.add("dtstamp", message.changed_at)
    event.add("last-modified", message.changed_at)
    start, end = _span(told)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", told.summary)
    if told.location:
        event.add("location", told.location)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if holds_the_time(message.guest) else "TRANSPARENT")
    cancelled = message.method is Method.CANCEL
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("organizer", _organiser(message), encode=False)
    event.add("attendee", _attendee(message), encode=False)
    return event


def _span(event: Event) -> tuple[date, date]:
    """When an event begins and ends, at the hours of Brussels; a whole day when it has no hour."""
    if event.at is None:
        return event.on, event.on + timedelta(days=1)
    start = datetime.combine(event.on, event.at, tzinfo=BRUSSELS)
    # Minutes that pass, whatever the clocks do meanwhile.
    return start, (start.astimezone(UTC) + timedelta(minutes=event.minutes)).astimezone(BRUSSELS)


def _organiser(message: Message) -> vCalAddress:
    coach = message.guest in COLLEAGUES
    organiser = vCalAddress(f"mailto:{message.sender if coach else message.event.organiser_address}")
    organiser.params["CN"] = vText("Ancrage" if coach else message.event.organiser)
    if not coach:
        organiser.params["SENT-BY"] = vText(f"mailto:{message.sender}")
    return organiser


def _attendee(message: Message) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{message.guest_address}")
    attendee.params["CUTYPE"] = vText("INDIVIDUAL")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    coach = message.guest in COLLEAGUES
    attendee.params["PARTSTAT"] = vText("ACCEPTED" if coach else "NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE" if coach else "TRUE")
    return attendee
