"""The hypothesis that one person fits one job."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned
from beneficiaries.models import CoachingCase
from employers.models import Vacancy
from placements.enums import Decision


class Match(OrganisationOwned):
    """The hypothesis that one person fits one vacancy, and what became of it."""

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="matches")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="matches", verbose_name=_("poste"))
    proposed_on = models.DateField(_("proposée le"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rationale = models.TextField(_("pourquoi cela convient"))
    person_decision = models.CharField(
        _("décision de la personne"), max_length=8, choices=Decision, default=Decision.PENDING
    )
    person_decided_on = models.DateField(_("décidé le"), null=True, blank=True)
    employer_decision = models.CharField(
        _("décision de l’employeur"), max_length=8, choices=Decision, default=Decision.PENDING
    )
    employer_decided_on = models.DateField(_("décidé le"), null=True, blank=True)
    refusal_reason = models.TextField(_("motif du refus"), blank=True)

    class Meta:
        verbose_name = _("adéquation")
        ordering = ["-proposed_on", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "vacancy"],
                name="match_once_per_case_and_vacancy",
                violation_error_message=_("Ce poste a déjà été proposé à cette personne."),
            ),
            models.CheckConstraint(
                condition=Q(person_decision="PENDING", person_decided_on__isnull=True)
                | (~Q(person_decision="PENDING") & Q(person_decided_on__gte=F("proposed_on"))),
                name="match_person_decision_dated",
            ),
            models.CheckConstraint(
                condition=Q(employer_decision="PENDING", employer_decided_on__isnull=True)
                | (~Q(employer_decision="PENDING") & Q(employer_decided_on__gte=F("proposed_on"))),
                name="match_employer_decision_dated",
            ),
            models.CheckConstraint(
                condition=Q(employer_decision="PENDING") | Q(person_decision="ACCEPTED"),
                name="match_person_decides_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} / {self.vacancy}"

    @property
    def is_accepted(self) -> bool:
        """Whether the person and the employer both said yes."""
        return self.person_decision == Decision.ACCEPTED and self.employer_decision == Decision.ACCEPTED

    @property
    def is_refused(self) -> bool:
        """Whether either party said no."""
        return Decision.REFUSED in (self.person_decision, self.employer_decision)
