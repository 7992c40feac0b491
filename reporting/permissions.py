"""Who may read figures: names stay with those who may read cases, the analyst sees aggregates."""

import rules

from accounts.models import User
from accounts.permissions import answers_for_team, is_admin, is_analyst, is_coordinator, is_inspector, same_organisation
from reporting.models import ReportRun


@rules.predicate
def is_own_run(user: User, run: ReportRun | None) -> bool:
    """The user asked for the run."""
    return run is not None and run.requested_by_id == user.pk


rules.add_perm("reporting.view_dashboard", answers_for_team & same_organisation)
rules.add_perm("reporting.view_reports", (answers_for_team | is_analyst | is_inspector) & same_organisation)
rules.add_perm("reporting.read_network", (is_admin | is_analyst) & same_organisation)
rules.add_perm("reporting.open_figures", (answers_for_team | is_inspector) & same_organisation)

# Preparing a report, sending it, throwing a draft away. Whoever inspects reads what was sent, and no draft.
rules.add_perm("reporting.prepare_report", (answers_for_team | is_analyst) & same_organisation)
rules.add_perm("reporting.submit_report", is_admin & same_organisation)
rules.add_perm("reporting.discard_run", same_organisation & (is_admin | (is_coordinator | is_analyst) & is_own_run))
rules.add_perm("reporting.read_submitted", is_inspector & same_organisation)
