"""Who may do what with firms and jobs: they belong to the whole team."""

import rules

from accounts.models import User
from accounts.permissions import accompanies, is_coordinator, is_jobcoach, reads_names, same_organisation
from employers.models import ProspectionContact


@rules.predicate
def made(user: User, visit: ProspectionContact | None) -> bool:
    """The visit or the call is the user's own."""
    return visit is not None and visit.coach_id == user.pk


rules.add_perm("employers.view_company", reads_names & same_organisation)
rules.add_perm("employers.change_company", accompanies & same_organisation)
# A visit is hours of whoever made it: a colleague does not rewrite them.
rules.add_perm("employers.correct_visit", same_organisation & (is_coordinator | (is_jobcoach & made)))
