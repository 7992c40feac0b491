"""Months that coaches signed, and what moved afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from followup.models import Contact
from timesheets.models import SheetSignature, TimeSheet
from timesheets.rules.sheets import fingerprint, frozen
from timesheets.selectors.sheets import lines_of

if TYPE_CHECKING:
    from tests.recount.crowd import House

MONTHS = (date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1))


def sign_some(r: Random, house: House, today: date) -> None:
    """Sign months of most coaches, once or twice; then correct, add and remove contacts of these months."""
    for month in MONTHS:
        for coach in house.coaches:
            if r.random() < 0.8:
                sheet = TimeSheet.objects.get(coach=coach, month=month)
                last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
                lines = frozen(lines_of(coach, house.organisation, month, last))
                told = {
                    "organisation": house.organisation,
                    "sheet": sheet,
                    "signed_name": str(coach),
                    "signed_on": today,
                    "signed_at": timezone.now(),
                    "fingerprint": fingerprint(lines, coach=str(coach.pk), month=month),
                }
                aside = {"reopened_by": coach, "reopened_on": today, "reopen_reason": "Une erreur"}
                rows = [SheetSignature(lines=lines, **told)]
                if r.random() < 0.3:
                    rows.append(SheetSignature(lines=lines[:3], **told, **aside))
                SheetSignature.objects.bulk_create(rows)
        contacts = Contact.objects.filter(
            organisation=house.organisation, outcome="HELD", on__year=month.year, on__month=month.month
        ).order_by("on", "pk")
        for contact in contacts:
            chance = r.random()
            if chance < 0.1:
                Contact.objects.filter(pk=contact.pk).update(minutes=contact.minutes + 15)
            elif chance < 0.15:
                contact.delete()
            elif chance < 0.2:
                contact.pk = contact.id = None
                contact._state.adding = True
                Contact.objects.bulk_create([contact])
