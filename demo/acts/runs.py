"""The demonstration's reports: one that was sent, whose figures have moved since, and one that lacks something."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from accounts.models import Project, User
from demo.loading.store import row_id
from demo.plan.staff import DEMO_ADMIN
from reporting.models import ReportRun
from reporting.sending.services import perform_run, request_run, submit_run
from tables.engine.registry import reports
from tables.engine.scope import Scope

# The report speaks of a year that ended some weeks before.
DAYS = 365
ENDED = 31


def add_sent_report(as_of: date) -> None:
    """Send the year's activity report; what is loaded after it is what has moved since."""
    run = _prepared("activite", as_of, None)
    if run is not None:
        submit_run(run=run, recipient=_("FOREM, partenariats"), reference="MIRE/RA-1", actor=run.requested_by)


def add_draft(as_of: date) -> None:
    """Prepare the report of the ESF+ project, in which something is missing."""
    project = Project.objects.filter(funder=reports["fse"].project_funder).order_by("starts_on", "pk").first()
    if project is not None:
        _prepared("fse", as_of, project)


def _prepared(name: str, as_of: date, project: Project | None) -> ReportRun | None:
    admin = User.objects.filter(pk=row_id("user", DEMO_ADMIN)).select_related("current_organisation").first()
    if admin is None or admin.current_organisation is None:
        return None
    last = as_of - timedelta(days=ENDED)
    scope = Scope(
        organisations=(admin.current_organisation,), first=last - timedelta(days=DAYS - 1), last=last, project=project
    )
    run = request_run(report=reports[name], scope=scope, actor=admin)
    perform_run(run.pk)
    run.refresh_from_db()
    return run
