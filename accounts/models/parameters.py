"""The dated parameters: those of the installation, and those that an organisation set for itself."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import ParameterStatus
from accounts.models.organisations import Organisation
from accounts.models.people import User
from foundation.models import UuidModel


class Parameter(UuidModel):
    """One dated value of a number that the law, the method or the house fixes (domain.md, section 10).

    Without an organisation it is the installation's, kept by the steward; with one it is that organisation's own, of
    a parameter of the house, and a null ``value`` means: that of the installation again. It holds on
    ``[valid_from, valid_to)``: ``valid_to`` is the first day of the next one, or null for the last.

    A value is never edited nor deleted (``accounts.services.parameters`` is the only writer). One that had not taken
    force can be withdrawn, one in force superseded by another with a reason: ``stands`` is false when it holds on no
    day any more, ``struck_*`` tell who struck it and why, ``superseded_by`` what stands in its place. A value that
    another one superseded from a later day keeps the days before, and still stands.
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parameters",
        verbose_name=_("organisme"),
    )
    key = models.CharField(_("paramètre"), max_length=60)
    # « aucun » is a value of a list of codes; that the installation's rows have one is a constraint
    value = models.JSONField(_("valeur"), null=True, blank=True)
    valid_from = models.DateField(_("en vigueur depuis"))
    valid_to = models.DateField(_("jusqu’au (non compris)"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    status = models.CharField(_("statut"), max_length=10, choices=ParameterStatus)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ajouté par")
    )
    stands = models.BooleanField(_("vaut encore"), default=True)
    struck_at = models.DateTimeField(_("retirée ou remplacée le"), null=True, blank=True)
    struck_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("retirée par")
    )
    struck_reason = models.CharField(_("motif"), max_length=300, blank=True)
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("remplacée par"),
    )

    class Meta:
        verbose_name = _("paramètre daté")
        verbose_name_plural = _("paramètres datés")
        ordering = ("key", "-valid_from")
        # Of what stands, a parameter has one value from a day and one without an end, for the installation and for each
        # organisation. Two constraints each: for a database two absent organisations are not the same one.
        constraints = (
            models.UniqueConstraint(
                fields=("key", "valid_from"),
                condition=Q(stands=True, organisation__isnull=True),
                name="accounts_parameter_key_from_unique",
            ),
            models.UniqueConstraint(
                fields=("organisation", "key", "valid_from"),
                condition=Q(stands=True, organisation__isnull=False),
                name="accounts_parameter_own_from_unique",
            ),
            models.UniqueConstraint(
                fields=("key",),
                condition=Q(stands=True, organisation__isnull=True, valid_to__isnull=True),
                name="accounts_parameter_one_open_value",
            ),
            models.UniqueConstraint(
                fields=("organisation", "key"),
                condition=Q(stands=True, organisation__isnull=False, valid_to__isnull=True),
                name="accounts_parameter_one_own_open",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="accounts_parameter_dates"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(organisation__isnull=False),
                name="accounts_parameter_installation_has_value",
            ),
            models.CheckConstraint(
                condition=Q(stands=True) | (Q(struck_at__isnull=False) & ~Q(struck_reason="")),
                name="accounts_parameter_struck_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} ({self.valid_from})"

    @property
    def was_withdrawn(self) -> bool:
        """Whether it was taken back before it took force."""
        return not self.stands and self.superseded_by_id is None
