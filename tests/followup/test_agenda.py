"""The week, the day on paper, and the private calendar: who reads whose, and what leaves the house."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar

from accounts.enums import Role
from followup.models import Appointment, CalendarFeed
from followup.services.contacts import AppointmentPlan, change_appointment, plan_appointment
from followup.services.feeds import renew_feed, revoke_feed
from tests.factories import stories
from tests.factories.accounts import user_with
from tests.factories.asking import EVERYTHING

pytestmark = pytest.mark.django_db

AGENDA = "followup:agenda"


def meet(case, on: date, at: time | None = time(10), **plan) -> Appointment:
    planned = AppointmentPlan(on=on, at=at, channel="IN_PERSON", confirmed=EVERYTHING, **plan)
    return plan_appointment(case=case, plan=planned, actor=case.coach)


@pytest.fixture
def case(frozen):
    return stories.in_prehire(stories.a_coach(), first_name="Zoé", last_name="Quidam", phone="0470 00 00 01")


def week(client, user, **query):
    client.force_login(user)
    return client.get(reverse(AGENDA), query)


@pytest.mark.parametrize("asked", ["2025-03-03", "2025-03-05", "2025-03-09"])
def test_the_week_runs_from_monday_to_sunday_around_the_day_asked(client, case, asked) -> None:
    meet(case, date(2025, 3, 3))
    meet(case, date(2025, 3, 9))
    meet(case, date(2025, 3, 10))
    shown = week(client, case.coach, jour=asked).context["week"]
    assert (shown.monday, shown.sunday, shown.count) == (date(2025, 3, 3), date(2025, 3, 9), 2)


def test_a_day_that_makes_no_sense_is_today(client, case) -> None:
    assert week(client, case.coach, jour="32/13/2025").context["week"].monday == date(2025, 3, 3)


def test_cancelled_and_moved_appointments_are_gone(client, case) -> None:
    appointment = meet(case, date(2025, 3, 4))
    change_appointment(
        appointment=appointment,
        state="MOVED",
        reason="Train annulé",
        moved_to=AppointmentPlan(on=date(2025, 3, 6), at=time(9), channel="PHONE"),
        actor=case.coach,
    )
    days = {day.on: len(day.appointments) for day in week(client, case.coach).context["week"].days}
    assert (days[date(2025, 3, 4)], days[date(2025, 3, 6)]) == (0, 1)


def test_a_coach_reads_their_own_agenda_a_coordinator_everybodys(client, case) -> None:
    meet(case, date(2025, 3, 4))
    colleague = user_with(Role.JOBCOACH, case.organisation)
    stories.in_prehire(colleague)
    assert week(client, colleague, coach=str(case.coach.pk)).status_code == 404
    coordinator = user_with(Role.COORDINATOR, case.organisation)
    assert week(client, coordinator, coach=str(case.coach.pk)).context["week"].count == 1
    assert week(client, user_with(Role.COORDINATOR), coach=str(case.coach.pk)).status_code == 404
    assert week(client, case.coach, coach="x").status_code == 404
    assert week(client, user_with(Role.ADMIN, case.organisation)).status_code == 403


def test_the_statements_of_a_week_do_not_grow(client, case, django_assert_max_num_queries) -> None:
    for number in range(12):
        meet(case, date(2025, 3, 3 + number % 7), time(8 + number // 7, number))
    week(client, case.coach)
    with django_assert_max_num_queries(15):
        client.get(reverse(AGENDA))


def test_the_day_on_paper_has_names_telephones_and_room_for_notes(client, case) -> None:
    meet(case, date(2025, 3, 4), address="Rue de l’Exemple 1")
    client.force_login(case.coach)
    page = client.get(reverse("followup:agenda_day"), {"jour": "2025-03-04"}).content.decode()
    for words in ("Zoé Quidam", "0470 00 00 01", "Rue de l’Exemple 1", "Notes"):
        assert words in page


def read(client, secret: str):
    client.logout()
    return client.get(reverse("followup:calendar", args=[secret]))


def events(answer) -> list:
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_the_private_calendar_says_initials_and_hours_and_nothing_else(client, case) -> None:
    meet(case, date(2025, 3, 4), address="Rue de l’Exemple 1", minutes=30)
    meet(case, date(2025, 3, 5), None)
    stories.a_contact(case, summary="Confidence à ne pas répandre")
    answer = read(client, renew_feed(actor=case.coach))
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    for secret in ("Zoé", "Quidam", "Exemple", "0470", "Confidence"):
        assert secret not in text
    timed, whole_day = sorted(events(answer), key=lambda event: str(event["DTSTART"].dt))
    assert "ZQ" in str(timed["SUMMARY"])
    assert timed["DTEND"].dt - timed["DTSTART"].dt == timedelta(minutes=30)
    assert whole_day["DTSTART"].dt == date(2025, 3, 5)
    assert CalendarFeed.objects.get().last_read_on == date(2025, 3, 3)


@pytest.mark.parametrize(
    ("today", "day", "offset"),
    [
        ("2025-03-03", date(2025, 3, 29), 1),
        ("2025-03-03", date(2025, 3, 30), 2),
        ("2025-10-20", date(2025, 10, 25), 2),
        ("2025-10-20", date(2025, 10, 26), 1),
    ],
)
def test_ten_oclock_stays_ten_oclock_across_a_change_of_hour(client, frozen, today, day, offset) -> None:
    frozen(today)
    case = stories.in_prehire(stories.a_coach())
    meet(case, day, time(10))
    answer = read(client, renew_feed(actor=case.coach))
    start = events(answer)[0]["DTSTART"].dt
    assert start.replace(tzinfo=None) == datetime.combine(day, time(10))
    assert start.astimezone(ZoneInfo("Europe/Brussels")).utcoffset() == timedelta(hours=offset)
    assert b"BEGIN:VTIMEZONE" in answer.content


def test_only_one_s_own_appointments_are_in_the_calendar(client, case) -> None:
    colleague = user_with(Role.JOBCOACH, case.organisation)
    meet(stories.in_prehire(colleague), date(2025, 3, 4))
    assert events(read(client, renew_feed(actor=case.coach))) == []


def test_the_sessions_that_one_leads_are_in_the_calendar_and_on_the_paper_of_the_day(client, case) -> None:
    session = stories.a_session(case.coach)
    stories.registered(session, case)
    client.force_login(case.coach)
    page = client.get(reverse("followup:agenda_day"), {"jour": session.on.isoformat()}).content.decode()
    assert "Préparer un entretien" in page
    assert session.place in page
    event = events(read(client, renew_feed(actor=case.coach)))[0]
    assert "Préparer un entretien" in str(event["SUMMARY"])
    assert str(event["URL"]).endswith(reverse("followup:session_detail", args=[session.pk]))
    assert "Quidam" not in event.to_ical().decode()
    colleague = user_with(Role.JOBCOACH, case.organisation)
    assert events(read(client, renew_feed(actor=colleague))) == []


def test_a_renewed_revoked_or_unknown_secret_is_404(client, case) -> None:
    first = renew_feed(actor=case.coach)
    second = renew_feed(actor=case.coach)
    assert read(client, first).status_code == 404
    assert read(client, second).status_code == 200
    revoke_feed(actor=case.coach)
    assert read(client, second).status_code == 404
    assert read(client, "inconnu").status_code == 404


def test_somebody_who_left_is_read_no_more(client, case) -> None:
    secret = renew_feed(actor=case.coach)
    case.coach.is_active = False
    case.coach.save()
    assert read(client, secret).status_code == 404


def test_guessing_stops(client, case) -> None:
    answers = [read(client, f"essai-{number}").status_code for number in range(61)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {404}


def test_the_address_is_shown_once_and_never_stored(client, case) -> None:
    client.force_login(case.coach)
    shown = client.post(reverse("followup:calendar_renew"), follow=True)
    address = shown.context["address"]
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert read(client, secret).status_code == 200
    client.force_login(case.coach)
    assert client.get(reverse("followup:calendar_feed")).context["address"] == ""
    assert secret not in str(CalendarFeed.objects.values().get())
    client.post(reverse("followup:calendar_revoke"))
    assert not CalendarFeed.objects.exists()
