"""Ma journée: who needs me, whom I meet today, where my people stand, what I did this week. A fixed number of
statements.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Absence, User
from beneficiaries.models import CoachingCase, ExceptionRequest
from beneficiaries.selectors.exceptions import answers_for
from employers.models import ProspectionContact
from followup.enums import AppointmentState, Party
from followup.models import Appointment, CaseStatus, CollectiveSession, Contact, ContactDraft, Deadline
from followup.models.querysets import carers
from followup.rules.counters import TimeSpent, minutes_by_place
from followup.rules.kinds import DeadlineKind
from followup.selectors.clocks import ClockWords, followup_words, is_expired, prehire_words
from followup.selectors.counters import Cadence, cadence_of
from followup.selectors.reasons import PREPARE, Reason, reason_of
from followup.selectors.sessions import sessions_of_the_day
from method.rules.phases import Phase
from method.rules.urgency import DayGroup
from placements.selectors.to_verify import jobs_to_verify, jobs_without_end

GROUPS: tuple[tuple[DayGroup, str | Promise], ...] = (
    (DayGroup.VERY_LATE, _("Très en retard")),
    (DayGroup.LATE, _("En retard")),
    (DayGroup.TODAY, _("Aujourd’hui")),
    (DayGroup.THIS_WEEK, _("Cette semaine")),
    (PREPARE, _("À préparer")),
)
_RANK = {code: rank for rank, (code, _label) in enumerate(GROUPS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A person who needs their coach, and every reason why, the most urgent first."""

    case: CoachingCase
    reasons: Sequence[Reason]
    appointment: Appointment | None

    @property
    def urgency(self) -> DayGroup:
        """That of the most urgent reason."""
        return self.reasons[0].urgency

    @property
    def calls_for_contact(self) -> bool:
        """Whether seeing the person settles something, so that a day can be fixed or moved."""
        return any(reason.is_contact for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one degree of urgency."""

    code: DayGroup
    label: str | Promise
    needs: Sequence[Need]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One of my people: where they stand."""

    status: CaseStatus
    case: CoachingCase
    next_appointment: Appointment | None
    prehire: ClockWords
    followup: ClockWords
    drafts: int


@dataclass(frozen=True, slots=True)
class Week:
    """What was done from Monday to Sunday: contacts held with people and with employers, with how many of each, and the
    minutes of all of it, by place.
    """

    starts_on: date
    contacts: int
    people: int
    talks: int
    employers: int
    minutes: int
    places: Mapping[str, int]

    @property
    def ends_on(self) -> date:
        """Sunday."""
        return self.starts_on + timedelta(days=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class MyDay:
    """Everything the page shows."""

    groups: Sequence[Group]
    today: Sequence[Appointment]
    awaiting: Sequence[Appointment]
    people: Sequence[PersonRow]
    drafts: Sequence[PersonRow]
    week: Week
    cadence: Cadence
    sessions: Sequence[CollectiveSession]
    answers: Sequence[ExceptionRequest]
    unverified: int
    replacing: Sequence[Absence]
    away: Absence | None

    @property
    def pressing(self) -> int:
        """How many people are due today or late."""
        urgent = (DayGroup.VERY_LATE, DayGroup.LATE, DayGroup.TODAY)
        return sum(len(group.needs) for group in self.groups if group.code in urgent)


def my_day(user: User, on: date) -> MyDay:
    """The day of a coach, with the people of those for whom they stand in; twelve statements, one more while an answer
    waits to be read, and one more while somebody left in a job whose end is not known.
    """
    unknown = Exists(jobs_without_end(on).filter(case=OuterRef("case_id")))
    statuses = list(
        CaseStatus.objects.visible_to(user)
        .in_care_of(user)
        .filter(~Q(phase=Phase.EXIT) | Exists(_results_due(on)) | unknown)
        .with_due(on)
        # Asked with the people: what nobody waits for costs no statement.
        .annotate(answered=Exists(answers_for(user).filter(case=OuterRef("case_id"))), left_in_job=unknown)
        .select_related("case__beneficiary", "case__coach")
        .order_by("case__beneficiary__search_key", "pk")
    )
    deadlines = list(
        Deadline.objects.visible_to(user)
        .in_care_of(user)
        .shown_on(on)
        # Told beside, with the appointments themselves.
        .exclude(kind=DeadlineKind.APPOINTMENT)
        .select_related("company")
        .order_by("due_on", "pk")
    )
    appointments = list(
        Appointment.objects.visible_to(user)
        .in_care_of(user)
        .filter(Q(state=AppointmentState.PLANNED) | Q(on=on))
        .exclude(state__in=(AppointmentState.CANCELLED, AppointmentState.MOVED))
        .select_related("case__beneficiary", "case__coach")
        .order_by("on", "at", "created_at")
    )
    planned: dict[UUID, list[Appointment]] = defaultdict(list)
    for appointment in appointments:
        if appointment.state == AppointmentState.PLANNED:
            planned[appointment.case_id].append(appointment)
    drafted = Counter(ContactDraft.objects.order_by().filter(author=user).values_list("case_id", flat=True))
    # Somebody who left needs their coach for what the funder still asks; they are no longer one of the coach's people.
    running = [status for status in statuses if status.phase != Phase.EXIT]
    rows = [_row(status, planned[status.case_id], drafted[status.case_id], on) for status in running]
    return MyDay(
        groups=_groups(statuses, deadlines, planned, on),
        today=[a for a in appointments if a.on == on],
        awaiting=[a for a in appointments if a.on < on and a.state == AppointmentState.PLANNED],
        people=rows,
        drafts=[row for row in rows if row.drafts],
        week=week_of(user, on),
        cadence=cadence_of(user, on),
        sessions=sessions_of_the_day(user, on),
        answers=list(answers_for(user)) if any(status.answered for status in statuses) else [],
        unverified=len(jobs_to_verify(user, on, carers(user))) if any(one.left_in_job for one in statuses) else 0,
        replacing=user.replacing,
        away=next((absence for absence in user.absences_today if absence.user_id == user.pk), None),
    )


def _results_due(on: date) -> QuerySet[Deadline]:
    """What the funder asks of a status's case on the day ``on``."""
    results = (DeadlineKind.RESULTS_4_WEEKS, DeadlineKind.RESULTS_6_MONTHS)
    found: QuerySet[Deadline] = Deadline.objects.shown_on(on).filter(case=OuterRef("case_id"), kind__in=results)
    return found


def next_planned(planned: Iterable[Appointment], on: date) -> Appointment | None:
    """The first appointment from the day ``on``; they come in order."""
    return next((appointment for appointment in planned if appointment.on >= on), None)


def _row(status: CaseStatus, planned: Sequence[Appointment], drafts: int, on: date) -> PersonRow:
    return PersonRow(
        status=status,
        case=status.case,
        next_appointment=next_planned(planned, on),
        prehire=prehire_words(status, on),
        followup=followup_words(status, on),
        drafts=drafts,
    )


def _groups(
    statuses: Sequence[CaseStatus],
    deadlines: Sequence[Deadline],
    planned: dict[UUID, list[Appointment]],
    on: date,
) -> list[Group]:
    """People by their most urgent reason; within a group, the oldest first."""
    by_case: dict[UUID, list[Deadline]] = defaultdict(list)
    for deadline in deadlines:
        by_case[deadline.case_id].append(deadline)
    needs = [
        Need(
            case=status.case,
            reasons=reasons_of(by_case[status.case_id], status, on),
            appointment=next_planned(planned[status.case_id], on),
        )
        for status in statuses
        if status.case_id in by_case
    ]
    needs.sort(key=lambda need: (need.reasons[0].due_on, need.case.beneficiary.search_key))
    groups = [Group(code, label, [need for need in needs if need.urgency is code]) for code, label in GROUPS]
    return [group for group in groups if group.needs]


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


@dataclass(slots=True)
class _Tally:
    """What a week adds up to, while it is read."""

    contacts: int = 0
    talks: int = 0
    spent: list[TimeSpent] = field(default_factory=list)
    people: set[UUID] = field(default_factory=set)
    employers: set[UUID] = field(default_factory=set)


def week_of(user: User, on: date) -> Week:
    """The figures of the week of a day; two statements. Held contacts alone count."""
    monday = on - timedelta(days=on.weekday())
    sunday = monday + timedelta(days=6)
    tally = _Tally()
    held = Contact.objects.visible_to(user).filter(coach=user).held().between(monday, sunday)
    columns = ("case_id", "party", "company_id", "place", "channel", "minutes")
    for case_id, party, company_id, place, channel, minutes in held.values_list(*columns):
        tally.spent.append(TimeSpent(place, channel, minutes))
        if party in (Party.BENEFICIARY, Party.BOTH):
            tally.contacts += 1
            tally.people.add(case_id)
        if party in (Party.EMPLOYER, Party.BOTH) and company_id:
            tally.talks += 1
            tally.employers.add(company_id)
    visits = ProspectionContact.objects.visible_to(user).filter(coach=user, on__range=(monday, sunday))
    for company_id, channel, minutes in visits.values_list("company_id", "channel", "minutes"):
        tally.talks += 1
        tally.employers.add(company_id)
        tally.spent.append(TimeSpent("", channel, minutes))
    return Week(
        starts_on=monday,
        contacts=tally.contacts,
        people=len(tally.people),
        talks=tally.talks,
        employers=len(tally.employers),
        minutes=sum(one.minutes for one in tally.spent),
        places=minutes_by_place(tally.spent),
    )
