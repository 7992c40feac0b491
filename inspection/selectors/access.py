"""Which cases are open to an inspection, for whom, and where each of them opens (docs/decisions/0011-inspection.md)."""

from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from accounts.enums import INSPECTING_ROLES
from accounts.models import User
from accounts.permissions import allows
from beneficiaries.models import CoachingCase
from privacy.audit import record_access


def inspectable_cases(user: User) -> QuerySet[CoachingCase]:
    """The cases whose inspection file the user may open: those of their organisation, or none.

    Not `visible_to`: an inspector sees no case anywhere else.
    """
    if user.current_organisation_id is None or not allows(user, "inspection.read_inspection_file"):
        return CoachingCase.objects.none()
    found: QuerySet[CoachingCase] = CoachingCase.objects.filter(organisation_id=user.current_organisation_id)
    return found


def cases_by_name(user: User) -> QuerySet[Any]:
    """The cases to inspect by name; one statement with its page."""
    found = inspectable_cases(user).select_related("beneficiary", "status")
    return found.order_by("beneficiary__search_key", "-opened_on", "id")


def only_inspects(user: User) -> bool:
    """Whether the user reads cases for the inspection and in no other way."""
    return allows(user, "accounts.inspect") and not allows(user, "beneficiaries.view_case")


def access_ends_on(user: User) -> date | None:
    """The last day on which somebody who only inspects may read here, as things stand; `None` for the team."""
    if not only_inspects(user):
        return None
    held = [one for one in user.active_memberships if one.organisation_id == user.current_organisation_id]
    return max((one.ends_on for one in held if one.role in INSPECTING_ROLES and one.ends_on), default=None)


def record_inspection(user: User, action: str, obj: Model | None = None) -> None:
    """Write that an inspector read something that names people: `obj`, or else a list of the whole organisation.

    `action` is a key of `privacy.history.ACCESS_VERBS`. The team's own readings of lists are not written down.
    """
    if not only_inspects(user):
        return
    if read := obj or user.organisation_here:
        record_access(user, read, action)
