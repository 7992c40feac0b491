"""Which days an organisation works: those that the law leaves, but its own closing days. The only place that knows.

Every rule that counts working days or shifts a deadline is given what `working_days_of` returns.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When

from accounts.models import ClosingDay, User
from accounts.parameters.store import closings_by_organisation, closings_of
from accounts.rules.closing_days import Closing, closing_of, with_closings
from foundation.keyset import SortKey
from foundation.rules.workdays import WorkingDays
from foundation.workdays import holiday_name, working_days


def working_days_of(organisation_id: UUID | None, around: date) -> WorkingDays:
    """The days that an organisation works, from the year before a day to the year after it; without an organisation,
    those that the law leaves.
    """
    return _with(around.year, tuple(closings_of(organisation_id)))


@lru_cache(maxsize=512)
def _with(year: int, closings: tuple[Closing, ...]) -> WorkingDays:
    legal = working_days(date(year, 1, 1))
    return with_closings(legal, closings) if closings else legal


def day_off_name(organisation_id: UUID | None, day: date) -> str:
    """Why an organisation does not work on a day: the holiday, or its own reason; empty when it does, or on a weekend
    like any other.
    """
    closing = closing_of(closings_of(organisation_id), day)
    return holiday_name(day) or (closing.name if closing else "")


def closed_organisations(on: date) -> frozenset[UUID]:
    """The organisations that are closed on a day by their own choice."""
    return frozenset(key for key, closings in closings_by_organisation().items() if closing_of(closings, on))


def closings_known() -> Sequence[UUID]:
    """The organisations that have closing days."""
    return tuple(closings_by_organisation())


def closing_days(viewer: User) -> QuerySet[ClosingDay]:
    """The closing days of the viewer's organisation that stand, by first day."""
    found: QuerySet[ClosingDay] = ClosingDay.objects.visible_to(viewer).standing()
    return found.order_by("starts_on", "id")


def listed_closings(viewer: User, on: date) -> QuerySet[ClosingDay]:
    """The same, each with the columns of `LISTED`: this year's and those after, then those of the years before."""
    past = Q(ends_on__year__lt=on.year)
    return closing_days(viewer).annotate(
        turn=Case(When(past, then=1), default=0),
        first_day=Case(When(past, then=None), default=F("starts_on")),
        last_day=Case(When(past, then=F("starts_on"))),
    )


#: the order of these: the years before are read from the latest back
LISTED = (SortKey("turn"), SortKey("first_day", nullable=True), SortKey("last_day", nullable=True, backwards=True))


def standing_closings(viewer: User) -> Sequence[Closing]:
    """The same, as the rules read them."""
    return closings_of(viewer.current_organisation_id)
