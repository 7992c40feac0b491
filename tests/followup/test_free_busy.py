"""The address of one's taken hours: times alone, for those to whom it was given, as long as it stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
import vobject
from django.urls import reverse
from icalendar import Calendar

from accounts.enums import Role
from followup.models import CalendarFeed
from followup.rules.busy import FeedKind
from followup.services.busy_reading import busy_spans
from followup.services.contacts import AppointmentPlan, plan_appointment
from followup.services.feeds import renew_feed, revoke_feed
from tests.factories import stories
from tests.factories.accounts import user_with
from tests.factories.asking import EVERYTHING

pytestmark = pytest.mark.django_db

TUESDAY = date(2025, 3, 4)


@pytest.fixture
def case(frozen):
    return stories.in_prehire(stories.a_coach(), first_name="Zoé", last_name="Quidam")


def meet(case, at: time | None = time(10), on: date = TUESDAY, minutes: int = 60) -> None:
    plan = AppointmentPlan(on=on, at=at, minutes=minutes, channel="IN_PERSON", confirmed=EVERYTHING)
    plan_appointment(case=case, plan=plan, actor=case.coach)


def given(coach) -> str:
    return renew_feed(actor=coach, kind=FeedKind.BUSY)


def read(client, secret: str):
    client.logout()
    return client.get(reverse("followup:free_busy", args=[secret]))


def times(answer) -> list[tuple[datetime, datetime]]:
    """What two libraries read, and agree on."""
    (part,) = Calendar.from_ical(answer.content).walk("VFREEBUSY")
    stated = part.get("freebusy") or []
    stated = stated if isinstance(stated, list) else [stated]
    found = [(one.start, one.end) for one in stated]
    second = vobject.readOne(answer.content.decode()).vfreebusy
    lines = second.contents.get("freebusy", [])
    assert [span for line in lines for span in line.value] == found
    return found


def utc(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)


def test_times_alone_are_told_as_one_where_they_touch(client, case) -> None:
    meet(case)
    meet(stories.in_prehire(case.coach, first_name="Ali", last_name="Autre"), time(10, 30))
    meet(case, None, TUESDAY + timedelta(days=1))
    stories.a_session(case.coach, on=TUESDAY, at=time(14), minutes=90)
    answer = read(client, given(case.coach))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert times(answer) == [
        (utc(TUESDAY, 9), utc(TUESDAY, 10, 30)),
        (utc(TUESDAY, 13), utc(TUESDAY, 14, 30)),
    ]
    coach = case.coach
    told = answer.content.decode()
    for words in (
        "Zoé",
        "ZQ",
        "Préparer",
        coach.email,
        coach.last_name,
        coach.current_organisation.name,
        str(coach.pk),
    ):
        assert words not in told


def test_what_is_past_or_far_is_not_told(client, case) -> None:
    meet(case, time(8), date(2025, 3, 3))
    meet(case, time(8), date(2025, 9, 3))
    with time_machine.travel("2025-03-03T12:00:00+00:00", tick=False):
        assert times(read(client, given(case.coach))) == []


def test_days_of_absence_are_taken(client, case) -> None:
    stories.an_absence(case.coach, starts_on=date(2025, 3, 6), days=2)
    assert times(read(client, given(case.coach))) == [(utc(date(2025, 3, 5), 23), utc(date(2025, 3, 7), 23))]


def test_it_stands_apart_from_the_telephone_and_is_revoked_alone(client, case) -> None:
    own, shared = renew_feed(actor=case.coach), given(case.coach)
    assert read(client, own).status_code == 404
    assert client.get(reverse("followup:calendar", args=[shared])).status_code == 404
    again = given(case.coach)
    assert read(client, shared).status_code == 404
    assert read(client, again).status_code == 200
    revoke_feed(actor=case.coach, kind=FeedKind.BUSY)
    assert read(client, again).status_code == 404
    assert client.get(reverse("followup:calendar", args=[own])).status_code == 200


def test_who_no_longer_carries_cases_is_told_of_no_more(client, case) -> None:
    secret = given(case.coach)
    case.coach.is_active = False
    case.coach.save()
    assert read(client, secret).status_code == 404


def test_guessing_stops(client, case) -> None:
    answers = [read(client, f"essai-{number}").status_code for number in range(61)]
    assert (set(answers[:-1]), answers[-1]) == ({404}, 429)


def test_the_address_is_shown_once_and_never_stored(client, case) -> None:
    client.force_login(case.coach)
    shown = client.post(reverse("followup:calendar_renew"), {"kind": "BUSY"}, follow=True)
    address = shown.context["busy_address"]
    assert shown.context["address"] == ""
    secret = address.rsplit("/", 1)[1].removesuffix(".ifb")
    assert read(client, secret).status_code == 200
    client.force_login(case.coach)
    assert client.get(reverse("followup:calendar_feed")).context["busy_address"] == ""
    feed = CalendarFeed.objects.get()
    assert (feed.kind, feed.last_read_on) == (FeedKind.BUSY, date(2025, 3, 3))
    client.post(reverse("followup:calendar_revoke"), {"kind": "BUSY"})
    assert not CalendarFeed.objects.exists()


def test_our_own_address_read_back_takes_no_time_twice(client, case) -> None:
    meet(case)
    answer = read(client, given(case.coach))
    assert busy_spans(answer.content, utc(date(2025, 3, 1), 0), utc(date(2025, 4, 1), 0)) == []


def test_only_one_s_own_hours(client, case) -> None:
    meet(case)
    assert times(read(client, given(user_with(Role.JOBCOACH, case.organisation)))) == []
