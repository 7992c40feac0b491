"""The smaller facts of a period: sessions, prospection, jobs to be filled, proposals, obstacles, work force.

All but the work force are read in one statement: the page that shows the report may send fifteen in all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateField, F, Field, IntegerField, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from accounts.models import Membership
from beneficiaries.models import Obstacle
from beneficiaries.selectors.belonging import belonged_on
from employers.models import ProspectionContact, Vacancy, VacancyRequirement
from followup.enums import AttendanceState
from followup.models import Attendance, CollectiveSession
from foundation.clock import today
from foundation.rules.periods import Period
from placements.models import Match
from reporting.activity.rules.staff import Share
from reporting.activity.selectors.rows import MatchRow, ObstacleRow, SessionRow, StaffRow, VacancyRow, VisitRow
from tables.engine.scope import Scope


class FactRow(NamedTuple):
    """One row of any of the sources; what it has no use for is ``""``, 0 or None."""

    source: str
    pk: UUID
    owner: UUID | None
    organisation: UUID | None
    code: str
    other: str
    day: date | None
    until: date | None
    number: int


_TYPES: "Mapping[str, Field[Any, Any]]" = {
    "source": CharField(),
    "owner": UUIDField(),
    "organisation": UUIDField(),
    "code": CharField(),
    "other": CharField(),
    "day": DateField(),
    "until": DateField(),
    "number": IntegerField(),
}


@dataclass(slots=True)
class Facts:
    """What the statement gave, by kind."""

    visits: list[VisitRow] = field(default_factory=list)
    vacancies: list[VacancyRow] = field(default_factory=list)
    matches: list[MatchRow] = field(default_factory=list)
    obstacles: list[ObstacleRow] = field(default_factory=list)
    sessions: list[SessionRow] = field(default_factory=list)


def read_facts(scope: Scope, cases: set[UUID], hired: set[UUID | None]) -> Facts:
    """Read the smaller facts; one statement.

    ``cases`` are those that the period counts, ``hired`` the proposals that a contract came of.
    """
    sources = [
        _sessions(scope),
        _attendances(scope),
        _visits(scope),
        _vacancies(scope),
        _requirements(scope),
        _matches(scope),
        _obstacles(scope),
    ]
    rows: dict[str, list[FactRow]] = {}
    for values in sources[0].union(*sources[1:], all=True):
        row = FactRow(*values)
        rows.setdefault(row.source, []).append(row)
    facts = Facts()
    facts.visits = [
        VisitRow(row.pk, _known(row.owner), _known(row.organisation), row.code, row.other, row.number)
        for row in sorted(rows.get("visit", ()), key=_by_day)
    ]
    facts.matches = [
        MatchRow(row.pk, _known(row.owner), row.code, row.other, row.pk in hired)
        for row in sorted(rows.get("match", ()), key=_by_day)
        if row.owner in cases
    ]
    facts.obstacles = [
        ObstacleRow(row.pk, _known(row.owner), row.code, row.day, row.until)
        for row in sorted(rows.get("obstacle", ()), key=_by_day)
        if row.owner in cases and row.day is not None
    ]
    facts.vacancies = _with_requirements(rows.get("vacancy", []), rows.get("requirement", []))
    facts.sessions = _with_people(rows.get("session", []), rows.get("attendance", []))
    return facts


def staff_rows(scope: Scope) -> list[StaffRow]:
    """The roles held on at least one day of the period, in the scope; one statement. A project has no staff of its
    own: its members are those of the organisation.
    """
    held = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=scope.first),
        organisation__in=scope.organisations,
        starts_on__lte=scope.last,
    )
    if scope.coach:
        held = held.filter(user=scope.coach)
    if scope.site:
        held = held.filter(site=scope.site)
    return [
        StaffRow(user, organisation, role, Share(fte, Period.from_inclusive(first, last)))
        for user, organisation, role, fte, first, last in held.order_by("starts_on", "pk").values_list(
            "user_id", "organisation_id", "role", "fte", "starts_on", "ends_on"
        )
    ]


def _rows(queryset: QuerySet[Any], **given: Any) -> QuerySet[Any, tuple[Any, ...]]:
    """The columns of `FactRow` from a model's own; each is cast, for what is missing has no type of its own."""
    columns: dict[str, Any] = {}
    for name, kind in _TYPES.items():
        default: Any = Value("") if isinstance(kind, CharField) else Value(0) if name == "number" else Value(None)
        columns[f"fact_{name}"] = Cast(given.get(name, default), kind)
    named = ("pk" if name == "pk" else f"fact_{name}" for name in FactRow._fields)
    return queryset.order_by().annotate(**columns).values_list(*named)


def _held(scope: Scope) -> QuerySet[CollectiveSession]:
    """The sessions held in the period; of a project or a site, those in which its people had a place."""
    sessions = CollectiveSession.objects.standing().filter(
        organisation__in=scope.organisations, on__gte=scope.first, on__lte=min(scope.last, today())
    )
    if scope.coach:
        sessions = sessions.filter(leader=scope.coach)
    if scope.project or scope.site:
        sessions = sessions.filter(pk__in=_places(scope).order_by().values("session_id"))
    return sessions


