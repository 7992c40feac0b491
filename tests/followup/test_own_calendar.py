"""One's own calendar: when it says that one is taken, and how its server is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from followup.models import BusyPeriod, OwnCalendar
from followup.selectors.busy import busy_periods, own_calendar_of, stale_calendars
from followup.services import own_calendar
from followup.services.busy_reading import Unreadable, busy_spans
from followup.services.contacts import plan_appointment
from followup.services.own_calendar import CalendarRefused, choose_calendar, read_due
from followup.services.planning import AppointmentPlan
from foundation.asking import Unconfirmed
from foundation.fetching import AddressRefused, FetchFailed, NotThere, TooLarge
from tests.factories import stories

SECRET = "https://agenda.example.org/prive/tres-secret.ics"


def ics(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//FR", *events, "END:VCALENDAR"]
    return "\r\n".join(lines).encode()


def event(start: str, end: str, *more: str, uid: str = "a@b") -> str:
    return "\r\n".join(
        [
            "BEGIN:VEVENT",
            f"UID:{uid}",
            "DTSTAMP:20250101T000000Z",
            f"DTSTART{start}",
            f"DTEND{end}",
            *more,
            "END:VEVENT",
        ]
    )


FIRST, LAST = datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 4, 1, tzinfo=UTC)
TUESDAY = event(":20250304T090000Z", ":20250304T100000Z", "SUMMARY:Dentiste", "LOCATION:Chez le dentiste")


def spans(*events: str) -> list[tuple[str, str]]:
    return [(f"{a:%m-%d %H:%M}", f"{b:%m-%d %H:%M}") for a, b in busy_spans(ics(*events), FIRST, LAST)]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((TUESDAY,), [("03-04 09:00", "03-04 10:00")]),
        ((TUESDAY, event(":20250304T093000Z", ":20250304T110000Z", uid="c")), [("03-04 09:00", "03-04 11:00")]),
        ((event(":20250304T090000", ":20250304T100000"),), [("03-04 08:00", "03-04 09:00")]),
        ((event(";VALUE=DATE:20250310", ";VALUE=DATE:20250311"),), [("03-09 23:00", "03-10 23:00")]),
        ((event(":20250304T090000Z", ":20250304T100000Z", "TRANSP:TRANSPARENT"),), []),
        ((event(":20250304T090000Z", ":20250304T100000Z", "STATUS:CANCELLED"),), []),
        ((event(":20250304T090000Z", ":20250304T100000Z", uid="1b@ancrage"),), []),
        (
            (event(":20250303T090000Z", ":20250303T100000Z", "RRULE:FREQ=WEEKLY;COUNT=2"),),
            [("03-03 09:00", "03-03 10:00"), ("03-10 09:00", "03-10 10:00")],
        ),
        ((event(":19700101T000000Z", ":19700101T000001Z", "RRULE:FREQ=SECONDLY"),), []),
        (
            ("BEGIN:VFREEBUSY\r\nUID:f\r\nFREEBUSY:20250305T090000Z/PT2H\r\nEND:VFREEBUSY",),
            [("03-05 09:00", "03-05 11:00")],
        ),
        (
            ("BEGIN:VFREEBUSY\r\nUID:f\r\nFREEBUSY;FBTYPE=FREE:20250305T090000Z/PT2H\r\nEND:VFREEBUSY",),
            [],
        ),
    ],
)
def test_when_a_calendar_says_that_one_is_taken(events, expected):
    assert spans(*events) == expected


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"\xff\xfe\x00", b"BEGIN:VCALENDAR"])
def test_what_is_no_calendar(content):
    with pytest.raises(Unreadable):
        busy_spans(content, FIRST, LAST)


@pytest.fixture
def coach(frozen, db):
    return stories.a_coach()


@pytest.fixture
def server(monkeypatch):
    """What the server of the calendar answers; nothing leaves the machine."""
    answers: dict[str, bytes | Exception] = {"content": ics(TUESDAY)}

    def fetch(address: str) -> bytes:
        assert address == SECRET
        answer = answers["content"]
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(own_calendar, "fetch", fetch)
    return answers


def test_only_the_taken_times_are_kept_and_the_address_is_read_nowhere(coach, server):
    choose_calendar(is_invited=False, address=SECRET, actor=coach)
    assert own_calendar_of(coach).is_waiting
    assert read_due() == 1
    assert read_due() == 0
    start, end = datetime(2025, 3, 4, 9, tzinfo=UTC), datetime(2025, 3, 4, 10, tzinfo=UTC)
    assert busy_periods([coach], date(2025, 3, 4), date(2025, 3, 4)) == [(coach.pk, start, end)]
    assert busy_periods([coach.pk], date(2025, 3, 5), date(2025, 3, 9)) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM followup_owncalendar")
        assert "secret" not in cursor.fetchone()[0]
    assert "secret" not in own_calendar_of(coach).server


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (AddressRefused(), "ADDRESS"),
        (NotThere(), "UNKNOWN"),
        (TooLarge(), "TOO_LARGE"),
        (FetchFailed(), "SILENT"),
        (b"<html>", "UNREADABLE"),
    ],
)
def test_what_goes_wrong_is_said_and_what_was_known_grows_stale(coach, server, frozen, answer, trouble):
    choose_calendar(is_invited=False, address=SECRET, actor=coach)
    read_due()
    server["content"] = answer
    frozen(timezone.now() + timedelta(hours=7))
    assert read_due() == 1
    assert OwnCalendar.objects.get().trouble == trouble
    assert BusyPeriod.objects.count() == 1
    assert stale_calendars([coach]) == {coach.pk}
    state = own_calendar_of(coach)
    assert state.is_stale
    assert state.trouble


def test_forgotten_with_all_that_it_said(coach, server):
    choose_calendar(is_invited=False, address=SECRET, actor=coach)
    read_due()
    choose_calendar(is_invited=True, address="", actor=coach)
    assert not BusyPeriod.objects.exists()
    assert not own_calendar_of(coach).server


@pytest.mark.parametrize(
    "address", ["http://agenda.example.org/a.ics", "https://127.0.0.1:8443/", "file:///etc/passwd"]
)
def test_an_address_that_may_not_be_asked_for_is_refused_at_once(coach, address):
    with pytest.raises(CalendarRefused):
        choose_calendar(is_invited=False, address=address, actor=coach)


def test_an_appointment_over_a_taken_time_is_asked_about_once(coach, server):
    choose_calendar(is_invited=False, address=SECRET, actor=coach)
    read_due()
    case = stories.in_prehire(coach)
    over = AppointmentPlan(on=date(2025, 3, 4), at=time(10, 30), minutes=45, channel="PHONE")
    with pytest.raises(Unconfirmed) as asked:
        plan_appointment(case=case, plan=over, actor=coach)
    (question,) = asked.value.questions
    assert "pris de 10:00 à 11:00" in question.sentence
    after = AppointmentPlan(on=date(2025, 3, 4), at=time(11), minutes=45, channel="PHONE")
    plan_appointment(case=case, plan=after, actor=coach)


def test_the_page_never_shows_the_address(coach, server, page_of, send):
    url = reverse("followup:own_calendar")
    send(coach, url, {"address": SECRET, "is_invited": "on"})
    page = page_of(coach, url)
    words = page.content.decode()
    assert "agenda.example.org" in words
    assert "tres-secret" not in words
    assert page.statements <= 15
    send(coach, url, {"is_invited": "on"})
    assert own_calendar_of(coach).server
    send(coach, url, {"forget": "on"})
    assert own_calendar_of(coach) == own_calendar_of(stories.a_coach())
