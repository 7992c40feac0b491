"""Exceptions of a case: one path for all, asked with words and a paper, decided with words, shown to both."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned
from beneficiaries.enums import ExceptionCode
from beneficiaries.models.cases import CoachingCase
from beneficiaries.models.evidence import Evidence
from beneficiaries.models.people import coach_field
from beneficiaries.rules.exceptions import ExceptionState
from privacy.fields import EncryptedTextField


class ExceptionRequest(OrganisationOwned):
    """An exception that somebody asked for a case, and what became of it.

    What it changes (days suspended, months added) is a row of the room that knows it, made from this one when it is
    granted; `beneficiaries.registries.exception_kinds` says how. Months and days are those asked, then those granted.
    """

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="exceptions")
    kind = models.CharField(_("exception"), max_length=10, choices=ExceptionCode)
    reason = EncryptedTextField(_("motif"), context="exceptionrequest.reason")
    months = models.PositiveSmallIntegerField(
        _("mois"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    starts_on = models.DateField(_("premier jour"), null=True, blank=True)
    ends_on = models.DateField(_("dernier jour"), null=True, blank=True)
    document = models.CharField(_("pièce"), max_length=200, blank=True)
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="exceptions", verbose_name=_("fichier")
    )
    state = models.CharField(
        _("état"), max_length=9, choices=ExceptionState.choices, default=ExceptionState.REQUESTED.value
    )
    requested_by = coach_field(related_name="+", verbose_name=_("demandée par"))
    requested_on = models.DateField(_("demandée le"))
    decided_by = coach_field(related_name="+", null=True, blank=True, verbose_name=_("décidée par"))
    decided_on = models.DateField(_("décidée le"), null=True, blank=True)
    decision_note = EncryptedTextField(_("décision"), blank=True, context="exceptionrequest.decision_note")
    # Taken back by whoever coordinates, or withdrawn by its author before any answer.
    ended_by = coach_field(related_name="+", null=True, blank=True, verbose_name=_("reprise par"))
    ended_on = models.DateField(_("reprise à partir du"), null=True, blank=True)
    end_reason = EncryptedTextField(_("motif de la reprise"), blank=True, context="exceptionrequest.end_reason")
    # The answer is news to whoever asked, until they say that they have read it.
    answer_read_on = models.DateField(_("réponse lue le"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("demande d’exception")
        verbose_name_plural = _("demandes d’exception")
        ordering = ["requested_on", "created_at"]
        indexes = [models.Index(fields=["organisation", "state", "requested_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(state="REQUESTED") & ~Q(kind="SUSPENSION"),
                name="exception_asked_once_at_a_time",
                violation_error_message=_("Une demande de ce genre attend déjà une réponse."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("REQUESTED", "WITHDRAWN"), decided_by__isnull=True, decided_on__isnull=True)
                | (Q(state__in=("APPROVED", "REFUSED", "ENDED"), decided_by__isnull=False, decided_on__isnull=False)),
                name="exception_decision_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("WITHDRAWN", "ENDED"), ended_by__isnull=False, ended_on__isnull=False)
                | (~Q(state__in=("WITHDRAWN", "ENDED")) & Q(ended_by__isnull=True, ended_on__isnull=True)),
                name="exception_end_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="exception_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(kind="EXTENSION") | Q(months__isnull=False), name="exception_extension_has_months"
            ),
            models.CheckConstraint(
                condition=~Q(kind="SUSPENSION") | Q(starts_on__isnull=False), name="exception_suspension_has_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.requested_on:%d/%m/%Y})"

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered yet."""
        return self.state == ExceptionState.REQUESTED

    @property
    def is_granted(self) -> bool:
        """Whether it holds."""
        return self.state == ExceptionState.APPROVED
