"""What the pages of the collective sessions show; a bounded number of statements."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import ngettext

from accounts.models import Organisation, User
from accounts.permissions import allows
from accounts.selectors.records import with_todays_author
from beneficiaries.models import CoachingCase
from beneficiaries.selectors.finding import answering
from followup.enums import AttendanceState
from followup.models import Attendance, CollectiveSession, SessionSeries
from followup.models.querysets import carers
from followup.rules.sessions import minutes_attended
from foundation.clock import today
from foundation.rules.periods import ONE_DAY, add_months
from foundation.rules.text import search_key

DAYS_A_WEEK = 7
# As many people as a page may offer to register; beyond, a name is typed.
MOST_OFFERED = 60
# Free lines of the sheet: somebody always comes along unannounced.
BLANK_LINES = 3


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of the calendar, with its sessions; the first and the last week hold days of other months."""

    on: date
    in_month: bool
    sessions: Sequence[CollectiveSession]


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month: its weeks from Monday to Sunday, and its sessions in order."""

    first: date
    weeks: Sequence[Sequence[MonthDay]]
    sessions: Sequence[CollectiveSession]

    @property
    def previous(self) -> date:
        """The first day of the month before."""
        return add_months(self.first, -1)

    @property
    def following(self) -> date:
        """The first day of the month after."""
        return add_months(self.first, 1)


def month_of(user: User, on: date) -> Month:
    """The month that holds a day, called-off sessions included; one statement."""
    first = on.replace(day=1)
    last = add_months(first, 1) - ONE_DAY
    monday = first - timedelta(days=first.weekday())
    sunday = last + timedelta(days=DAYS_A_WEEK - 1 - last.weekday())
    by_day: dict[date, list[CollectiveSession]] = defaultdict(list)
    for session in _listed(CollectiveSession.objects.visible_to(user).between(monday, sunday)):
        by_day[session.on].append(session)
    days = [monday + timedelta(days=number) for number in range((sunday - monday).days + 1)]
    weeks = [
        [MonthDay(day, first <= day <= last, by_day[day]) for day in days[start : start + DAYS_A_WEEK]]
        for start in range(0, len(days), DAYS_A_WEEK)
    ]
    sessions = [session for day in days if first <= day <= last for session in by_day[day]]
    return Month(first, weeks, sessions)


def sessions_to_mark(user: User, on: date) -> list[CollectiveSession]:
    """The sessions whose presences the user is to write down: those they lead; of a coordinator, everybody's."""
    found = CollectiveSession.objects.visible_to(user).to_mark(on)
    if not allows(user, "followup.record_attendance"):
        found = found.filter(leader=user)
    return list(found.select_related("series", "leader").order_by("on", "at", "pk"))


def sessions_of_the_day(user: User, on: date) -> list[CollectiveSession]:
    """The sessions that somebody leads today, then those of before whose presences are still to be written down."""
    found = _listed(CollectiveSession.objects.visible_to(user).standing().filter(leader=user, on__lte=on))
    return list(found.filter(Q(on=on) | Q(unmarked__gt=0)).order_by("-on", "at", "pk"))


def led_between(user: User, leader: User, first: date, last: date) -> list[CollectiveSession]:
    """The sessions that somebody leads from ``first`` to ``last`` (both included), for an agenda; one statement."""
    return list(
        _listed(CollectiveSession.objects.visible_to(user).standing().between(first, last).filter(leader=leader))
    )


def sessions_left_behind(user: User, organisation: Organisation) -> str:
    """Why somebody may not leave yet: the sessions to come that they lead there; "" when there are none."""
    led = CollectiveSession.objects.standing().filter(organisation=organisation, leader=user, on__gte=today()).count()
    if not led:
        return ""
    return ngettext(
        "%(name)s anime encore %(n)s séance collective à venir : confiez-la d’abord à quelqu’un d’autre.",
        "%(name)s anime encore %(n)s séances collectives à venir : confiez-les d’abord à quelqu’un d’autre.",
        led,
    ) % {"name": user.get_full_name(), "n": led}


