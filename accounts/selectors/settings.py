"""Reads of the accounts app, always of the user's current organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from accounts.models import Membership, Project, Site, User


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


def people(viewer: User, on: date) -> list[Person]:
    """Everyone of the viewer's organisation by name, those with access on ``on`` first. Two queries."""
    found = [_person(user, on) for user in _with_memberships(User.objects.visible_to(viewer), viewer)]
    return sorted(found, key=lambda person: not person.has_access)


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
