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
from reporting.models import TimeSheet


@rules.predicate
def is_own_sheet(user: User, sheet: TimeSheet | None) -> bool:
    """The time sheet is the user's own."""
    return sheet is not None and sheet.coach_id == user.pk


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
