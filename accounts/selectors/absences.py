"""Reads of absences: who is away, who stands in, always in the reader's own organisation.

``replacements_on`` is what reminders and digests ask: to whom goes what is due of somebody who is away.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When
from django.utils.translation import gettext as _

from accounts.enums import CASE_CARRYING_ROLES
from accounts.models import Absence, Organisation, User
from accounts.models.querysets import AbsenceQuerySet
from foundation.clock import today
from foundation.keyset import SortKey

#: how long an absence that is over still shows in the list
SHOWN_AFTER = timedelta(days=31)


def absences(viewer: User) -> AbsenceQuerySet:
    """Absences of the viewer's organisation that were not cancelled, by first day, with both people."""
    found: AbsenceQuerySet = Absence.objects.visible_to(viewer).standing()
    return found.select_related("user", "replacement").order_by("starts_on", "ends_on", "id")


def listed_absences(viewer: User, on: date) -> AbsenceQuerySet:
    """Those of the team that show on the day ``on``, each with the columns of `LISTED`: running, to come, just over."""
    over, coming = Q(ends_on__lt=on), Q(starts_on__gt=on)
    found: AbsenceQuerySet = absences(viewer).filter(ends_on__gte=on - SHOWN_AFTER)
    return found.annotate(
        turn=Case(When(over, then=2), When(coming, then=1), default=0),
        first_day=Case(When(over, then=None), default=F("starts_on")),
        last_day=Case(When(over, then=F("ends_on"))),
    )


#: the order of these: what is over is read from the latest back
LISTED = (SortKey("turn"), SortKey("first_day", nullable=True), SortKey("last_day", nullable=True, backwards=True))


def absences_between(viewer: User, first: date, last: date) -> QuerySet[Absence]:
    """Those of people still here that touch the days from ``first`` to ``last`` (both included). One query."""
    return absences(viewer).between(first, last).filter(user__is_active=True)


def replacements_on(on: date) -> dict[tuple[UUID, UUID], User | None]:
    """Who stands in on the day ``on``, in every organisation, by (organisation, absent person). One query.

    None: the person is away and nobody who may still log in stands in.
    """
    found = Absence.objects.running_on(on).select_related("replacement").order_by("id")
    return {
        (absence.organisation_id, absence.user_id): absence.replacement
        if absence.replacement is not None and absence.replacement.is_active
        else None
        for absence in found
    }


def possible_replacements(viewer: User, on: date) -> QuerySet[User]:
    """Who may stand in: whoever may carry cases of the viewer's organisation that day, by name."""
    found: QuerySet[User] = User.objects.members_of(viewer.current_organisation_id, on, *CASE_CARRYING_ROLES).order_by(
        "first_name", "last_name", "id"
    )
    return found


def replacements_left_behind(user: User, organisation: Organisation) -> str:
    """Why somebody may not leave yet: those for whom they stand in, now or soon; "" when there are none."""
    found = (
        Absence.objects.standing()
        .filter(Q(replacement=user), organisation=organisation, ends_on__gte=today())
        .select_related("user")
        .order_by("starts_on", "id")
    )
    names = ", ".join(
        _("%(name)s (du %(first)s au %(last)s)")
        % {
            "name": absence.user.get_full_name(),
            "first": f"{absence.starts_on:%d/%m/%Y}",
            "last": f"{absence.ends_on:%d/%m/%Y}",
        }
        for absence in found
    )
    if not names:
        return ""
    return _("%(name)s doit remplacer %(absent)s : désignez d’abord quelqu’un d’autre.") % {
        "name": user.get_full_name(),
        "absent": names,
    }
