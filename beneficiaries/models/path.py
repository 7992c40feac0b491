"""What opens pre-hire and what is worked on: eligibility, coachability, agreements, obstacles, objectives."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import (
    EligibilityRegime,
    EvidenceKind,
    ObjectiveState,
    ObstacleKind,
    ObstacleState,
)
from beneficiaries.models.cases import CoachingCase
from beneficiaries.models.evidence import Evidence
from beneficiaries.models.people import coach_field
from beneficiaries.rules.agreements import AgreementKind
from foundation.models import UuidModel


class EligibilityCheck(UuidModel):
    """The check made once when support starts, frozen: criteria, evidence, who and when (domain.md 8, MIRE-ELIG-11)."""

    case = models.OneToOneField(CoachingCase, on_delete=models.CASCADE, related_name="eligibility")
    regime = models.CharField(_("cadre légal"), max_length=8, choices=EligibilityRegime)
    checked_on = models.DateField(_("vérifiée le"))
    criteria = models.JSONField(_("critères"), default=list, blank=True)
    evidence_kind = models.CharField(_("pièce vue"), max_length=20, choices=EvidenceKind)
    evidence_on = models.DateField(_("date de la pièce"))
    is_derogation = models.BooleanField(_("dérogation"), default=False)
    derogation_reason = models.TextField(_("motif de la dérogation"), blank=True)
    # Granted knowingly beyond the quota of the year; the inspection shows it.
    over_quota = models.BooleanField(_("au-delà du quota"), default=False)
    # What the engine read and found that day (beneficiaries/selectors/snapshots.py); empty for checks older than it.
    snapshot = models.JSONField(default=dict, blank=True, editable=False)
    checked_by = coach_field(related_name="+", verbose_name=_("vérifiée par"))

    class Meta:
        verbose_name = _("vérification d’éligibilité")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_derogation=False) | ~Q(derogation_reason=""), name="eligibility_derogation_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(over_quota=False) | Q(is_derogation=True), name="eligibility_over_quota_is_derogation"
            ),
            models.CheckConstraint(
                condition=Q(evidence_on__lte=F("checked_on")), name="eligibility_evidence_before_check"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_regime_display()} ({self.checked_on:%d/%m/%Y})"


class CoachabilityCheck(UuidModel):
    """The four conditions of coachability, seen with the person (domain.md 4)."""

    case = models.OneToOneField(CoachingCase, on_delete=models.CASCADE, related_name="coachability")
    volunteer = models.BooleanField(_("volontaire"))
    informed = models.BooleanField(_("informée de la méthode"))
    available = models.BooleanField(_("disponible tout de suite"))
    ordinary_job = models.BooleanField(_("en mesure de travailler vers un emploi ordinaire"))
    checked_on = models.DateField(_("vue le"))
    checked_by = coach_field(related_name="+", verbose_name=_("vue par"))

    class Meta:
        verbose_name = _("coachabilité")

    def __str__(self) -> str:
        return f"{self.checked_on:%d/%m/%Y}"

    @property
    def is_complete(self) -> bool:
        """Whether the four conditions are met."""
        return self.volunteer and self.informed and self.available and self.ordinary_job


class TrustAgreement(UuidModel):
    """A signed document between the person, the organisation and sometimes a third party."""

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="agreements")
    kind = models.CharField(_("document"), max_length=16, choices=AgreementKind.choices)
    signed_on = models.DateField(_("signé le"))
    third_party = models.CharField(_("autre partie signataire"), max_length=150, blank=True)
    signatories = models.CharField(_("signataires"), max_length=300, blank=True)
    scan = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document scanné")
    )
    recorded_by = coach_field(related_name="+", verbose_name=_("enregistré par"))

    class Meta:
        verbose_name = _("convention")
        ordering = ["signed_on", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                name="agreement_kind_once",
                violation_error_message=_("Ce document est déjà enregistré pour ce dossier."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.signed_on:%d/%m/%Y})"


class Obstacle(UuidModel):
    """Something that stands between the person and a job, with its state."""

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="obstacles")
    kind = models.CharField(_("frein"), max_length=16, choices=ObstacleKind)
    state = models.CharField(_("état"), max_length=12, choices=ObstacleState, default=ObstacleState.IDENTIFIED)
    note = models.TextField(_("précision"), blank=True)
    identified_on = models.DateField(_("identifié le"))
    lifted_on = models.DateField(_("levé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("frein")
        ordering = ["identified_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="LIFTED", lifted_on__isnull=False) | (~Q(state="LIFTED") & Q(lifted_on__isnull=True)),
                name="obstacle_lifted_has_date",
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True) | Q(lifted_on__gte=F("identified_on")),
                name="obstacle_lifted_after_identified",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Objective(UuidModel):
    """A goal of the action plan; contacts serve objectives."""

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="objectives")
    title = models.CharField(_("objectif"), max_length=200)
    state = models.CharField(_("état"), max_length=10, choices=ObjectiveState, default=ObjectiveState.ACTIVE)
    set_on = models.DateField(_("fixé le"))
    target_on = models.DateField(_("échéance"), null=True, blank=True)
    settled_on = models.DateField(_("clos le"), null=True, blank=True)

    class Meta:
        verbose_name = _("objectif")
        ordering = ["set_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target_on__isnull=True) | Q(target_on__gte=F("set_on")), name="objective_target_after_set"
            ),
            models.CheckConstraint(
                condition=Q(state="ACTIVE", settled_on__isnull=True)
                | (~Q(state="ACTIVE") & Q(settled_on__isnull=False)),
                name="objective_settled_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title
