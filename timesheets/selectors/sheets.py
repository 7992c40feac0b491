"""The hours of coaches, read from contacts, sessions and entries; what was signed of them, and what moved since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import CASE_CARRYING_ROLES, COACHING_ROLES
from accounts.models import Membership, Organisation, Project, User
from employers.enums import ProspectionChannel
from employers.models import ProspectionContact
from followup.models import CollectiveSession, Contact
from foundation.rules.workdays import WorkingDays
from tables.engine.scope import Scope
from tables.engine.tables import Subject
from timesheets.enums import Activity
from timesheets.models import SheetSignature, TimeEntry
from timesheets.rules.sheets import (
    Change,
    Kind,
    Line,
    Minutes,
    ProjectDates,
    changes,
    days_beyond,
    fingerprint,
    in_order,
    last_day,
    leaves_on,
    minutes_of,
    month_of,
    signable_from,
    thawed,
    why_apart,
)
from timesheets.selectors.hours import contact_rows, contacts_done, mandates, session_work

# A role somebody holds: its code, its first and its last day, both included.
HeldRole = tuple[str, date, date | None]


class SheetState(StrEnum):
    DRAFT = "draft"
    TO_SIGN = "to_sign"
    SIGNED = "signed"
    COUNTERSIGNED = "countersigned"


@dataclass(frozen=True, slots=True)
class Work:
    """A line of work and whose it is."""

    coach_id: UUID
    line: Line


def projects_of(organisations: Iterable[Organisation]) -> dict[UUID, Project]:
    """The projects of these organisations, by key, in order of code; one statement."""
    found = Project.objects.filter(organisation__in=list(organisations)).order_by("code", "pk")
    return {project.pk: project for project in found}


def work_of(scope: Scope, projects: Mapping[UUID, Project] | None = None) -> list[Work]:
    """Everything worked in the period of the scope: contacts, sessions, visits to firms and entries.

    Five statements, and one for the projects unless they are given. A no-show has no minutes and is not listed.
    """
    known = projects_of(scope.organisations) if projects is None else projects
    dates = {pk: ProjectDates(project.code, project.starts_on, project.ends_on) for pk, project in known.items()}
    # One text per project, however many lines name it.
    keys = {pk: str(pk) for pk in known}
    contacts = contacts_done(scope)
    covered = mandates(contacts.order_by().values("case_id"), scope, with_phases=False)
    found = []
    for row in chain(contact_rows(contacts, covered), session_work(scope)):
        if not row.minutes:
            continue
        closed_on = covered[row.case_id].closed_on if row.case_id else None
        kind = Kind.CONTACT if row.subject is Subject.CONTACT else Kind.SESSION
        project = dates.get(row.project_id) if row.project_id else None
        found.append(
            Work(
                row.coach_id,
                Line(
                    ref=str(row.ref),
                    kind=kind,
                    on=row.on,
                    minutes=row.minutes,
                    project_id=keys.get(row.project_id, "") if row.project_id else "",
                    project=project.code if project else "",
                    apart=why_apart(row.on, outside=row.outside, closed_on=closed_on, project=project),
                ),
            )
        )
    found += [Work(coach_id, _line_of(row, dates)) for coach_id, *row in _about_no_case(scope)]
    return found


def _line_of(row: Sequence[Any], projects: Mapping[UUID, ProjectDates]) -> Line:
    kind, pk, on, minutes, project_id, activity, words = row
    project = projects.get(project_id) if project_id else None
    return Line(
        ref=str(pk),
        kind=Kind(kind),
        on=on,
        minutes=minutes,
        project_id=str(project_id or ""),
        project=project.code if project else "",
        apart=why_apart(on, outside=False, closed_on=None, project=project),
        activity=activity,
        words=words,
    )


def _about_no_case(scope: Scope) -> Iterable[Any]:
    """The entries, and the visits and calls to firms, each of the project that was chosen for it; one statement.

    They are about no case: a site has none of its own.
    """
    if scope.site:
        return ()
    period = {"organisation__in": scope.organisations, "on__range": (scope.first, scope.last)}
    entries, visits = TimeEntry.objects.filter(**period), ProspectionContact.objects.filter(**period)
    if scope.coach:
        entries, visits = entries.filter(sheet__coach=scope.coach), visits.filter(coach=scope.coach)
    if scope.project:
        entries, visits = entries.filter(project=scope.project), visits.filter(project=scope.project)
    columns = ("pk", "on", "minutes", "project_id")
    none = Value("", output_field=CharField())
    added = entries.order_by().values_list("sheet__coach_id", Value(Kind.OTHER.value), *columns, "activity", "words")
    made = visits.order_by().values_list("coach_id", Value(Kind.PROSPECTION.value), *columns, none, none)
    found: Iterable[Any] = added.union(made, all=True).order_by("on", "pk")
    return found


def lines_of(
    coach: User, organisation: Organisation, first: date, last: date, projects: Mapping[UUID, Project] | None = None
) -> tuple[Line, ...]:
    """What one coach worked from a day to another, both included, in order; five statements, six without projects."""
    scope = Scope(organisations=(organisation,), first=first, last=last, coach=coach)
    return in_order(work.line for work in work_of(scope, projects))


@dataclass(frozen=True)
class Sheet:
    """The month of a coach as it is shown: as signed once it is, as worked until then.

    ``present`` are the lines of today; ``signature`` is the standing one; ``former`` those that were set aside, the
    latest first; ``leaving`` is the last day of a coach who does not stay until the end of the month.
    """

    coach: User
    organisation: Organisation
    month: date
    present: tuple[Line, ...]
    signature: SheetSignature | None
    former: tuple[SheetSignature, ...] = ()
    leaving: date | None = None

    @property
    def ends_on(self) -> date:
        """The last day that the sheet may hold: that of the month, or the coach's own when they leave before."""
        return self.leaving or last_day(self.month)

    def signable_from(self, workdays: WorkingDays) -> date:
        """The first day on which the coach may sign it."""
        return signable_from(self.month, workdays, self.leaving)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines that the sheet shows."""
        return thawed(self.signature.lines) if self.signature else self.present

    @cached_property
    def minutes(self) -> Minutes:
        """The minutes that count, by kind."""
        return minutes_of(line for line in self.lines if line.counted)

    @cached_property
    def apart(self) -> tuple[Line, ...]:
        """What was worked and counts in no project."""
        return tuple(line for line in self.lines if not line.counted)

    @property
    def apart_minutes(self) -> int:
        """The minutes that count in no project."""
        return minutes_of(self.apart).total

    @cached_property
    def moved(self) -> tuple[Change, ...]:
        """What is no longer as it was signed; nothing while the sheet is not signed."""
        return changes(self.lines, self.present, kinds=self.signature.kinds) if self.signature else ()

    @property
    def is_intact(self) -> bool:
        """Whether what is kept of the signature still has its fingerprint."""
        if self.signature is None:
            return True
        written = fingerprint(self.signature.lines, coach=str(self.coach.pk), month=self.month)
        return written == self.signature.fingerprint

    @property
    def long_days(self) -> dict[date, int]:
        """The days that must be put right before anybody signs, with their minutes."""
        return days_beyond(self.present)

    def state(self, on: date, workdays: WorkingDays) -> SheetState:
        """Where the sheet stands on a day."""
        if self.signature is not None:
            return SheetState.COUNTERSIGNED if self.signature.countersigned_on else SheetState.SIGNED
        return SheetState.TO_SIGN if self.present and on >= self.signable_from(workdays) else SheetState.DRAFT


def signatures_of(organisation: Organisation, coach: User, month: date) -> list[SheetSignature]:
    """Every signature of a sheet, the latest first; one statement."""
    return list(
        SheetSignature.objects.filter(sheet__organisation=organisation, sheet__coach=coach, sheet__month=month)
        .select_related("countersigned_by", "reopened_by")
        .order_by("-signed_at")
    )


def sheet_of(
    coach: User, organisation: Organisation, month: date, projects: Mapping[UUID, Project] | None = None
) -> Sheet:
    """The sheet of a coach for a month, whether or not anything was added or signed yet."""
    signatures = signatures_of(organisation, coach, month)
    return Sheet(
        coach=coach,
        organisation=organisation,
        month=month,
        present=lines_of(coach, organisation, month, last_day(month), projects),
        signature=next((one for one in signatures if one.reopened_on is None), None),
        former=tuple(one for one in signatures if one.reopened_on is not None),
        leaving=leaving_of(coach, organisation, month),
    )


def leaving_of(coach: User, organisation: Organisation, month: date) -> date | None:
    """The last day of a coach who leaves the organisation before the month is over; one statement."""
    return _leaving(_roles_with_hours(organisation, month, coach).get(coach.pk, ()), month)


def team_sheets(organisation: Organisation, month: date) -> list[Sheet]:
    """The sheets of a month: those of the jobcoaches of that month, and of whoever else worked; nine statements."""
    scope = Scope(organisations=(organisation,), first=month, last=last_day(month))
    present: dict[UUID, list[Line]] = defaultdict(list)
    for work in work_of(scope):
        present[work.coach_id].append(work.line)
    standing = {one.sheet.coach_id: one for one in standing_signatures(scope)}
    held = _roles_with_hours(organisation, month)
    owing = {pk for pk, roles in held.items() if any(role in COACHING_ROLES for role, _first, _last in roles)}
    people = owing | present.keys() | standing.keys()
    coaches = User.objects.filter(pk__in=people).order_by("last_name", "first_name", "pk")
    return [
        Sheet(
            coach,
            organisation,
            month,
            in_order(present[coach.pk]),
            standing.get(coach.pk),
            leaving=_leaving(held.get(coach.pk, ()), month),
        )
        for coach in coaches
    ]


def standing_signatures(scope: Scope) -> list[SheetSignature]:
    """The standing signatures of the sheets whose month has a day in the period; one statement."""
    signatures = SheetSignature.objects.filter(
        sheet__organisation__in=scope.organisations,
        sheet__month__range=(month_of(scope.first), scope.last),
        reopened_on__isnull=True,
    )
    if scope.coach:
        signatures = signatures.filter(sheet__coach=scope.coach)
    return list(signatures.select_related("sheet").order_by("sheet__month", "sheet__coach", "pk"))


def _leaving(roles: Iterable[HeldRole], month: date) -> date | None:
    return leaves_on([(first, last) for _role, first, last in roles], month)


def _roles_with_hours(
    organisation: Organisation, month: date, coach: User | None = None
) -> Mapping[UUID, list[HeldRole]]:
    """The roles that fill in hours, held on at least one day of the month, of everybody or of one; one statement."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=month)
    roles = Membership.objects.filter(
        still, organisation=organisation, role__in=CASE_CARRYING_ROLES, starts_on__lte=last_day(month)
    )
    if coach is not None:
        roles = roles.filter(user=coach)
    found: dict[UUID, list[HeldRole]] = defaultdict(list)
    for user_id, role, first, last in roles.order_by("pk").values_list("user_id", "role", "starts_on", "ends_on"):
        found[user_id].append((role, first, last))
    return found


