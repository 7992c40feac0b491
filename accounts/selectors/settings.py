"""Reads of the accounts app, always of the user's current organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, When

from accounts.models import Membership, Project, Site, User
from foundation.keyset import SortKey


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the organisation, with the roles held there, present and past."""

    user: User
    present: tuple[Membership, ...]
    others: tuple[Membership, ...]

    @property
    def is_invited(self) -> bool:
        """Whether they have not chosen a password yet."""
        return not self.user.has_usable_password()

    @property
    def has_access(self) -> bool:
        """Whether they may log in and find a role here."""
        return self.user.is_active and bool(self.present)


def _by_access(viewer: User, on: date) -> QuerySet[User]:
    """Everyone of the viewer's organisation, those who find a role here on ``on`` in the first ``turn``."""
    held = Membership.objects.filter(user=OuterRef("pk"), organisation=viewer.current_organisation_id).active_on(on)
    found: QuerySet[User] = User.objects.visible_to(viewer)
    return found.annotate(turn=Case(When(Exists(held), is_active=True, then=0), default=1))


def people(viewer: User, on: date) -> QuerySet[User]:
    """Everyone of the viewer's organisation, each with the columns of `LISTED` and the roles held here."""
    return _with_memberships(_by_access(viewer, on), viewer)


def access_counts(viewer: User, on: date) -> tuple[int, int]:
    """How many people have access on ``on``, and how many of them chose no password yet. One query."""
    invited = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    # Where access comes first is no column that the types of the model know.
    everyone: QuerySet[Any] = _by_access(viewer, on)
    found = everyone.filter(turn=0).aggregate(all=Count("pk"), invited=Count("pk", filter=invited))
    return found["all"], found["invited"]


#: the order of these: those with access first, then by name
LISTED = (SortKey("turn"), SortKey("last_name"), SortKey("first_name"))


def told_of(users: Iterable[User], on: date) -> list[Person]:
    """The same rows as they are shown."""
    return [_person(user, on) for user in users]


def person(viewer: User, user_id: Any, on: date) -> Person:
    """One of them. Raises ``User.DoesNotExist`` for somebody of another organisation."""
    return _person(_with_memberships(User.objects.visible_to(viewer), viewer).get(pk=user_id), on)


def _with_memberships(users: QuerySet[User], viewer: User) -> QuerySet[User]:
    here = Membership.objects.filter(organisation=viewer.current_organisation_id).select_related("site")
    return users.prefetch_related(Prefetch("memberships", here, to_attr="memberships_here"))


def _person(user: User, on: date) -> Person:
    memberships: list[Membership] = getattr(user, "memberships_here", [])
    for membership in memberships:
        membership.user = user
    return Person(
        user=user,
        present=tuple(held for held in memberships if held.is_active_on(on)),
        others=tuple(held for held in memberships if not held.is_active_on(on)),
    )


def memberships(viewer: User) -> QuerySet[Membership]:
    """Memberships of the viewer's organisation."""
    found: QuerySet[Membership] = Membership.objects.visible_to(viewer).select_related("user", "site", "organisation")
    return found


def sites(viewer: User) -> QuerySet[Site]:
    """Sites of the viewer's organisation, by name."""
    found: QuerySet[Site] = Site.objects.visible_to(viewer)
    return found


def projects(viewer: User) -> QuerySet[Project]:
    """Projects of the viewer's organisation, by code."""
    found: QuerySet[Project] = Project.objects.visible_to(viewer)
    return found


def running_projects(viewer: User, on: date) -> QuerySet[Project]:
    """Those of them in force on ``on``."""
    found: QuerySet[Project] = Project.objects.visible_to(viewer).running_on(on)
    return found
