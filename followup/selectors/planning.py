"""What already takes a day on which an appointment would be planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Self
from uuid import UUID

from django.db.models import CharField, DateField, F, Field, IntegerField, Q, QuerySet, TimeField, UUIDField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat

from accounts.models import Absence
from beneficiaries.models import CoachingCase
from followup.enums import AppointmentState, AttendanceState
from followup.models import Appointment, Attendance, CollectiveSession

_ABSENCE, _SESSION = "absence", "session"
_TYPES: Mapping[str, Field[Any, Any]] = {
    "kind": CharField(),
    "row": UUIDField(),
    "of_case": UUIDField(),
    "with_coach": UUIDField(),
    "hour": TimeField(),
    "length": IntegerField(),
    "name": CharField(),
    "first": DateField(),
    "last": DateField(),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """An appointment planned that day, for the person or for the coach of the case; a collective session that either is
    at; or an absence of that coach.

    `name` is the other person's, the title of the session, or that of who stands in; `minutes` are those planned.
    """

    kind: str
    row: UUID
    case_id: UUID | None
    coach_id: UUID
    at: time | None
    minutes: int | None
    name: str
    first: date | None
    last: date | None

    @property
    def is_absence(self) -> bool:
        """Whether the coach is away."""
        return self.kind == _ABSENCE

    @property
    def is_session(self) -> bool:
        """Whether the coach leads a session, or the person has a place in one."""
        return self.kind == _SESSION

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> Self:
        """From the columns of the statement."""
        return cls(*row)


def taken_on(case: CoachingCase, on: date) -> list[Taken]:
    """What takes a day of the person, or of the coach who carries the case, hour by hour; one statement."""
    planned = Appointment.objects.filter(Q(case=case) | Q(coach=case.coach_id), on=on, state=AppointmentState.PLANNED)
    away = Absence.objects.running_on(on).filter(organisation=case.organisation_id, user=case.coach_id)
    places = Attendance.objects.filter(case=case, state__in=(AttendanceState.REGISTERED, AttendanceState.PRESENT))
    sessions = CollectiveSession.objects.standing().filter(
        Q(leader=case.coach_id) | Q(pk__in=places.values("session")), organisation=case.organisation_id, on=on
    )
    person = "case__beneficiary__first_name", "case__beneficiary__last_name"
    rows = _rows(
        planned,
        kind=Value("appointment"),
        of_case=F("case_id"),
        with_coach=F("coach_id"),
        hour=F("at"),
        length=F("minutes"),
        name=Concat(person[0], Value(" "), person[1], output_field=CharField()),
    ).union(
        _rows(
            away,
            kind=Value(_ABSENCE),
            with_coach=F("user_id"),
            name=Concat(
                Coalesce("replacement__first_name", Value("")),
                Value(" "),
                Coalesce("replacement__last_name", Value("")),
                output_field=CharField(),
            ),
            first=F("starts_on"),
            last=F("ends_on"),
        ),
        _rows(
            sessions,
            kind=Value(_SESSION),
            with_coach=F("leader_id"),
            hour=F("at"),
            length=F("minutes"),
            name=F("series__title"),
        ),
        all=True,
    )
    return sorted((Taken.of(row) for row in rows), key=lambda one: (one.at or time(0), one.row))


def _rows(found: QuerySet[Any], **columns: Combinable) -> QuerySet[Any, Any]:
    """The same columns in the same order for each kind of row; those that it lacks are null."""
    told: dict[str, Any] = {"row": F("pk")} | columns
    nothing = {name: Cast(Value(None), kind) for name, kind in _TYPES.items() if name not in told}
    return found.order_by().annotate(**told, **nothing).values_list(*_TYPES)
