"""Who may do what: predicates over the roles held in the current organisation.

Each app adds its own permissions in its ``permissions.py`` with ``rules.add_perm``; templates, views and services
ask the same predicates. Services call ``require``; a view that must hide rather than refuse starts from
``visible_to``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.utils.translation import gettext as _

from accounts.enums import Role
from foundation.errors import DomainError

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import Organisation, User


class NotAllowed(DomainError):
    """The actor's roles do not grant the act. Pages answer 403."""

    def __init__(self) -> None:
        super().__init__(
            "not_allowed",
            _("Votre rôle ne permet pas cette action."),
            hint=_("Adressez-vous à un·e administrateur·rice de votre organisme."),
        )


def _holds(role: Role) -> Any:
    """Predicate: the user holds ``role`` today in their current organisation."""

    @rules.predicate(name=f"is_{role.lower()}")
    def holds(user: User) -> bool:
        return user.has_role(role)

    return holds


is_jobcoach = _holds(Role.JOBCOACH)
is_coordinator = _holds(Role.COORDINATOR)
is_admin = _holds(Role.ADMIN)
is_inspector = _holds(Role.INSPECTOR)
is_analyst = _holds(Role.ANALYST)


@rules.predicate
def same_organisation(user: User, obj: Any) -> bool:
    """The object belongs to, or is, the user's current organisation. Without an object: the user has one."""
    if user.current_organisation_id is None:
        return False
    if obj is None:
        return True
    owner = getattr(obj, "organisation_id", None)
    if owner is None and obj._meta.label == "accounts.Organisation":
        owner = obj.pk
    return bool(owner == user.current_organisation_id)


def allows(user: User | AnonymousUser, permission: str, obj: Any = None) -> bool:
    """Whether the rules grant ``permission`` on ``obj`` to ``user``.

    Raises KeyError when no app has declared the permission: a misspelt name must not read as a refusal.
    """
    if not rules.perm_exists(permission):
        raise KeyError(permission)
    return bool(user.is_authenticated and user.is_active and rules.has_perm(permission, user, obj))


def require(actor: User, permission: str, obj: Any = None) -> None:
    """Let the service go on, or raise ``NotAllowed`` with a sentence for the screen."""
    if not allows(actor, permission, obj):
        raise NotAllowed


def organisation_of(actor: User) -> Organisation:
    """The organisation the actor works in now. Raises ``NotAllowed`` when there is none."""
    if actor.current_organisation is None:
        raise NotAllowed
    return actor.current_organisation


@rules.predicate
def is_own_absence(user: User, absence: Any) -> bool:
    """The absence is the user's own."""
    return bool(absence is not None and getattr(absence, "user_id", None) == user.pk)


rules.add_perm("accounts.view_absences", (is_jobcoach | is_coordinator | is_admin) & same_organisation)
rules.add_perm("accounts.declare_absence", (is_jobcoach | is_coordinator) & same_organisation)
rules.add_perm("accounts.manage_absence", same_organisation & (is_coordinator | (is_jobcoach & is_own_absence)))
rules.add_perm("accounts.manage_users", is_admin & same_organisation)
rules.add_perm("accounts.manage_organisation", is_admin & same_organisation)
rules.add_perm("accounts.view_parameters", (is_admin | is_coordinator) & same_organisation)
rules.add_perm("accounts.manage_parameters", is_admin & same_organisation)
