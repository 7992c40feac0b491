"""Querysets whose names say the question; every page starts from ``visible_to``."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery

from accounts.models.querysets import OrganisationScopedQuerySet
from followup.enums import AppointmentState, AttendanceState, MailState, Outcome, Party
from followup.rules.kinds import DeadlineKind
from followup.rules.sessions import TAKES_A_PLACE
from method.rules.phases import Phase

if TYPE_CHECKING:
    from accounts.models import User


class ContactQuerySet(OrganisationScopedQuerySet):
    """Contacts, by what they were."""

    def held(self) -> Self:
        """Those that took place."""
        return self.filter(outcome=Outcome.HELD)

    def between(self, first: date, last: date) -> Self:
        """Those of the days from ``first`` to ``last``, both included."""
        return self.filter(on__range=(first, last))

    def with_person(self) -> Self:
        """Those in which the person took part."""
        return self.filter(party__in=(Party.BENEFICIARY, Party.BOTH))

    def with_employer(self) -> Self:
        """Those in which an employer took part."""
        return self.filter(party__in=(Party.EMPLOYER, Party.BOTH))


class AppointmentQuerySet(OrganisationScopedQuerySet):
    """Appointments, by what became of them."""

    def in_care_of(self, user: User) -> Self:
        """Those of the cases of a coach, and of whom the coach stands in for today."""
        return self.filter(case__coach__in=carers(user))

    def planned(self) -> Self:
        """Those that have no outcome yet."""
        return self.filter(state=AppointmentState.PLANNED)


class DeadlineQuerySet(OrganisationScopedQuerySet):
    """What is due. A deadline counts on a day while its ``until`` is null or later than that day."""

    def standing_on(self, on: date) -> Self:
        """Those that still count on the day ``on``, due or not yet."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=on))

    def shown_on(self, on: date) -> Self:
        """Those that the coach is told of on the day ``on``."""
        return self.standing_on(on).filter(shown_from__lte=on)

    def overdue_on(self, on: date) -> Self:
        """Those whose day is past."""
        return self.standing_on(on).filter(due_on__lt=on)

    def of_kind(self, *kinds: DeadlineKind) -> Self:
        """Those of one of these kinds."""
        return self.filter(kind__in=kinds)

    def in_care_of(self, user: User) -> Self:
        """Those of the cases of a coach, and of whom the coach stands in for today."""
        return self.filter(case__coach__in=carers(user))


class CaseStatusQuerySet(OrganisationScopedQuerySet):
    """Cases as their dates show them."""

    def open(self) -> Self:
        """Cases whose path still runs."""
        return self.exclude(phase=Phase.EXIT)

    def in_care_of(self, user: User) -> Self:
        """Cases of a coach, and of whom the coach stands in for today."""
        return self.filter(coach__in=carers(user))

    def with_due(self, on: date) -> Self:
        """Add what is due on the day ``on``: ``contact_due_on`` (with the person) and ``employer_due_on``, or null; and
        why nothing is: ``suspended_since``, ``suspended_until`` (its last day), ``suspension_review_on``, and by whom
        the follow-up of a job that runs is refused (``refused_followup``, a mode of the agreement).
        """
        suspensions = suspensions_covering(OuterRef("case_id"), on).order_by("starts_on")
        return self.annotate(
            contact_due_on=_earliest(DeadlineKind.CONTACT, on),
            employer_due_on=_earliest(DeadlineKind.EMPLOYER, on),
            refused_followup=Subquery(_refusals(OuterRef("case_id"), on).values("mode")[:1]),
            suspended_since=Subquery(suspensions.values("starts_on")[:1]),
            suspended_until=Subquery(suspensions.values("ends_on")[:1]),
            suspension_review_on=_earliest(DeadlineKind.SUSPENSION_REVIEW, on),
        )

    def with_next_appointment(self, on: date) -> Self:
        """Add the first appointment still planned from the day ``on``: ``planned_on``, ``planned_at`` and its key
        ``planned_id``, or null.
        """
        appointments = apps.get_model("followup", "Appointment").objects
        coming = appointments.planned().filter(case=OuterRef("case_id"), on__gte=on).order_by("on", "at", "created_at")
        return self.annotate(
            planned_on=Subquery(coming.values("on")[:1]),
            planned_at=Subquery(coming.values("at")[:1]),
            planned_id=Subquery(coming.values("pk")[:1]),
        )

    def with_clock_ending(self, days: int, on: date) -> Self:
        """Open cases of which a clock (24 months, or six months of the follow-up in course) ends in ``days`` days or
        fewer; an expired 24 months too.
        """
        limit = on + timedelta(days=days)
        return self.open().filter(
            Q(prehire_deadline__lte=limit)
            | Q(phase=Phase.FOLLOW_UP, followup_deadline__gte=on, followup_deadline__lte=limit)
        )

    def with_expired_clock(self, on: date) -> Self:
        """Open cases whose 24 months are used up on the day ``on``."""
        return self.open().filter(prehire_deadline__lte=on)


class ReminderQuerySet(OrganisationScopedQuerySet):
    """Reminders, by where they stand."""

    def open(self) -> Self:
        """Those whose cause is still there."""
        return self.filter(closed_on__isnull=True)

    def for_recipient(self, user: User) -> Self:
        """Those that somebody receives, their own or in replacement."""
        return self.filter(recipient=user)

    def escalated(self) -> Self:
        """Those told to the coordinators."""
        return self.filter(escalated_on__isnull=False)


