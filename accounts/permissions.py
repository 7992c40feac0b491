"""Who may do what: predicates over the roles held in the current organisation.

Each app adds its own permissions in its ``permissions.py`` with ``rules.add_perm``; templates, views, selectors and
services ask them by name. Services call ``require``; a view that must hide rather than refuse starts from
``visible_to``. A role is named here and nowhere else: rooms compose the groups below with their own predicates, so
that a new role is placed once.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol, TypeVar

import rules
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.rules.taking_back import may_take_back
from foundation.clock import today
from foundation.errors import DomainError

Org = TypeVar("Org", covariant=True)


class Actor(Protocol):
    """What is read of a user to answer: the model itself asks this module, and cannot be imported here."""

    @property
    def pk(self) -> Any: ...
    @property
    def is_active(self) -> bool: ...
    @property
    def is_authenticated(self) -> Any: ...
    @property
    def current_organisation_id(self) -> Any: ...
    @property
    def is_steward(self) -> bool: ...
    @property
    def roles(self) -> frozenset[Role]: ...
    def has_role(self, *roles: Role) -> bool: ...


class Record(Protocol):
    """Who wrote a row down, and on which day."""

    @property
    def by(self) -> Any: ...
    @property
    def on(self) -> date: ...


class Member(Protocol[Org]):
    """Somebody who works in an organisation now, or in none."""

    @property
    def current_organisation(self) -> Org | None: ...


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
    def holds(user: Actor) -> bool:
        return user.has_role(role)

    return holds


is_jobcoach = _holds(Role.JOBCOACH)
is_coordinator = _holds(Role.COORDINATOR)
is_admin = _holds(Role.ADMIN)
is_inspector = _holds(Role.INSPECTOR)
is_analyst = _holds(Role.ANALYST)


@rules.predicate
def is_steward(user: Actor) -> bool:
    """The user keeps the parameters of the installation, whatever organisation they work in, or none."""
    return user.is_steward


# What several roles have in common. Rows that bear a name: the network's analyst sees aggregates only (domain.md,
# section 1), the inspector only what is made for the inspection (docs/decisions/0011-inspection.md). Sites and projects
# name nobody: whoever asks for a report chooses among them.
accompanies = is_jobcoach | is_coordinator
answers_for_team = is_coordinator | is_admin
reads_names = accompanies | is_admin
reads_scopes = reads_names | is_inspector


@rules.predicate
def same_organisation(user: Actor, obj: Any) -> bool:
    """The object belongs to, or is, the user's current organisation. Without an object: the user has one."""
    if user.current_organisation_id is None:
        return False
    if obj is None:
        return True
    owner = getattr(obj, "organisation_id", None)
    if owner is None and obj._meta.label == "accounts.Organisation":
        owner = obj.pk
    return bool(owner == user.current_organisation_id)


def allows(user: Actor | AnonymousUser, permission: str, obj: Any = None) -> bool:
    """Whether the rules grant ``permission`` on ``obj`` to ``user``; without an object, whosever it is.

    So a list asks once whether it shows everybody's: what depends on an owner (``is_own_case``…) answers no to nothing.

    Raises KeyError when no app has declared the permission: a misspelt name must not read as a refusal.
    """
    if not rules.perm_exists(permission):
        raise KeyError(permission)
    return bool(user.is_authenticated and user.is_active and rules.has_perm(permission, user, obj))


def require(actor: Actor, permission: str, obj: Any = None) -> None:
    """Let the service go on, or raise ``NotAllowed`` with a sentence for the screen."""
    if not allows(actor, permission, obj):
        raise NotAllowed


def organisation_of(actor: Member[Org]) -> Org:
    """The organisation the actor works in now. Raises ``NotAllowed`` when there is none."""
    if actor.current_organisation is None:
        raise NotAllowed
    return actor.current_organisation


@rules.predicate
def is_own_absence(user: Actor, absence: Any) -> bool:
    """The absence is the user's own."""
    return bool(absence is not None and getattr(absence, "user_id", None) == user.pk)


@rules.predicate
def takes_back(user: Actor, record: Record | None) -> bool:
    """The record is the user's own, of today, or the user coordinates; without a record: of whichever."""
    coordinates = bool(is_coordinator(user))
    if record is None:
        return coordinates
    return may_take_back(
        recorded_on=record.on, recorded_by=record.by, actor=user.pk, is_coordinator=coordinates, on=today()
    )


# Which rows exist for somebody: the querysets of every room ask these (``OrganisationOwned.read_permission``).
rules.add_perm("accounts.read_names", reads_names & same_organisation)
rules.add_perm("accounts.read_scopes", reads_scopes & same_organisation)
# A report that says nothing else of its readers is for whoever answers for the team.
rules.add_perm("accounts.read_reports", answers_for_team & same_organisation)

# What somebody comes for: pages put it first in the navigation and in their forms. It opens and refuses nothing.
rules.add_perm("accounts.coach", is_jobcoach & same_organisation)
rules.add_perm("accounts.coordinate", is_coordinator & same_organisation)
rules.add_perm("accounts.inspect", is_inspector & same_organisation)

rules.add_perm("accounts.view_absences", reads_names & same_organisation)
rules.add_perm("accounts.declare_absence", accompanies & same_organisation)
rules.add_perm("accounts.manage_absence", same_organisation & (is_coordinator | (is_jobcoach & is_own_absence)))
rules.add_perm("accounts.manage_users", is_admin & same_organisation)
rules.add_perm("accounts.manage_organisation", is_admin & same_organisation)
# Dated values: an organisation reads all of them and sets its own; those of the installation move the cases of every
# organisation, and belong to the steward.
rules.add_perm("accounts.view_parameters", answers_for_team & same_organisation)
rules.add_perm("accounts.manage_parameters", is_admin & same_organisation)
# What was written by mistake (`accounts.selectors.records.Record`), whatever it is.
rules.add_perm("accounts.take_back", same_organisation & accompanies & takes_back)
rules.add_perm("accounts.keep_installation", is_steward)
rules.add_perm("accounts.view_aids", is_steward | (answers_for_team & same_organisation))
