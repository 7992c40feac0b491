"""The week of a coach, and what their private calendar may say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Absence, User
from accounts.permissions import allows
from accounts.selectors.absences import absences_between, possible_replacements
from followup.enums import AppointmentState
from followup.models import Appointment, CalendarFeed, CollectiveSession
from followup.rules.busy import TOLD_DAYS, FeedKind, Span, told
from followup.selectors.sessions import led_between
from followup.services.feeds import fingerprint
from followup.services.itip import BRUSSELS

DAYS_A_WEEK = 7
# What a telephone needs: the weeks that have just passed and the months to come.
FEED_BEFORE = timedelta(days=31)
FEED_AFTER = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week: its appointments by hour, those without an hour last, the collective sessions that the coach
    leads, and who is away.
    """

    on: date
    appointments: Sequence[Appointment]
    absence: Absence | None
    sessions: Sequence[CollectiveSession] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """The seven days of a coach's week, from Monday."""

    coach: User
    days: Sequence[Day]

    @property
    def monday(self) -> date:
        return self.days[0].on

    @property
    def sunday(self) -> date:
        return self.days[-1].on

    @property
    def previous(self) -> date:
        """A day of the week before."""
        return self.monday - timedelta(days=DAYS_A_WEEK)

    @property
    def following(self) -> date:
        """A day of the week after."""
        return self.monday + timedelta(days=DAYS_A_WEEK)

    @property
    def count(self) -> int:
        """How many appointments it holds."""
        return sum(len(day.appointments) for day in self.days)


def coaches_seen_by(user: User, on: date) -> QuerySet[User]:
    """Whose agenda the user may read: their own; a coordinator everybody's; others those for whom they stand in."""
    everyone = possible_replacements(user, on)
    if allows(user, "followup.read_any_agenda"):
        return everyone
    replaced = Absence.objects.running_on(on).filter(organisation=user.current_organisation_id, replacement=user)
    return everyone.filter(pk__in=[user.pk, *replaced.values_list("user_id", flat=True)])


def week_of(user: User, coach: User, on: date) -> Week:
    """The week that holds a day; three statements."""
    monday = on - timedelta(days=on.weekday())
    sunday = monday + timedelta(days=DAYS_A_WEEK - 1)
    appointments = _between(Appointment.objects.visible_to(user).filter(coach=coach), monday, sunday)
    away = [absence for absence in absences_between(user, monday, sunday) if absence.user_id == coach.pk]
    sessions = led_between(user, coach, monday, sunday)
    days = []
    for number in range(DAYS_A_WEEK):
        day = monday + timedelta(days=number)
        held = [appointment for appointment in appointments if appointment.on == day]
        absence = next((a for a in away if a.starts_on <= day <= a.ends_on), None)
        led = [session for session in sessions if session.on == day]
        days.append(Day(day, sorted(held, key=_hour), absence, led))
    return Week(coach, days)


def _between(appointments: QuerySet[Appointment], first: date, last: date) -> list[Appointment]:
    """Appointments of these days that were neither cancelled nor moved, with the person."""
    found = (
        appointments.filter(on__range=(first, last))
        .exclude(state__in=(AppointmentState.CANCELLED, AppointmentState.MOVED))
        .select_related("case__beneficiary", "case__coach")
        .order_by("on", "at", "pk")
    )
    return list(found)


def _hour(appointment: Appointment) -> tuple[bool, str]:
    """By hour, those without one last."""
    return appointment.at is None, str(appointment.at)


def feed_of(secret: str, kind: str = FeedKind.APPOINTMENTS) -> CalendarFeed | None:
    """The address of a secret, if its owner may still log in."""
    found: CalendarFeed | None = (
        CalendarFeed.objects.select_related("user__current_organisation")
        .filter(fingerprint=fingerprint(secret), kind=kind, user__is_active=True)
        .first()
    )
    return found


def feed_entries(user: User, on: date) -> list[Appointment | CollectiveSession]:
    """What a private calendar shows: the owner's own appointments around a day and the sessions that they lead, as long
    as they may see them; two statements.
    """
    first, last = on - FEED_BEFORE, on + FEED_AFTER
    own = Appointment.objects.visible_to(user).filter(coach=user)
    return [*_between(own, first, last), *led_between(user, user, first, last)]


def taken_times(user: User, now: datetime) -> list[Span]:
    """When the user is taken from now on (aware, UTC), as others may read it: by appointments that are planned at an
    hour, sessions that they lead, days on which they are away. Three statements.

    What their own calendar takes is left out: whoever they gave this address to asks that calendar for it.
    """
    until = now + timedelta(days=TOLD_DAYS)
    first, last = timezone.localtime(now).date(), timezone.localtime(until).date()
    own = Appointment.objects.visible_to(user).filter(coach=user, state=AppointmentState.PLANNED, at__isnull=False)
    rows = [*own.filter(on__range=(first, last)).order_by(), *led_between(user, user, first, last)]
    spans = [_lasting(row.on, row.at, row.minutes) for row in rows]
    for absence in absences_between(user, first, last):
        if absence.user_id == user.pk:
            end = absence.ends_on + timedelta(days=1)
            spans.append((_moment(absence.starts_on, time(0)), _moment(end, time(0))))
    return told(spans, now.astimezone(UTC), until.astimezone(UTC))


def _lasting(on: date, at: time, minutes: int) -> Span:
    start = _moment(on, at)
    return start, start + timedelta(minutes=minutes)


def _moment(on: date, at: time) -> datetime:
    """An hour of Brussels, in UTC."""
    return datetime.combine(on, at, tzinfo=BRUSSELS).astimezone(UTC)


def coach_asked(user: User, asked: str, on: date) -> User:
    """The coach whose agenda is asked, among those the user may read; the user's own by default.

    Raises:
        User.DoesNotExist: somebody else's.
    """
    if not asked:
        return user
    try:
        key = UUID(asked)
    except ValueError as error:
        raise User.DoesNotExist from error
    found: User = coaches_seen_by(user, on).get(pk=key)
    return found
