"""What happens to a contract while it runs: amendments, temporary unemployment, weeks of work through an agency."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from employers.enums import ContractType
from employers.models.fields import JointCommitteeField
from foundation.constraints import NoOverlap
from foundation.formatting import number_words
from foundation.models import UuidModel
from foundation.rules import dates
from placements.enums import Idleness
from placements.models.employment import Employment
from placements.rules.amendments import Change
from placements.rules.weeks import DAYS_IN_A_WEEK, HOURS_IN_A_WEEK, Week


class Amendment(UuidModel):
    """A change of what a contract says, agreed while it runs; what is left empty does not change."""

    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="amendments")
    effective_on = models.DateField(_("prend effet le"))
    learnt_on = models.DateField(_("appris le"))
    changes_end = models.BooleanField(_("change le dernier jour"), default=False)
    ends_on = models.DateField(_("nouveau dernier jour"), null=True, blank=True)
    weekly_hours = models.DecimalField(
        _("heures par semaine"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(50))],
    )
    job_title = models.CharField(_("fonction"), max_length=150, blank=True)
    joint_committee = JointCommitteeField(blank=True)
    wage = models.CharField(_("salaire ou barème"), max_length=100, blank=True)
    becomes = models.CharField(_("devient"), max_length=10, choices=ContractType, blank=True)
    # Become permanent, the contract goes on as another one.
    replaced_by = models.ForeignKey(
        Employment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    # The end that had been recorded before anybody heard of the prolongation: given back when it is taken back.
    reopened_end = models.DateField(null=True, blank=True, editable=False)
    note = models.TextField(_("remarque"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    date_bounds: ClassVar = {"effective_on": dates.CONTRACT_END, "ends_on": dates.CONTRACT_END}

    class Meta:
        verbose_name = _("avenant")
        verbose_name_plural = _("avenants")
        ordering = ["effective_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(changes_end=True) | Q(ends_on__isnull=True), name="amendment_end_is_said"
            ),
        ]

    def __str__(self) -> str:
        return _("avenant du %(date)s") % {"date": f"{self.effective_on:%d/%m/%Y}"}

    @property
    def hours(self) -> str:
        """The hours per week as people read them; "" when they do not change."""
        return number_words(self.weekly_hours.normalize()) if self.weekly_hours else ""

    def as_change(self, order: int = 0) -> Change:
        """The amendment as the rules read it; `order` is its rank among those recorded."""
        return Change(
            effective_on=self.effective_on,
            order=order,
            changes_end=self.changes_end,
            ends_on=self.ends_on,
            weekly_hours=self.weekly_hours,
            job_title=self.job_title,
            joint_committee=self.joint_committee,
            wage=self.wage,
            becomes=self.becomes,
        )


class TemporaryUnemployment(UuidModel):
    """Days without work under a contract that goes on (chômage temporaire); both days belong to it.

    It moves no clock: the person stays employed. No last day: it goes on until somebody says that it is over.
    """

    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="temporary_unemployment")
    kind = models.CharField(_("cause"), max_length=13, choices=Idleness)
    partial = models.BooleanField(_("partiel : une partie des jours ou des heures"), default=False)
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"), null=True, blank=True)
    learnt_on = models.DateField(_("appris le"))
    note = models.TextField(_("remarque"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    date_bounds: ClassVar = {"starts_on": dates.WORK_DAY, "ends_on": dates.CONTRACT_END}

    class Meta:
        verbose_name = _("chômage temporaire")
        verbose_name_plural = _("chômage temporaire")
        ordering = ["starts_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="temporary_unemployment_ends_after_start",
            ),
            NoOverlap(
                name="temporary_unemployment_days_once",
                scope="employment",
                start="starts_on",
                end="ends_on",
                inclusive=True,
                violation_error_message=_("Un autre chômage temporaire couvre déjà une partie de ces jours."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.starts_on:%d/%m/%Y})"


class WorkWeek(UuidModel):
    """The days and hours worked in one week of a job through an agency; a week with neither is one without work."""

    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="weeks")
    monday = models.DateField(_("semaine du"))
    days = models.DecimalField(
        _("jours"),
        max_digits=2,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(DAYS_IN_A_WEEK)],
    )
    hours = models.DecimalField(
        _("heures"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(HOURS_IN_A_WEEK)],
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("semaine prestée")
        verbose_name_plural = _("semaines prestées")
        ordering = ["monday"]
        constraints = [
            models.UniqueConstraint(fields=["employment", "monday"], name="work_week_once"),
            models.CheckConstraint(
                condition=Q(days__isnull=False) | Q(hours__isnull=False), name="work_week_says_something"
            ),
        ]

    def __str__(self) -> str:
        return _("semaine du %(date)s") % {"date": f"{self.monday:%d/%m/%Y}"}

    def as_week(self) -> Week:
        """The week as the rules read it."""
        return Week(self.monday, self.days, self.hours)
