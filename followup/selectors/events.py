"""The events of a case as rows, in one statement: a case has a few hundred at most, and its page reads much else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    CharField,
    DateField,
    Exists,
    F,
    Field,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    TimeField,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext as _

from accounts.enums import ParameterStatus
from accounts.models import Absence, User
from accounts.selectors.records import written_today_by
from beneficiaries.models import CaseAssignment, CaseBelonging, CoachingCase, Objective, TrustAgreement
from followup.enums import AppointmentState
from followup.models import Appointment, Attendance, ConfidentialNote, Contact
from placements.models import Amendment, Employment, TemporaryUnemployment


class EventRow(NamedTuple):
    """One contact, note kept apart from one, job, amendment, time of temporary unemployment, document, appointment,
    collective session or change of project; what it has no use for is "" or None.

    ``code`` is the channel, the type of contract or the kind of document; ``outcome`` what became of it; ``until``,
    ``last``, ``called_off`` and ``aid``, its hiring aid, are those of a job; ``goals`` the titles of the objectives
    served, a line each, of a job its weeks without work (a JSON list of Mondays). ``party`` of an appointment is who
    called it off, ``firm_id`` of a place in a session that session. ``author_id`` is who held a contact, ``writer_id``
    who wrote a contact or a document down, ``writer`` the name of who wrote a contact, ``in_place_of`` that of whose
    place its holder took that day, ``by_reader`` whether the reader wrote an appointment or a place down today.

    A note kept apart has in ``words`` what is stored of it, encrypted, and in ``firm_id`` its contact.

    An amendment has in ``code`` what the contract becomes, in ``outcome`` whether ``until`` is its new end, in ``spot``
    the hours, in ``party`` the joint committee, in ``goals`` the wage; temporary unemployment has in ``outcome``
    whether it is partial. Of a change of project, ``code``, ``spot`` and ``firm`` are the project, the site and the
    referrer.
    """

    source: str
    pk: UUID
    written_at: datetime
    day: date
    code: str
    party: str
    outcome: str
    spot: str
    length: int
    words: str
    firm: str
    firm_id: UUID | None
    firm_ties: str
    author: str
    author_id: UUID | None
    writer_id: UUID | None
    writer: str
    by_reader: bool
    hour: time | None
    until: date | None
    last: date | None
    called_off: date | None
    goals: str
    aid: str
    in_place_of: str


_TYPES: Mapping[str, Field[Any, Any]] = {
    "source": CharField(),
    "day": DateField(),
    "code": CharField(),
    "party": CharField(),
    "outcome": CharField(),
    "spot": CharField(),
    "length": IntegerField(),
    "words": TextField(),
    "firm": CharField(),
    "firm_id": UUIDField(),
    "firm_ties": TextField(),
    "author": CharField(),
    "author_id": UUIDField(),
    "writer_id": UUIDField(),
    "writer": CharField(),
    "by_reader": BooleanField(),
    "hour": TimeField(),
    "until": DateField(),
    "last": DateField(),
    "called_off": DateField(),
    "goals": TextField(),
    "aid": CharField(),
    "in_place_of": CharField(),
}


class JoinedLines(Aggregate):
    """The texts of several rows as one, a line each."""

    function = "GROUP_CONCAT"

    def __init__(self, expression: Any, **extra: Any) -> None:
        super().__init__(expression, Value("\n"), output_field=TextField(), **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL's name for the same."""
        return super().as_sql(compiler, connection, function="STRING_AGG", **extra)


