"""What changes the 24 months besides work: suspensions and extensions, each decided in writing."""

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import CoachingCase, ExceptionRequest
from foundation.constraints import NoOverlap
from foundation.models import UuidModel
from placements.enums import RequestState, SuspensionReason
from placements.models.employment import Employment
from placements.rules.clocks import Suspension


class ClockSuspension(UuidModel):
    """Days that the 24 months do not count, once a coordinator approved them; first and last day are both suspended."""

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="suspensions")
    # Asked and decided on the one path of exceptions.
    request = models.OneToOneField(
        ExceptionRequest, on_delete=models.CASCADE, null=True, blank=True, related_name="suspension", editable=False
    )
    reason = models.CharField(_("motif"), max_length=12, choices=SuspensionReason)
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"), null=True, blank=True)
    evidence = models.CharField(_("pièce"), max_length=200)
    state = models.CharField(_("état"), max_length=9, choices=RequestState, default=RequestState.REQUESTED)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(_("décidée le"), null=True, blank=True)
    decision_note = models.TextField(_("remarque"), blank=True)
    # Without an end, it is looked at again and again: the last time that somebody said that it still holds.
    still_holds_on = models.DateField(_("vue pour la dernière fois le"), null=True, blank=True)
    still_holds_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    still_holds_note = models.TextField(_("ce qui a été vérifié"), blank=True)
    # The contract that ended it, and the last day that it had without that contract: taken back when the work is.
    ended_by_work = models.ForeignKey(
        Employment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    ends_on_without_work = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("suspension")
        ordering = ["starts_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="suspension_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state="REQUESTED", decided_by__isnull=True, decided_on__isnull=True)
                | (~Q(state="REQUESTED") & Q(decided_by__isnull=False, decided_on__isnull=False)),
                name="suspension_decision_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(still_holds_on__isnull=True, still_holds_by__isnull=True)
                | Q(still_holds_on__isnull=False, still_holds_by__isnull=False),
                name="suspension_look_is_signed",
            ),
            models.UniqueConstraint(
                fields=["case", "starts_on"],
                condition=Q(state__in=("REQUESTED", "APPROVED")),
                name="suspension_once_per_first_day",
                violation_error_message=_("Une suspension commence déjà ce jour-là."),
            ),
            NoOverlap(
                name="suspension_days_once",
                scope="case",
                start="starts_on",
                end="ends_on",
                inclusive=True,
                condition=Q(state__in=("REQUESTED", "APPROVED")),
                violation_error_message=_("Une autre suspension couvre déjà une partie de ces jours."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({self.starts_on:%d/%m/%Y})"

    @property
    def counts(self) -> bool:
        """Whether its days are suspended."""
        return self.state == RequestState.APPROVED

    @property
    def looked_at(self) -> date:
        """The last day on which somebody looked at it: when it was decided, or said to hold still."""
        return max(filter(None, (self.starts_on, self.decided_on, self.still_holds_on)))

    def as_suspension(self) -> Suspension:
        """The suspension as the clock rules read it."""
        return Suspension(self.starts_on, self.ends_on)


class ClockExtension(UuidModel):
    """Months added to the 24 in writing by a coordinator: reason and document."""

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="extensions")
    request = models.OneToOneField(
        ExceptionRequest, on_delete=models.CASCADE, null=True, blank=True, related_name="extension", editable=False
    )
    months = models.PositiveSmallIntegerField(_("mois"), validators=[MinValueValidator(1), MaxValueValidator(24)])
    reason = models.TextField(_("motif"))
    document = models.CharField(_("document"), max_length=200)
    granted_on = models.DateField(_("accordée le"))
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Taken back before the first of its months began: it is kept, and counts no more.
    taken_back_on = models.DateField(_("reprise le"), null=True, blank=True)
    # The number of extensions the case had before: two tabs cannot grant the same one twice.
    rank = models.PositiveSmallIntegerField(editable=False)

    class Meta:
        verbose_name = _("prolongation")
        ordering = ["granted_on", "rank"]
        constraints = [
            models.CheckConstraint(condition=Q(months__gte=1) & Q(months__lte=24), name="extension_months_in_range"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(document=""), name="extension_is_motivated"),
            models.UniqueConstraint(
                fields=["case", "rank"],
                name="extension_once",
                violation_error_message=_("Une prolongation vient d’être accordée : rechargez la page."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(months)s mois") % {"months": self.months}
