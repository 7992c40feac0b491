"""The days on which an organisation is closed by its own choice."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import OrganisationOwned
from accounts.models.querysets import ClosingDayManager
from accounts.rules.closing_days import Closing
from foundation.constraints import NoOverlap


class ClosingDay(OrganisationOwned):
    """Days off of a whole organisation, the first and the last included: its own, or one that makes up for a holiday.

    One that was taken back is kept with ``withdrawn_on``: figures of the time were made with it.
    """

    name = models.CharField(_("intitulé"), max_length=100)
    starts_on = models.DateField(_("premier jour de fermeture"))
    ends_on = models.DateField(_("dernier jour de fermeture"))
    replaces = models.DateField(_("jour férié remplacé"), null=True, blank=True)
    withdrawn_on = models.DateField(_("retiré le"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("ajouté par"),
    )

    objects: ClassVar = ClosingDayManager()

    class Meta:
        verbose_name = _("jour de fermeture")
        verbose_name_plural = _("jours de fermeture")
        ordering = ("starts_on", "id")
        indexes = (models.Index(fields=("-updated_at",)),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="accounts_closing_dates",
                violation_error_message=_("Le dernier jour ne peut pas précéder le premier."),
            ),
            models.UniqueConstraint(
                fields=("organisation", "replaces"),
                condition=Q(withdrawn_on__isnull=True, replaces__isnull=False),
                name="accounts_holiday_replaced_once",
                violation_error_message=_("Ce jour férié est déjà remplacé par un autre jour."),
            ),
            NoOverlap(
                name="accounts_closing_once",
                scope=("organisation",),
                start="starts_on",
                end="ends_on",
                inclusive=True,
                condition=Q(withdrawn_on__isnull=True),
                violation_error_message=_("Une autre fermeture couvre déjà une partie de ces jours."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def closing(self) -> Closing:
        """The days as the rules read them."""
        return Closing(self.starts_on, self.ends_on, self.name, self.replaces)