def _listed(sessions: QuerySet[CollectiveSession]) -> QuerySet[CollectiveSession]:
    """Sessions with what a line of a list says of them."""
    found: QuerySet[CollectiveSession] = (
        sessions.with_places().select_related("series", "leader").order_by("on", "at", "pk")  # type: ignore[attr-defined]
    )
    return found


@dataclass(frozen=True, slots=True)
class PersonHours:
    """Somebody's part in a series: how many sessions they were at, and for how many minutes."""

    case: CoachingCase
    sessions: int
    minutes: int


@dataclass(frozen=True, slots=True)
class SeriesSheet:
    """A series: its sessions in order, and the hours of each person."""

    series: SessionSeries
    sessions: Sequence[CollectiveSession]
    people: Sequence[PersonHours]


def series_sheet(series: SessionSeries) -> SeriesSheet:
    """A series with its sessions and people; two statements."""
    sessions = list(_listed(CollectiveSession.objects.filter(series=series)))
    by_case: dict[UUID, list[Attendance]] = defaultdict(list)
    marked = Attendance.objects.taking_part().filter(session__series=series, session__cancelled_on=None)
    for attendance in marked.select_related("case__beneficiary").order_by("case__beneficiary__search_key", "case_id"):
        by_case[attendance.case_id].append(attendance)
    people = [
        PersonHours(
            rows[0].case,
            sum(row.state == AttendanceState.PRESENT for row in rows),
            minutes_attended((row.state, row.minutes) for row in rows),
        )
        for rows in by_case.values()
    ]
    return SeriesSheet(series, sessions, people)


def participants(session: CollectiveSession, reader: User | None = None) -> list[Attendance]:
    """Who has a place in a session or was excused, by name; each says whether the reader wrote it down today."""
    found = session.attendances.taking_part().select_related("case__beneficiary", "case__coach")
    if reader is not None:
        found = with_todays_author(found, reader)
    return list(found.order_by("case__beneficiary__search_key", "pk"))


def people_to_register(
    user: User, session: CollectiveSession, typed: str, ticked: Sequence[str] = ()
) -> QuerySet[CoachingCase]:
    """Whose cases the user may give a place in a session, by name: theirs; of a leader or a coordinator, everybody's.

    Without a name typed, one's own people come alone when there are any. Those ``ticked`` stay in the list.
    """
    takes_part = Attendance.objects.filter(session=session, case=OuterRef("pk")).exclude(
        state__in=(AttendanceState.WITHDRAWN, AttendanceState.EXCUSED)
    )
    open_then = CoachingCase.objects.visible_to(user).filter(opened_on__lte=session.on)
    open_then = open_then.exclude(closed_on__lte=session.on).filter(~Exists(takes_part))
    own = Q(coach__in=carers(user))
    everybody = allows(user, "followup.record_attendance", session)
    if not everybody:
        open_then = open_then.filter(own)
    if search_key(typed):
        wanted = answering(typed, "beneficiary__")
    elif everybody and not open_then.filter(own).exists():
        wanted = Q()
    else:
        wanted = own
    keys = _keys(ticked)
    first = open_then.filter(wanted).order_by("beneficiary__search_key", "pk").values_list("pk", flat=True)
    shown = [*first[:MOST_OFFERED], *keys]
    found: QuerySet[CoachingCase] = (
        open_then.filter(pk__in=shown).select_related("beneficiary", "coach").order_by("beneficiary__search_key", "pk")
    )
    return found


def _keys(asked: Sequence[str]) -> list[UUID]:
    """The keys among what a browser sent."""
    keys = []
    for one in asked[:MOST_OFFERED]:
        try:
            keys.append(UUID(one))
        except ValueError:
            continue
    return keys
