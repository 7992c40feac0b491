"""Appointments as an iCalendar file: initials, hour, channel, a link. No name, no note, no address leaves the house."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from followup.models import Appointment

BRUSSELS = ZoneInfo("Europe/Brussels")
REFRESH = timedelta(hours=1)


def calendar_of(appointments: Iterable[Appointment], link: Callable[[Appointment], str]) -> bytes:
    """The file; `link` gives the absolute address of an appointment's case.

    Hours are those of Brussels with their time zone, so that a meeting at ten stays at ten across a change of hour.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Ancrage//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Ancrage")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for appointment in appointments:
        calendar.add_component(_event(appointment, link(appointment)))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _event(appointment: Appointment, url: str) -> Event:
    """One appointment; without an hour it takes the whole day."""
    event = Event()
    event.add("uid", f"{appointment.pk}@ancrage")
    event.add("dtstamp", appointment.updated_at)
    event.add("last-modified", appointment.updated_at)
    how = appointment.get_channel_display()
    event.add(
        "summary", _("Rendez-vous %(who)s (%(how)s)") % {"who": appointment.case.beneficiary.initials, "how": how}
    )
    if appointment.at is None:
        event.add("dtstart", appointment.on)
        event.add("dtend", appointment.on + timedelta(days=1))
    else:
        start = datetime.combine(appointment.on, appointment.at, tzinfo=BRUSSELS)
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=appointment.minutes))
    event.add("url", url)
    event.add("class", "PRIVATE")
    return event