@dataclass(frozen=True, slots=True)
class Named:
    """What a line is about, in words, and where it is read; empty words once the row is gone."""

    label: str
    detail: str = ""
    url: str = ""


def activity_words(line: Line) -> str:
    """The activity of an entry as people read it."""
    return str(dict(Activity.choices).get(line.activity, line.activity))


def names_of(lines: Sequence[Line], user: User) -> dict[str, Named]:
    """What each of these lines is about, for somebody who may read it, by key of the row; at most two statements.

    An entry is told by its activity and its words.
    """
    refs: dict[Kind, list[str]] = defaultdict(list)
    for line in lines:
        refs[line.kind].append(line.ref)
    found = {line.ref: Named(activity_words(line), line.words) for line in lines if line.kind is Kind.OTHER}
    if refs[Kind.CONTACT]:
        contacts = (
            Contact.objects.visible_to(user).filter(pk__in=refs[Kind.CONTACT]).select_related("case__beneficiary")
        )
        for contact in contacts.order_by("pk"):
            url = reverse("followup:case_summary", args=[contact.case_id])
            found[str(contact.pk)] = Named(str(contact.case.beneficiary), contact.get_channel_display(), url)
    for pk, kind, label, channel, page in _meetings_and_visits(refs, user):
        if kind == Kind.SESSION:
            found[str(pk)] = Named(label, _("séance collective"), reverse("followup:session_detail", args=[page]))
        else:
            url = reverse("employers:company_detail", args=[page]) + "#visites"
            found[str(pk)] = Named(label, str(ProspectionChannel(channel).label), url)
    return found


def _meetings_and_visits(refs: Mapping[Kind, Sequence[str]], user: User) -> Iterable[Any]:
    """The sessions and the visits among these rows: key, kind, title or firm, channel, whose page tells of it; one
    statement.
    """
    sessions = CollectiveSession.objects.visible_to(user).filter(pk__in=refs[Kind.SESSION]).order_by()
    visits = ProspectionContact.objects.visible_to(user).filter(pk__in=refs[Kind.PROSPECTION]).order_by()
    if not refs[Kind.SESSION] and not refs[Kind.PROSPECTION]:
        return ()
    none = Value("", output_field=CharField())
    held = sessions.values_list("pk", Value(Kind.SESSION.value), "series__title", none, F("pk"))
    made = visits.values_list("pk", Value(Kind.PROSPECTION.value), "company__name", "channel", "company_id")
    found: Iterable[Any] = held.union(made, all=True)
    return found
