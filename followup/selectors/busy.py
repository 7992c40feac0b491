"""When somebody is taken by their own calendar, as it was last read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from followup.models import BusyPeriod, OwnCalendar
from followup.rules import busy as rules
from followup.rules.busy import Span, Trouble

_HERE = ZoneInfo("Europe/Brussels")


@dataclass(frozen=True, slots=True)
class OwnCalendarState:
    """What is shown of somebody's own calendar to themselves: the server, never the address, and how fresh it is."""

    is_invited: bool = False
    server: str = ""
    read_at: datetime | None = None
    is_waiting: bool = False
    is_stale: bool = False
    trouble: str = ""


def busy_periods(
    users: Iterable[User | UUID], first_day: date, last_day: date
) -> list[tuple[UUID, datetime, datetime]]:
    """When these users are taken by their own calendars on the days from `first_day` to `last_day`, both included:
    user, start and end (aware, UTC), by user and start; nothing more is known of it. One statement.

    Whoever asks has already been told that they may read these users' agendas (`coaches_seen_by`).
    """
    start = datetime.combine(first_day, time(0), tzinfo=_HERE)
    end = datetime.combine(last_day + timedelta(days=1), time(0), tzinfo=_HERE)
    rows = BusyPeriod.objects.filter(
        calendar__user__in=[getattr(user, "pk", user) for user in users], starts_at__lt=end, ends_at__gt=start
    )
    found = rows.order_by("calendar__user", "starts_at").values_list("calendar__user_id", "starts_at", "ends_at")
    return list(found)


def busy_between(user_id: UUID, start: datetime, end: datetime) -> Span | None:
    """The first time taken that lies over another one; one statement."""
    rows = BusyPeriod.objects.filter(calendar__user=user_id, starts_at__lt=end, ends_at__gt=start)
    return rules.over(rows.order_by("starts_at").values_list("starts_at", "ends_at")[:1], start, end)


def stale_calendars(users: Iterable[User | UUID]) -> set[UUID]:
    """Those of these users whose own calendar was not read for so long that what it said is not to be relied on."""
    keys = [getattr(user, "pk", user) for user in users]
    rows = OwnCalendar.objects.filter(user__in=keys, server__gt="").values_list("user_id", "read_at")
    now = timezone.now()
    return {user_id for user_id, read_at in rows if rules.is_stale(read_at, now)}


def own_calendar_of(user: User) -> OwnCalendarState:
    """What the user's own calendar has to do with ours; one statement."""
    own = OwnCalendar.objects.filter(user=user).first()
    if own is None:
        return OwnCalendarState()
    if not own.server:
        return OwnCalendarState(is_invited=own.is_invited)
    return OwnCalendarState(
        is_invited=own.is_invited,
        server=own.server,
        read_at=own.read_at,
        is_waiting=own.tried_at is None,
        is_stale=own.tried_at is not None and rules.is_stale(own.read_at, timezone.now()),
        trouble=Trouble(own.trouble).label if own.trouble else "",
    )
