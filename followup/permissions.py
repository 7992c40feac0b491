"""Who may do what with contacts and appointments; writing in a case is `beneficiaries.change_case`."""

import rules

from accounts.models import User
from accounts.permissions import (
    accompanies,
    answers_for_team,
    is_admin,
    is_coordinator,
    is_jobcoach,
    reads_names,
    same_organisation,
)
from followup.models import CaseView, CollectiveSession, Contact


@rules.predicate
def wrote(user: User, contact: Contact | None) -> bool:
    """The contact is the user's own: they held it, or wrote it down."""
    return contact is not None and user.pk in (contact.coach_id, contact.recorded_by_id)


@rules.predicate
def leads(user: User, session: CollectiveSession | None) -> bool:
    """The session is led by the user."""
    return session is not None and session.leader_id == user.pk


@rules.predicate
def keeps(user: User, view: CaseView | None) -> bool:
    """The view is the user's own."""
    return view is not None and view.owner_id == user.pk


@rules.predicate
def is_of_team(user: User, view: CaseView | None) -> bool:
    """The view is everybody's."""
    return view is not None and view.owner_id is None


# A coordinator may carry cases too, and records in those of others.
rules.add_perm("followup.record", accompanies & same_organisation)
rules.add_perm("followup.view_my_day", accompanies & same_organisation)
rules.add_perm("followup.read_any_agenda", is_coordinator & same_organisation)
rules.add_perm("followup.view_reminders", accompanies & same_organisation)
rules.add_perm("followup.view_escalated", is_coordinator & same_organisation)
# Asking colleagues, in so many words, to see to their people.
rules.add_perm("followup.remind", is_coordinator & same_organisation)
rules.add_perm("followup.choose_reminders", accompanies & same_organisation)
rules.add_perm("followup.view_tasks", accompanies & same_organisation)
# Whoever leads the meeting writes down what it decided of anybody's cases.
rules.add_perm("followup.record_meeting", is_coordinator & same_organisation)
rules.add_perm("followup.manage_checklists", is_admin & same_organisation)
rules.add_perm("followup.manage_mails", is_admin & same_organisation)
rules.add_perm("followup.correct_contact", same_organisation & (is_coordinator | (is_jobcoach & wrote)))
rules.add_perm("followup.list_cases", reads_names & same_organisation)
# A view of one's own is a convenience; what the whole team finds among its tabs is decided by whoever answers for it.
rules.add_perm("followup.keep_view", reads_names & same_organisation)
rules.add_perm("followup.keep_team_view", answers_for_team & same_organisation)
rules.add_perm("followup.change_view", same_organisation & ((reads_names & keeps) | (answers_for_team & is_of_team)))
rules.add_perm("followup.view_sessions", reads_names & same_organisation)
# Whoever animates plans; who was there is written down by whoever leads, or by a coordinator.
rules.add_perm("followup.manage_sessions", accompanies & same_organisation)
rules.add_perm("followup.record_attendance", same_organisation & (is_coordinator | (is_jobcoach & leads)))