class CaseViewQuerySet(OrganisationScopedQuerySet):
    """Kept views of the list of cases."""

    def visible_to(self, user: Any) -> Self:
        """Those of the team, and one's own."""
        return super().visible_to(user).filter(Q(owner__isnull=True) | Q(owner=user.pk))


class OutboxMailQuerySet(OrganisationScopedQuerySet):
    """Mails, by what is left to do with them."""

    def to_send(self, now: datetime, lease: timedelta) -> Self:
        """Those whose hour has come, and those whose sender has not been heard of for as long as the lease."""
        return self.filter(
            Q(state=MailState.QUEUED, next_attempt_at__lte=now)
            | Q(state=MailState.SENDING, claimed_at__lte=now - lease)
        )


class CollectiveSessionQuerySet(OrganisationScopedQuerySet):
    """Sessions, by their day and by who has a place."""

    def standing(self) -> Self:
        """Those that were not called off."""
        return self.filter(cancelled_on__isnull=True)

    def between(self, first: date, last: date) -> Self:
        """Those of the days from ``first`` to ``last``, both included."""
        return self.filter(on__range=(first, last))

    def with_places(self) -> Self:
        """Add how many places are ``taken``, and how many of them wait for a presence (``unmarked``)."""
        waiting = Q(attendances__state=AttendanceState.REGISTERED)
        return self.annotate(
            taken=Count("attendances", filter=Q(attendances__state__in=TAKES_A_PLACE)),
            unmarked=Count("attendances", filter=waiting),
        )

    def to_mark(self, on: date) -> Self:
        """Those that took place, today or before, and of which somebody's presence is not written down."""
        return self.standing().filter(on__lte=on).with_places().filter(unmarked__gt=0)


class AttendanceQuerySet(OrganisationScopedQuerySet):
    """Places in sessions."""

    def taking_part(self) -> Self:
        """Those of people who did not withdraw."""
        return self.exclude(state=AttendanceState.WITHDRAWN)


class RowActQuerySet(OrganisationScopedQuerySet):
    """What was pressed on rows."""

    def of_page(self, page: UUID, author: User) -> Self:
        """Those of one page that somebody opened, undone ones included."""
        return self.filter(page=page, author=author)

    def standing(self) -> Self:
        """Those that were not undone."""
        return self.filter(undone_at__isnull=True)


def carers(user: User) -> list[UUID]:
    """The people whose cases are the user's concern today: themself, and those who are away."""
    return [user.pk, *sorted(user.replaced_coaches)]


def suspensions_covering(case: Any, first: date, last: date | None = None) -> models.QuerySet[Any]:
    """The approved suspensions of a case that cover a day from ``first`` to ``last``, both included; of that one day
    without a last one.
    """
    suspensions = apps.get_model("placements", "ClockSuspension").objects
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=first)
    found: models.QuerySet[Any] = suspensions.filter(running, case=case, state="APPROVED", starts_on__lte=last or first)
    return found


def _refusals(case: Any, on: date) -> models.QuerySet[Any]:
    """The agreements of a case by which the follow-up of a job that runs on a day is refused, the latest first."""
    agreements = apps.get_model("placements", "FollowUpAgreement").objects
    running = Q(employment__ended_on__isnull=True) | Q(employment__ended_on__gte=on)
    planned = Q(employment__ends_on__isnull=True) | Q(employment__ends_on__gte=on)
    found: models.QuerySet[Any] = agreements.filter(
        running,
        planned,
        employment__case=case,
        employment__cancelled_on__isnull=True,
        employment__starts_on__lte=on,
        mode__in=("REFUSED", "EMPLOYER", "BOTH"),
    )
    return found.order_by("-agreed_on", "-created_at")


def _earliest(kind: DeadlineKind, on: date) -> Subquery:
    """The earliest standing deadline of a kind, of the case of the outer row."""
    # The models import this module.
    deadlines = apps.get_model("followup", "Deadline").objects
    standing = deadlines.filter(case=OuterRef("case_id"), kind=kind).standing_on(on).order_by("due_on")
    return Subquery(standing.values("due_on")[:1])


class CaseTaskQuerySet(OrganisationScopedQuerySet):
    """Tasks of cases."""

    def open(self) -> Self:
        """Those that wait to be done; those of a case that was closed are asked no more."""
        return self.filter(done_on__isnull=True, case__closed_on__isnull=True)

    def overdue_on(self, on: date) -> Self:
        """Those that should have been done before the day ``on``."""
        return self.open().filter(due_on__lt=on)

    def in_care_of(self, user: User) -> Self:
        """Those of the cases of a coach, and of whom the coach stands in for today."""
        return self.filter(case__coach__in=carers(user))


ContactManager = models.Manager.from_queryset(ContactQuerySet)
AppointmentManager = models.Manager.from_queryset(AppointmentQuerySet)
DeadlineManager = models.Manager.from_queryset(DeadlineQuerySet)
CaseStatusManager = models.Manager.from_queryset(CaseStatusQuerySet)
ReminderManager = models.Manager.from_queryset(ReminderQuerySet)
OutboxMailManager = models.Manager.from_queryset(OutboxMailQuerySet)
CollectiveSessionManager = models.Manager.from_queryset(CollectiveSessionQuerySet)
CaseViewManager = models.Manager.from_queryset(CaseViewQuerySet)
AttendanceManager = models.Manager.from_queryset(AttendanceQuerySet)
CaseTaskManager = models.Manager.from_queryset(CaseTaskQuerySet)
RowActManager = models.Manager.from_queryset(RowActQuerySet)
