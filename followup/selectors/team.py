"""One day of the whole team: who is free when. What takes somebody is named only to whoever may read their agenda."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.models import Absence, User
from accounts.selectors.absences import absences_between, possible_replacements
from followup.enums import AppointmentState
from followup.models import Appointment, CollectiveSession
from followup.selectors.agenda import Day, coaches_seen_by
from followup.selectors.week import DrawnDay, busy_of, drawn_day
from foundation.rules.spans import drawn_hours


@dataclass(frozen=True, slots=True)
class Column:
    """The day of one coach, and whether the reader may read what it holds."""

    coach: User
    drawn: DrawnDay
    is_read: bool


def hours_of(columns: Iterable[Column]) -> tuple[int, int]:
    """The hours that a drawing of them spans."""
    return drawn_hours(item.span for column in columns for item in column.drawn.items if item.kind != "off")


def team_day(user: User, on: date, now: datetime) -> list[Column]:
    """The day of everybody who carries cases in the user's organisation, by name; the same few statements whatever
    their number.

    Somebody whose agenda the user may not read is taken at such hours, and nothing more is said: neither with whom nor
    where, so that a discreet follow-up stays so.
    """
    coaches = list(possible_replacements(user, on))
    read = set(coaches_seen_by(user, on).values_list("pk", flat=True))
    appointments: dict[UUID, list[Appointment]] = defaultdict(list)
    organisation = user.current_organisation_id
    planned = (
        Appointment.objects.visible_to(user)
        .filter(coach__in=coaches, on=on)
        .exclude(state__in=(AppointmentState.CANCELLED, AppointmentState.MOVED))
        .select_related("case__beneficiary", "case__coach")
        .order_by("at", "pk")
    )
    for appointment in planned:
        appointments[appointment.coach_id].append(appointment)
    sessions: dict[UUID, list[CollectiveSession]] = defaultdict(list)
    led = CollectiveSession.objects.visible_to(user).standing().between(on, on).filter(leader__in=coaches)
    for session in led.with_places().select_related("series").order_by("at", "pk"):
        sessions[session.leader_id].append(session)
    away: dict[UUID, Absence] = {one.user_id: one for one in absences_between(user, on, on)}
    taken = busy_of([coach for coach in coaches if coach.pk in read], on, on)
    columns = []
    for coach in coaches:
        # Everybody here works in the organisation of the reader, whichever each of them looks at now.
        coach.current_organisation_id = organisation
        day = Day(on, appointments[coach.pk], away.get(coach.pk), sessions[coach.pk])
        is_read = coach.pk in read
        drawn = drawn_day(day, coach, now, plans=is_read, busy=taken, names=is_read)
        columns.append(Column(coach, drawn, is_read))
    return columns
