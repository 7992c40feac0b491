"""Who fills in hours, and who checks those of others."""

import rules

from accounts.models import User
from accounts.permissions import accompanies, answers_for_team, is_jobcoach, reads_names, same_organisation
from timesheets.models import TimeSheet


@rules.predicate
def is_own_sheet(user: User, sheet: TimeSheet | None) -> bool:
    """The time sheet is the user's own."""
    return sheet is not None and sheet.coach_id == user.pk


# Hours: each fills in their own; whoever answers for the team checks those of the others, never their own.
rules.add_perm("timesheets.view_time_sheets", reads_names & same_organisation)
rules.add_perm("timesheets.read_time_sheet", same_organisation & (answers_for_team | (is_jobcoach & is_own_sheet)))
rules.add_perm("timesheets.fill_time_sheet", same_organisation & accompanies & is_own_sheet)
rules.add_perm("timesheets.check_time_sheet", same_organisation & answers_for_team & ~is_own_sheet)
