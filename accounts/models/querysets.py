"""Querysets whose names say the question; every page starts from ``visible_to``."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from accounts.enums import Role
from accounts.permissions import Actor, allows


class OrganisationScopedQuerySet(models.QuerySet[Any]):
    """Rows that belong to one organisation."""

    def visible_to(self, user: Actor | AnonymousUser) -> Self:
        """Rows of the user's current organisation, if the user holds the model's ``read_permission``.

        Nobody sees anything without a current organisation.
        """
        if not isinstance(user, AnonymousUser) and allows(user, self.model.read_permission):
            return self.filter(organisation_id=user.current_organisation_id)
        return self.none()


OrganisationScopedManager = models.Manager.from_queryset(OrganisationScopedQuerySet)


class MembershipQuerySet(OrganisationScopedQuerySet):
    """Memberships, read on a date."""

    def active_on(self, on: date) -> Self:
        """Memberships in force on ``on`` (both ends included)."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def with_role(self, *roles: Role) -> Self:
        """Memberships giving one of ``roles``."""
        return self.filter(role__in=roles)


MembershipManager = models.Manager.from_queryset(MembershipQuerySet)


class AbsenceQuerySet(OrganisationScopedQuerySet):
    """Absences, read on a date. Cancelled ones never took place."""

    def standing(self) -> Self:
        """Those that were not cancelled."""
        return self.filter(cancelled_on__isnull=True)

    def running_on(self, on: date) -> Self:
        """Those of which ``on`` is a day away (both ends included)."""
        return self.standing().filter(starts_on__lte=on, ends_on__gte=on)

    def between(self, first: date, last: date) -> Self:
        """Those of which at least one day lies from ``first`` to ``last`` (both included)."""
        return self.standing().filter(starts_on__lte=last, ends_on__gte=first)


AbsenceManager = models.Manager.from_queryset(AbsenceQuerySet)


class ClosingDayQuerySet(OrganisationScopedQuerySet):
    """Closing days, read on a date. One that was taken back is no day off any more."""

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(withdrawn_on__isnull=True)


ClosingDayManager = models.Manager.from_queryset(ClosingDayQuerySet)


class ProjectQuerySet(OrganisationScopedQuerySet):
    """Projects, read on a date."""

    def running_on(self, on: date) -> Self:
        """Projects in force on ``on`` (both ends included)."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


ProjectManager = models.Manager.from_queryset(ProjectQuerySet)


class UserQuerySet(models.QuerySet[Any]):
    """People who log in."""

    def active(self) -> Self:
        """Users who may log in."""
        return self.filter(is_active=True)

    def members_of(self, organisation_id: object, on: date, *roles: Role) -> Self:
        """Active users who belong to the organisation on ``on``, in one of ``roles`` if any is given."""
        condition = Q(memberships__organisation_id=organisation_id, memberships__starts_on__lte=on) & (
            Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=on)
        )
        if roles:
            condition &= Q(memberships__role__in=roles)
        return self.active().filter(condition).distinct()

    def visible_to(self, user: Actor | AnonymousUser) -> Self:
        """Everyone who ever had a membership of the user's current organisation."""
        if isinstance(user, AnonymousUser) or not user.roles:
            return self.none()
        return self.filter(memberships__organisation_id=user.current_organisation_id).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Creates users by e-mail: there is no user name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Any:
        """Create a user; without a password the account waits for its invitation to be accepted."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> Any:
        """The user of an e-mail address, whatever its case."""
        return self.get(email=(email or "").strip().lower())
