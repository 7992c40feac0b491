"""How a week began: the figures of the board as they were read on its Monday, never written again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned


class BoardReading(OrganisationOwned):
    """The figures of one week: of one coach, or of the whole organisation when it names none.

    `taken_on` is the day on which it was really read: later than the Monday when the worker slept. The line of the
    organisation says that the week was read, even when nobody carries a case.
    """

    read_permission: ClassVar = "reporting.view_dashboard"

    coach = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    week = models.DateField(_("lundi"))
    taken_on = models.DateField(_("relevé le"))
    open_cases = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    silent = models.PositiveIntegerField(default=0)
    ending = models.PositiveIntegerField(default=0)
    hired = models.PositiveIntegerField(default=0)
    durable = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("relevé du lundi")
        ordering = ["-week", "coach"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "week"], condition=Q(coach__isnull=True), name="reading_once_a_week"
            ),
            models.UniqueConstraint(
                fields=["organisation", "week", "coach"],
                condition=Q(coach__isnull=False),
                name="reading_of_a_coach_once_a_week",
            ),
            models.CheckConstraint(condition=Q(taken_on__gte=models.F("week")), name="reading_not_before_its_week"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.week:%d/%m/%Y}"
