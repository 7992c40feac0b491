"""What the inspection has read in an organisation: the lines of the trail, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from auditlog.models import LogEntry
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse

from accounts.enums import INSPECTING_ROLES
from accounts.models import Membership, User
from beneficiaries.models import CoachingCase
from foundation.formatting import NBSP
from privacy.history import ACCESS_VERBS, VERBS


@dataclass(frozen=True, slots=True)
class InspectionReading:
    """One thing that somebody read as an inspector: when, what, from which address; `url` leads to the case."""

    at: datetime
    reader: str
    how: str
    what: str
    url: str
    address: str


def reading_entries(admin: User) -> QuerySet[Any]:
    """What people read in the admin's organisation on days when they inspected there, the latest first."""
    inspecting = Membership.objects.filter(
        user=OuterRef("actor"),
        organisation=admin.current_organisation_id,
        role__in=INSPECTING_ROLES,
        starts_on__lte=OuterRef("day"),
        ends_on__gte=OuterRef("day"),
    )
    found: QuerySet[Any] = LogEntry.objects.annotate(day=TruncDate("timestamp")).filter(
        Exists(inspecting),
        action=LogEntry.Action.ACCESS,
        additional_data__organisation=str(admin.current_organisation_id),
    )
    return found.select_related("actor", "content_type").order_by("-timestamp", "-pk")


def in_words(entry: LogEntry) -> InspectionReading:
    """One line for the page."""
    model = entry.content_type.model_class()
    how = (entry.additional_data or {}).get("access", "")
    return InspectionReading(
        at=entry.timestamp,
        reader=entry.actor.get_full_name() if entry.actor else entry.actor_email or "",
        how=str(ACCESS_VERBS.get(how) or VERBS[LogEntry.Action.ACCESS]).rstrip(f" {NBSP},:"),
        what=entry.object_repr,
        url=reverse("beneficiaries:case_history", args=[entry.object_pk]) if model is CoachingCase else "",
        address=entry.remote_addr or "",
    )
