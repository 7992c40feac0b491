"""Which signed months a fact counts in."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import allows
from accounts.registries import Frozen, Reach
from foundation.formatting import date_words
from timesheets.models import SheetSignature


def signed_sheets(reach: Reach, user: User) -> list[Frozen]:
    """The signed months of the coach whose hours the fact is; none of what is nobody's hours."""
    if not reach.hours or reach.coach is None:
        return []
    signed = SheetSignature.objects.filter(
        sheet__organisation=reach.organisation,
        sheet__coach=reach.coach,
        sheet__month__gte=reach.first.replace(day=1),
        reopened_on__isnull=True,
    ).select_related("sheet__coach")
    if reach.last is not None:
        signed = signed.filter(sheet__month__lte=reach.last)
    return [_frozen(one, user) for one in signed.order_by("sheet__month")]


def _frozen(signature: SheetSignature, user: User) -> Frozen:
    sheet = signature.sheet
    words = _("Feuille de prestations %(month)s, %(name)s, signée le %(date)s") % {
        "month": f"{sheet.month:%m/%Y}",
        "name": sheet.coach.get_full_name(),
        "date": date_words(signature.signed_on),
    }
    if not allows(user, "timesheets.read_time_sheet", sheet):
        return Frozen(words)
    return Frozen(words, reverse("timesheets:sheet", args=[sheet.coach_id, f"{sheet.month:%Y-%m}"]))
