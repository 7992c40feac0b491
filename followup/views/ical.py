"""A coach's diary as an iCalendar file: initials, hour, channel, a link. No name of a person, no note, no address of
theirs leaves the house.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, FreeBusy, vCalAddress, vPeriod

from followup.models import Appointment, CollectiveSession
from followup.rules.busy import TOLD_DAYS, Span
from followup.services.invitation_mails import sender
from followup.services.itip import BRUSSELS, uid_of

REFRESH = timedelta(hours=1)

Entry = Appointment | CollectiveSession


def calendar_of(entries: Iterable[Entry], link: Callable[[Entry], str]) -> bytes:
    """The file; `link` gives the absolute address of an appointment's case, or of a session's page.

    Hours are those of Brussels with their time zone, so that a meeting at ten stays at ten across a change of hour.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Ancrage//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Ancrage")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, link(entry)))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def free_busy_of(spans: Iterable[Span], start: datetime, key: UUID) -> bytes:
    """The taken times as a calendar reads them (RFC 5545, VFREEBUSY): neither whose, nor by what.

    Args:
        spans: aware, in UTC, in order, none over another.
        start: the moment from which they are told.
        key: what the list is known under; it says nothing of its owner.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Ancrage//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    listed = FreeBusy()
    start = start.astimezone(UTC).replace(microsecond=0)
    listed.add("uid", uid_of(key))
    listed.add("dtstamp", start)
    listed.add("dtstart", start)
    listed.add("dtend", start + timedelta(days=TOLD_DAYS))
    listed.add("organizer", vCalAddress(f"mailto:{sender()}"))
    for span in spans:
        period = vPeriod(span)
        period.params["FBTYPE"] = "BUSY"
        listed.add("freebusy", period)
    calendar.add_component(listed)
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry, url: str) -> Event:
    """One appointment or session; without an hour it takes the whole day."""
    event = Event()
    event.add("uid", uid_of(entry.uid_key))
    event.add("dtstamp", entry.updated_at)
    event.add("last-modified", entry.updated_at)
    event.add("summary", _summary(entry))
    hour: time | None = entry.at
    day: date = entry.on
    if hour is None:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    else:
        start = datetime.combine(day, hour, tzinfo=BRUSSELS)
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=entry.minutes))
    if isinstance(entry, CollectiveSession):
        event.add("location", entry.place)
    event.add("url", url)
    event.add("class", "PRIVATE")
    return event


def _summary(entry: Entry) -> str:
    """With whom and how; a session says its title, which names nobody."""
    if isinstance(entry, CollectiveSession):
        return _("Séance collective : %(title)s") % {"title": entry.series.title}
    how = entry.get_channel_display()
    return _("Rendez-vous %(who)s (%(how)s)") % {"who": entry.case.beneficiary.initials, "how": how}
