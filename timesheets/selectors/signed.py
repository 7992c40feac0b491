"""Which signed months a fact counts in."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import allows
from accounts.registries import Frozen, Reach
from accounts.selectors.frozen import FrozenRow, frozen_rows
from foundation.formatting import date_words
from timesheets.models import SheetSignature, TimeSheet

# What signatures are called among all that was sent or signed.
SIGNED = "sheet"


def signed_sheets(reach: Reach) -> Any:
    """The signed months of the coach whose hours the fact is; none of what is nobody's hours."""
    if not reach.hours or reach.coach is None:
        return None
    signed = SheetSignature.objects.filter(
        sheet__organisation=reach.organisation,
        sheet__coach=reach.coach,
        sheet__month__gte=reach.first.replace(day=1),
        reopened_on__isnull=True,
    )
    if reach.last is not None:
        signed = signed.filter(sheet__month__lte=reach.last)
    return frozen_rows(
        signed,
        source=Value(SIGNED),
        key=F("pk"),
        person=Concat(F("sheet__coach__first_name"), Value(" "), F("sheet__coach__last_name")),
        person_id=F("sheet__coach_id"),
        first=F("sheet__month"),
        last=F("sheet__month"),
        at=F("signed_at"),
    )


def told_of_sheet(row: FrozenRow, user: User) -> Frozen:
    """A month that was signed, and its page for whoever may read it."""
    words = _("Feuille de prestations %(month)s, %(name)s, signée le %(date)s") % {
        "month": f"{row.first:%m/%Y}",
        "name": row.person,
        "date": date_words(timezone.localtime(row.at).date()),
    }
    known: dict[str, Any] = {"organisation_id": user.current_organisation_id, "coach_id": row.person_id}
    may = row.person_id is not None and allows(user, "timesheets.read_time_sheet", TimeSheet(**known))
    return Frozen(words, reverse("timesheets:sheet", args=[row.person_id, f"{row.first:%Y-%m}"]) if may else "")
