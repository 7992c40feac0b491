"""Who may read figures: names stay with those who may read cases, the analyst sees aggregates."""

import rules

from accounts.models import User
from accounts.permissions import (
    is_admin,
    is_analyst,
    is_coordinator,
    is_inspector,
    is_jobcoach,
    same_organisation,
)
from beneficiaries.permissions import carries_case
from reporting.models import ReportRun, TimeSheet


@rules.predicate
def is_own_sheet(user: User, sheet: TimeSheet | None) -> bool:
    """The time sheet is the user's own."""
    return sheet is not None and sheet.coach_id == user.pk


@rules.predicate
def is_own_run(user: User, run: ReportRun | None) -> bool:
    """The user asked for the run."""
    return run is not None and run.requested_by_id == user.pk


rules.add_perm("reporting.view_dashboard", (is_coordinator | is_admin) & same_organisation)
rules.add_perm("reporting.view_reports", (is_admin | is_coordinator | is_analyst | is_inspector) & same_organisation)
rules.add_perm("reporting.open_figures", (is_admin | is_coordinator | is_inspector) & same_organisation)

# Hours: each fills in their own; whoever answers for the team checks those of the others, never their own.
rules.add_perm("reporting.view_time_sheets", (is_jobcoach | is_coordinator | is_admin) & same_organisation)
rules.add_perm(
    "reporting.read_time_sheet", same_organisation & (is_coordinator | is_admin | (is_jobcoach & is_own_sheet))
)
rules.add_perm("reporting.fill_time_sheet", same_organisation & (is_jobcoach | is_coordinator) & is_own_sheet)
rules.add_perm("reporting.check_time_sheet", same_organisation & (is_coordinator | is_admin) & ~is_own_sheet)

# Preparing a report, sending it, throwing a draft away. Whoever inspects reads what was sent, and no draft.
rules.add_perm("reporting.prepare_report", (is_admin | is_coordinator | is_analyst) & same_organisation)
rules.add_perm("reporting.submit_report", is_admin & same_organisation)
rules.add_perm("reporting.discard_run", same_organisation & (is_admin | (is_coordinator | is_analyst) & is_own_run))
rules.add_perm("reporting.read_submitted", is_inspector & same_organisation)

# The ESF+ record: read with the case; written by whoever carries it and by those who answer for the subsidy. Sensitive
# answers are shown to the same.
rules.add_perm(
    "reporting.change_participation",
    same_organisation & (is_coordinator | is_admin | (is_jobcoach & carries_case)),
)
rules.add_perm("reporting.export_participants", (is_admin | is_coordinator) & same_organisation)
rules.add_perm("reporting.manage_participant_file", is_admin & same_organisation)

# What is made for the inspection: one case and its papers. Whoever administers sees what the inspection has read.
rules.add_perm("reporting.read_inspection_file", (is_coordinator | is_admin | is_inspector) & same_organisation)
rules.add_perm("reporting.view_inspection_reads", is_admin & same_organisation)

# The texts of documents and their letterhead; a document itself is made by whoever may change its case.
rules.add_perm("reporting.manage_templates", is_admin & same_organisation)
