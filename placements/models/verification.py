"""That somebody made sure whether a person was still at work, when and how."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.models import UuidModel
from foundation.rules import dates
from placements.enums import VerifiedHow
from placements.models.employment import Employment


class EmploymentVerification(UuidModel):
    """The last day on which a person was found at work, asked on a day in a way.

    Attributes:
        seen_on: last day at work that was made sure of; the last one worked when `found_ended`.
        found_ended: the work was over; its end is written on the contract.
    """

    employment = models.ForeignKey(
        Employment, on_delete=models.CASCADE, related_name="verifications", verbose_name=_("contrat")
    )
    asked_on = models.DateField(_("vérifié le"))
    how = models.CharField(_("comment"), max_length=8, choices=VerifiedHow)
    seen_on = models.DateField(_("au travail le"))
    found_ended = models.BooleanField(_("l’emploi était terminé"), default=False)
    note = models.CharField(_("remarque"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    date_bounds: ClassVar = {"asked_on": dates.WORK_DAY, "seen_on": dates.WORK_DAY}

    class Meta:
        verbose_name = _("vérification d’emploi")
        verbose_name_plural = _("vérifications d’emploi")
        ordering = ["asked_on", "created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(seen_on__lte=F("asked_on")), name="verification_of_the_past"),
            models.UniqueConstraint(
                fields=["employment", "asked_on", "how", "seen_on"],
                name="verification_once",
                violation_error_message=_("Cette vérification est déjà notée."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_how_display()} ({self.asked_on:%d/%m/%Y})"
