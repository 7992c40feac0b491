"""What the coordination asks of whoever carries a case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned
from beneficiaries.models import CoachingCase
from beneficiaries.models.people import coach_field


class CaseAsk(OrganisationOwned):
    """Somebody of the coordination asked for news of a person that day; the next contact that counts answers."""

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="asks")
    asked_by = coach_field(related_name="+", verbose_name=_("demandé par"))
    asked_on = models.DateField(_("demandé le"))

    class Meta:
        verbose_name = _("demande de la coordination")
        ordering = ["case", "asked_on"]
        indexes = [models.Index(fields=["case", "asked_on"], name="case_ask_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "asked_on"],
                name="case_ask_once_a_day",
                violation_error_message=_("C’est déjà demandé aujourd’hui."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.asked_on:%d/%m/%Y}"