def event_rows(case: CoachingCase, reader: User) -> list[EventRow]:
    """Every contact, job, document, appointment and session of a case, in no order; one statement."""
    by_reader = written_today_by(reader)
    contacts = _rows(
        Contact.objects.filter(case=case),
        source=Value("contact"),
        author=_name("coach"),
        author_id=F("coach_id"),
        writer_id=F("recorded_by_id"),
        writer=_name("recorded_by"),
        day=F("on"),
        code=F("channel"),
        party=F("party"),
        outcome=F("outcome"),
        spot=F("place"),
        length=F("minutes"),
        words=F("summary"),
        firm=Coalesce(F("company__name"), Value("")),
        firm_id=F("company_id"),
        goals=Subquery(_goals()),
        in_place_of=Coalesce(Subquery(_in_place_of()), Value("")),
    )
    jobs = _rows(
        Employment.objects.filter(case=case),
        source=Value("job"),
        author=_name("recorded_by"),
        day=F("starts_on"),
        code=F("contract_type"),
        outcome=F("end_reason"),
        words=F("job_title"),
        firm=F("company__name"),
        firm_id=F("company_id"),
        firm_ties=F("company__lineage"),
        until=F("ends_on"),
        last=F("ended_on"),
        called_off=F("cancelled_on"),
        aid=Case(
            When(
                Q(aid__enabled=False) | Q(aid__status=ParameterStatus.ASSUMPTION),
                then=Concat(F("aid__name"), Value(_(" (à confirmer)"))),
            ),
            default=Coalesce(F("aid__name"), Value("")),
        ),
        goals=F("idle_weeks"),
    )
    amendments = _rows(
        Amendment.objects.filter(employment__case=case),
        source=Value("amendment"),
        author=_name("recorded_by"),
        day=F("effective_on"),
        code=F("becomes"),
        party=F("joint_committee"),
        outcome=_yes("changes_end"),
        spot=Coalesce(Cast("weekly_hours", CharField()), Value("")),
        words=F("job_title"),
        firm=F("employment__company__name"),
        until=F("ends_on"),
        goals=F("wage"),
    )
    idleness = _rows(
        TemporaryUnemployment.objects.filter(employment__case=case),
        source=Value("idleness"),
        author=_name("recorded_by"),
        day=F("starts_on"),
        code=F("kind"),
        outcome=_yes("partial"),
        firm=F("employment__company__name"),
        words=F("note"),
        until=F("ends_on"),
    )
    documents = _rows(
        TrustAgreement.objects.filter(case=case),
        source=Value("document"),
        author=_name("recorded_by"),
        day=F("signed_on"),
        code=F("kind"),
        words=F("third_party"),
        writer_id=F("recorded_by_id"),
    )
    appointments = _rows(
        # Those that a contact came of are told by the contact.
        Appointment.objects.filter(case=case).exclude(state__in=(AppointmentState.HELD, AppointmentState.NO_SHOW)),
        source=Value("appointment"),
        author=_name("coach"),
        day=F("on"),
        code=F("channel"),
        party=F("cancelled_by"),
        outcome=F("state"),
        spot=F("place"),
        length=F("minutes"),
        words=F("state_reason"),
        hour=F("at"),
        by_reader=by_reader,
    )
    sessions = _rows(
        Attendance.objects.filter(case=case).taking_part(),
        source=Value("session"),
        author=_name("session__leader"),
        day=F("session__on"),
        outcome=F("state"),
        spot=F("session__place"),
        length=F("minutes"),
        words=F("session__series__title"),
        firm_id=F("session_id"),
        hour=F("session__at"),
        called_off=F("session__cancelled_on"),
        by_reader=by_reader,
    )
    moves = _rows(
        # The first one is told by the opening.
        CaseBelonging.objects.filter(case=case, starts_on__gt=case.opened_on),
        source=Value("belonging"),
        author=_name("actor"),
        day=F("starts_on"),
        words=F("reason"),
        code=Coalesce(F("project__code"), Value("")),
        spot=Coalesce(F("site__name"), Value("")),
        firm=Coalesce(F("referrer__name"), Value("")),
    )
    apart = _rows(
        # Whom it is for is asked before it is decrypted.
        ConfidentialNote.objects.filter(contact__case=case),
        source=Value("apart"),
        author=_name("author"),
        author_id=F("author_id"),
        day=F("contact__on"),
        words=F("content"),
        firm_id=F("contact_id"),
    )
    others = (apart, jobs, amendments, idleness, documents, appointments, sessions, moves)
    return [EventRow(*row) for row in contacts.union(*others, all=True)]


def _yes(flag: str) -> Case:
    """« yes » where a box is ticked, nothing elsewhere."""
    return Case(When(**{flag: True}, then=Value("yes")), default=Value(""))


def _rows(queryset: QuerySet[Any], **given: Any) -> QuerySet[Any, tuple[Any, ...]]:
    """The columns of `EventRow` from a model's own; each is cast, for what is missing has no type of its own."""
    columns: dict[str, Any] = {}
    for name, kind in _TYPES.items():
        textual = isinstance(kind, CharField | TextField)
        default: Any = Value("") if textual else _DEFAULTS.get(name, Value(None))
        columns[f"event_{name}"] = Cast(given.get(name, default), kind)
    named = (f"event_{name}" if name in _TYPES else _OWN[name] for name in EventRow._fields)
    return queryset.order_by().annotate(**columns).values_list(*named)


_DEFAULTS = {"length": Value(0), "by_reader": Value(False)}
_OWN = {"pk": "pk", "written_at": "created_at"}


def _name(user: str) -> Concat:
    """The full name of whom a foreign key leads to."""
    return Concat(F(f"{user}__first_name"), Value(" "), F(f"{user}__last_name"))


def _in_place_of() -> QuerySet[Any]:
    """The name of whose place the holder of a contact took: who carried the case that day, was away, and had named the
    holder to stand in.
    """
    carried = CaseAssignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef(OuterRef("on"))),
        case=OuterRef(OuterRef("case_id")),
        coach=OuterRef("user_id"),
        starts_on__lte=OuterRef(OuterRef("on")),
    )
    away = Absence.objects.filter(
        Exists(carried),
        organisation=OuterRef("organisation_id"),
        replacement=OuterRef("coach_id"),
        starts_on__lte=OuterRef("on"),
        ends_on__gte=OuterRef("on"),
    )
    return away.order_by("starts_on").annotate(name=_name("user")).values("name")[:1]


def _goals() -> QuerySet[Any]:
    """The titles of the objectives that a contact served, as one text."""
    served = Objective.objects.filter(contacts=OuterRef("pk")).order_by().values("contacts")
    return served.annotate(titles=JoinedLines("title")).values("titles")
