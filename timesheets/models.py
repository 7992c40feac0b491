"""Time sheets: the month of a coach, the hours that no contact tells, and each signature with what it signed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned, Project
from timesheets.enums import Activity
from timesheets.rules.sheets import Kind

LONGEST_DAY = 24 * 60


class TimeSheet(OrganisationOwned):
    """The month of one coach in one organisation; `month` is its first day.

    Contacts and sessions are read where they are written down; the sheet only holds what is added to them
    (`TimeEntry`) and what was signed (`SheetSignature`). Whether it is signed is derived: it has a standing signature.
    """

    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="time_sheets", verbose_name=_("jobcoach")
    )
    month = models.DateField(_("mois"))

    class Meta:
        db_table = "reporting_timesheet"
        verbose_name = _("feuille de prestations")
        verbose_name_plural = _("feuilles de prestations")
        ordering = ["-month", "coach"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "coach", "month"], name="time_sheet_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="time_sheet_month_is_a_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.coach} – {self.month:%m/%Y}"


class TimeEntry(OrganisationOwned):
    """Minutes worked on a day that no contact and no session tells; of no project unless one is named."""

    sheet = models.ForeignKey(TimeSheet, on_delete=models.CASCADE, related_name="entries")
    on = models.DateField(_("date"))
    minutes = models.PositiveSmallIntegerField(_("durée"))
    activity = models.CharField(_("activité"), max_length=12, choices=Activity)
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("projet")
    )
    words = models.CharField(_("précision"), max_length=200, blank=True)
    submission_id = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        db_table = "reporting_timeentry"
        verbose_name = _("autre prestation")
        verbose_name_plural = _("autres prestations")
        ordering = ["on", "created_at"]
        indexes = [models.Index(fields=["organisation", "on"], name="time_entry_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=LONGEST_DAY), name="time_entry_fits_in_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_activity_display()} – {self.on:%d/%m/%Y}"


class SheetSignature(OrganisationOwned):
    """A sheet as it was signed: the name typed, the day, and every line of work, frozen with its fingerprint.

    Never changed afterwards but by a countersignature or by the reopening that sets it aside; a sheet reopened and
    signed again has two, of which one stands. `lines` are `timesheets.rules.sheets.Line` in order.
    """

    sheet = models.ForeignKey(TimeSheet, on_delete=models.PROTECT, related_name="signatures")
    signed_name = models.CharField(_("signée par"), max_length=201)
    signed_on = models.DateField(_("signée le"))
    signed_at = models.DateTimeField(_("moment de la signature"))
    lines = models.JSONField(_("lignes signées"), default=list, blank=True)
    fingerprint = models.CharField(_("empreinte"), max_length=64)
    # Visits and calls to firms count in the hours since 0.5: what was signed before held none, and lacks none.
    with_visits = models.BooleanField(_("visites aux entreprises comprises"), default=True, editable=False)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    countersigned_name = models.CharField(_("visée par"), max_length=201, blank=True)
    countersigned_on = models.DateField(_("visée le"), null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("rouverte par"),
    )
    reopened_on = models.DateField(_("rouverte le"), null=True, blank=True)
    reopen_reason = models.CharField(_("motif de la réouverture"), max_length=300, blank=True)

    class Meta:
        db_table = "reporting_sheetsignature"
        verbose_name = _("signature d’une feuille de prestations")
        verbose_name_plural = _("signatures de feuilles de prestations")
        ordering = ["sheet", "signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"],
                condition=Q(reopened_on__isnull=True),
                name="signature_one_standing_per_sheet",
                violation_error_message=_("Cette feuille est déjà signée."),
            ),
            models.CheckConstraint(
                condition=Q(countersigned_on__isnull=True, countersigned_by__isnull=True, countersigned_name="")
                | (Q(countersigned_on__gte=F("signed_on"), countersigned_by__isnull=False) & ~Q(countersigned_name="")),
                name="signature_countersigned_whole",
            ),
            models.CheckConstraint(
                condition=Q(reopened_on__isnull=True, reopened_by__isnull=True, reopen_reason="")
                | (Q(reopened_on__gte=F("signed_on"), reopened_by__isnull=False) & ~Q(reopen_reason="")),
                name="signature_reopened_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signed_name} – {self.signed_on:%d/%m/%Y}"

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of work that sheets counted when it was signed."""
        return frozenset(Kind) if self.with_visits else frozenset(Kind) - {Kind.PROSPECTION}
