"""What a person lives on and where they stand with the authorities, dated: a history, not one field."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beneficiaries.models.people import Beneficiary, coach_field
from beneficiaries.rules.situations import SituationKind
from foundation.constraints import NoOverlap
from foundation.models import UuidModel
from foundation.rules.periods import Period


class Situation(UuidModel):
    """One situation of a person, from its first to its last day, both included; two of a kind never share a day."""

    beneficiary = models.ForeignKey(
        Beneficiary, on_delete=models.CASCADE, related_name="situations", verbose_name=_("personne")
    )
    kind = models.CharField(_("situation"), max_length=12, choices=SituationKind.choices)
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"), null=True, blank=True)
    detail = models.CharField(_("précision"), max_length=150, blank=True)
    recorded_by = coach_field(related_name="+", verbose_name=_("notée par"))

    class Meta:
        verbose_name = _("situation")
        ordering = ["-starts_on", "kind", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="situation_ends_after_start",
                violation_error_message=_("Le dernier jour précède le premier."),
            ),
            NoOverlap(
                name="situation_kind_once_a_day",
                scope=("beneficiary", "kind"),
                start="starts_on",
                end="ends_on",
                inclusive=True,
                violation_error_message=_("Une situation de ce type est déjà notée pour une partie de ces jours."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.starts_on:%d/%m/%Y})"

    def as_period(self) -> Period:
        """The situation as the rules read it: half-open."""
        return Period.from_inclusive(self.starts_on, self.ends_on)
