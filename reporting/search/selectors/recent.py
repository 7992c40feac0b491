"""Who was opened lately: read from the access log, which is written anyway, so that nothing more is kept of anybody."""

from datetime import date, datetime, timedelta
from uuid import UUID

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import CoachingCase
from foundation.formatting import relative_words
from reporting.search.rules import Part
from reporting.search.selectors.hits import Hit

MOST = 6
# How far back the log is read, and how many of its lines at most.
DAYS = 30
LINES = 200


def recent_people(user: User, on: date) -> list[Hit]:
    """The people whose file the user opened last, the latest first, once each: those that they may still see, in the
    organisation where they work now. Two statements.
    """
    opened = (
        LogEntry.objects.filter(
            actor_id=user.pk,
            action=LogEntry.Action.ACCESS,
            content_type=ContentType.objects.get_for_model(CoachingCase),
            timestamp__gte=timezone.now() - timedelta(days=DAYS),
        )
        .order_by("-timestamp")
        .values_list("object_pk", "timestamp", "additional_data")[:LINES]
    )
    last: dict[UUID, datetime] = {}
    for key, at, how in opened:
        if (how or {}).get("access") == "view":
            last.setdefault(UUID(key), at)
    cases = CoachingCase.objects.visible_to(user).select_related("beneficiary").in_bulk(list(last)) if last else {}
    hits: dict[UUID, Hit] = {}
    for key, at in last.items():
        if key in cases and cases[key].beneficiary_id not in hits:
            hits[cases[key].beneficiary_id] = _hit(cases[key], timezone.localtime(at), on)
    return list(hits.values())[:MOST]


def _hit(case: CoachingCase, at: datetime, on: date) -> Hit:
    """The person, and when their file was opened: the hour of today, the day of before."""
    name = case.beneficiary.full_name
    when = _("à %(time)s") % {"time": f"{at:%H:%M}"} if at.date() == on else relative_words(at.date(), on)
    return Hit(
        label=name,
        parts=[Part(name, found=False)],
        url=reverse("followup:case_summary", args=[case.pk]),
        icon="folder-open",
        aside=when,
    )
