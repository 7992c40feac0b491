"""What the front page of reports says: what waits to be done, and when each report was last sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Organisation, User
from accounts.permissions import allows
from followup.enums import Outcome
from followup.models import CollectiveSession, Contact
from foundation.rules.periods import add_months
from reporting.models import ReportRun
from reporting.sending.selectors import HEAVY, runs_visible_to
from tables.engine.registry import ReportDefinition, reports_for
from timesheets.models import SheetSignature, TimeEntry, TimeSheet
from timesheets.rules.sheets import last_day, month_of

# Drafts shown on the page; the history holds the others.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Sheets:
    """The time sheets of a month that is over: how many with hours are not signed, how many wait for a second name."""

    month: date
    unsigned: int
    to_countersign: int


@dataclass(frozen=True, slots=True)
class Offered:
    """A report that one may ask for, and its last sending."""

    report: ReportDefinition
    last_sent: ReportRun | None


@dataclass(frozen=True, slots=True)
class ReportBoard:
    """The page for one person on one day; `drafts` are the latest, of `draft_number` that were not sent."""

    reports: Sequence[Offered]
    drafts: Sequence[ReportRun]
    draft_number: int
    sheets: Sheets | None
    may_verify: bool = False

    @property
    def drafts_left(self) -> int:
        """The drafts that the page does not show."""
        return self.draft_number - len(self.drafts)

    @property
    def is_untouched(self) -> bool:
        """Whether no report was ever prepared, nor sent, of those that one may read."""
        return not self.draft_number and not any(offered.last_sent for offered in self.reports)

    @property
    def anything_waits(self) -> bool:
        """Whether something is to be done."""
        return bool(self.drafts or (self.sheets and (self.sheets.unsigned or self.sheets.to_countersign)))


def report_board(user: User, on: date) -> ReportBoard:
    """The page of somebody; four statements, five when there are drafts."""
    runs = runs_visible_to(user).defer(*HEAVY)
    waiting = runs.filter(submitted_at__isnull=True).order_by("-requested_at", "id")
    drafts = list(waiting[:SHOWN]) if allows(user, "reporting.prepare_report", user.current_organisation) else []
    sent = {run.report: run for run in _last_sent(runs)}
    return ReportBoard(
        reports=[Offered(report, sent.get(report.name)) for report in reports_for(user)],
        drafts=drafts,
        draft_number=waiting.count() if len(drafts) == SHOWN else len(drafts),
        sheets=_sheets(user, month_of(add_months(month_of(on), -1))),
        may_verify=allows(user, "accounts.read_names", user.organisation_here),
    )


def _last_sent(runs: QuerySet[ReportRun]) -> QuerySet[ReportRun]:
    """The last sending of each report; one statement."""
    same = runs.filter(report=OuterRef("report"), submitted_at__isnull=False).order_by("-submitted_at", "pk")
    return runs.filter(pk=Subquery(same.values("pk")[:1])).order_by("report")


def _sheets(user: User, month: date) -> Sheets | None:
    """What is missing of the sheets of a month, for whoever checks those of the team; two statements."""
    organisation = user.current_organisation
    if organisation is None or not allows(user, "timesheets.check_time_sheet", TimeSheet(organisation=organisation)):
        return None
    standing = SheetSignature.objects.filter(
        sheet__organisation=organisation, sheet__month=month, reopened_on__isnull=True
    ).order_by("pk")
    signed = dict(standing.values_list("sheet__coach_id", "countersigned_on"))
    waiting = [coach for coach, countersigned_on in signed.items() if countersigned_on is None and coach != user.pk]
    return Sheets(month, len(_who_worked(organisation, month) - signed.keys()), len(waiting))


def _who_worked(organisation: Organisation, month: date) -> set[UUID]:
    """Whose sheet of a month that is over has hours; one statement."""
    here = {"organisation": organisation, "on__range": (month, last_day(month))}
    contacts = Contact.objects.filter(**here, minutes__gt=0).exclude(outcome=Outcome.NO_SHOW)
    sessions = CollectiveSession.objects.standing().filter(**here, minutes__gt=0)
    entries = TimeEntry.objects.filter(**here)
    people = (
        contacts.order_by()
        .values_list("coach_id", flat=True)
        .union(
            sessions.order_by().values_list("leader_id", flat=True),
            entries.order_by().values_list("sheet__coach_id", flat=True),
        )
    )
    return set(people)
