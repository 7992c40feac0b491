"""The dated parameters of the installation."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import ParameterStatus
from accounts.models.people import User
from foundation.models import UuidModel


class Parameter(UuidModel):
    """One dated value of a number that the law or the method fixes (domain.md, section 10).

    A value holds on ``[valid_from, valid_to)``: ``valid_to`` is the first day of the next value, or null for the
    last one. Values are added, never edited: ``accounts.services.parameters.add_value`` is the only writer.
    """

    key = models.CharField(_("paramètre"), max_length=60)
    value = models.JSONField(_("valeur"))
    valid_from = models.DateField(_("en vigueur depuis"))
    valid_to = models.DateField(_("jusqu’au (non compris)"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    status = models.CharField(_("statut"), max_length=10, choices=ParameterStatus)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ajouté par")
    )

    class Meta:
        verbose_name = _("paramètre daté")
        verbose_name_plural = _("paramètres datés")
        ordering = ("key", "-valid_from")
        constraints = (
            models.UniqueConstraint(fields=("key", "valid_from"), name="accounts_parameter_key_from_unique"),
            models.UniqueConstraint(
                fields=("key",), condition=Q(valid_to__isnull=True), name="accounts_parameter_one_open_value"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="accounts_parameter_dates"
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} ({self.valid_from})"
