"""The rows of the coach's day: a person a line, with why they need their coach, what was said last and where their
clock stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from beneficiaries.models import CoachingCase
from beneficiaries.selectors.exceptions import answers_for
from followup.enums import AppointmentState, Outcome
from followup.models import Appointment, CaseStatus, CaseTask, Contact, ContactDraft, Deadline, RowAct
from followup.rules.kinds import DeadlineKind
from followup.rules.row_acts import RowActKind
from followup.rules.row_words import day_words, ordinal
from followup.selectors.clocks import ClockWords, chain_of, followup_words, is_expired, prehire_words
from followup.selectors.reasons import PREPARE, Reason, reason_of
from followup.selectors.row_acts import seen_of, with_writings
from followup.selectors.tasks import due_tasks
from method.components import ChainFacts
from method.rules.phases import Phase
from method.rules.urgency import DayGroup
from placements.selectors.to_verify import jobs_without_end

GROUPS: tuple[tuple[DayGroup, str | Promise], ...] = (
    (DayGroup.VERY_LATE, gettext_lazy("Très en retard")),
    (DayGroup.LATE, gettext_lazy("En retard")),
    (DayGroup.TODAY, gettext_lazy("Aujourd’hui")),
    (DayGroup.THIS_WEEK, gettext_lazy("Cette semaine")),
    (PREPARE, gettext_lazy("Plus tard")),
)
_RANK = {code: rank for rank, (code, _label) in enumerate(GROUPS)}
# Before anything was ever said.
_NEVER = date(1900, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """One person: every reason why they need their coach, the most urgent first, or none; and where they stand.

    `key` is that of the row as it is shown now: a press carries it, so that it is one act however often it is sent.
    `done` is what was pressed on it since its page was opened; `tasks` are to be done soon, the earliest first.
    """

    status: CaseStatus
    case: CoachingCase
    reasons: Sequence[Reason]
    appointment: Appointment | None
    on: date
    done: RowAct | None = None
    tasks: Sequence[CaseTask] = ()
    key: UUID = field(default_factory=uuid4)

    @property
    def urgency(self) -> DayGroup:
        """That of the most urgent reason."""
        return self.reasons[0].urgency

    @property
    def first(self) -> Reason | None:
        """The most urgent reason, if there is any."""
        return self.reasons[0] if self.reasons else None

    @property
    def group(self) -> str:
        """Where it stands, "" among those who are up to date; what was pressed on stays where it was."""
        if self.done is not None:
            return self.done.group
        return self.urgency.value if self.reasons else ""

    @property
    def stands_on(self) -> date:
        """By which day it is sorted in its group."""
        if self.done is not None and self.done.due_on is not None:
            return self.done.due_on
        return self.reasons[0].due_on if self.reasons else self.on

    @property
    def seen(self) -> datetime | None:
        """The last writing of the case that the row shows."""
        return seen_of(self.status)

    @property
    def calls_for_contact(self) -> bool:
        """Whether seeing the person settles something, so that a day can be fixed or moved."""
        return any(reason.is_contact for reason in self.reasons)

    @property
    def prehire(self) -> ClockWords:
        """The 24 months."""
        return prehire_words(self.status, self.on)

    @property
    def followup(self) -> ClockWords:
        """The six months of follow-up."""
        return followup_words(self.status, self.on)

    @property
    def chain(self) -> ChainFacts:
        """The phase and its clock as one sign."""
        return chain_of(self.status, self.on)

    @property
    def drafts(self) -> int:
        """How many contacts the reader began to write about the person."""
        return int(getattr(self.status, "drafted", None) or 0)

    @property
    def tries(self) -> int:
        """How many calls stayed without an answer since the last contact."""
        return int(getattr(self.status, "tried", None) or 0)

    @property
    def is_out(self) -> bool:
        """Whether the person left: nothing is planned or called any more, what the funder asks is."""
        return bool(self.status.phase == Phase.EXIT)

    @property
    def done_words(self) -> str:
        """What was pressed, as the row answers it."""
        if self.done is None:
            return ""
        words = str(RowActKind(self.done.kind).label)
        if self.done.kind == RowActKind.NO_REPLY:
            return _("%(words)s, %(rank)s essai") % {"words": words, "rank": ordinal(self.done.rank or 1)}
        if self.done.kind == RowActKind.POSTPONED and self.done.day is not None:
            return _("%(words)s : %(day)s") % {"words": words, "day": day_words(self.done.day, self.on)}
        return words

    @property
    def follows(self) -> str:
        """What comes next of the person, as it is now."""
        due = getattr(self.status, "contact_due_on", None)
        if self.appointment is not None and self.appointment.on >= self.on:
            return _("rendez-vous %(day)s") % {"day": day_words(self.appointment.on, self.on)}
        if due is None:
            return _("rien d’autre de dû")
        return _("reste dû") if due <= self.on else _("prochain %(day)s") % {"day": day_words(due, self.on)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The rows, and the appointments that wait for an outcome or are of today; whether an answer of the coordination
    waits to be read, and whether somebody left in a job whose end is not known.
    """

    rows: Sequence[DayRow]
    appointments: Sequence[Appointment]
    answered: bool
    left_in_job: bool