def _places(scope: Scope) -> QuerySet[Attendance]:
    """The places of the people of the scope in sessions, those given back left out."""
    places = Attendance.objects.filter(organisation__in=scope.organisations).exclude(state=AttendanceState.WITHDRAWN)
    return places.filter(belonged_on("session__on", project=scope.project, site=scope.site))


def _sessions(scope: Scope) -> QuerySet[Any, Any]:
    return _rows(
        _held(scope),
        source=Value("session"),
        owner=F("series_id"),
        organisation=F("organisation_id"),
        code=F("series__title"),
        day=F("on"),
        number=F("minutes"),
    )


def _attendances(scope: Scope) -> QuerySet[Any, Any]:
    places = _places(scope).filter(session__in=_held(scope).order_by().values("pk"))
    return _rows(
        places,
        source=Value("attendance"),
        owner=F("session_id"),
        organisation=F("case_id"),
        code=F("state"),
        number=F("minutes"),
    )


def _visits(scope: Scope) -> QuerySet[Any, Any]:
    visits = ProspectionContact.objects.filter(
        organisation__in=scope.organisations, on__gte=scope.first, on__lte=scope.last
    )
    if scope.coach:
        visits = visits.filter(coach=scope.coach)
    return _rows(
        visits,
        source=Value("visit"),
        owner=F("company_id"),
        organisation=F("organisation_id"),
        code=F("channel"),
        other=F("result"),
        day=F("on"),
        number=F("minutes"),
    )


def _proposed(scope: Scope) -> QuerySet[Match]:
    """The proposals made in the period to the cases of the scope."""
    matches = Match.objects.filter(
        organisation__in=scope.organisations, proposed_on__gte=scope.first, proposed_on__lte=scope.last
    )
    matches = matches.filter(belonged_on("proposed_on", project=scope.project, site=scope.site))
    if scope.coach:
        matches = matches.filter(case__coach=scope.coach)
    return matches


def _announced(scope: Scope) -> QuerySet[Vacancy]:
    """The jobs open on at least one day of the period; of a narrower scope, those proposed to its people."""
    vacancies = Vacancy.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=scope.first),
        organisation__in=scope.organisations,
        opened_on__lte=scope.last,
    )
    if scope.project or scope.site or scope.coach:
        vacancies = vacancies.filter(pk__in=_proposed(scope).order_by().values("vacancy_id"))
    return vacancies


def _vacancies(scope: Scope) -> QuerySet[Any, Any]:
    return _rows(
        _announced(scope),
        source=Value("vacancy"),
        organisation=F("organisation_id"),
        code=F("state"),
        day=F("opened_on"),
        until=F("closed_on"),
        number=F("positions"),
    )


def _requirements(scope: Scope) -> QuerySet[Any, Any]:
    requirements = VacancyRequirement.objects.filter(vacancy__in=_announced(scope).order_by().values("pk"))
    return _rows(requirements, source=Value("requirement"), owner=F("vacancy_id"), code=F("objectivated"))


def _matches(scope: Scope) -> QuerySet[Any, Any]:
    return _rows(
        _proposed(scope),
        source=Value("match"),
        owner=F("case_id"),
        organisation=F("organisation_id"),
        code=F("person_decision"),
        other=F("employer_decision"),
        day=F("proposed_on"),
    )


def _obstacles(scope: Scope) -> QuerySet[Any, Any]:
    obstacles = Obstacle.objects.filter(
        Q(lifted_on__isnull=True) | Q(lifted_on__gte=scope.first),
        case__organisation__in=scope.organisations,
        identified_on__lte=scope.last,
    )
    return _rows(
        obstacles,
        source=Value("obstacle"),
        owner=F("case_id"),
        code=F("kind"),
        day=F("identified_on"),
        until=F("lifted_on"),
    )


def _with_requirements(vacancies: list[FactRow], requirements: list[FactRow]) -> list[VacancyRow]:
    """The jobs with how many requirements each states, and how many were objectivated."""
    stated: dict[UUID | None, int] = {}
    objectivated: dict[UUID | None, int] = {}
    for row in requirements:
        stated[row.owner] = stated.get(row.owner, 0) + 1
        objectivated[row.owner] = objectivated.get(row.owner, 0) + bool(row.code)
    return [
        VacancyRow(
            row.pk,
            _known(row.organisation),
            row.code,
            row.day,
            row.until,
            row.number,
            stated.get(row.pk, 0),
            objectivated.get(row.pk, 0),
        )
        for row in sorted(vacancies, key=_by_day)
        if row.day is not None
    ]


def _with_people(sessions: list[FactRow], attendances: list[FactRow]) -> list[SessionRow]:
    """The sessions with who was there."""
    found = {
        row.pk: SessionRow(row.pk, _known(row.owner), row.code, _known(row.organisation), row.number)
        for row in sorted(sessions, key=_by_day)
    }
    for row in attendances:
        session = found[_known(row.owner)]
        if row.code == AttendanceState.PRESENT:
            session.present.append(_known(row.organisation))
            session.person_minutes += row.number
        elif row.code in (AttendanceState.ABSENT, AttendanceState.EXCUSED):
            session.absent += 1
    return list(found.values())


def _by_day(row: FactRow) -> tuple[date, UUID]:
    """The order in which rows are listed."""
    return row.day or date.min, row.pk


def _known(value: UUID | None) -> UUID:
    """An identifier that the source always gives."""
    if value is None:
        raise LookupError("a source of facts without its identifier")
    return value
