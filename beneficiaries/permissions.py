"""Who may do what with people and cases (docs/decisions/0002-who-sees-what.md, 0005-replacement.md)."""

import rules

from accounts.models import User
from accounts.permissions import (
    accompanies,
    answers_for_team,
    is_coordinator,
    is_jobcoach,
    reads_names,
    same_organisation,
)
from beneficiaries.models import CoachingCase


@rules.predicate
def is_own_case(user: User, case: CoachingCase | None) -> bool:
    """The case is the user's own."""
    return case is not None and case.coach_id == user.pk


@rules.predicate
def replaces_coach(user: User, case: CoachingCase | None) -> bool:
    """The coach of the case is away today, and the user stands in."""
    return case is not None and case.coach_id in user.replaced_coaches


@rules.predicate
def carried_case(user: User, case: CoachingCase | None) -> bool:
    """The case was the user's own, and changed hands since.

    A list that has read the assignments of its cases asks nothing more of the database.
    """
    if case is None:
        return False
    if "assignments" in getattr(case, "_prefetched_objects_cache", {}):
        return any(one.coach_id == user.pk for one in case.assignments.all())
    return case.assignments.filter(coach=user).exists()


# In this order: somebody's own case asks nothing more of the database.
carries_case = is_own_case | replaces_coach


rules.add_perm("beneficiaries.open_case", accompanies & same_organisation)
rules.add_perm("beneficiaries.view_case", reads_names & same_organisation)
rules.add_perm("beneficiaries.change_case", same_organisation & (is_coordinator | (is_jobcoach & carries_case)))
# Besides, to write down what one did oneself before the case changed hands (domain.md 5 bis).
rules.add_perm(
    "beneficiaries.tell_of_case",
    same_organisation & (is_coordinator | (is_jobcoach & (carries_case | carried_case))),
)
rules.add_perm(
    "beneficiaries.view_history",
    same_organisation & (answers_for_team | (is_jobcoach & carries_case)),
)
rules.add_perm("beneficiaries.correct_case", same_organisation & is_coordinator)
rules.add_perm("beneficiaries.decide_exception", same_organisation & is_coordinator)
rules.add_perm("beneficiaries.hand_over", same_organisation & is_coordinator)
rules.add_perm("beneficiaries.view_partners", reads_names & same_organisation)
rules.add_perm("beneficiaries.manage_partners", accompanies & same_organisation)