def read_rows(user: User, on: date, *, acts: Iterable[RowAct] = (), case: CoachingCase | None = None) -> Read:
    """The people of a coach, or the one of ``case`` among them, with what the acts of a page say of them; three
    statements, one more while a task is due.
    """
    among = {} if case is None else {"case": case}
    statuses = list(_statuses(user, on).filter(**among))
    deadlines: dict[UUID, list[Deadline]] = defaultdict(list)
    for deadline in _deadlines(user, on).filter(**among):
        deadlines[deadline.case_id].append(deadline)
    appointments = list(_appointments(user, on).filter(**among))
    planned: dict[UUID, list[Appointment]] = defaultdict(list)
    for appointment in appointments:
        if appointment.state == AppointmentState.PLANNED:
            planned[appointment.case_id].append(appointment)
    seen = {status.case_id: seen_of(status) for status in statuses}
    for appointment in appointments:
        see(appointment, seen.get(appointment.case_id))
    done = {act.case_id: act for act in acts}
    asked = {one.case_id for told in deadlines.values() for one in told if one.kind == DeadlineKind.TASK}
    tasks = due_tasks(user, on, asked) if asked else {}
    rows = [
        DayRow(
            status=status,
            case=status.case,
            reasons=with_words(reasons_of(deadlines[status.case_id], status, on), tasks.get(status.case_id, ())),
            appointment=next_planned(planned[status.case_id], on),
            on=on,
            done=done.get(status.case_id),
            tasks=tasks.get(status.case_id, ()),
        )
        for status in statuses
    ]
    return Read(
        rows=[row for row in rows if row.reasons or row.done or not row.is_out],
        appointments=appointments,
        answered=any(getattr(status, "answered", False) for status in statuses),
        left_in_job=any(getattr(status, "left_in_job", False) for status in statuses),
    )


def see(appointment: Appointment, seen: datetime | None) -> None:
    """Let an appointment tell the last writing of its case that a page shows; it is the present when none is known,
    since the case of who left has no row.
    """
    appointment.__dict__["seen"] = seen or timezone.now()


def _statuses(user: User, on: date) -> QuerySet[CaseStatus]:
    """The people of a coach who are accompanied, or of whom something is still asked, with what their row says."""
    unknown = Exists(jobs_without_end(on).filter(case=OuterRef("case_id")))
    said = Contact.objects.filter(case=OuterRef("case_id")).exclude(summary="").order_by("-on", "-created_at")
    since = Coalesce(OuterRef("last_contact_on"), Value(_NEVER))
    tries = Contact.objects.filter(case=OuterRef("case_id"), outcome=Outcome.NO_REPLY, on__gte=since)
    drafts = ContactDraft.objects.filter(case=OuterRef("case_id"), author=user)
    found: QuerySet[CaseStatus] = (
        CaseStatus.objects.visible_to(user)
        .in_care_of(user)
        .filter(~Q(phase=Phase.EXIT) | Exists(_results_due(on)) | unknown)
        .with_due(on)
        .annotate(
            # Asked with the people: what nobody waits for costs no statement.
            answered=Exists(answers_for(user).filter(case=OuterRef("case_id"))),
            left_in_job=unknown,
            last_words=Subquery(said.values("summary")[:1]),
            last_said_on=Subquery(said.values("on")[:1]),
            tried=Subquery(_counted(tries)),
            drafted=Subquery(_counted(drafts)),
        )
        .select_related("case__beneficiary", "case__coach")
        .order_by("case__beneficiary__search_key", "pk")
    )
    return with_writings(found)


def _counted(rows: QuerySet[Contact] | QuerySet[ContactDraft]) -> QuerySet[Contact, int] | QuerySet[ContactDraft, int]:
    return rows.order_by().values("case").annotate(number=Count("pk")).values_list("number", flat=True)


def _deadlines(user: User, on: date) -> QuerySet[Deadline]:
    """What is due of them; appointments without an outcome are told beside, with the appointments themselves."""
    found: QuerySet[Deadline] = (
        Deadline.objects.visible_to(user)
        .in_care_of(user)
        .shown_on(on)
        .exclude(kind=DeadlineKind.APPOINTMENT)
        .select_related("company")
        .order_by("due_on", "pk")
    )
    return found


def _appointments(user: User, on: date) -> QuerySet[Appointment]:
    """Those of today, and those that have no outcome."""
    found: QuerySet[Appointment] = (
        Appointment.objects.visible_to(user)
        .in_care_of(user)
        .filter(Q(state=AppointmentState.PLANNED) | Q(on=on))
        .exclude(state__in=(AppointmentState.CANCELLED, AppointmentState.MOVED))
        .select_related("case__beneficiary", "case__coach")
        .order_by("on", "at", "created_at")
    )
    return found


def _results_due(on: date) -> QuerySet[Deadline]:
    """What the funder asks of a status's case on the day ``on``."""
    results = (DeadlineKind.RESULTS_4_WEEKS, DeadlineKind.RESULTS_6_MONTHS)
    found: QuerySet[Deadline] = Deadline.objects.shown_on(on).filter(case=OuterRef("case_id"), kind__in=results)
    return found


def next_planned(planned: Iterable[Appointment], on: date) -> Appointment | None:
    """The first appointment from the day ``on``; they come in order."""
    return next((appointment for appointment in planned if appointment.on >= on), None)


def with_words(reasons: Sequence[Reason], tasks: Sequence[CaseTask]) -> list[Reason]:
    """The reasons, the task that is due told in the words of who wrote it."""
    if not tasks:
        return list(reasons)
    words = tasks[0].words
    return [replace(one, words=words, brief=words) if one.kind is DeadlineKind.TASK else one for one in reasons]


def reasons_of(deadlines: Iterable[Deadline], status: CaseStatus, on: date) -> list[Reason]:
    """The reasons of one case, the most urgent first; of several deadlines of one kind and firm, the earliest."""
    seen: set[tuple[str, UUID | None]] = set()
    reasons: list[Reason] = []
    outside = is_expired(status, on)
    for deadline in sorted(deadlines, key=lambda d: d.due_on):
        if outside and deadline.kind in (DeadlineKind.CONTACT, DeadlineKind.NO_SHOWS):
            # Once the 24 months are used up nobody is asked for a contact that no mandate covers (domain.md 5).
            continue
        if (deadline.kind, deadline.company_id) not in seen:
            seen.add((deadline.kind, deadline.company_id))
            reasons.append(reason_of(deadline, status, on))
    return sorted(reasons, key=lambda reason: (_RANK[reason.urgency], reason.due_on))
