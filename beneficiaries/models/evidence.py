"""The papers that prove what is recorded, and what each of them proved."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import EvidenceKind, PaperType
from beneficiaries.models.cases import CoachingCase
from beneficiaries.models.people import coach_field
from foundation.models import UuidModel


def private_name(instance: Any, filename: str) -> str:
    """Where a file is kept: a name that says nothing of the person, and nothing that the sender chose."""
    return f"pieces/{uuid4()}"


class Evidence(UuidModel):
    """A paper seen for a case, with its scan when there is one. Never changed: another paper is another row."""

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="evidences")
    kind = models.CharField(_("pièce"), max_length=20, choices=EvidenceKind)
    dated_on = models.DateField(_("date de la pièce"))
    label = models.CharField(_("précision"), max_length=150, blank=True)
    file = models.FileField(_("fichier"), upload_to=private_name, max_length=80, blank=True)
    content_type = models.CharField(max_length=16, choices=PaperType, blank=True, editable=False)
    size = models.PositiveIntegerField(default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    uploaded_by = coach_field(related_name="+", verbose_name=_("ajoutée par"))

    class Meta:
        verbose_name = _("pièce")
        ordering = ["-dated_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file="", content_type="", size=0, sha256="")
                | (~Q(file="") & ~Q(content_type="") & Q(size__gt=0) & ~Q(sha256="")),
                name="evidence_file_is_described",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.dated_on:%d/%m/%Y})"

    @property
    def download_name(self) -> str:
        """The name under which a browser keeps the file: what it is and of when, never whose."""
        return f"{self.kind.lower()}-{self.dated_on:%Y-%m-%d}.{PaperType(self.content_type).extension}"


class CriterionProof(UuidModel):
    """Which paper proved which criterion of a frozen check; one paper may prove several."""

    eligibility = models.ForeignKey("beneficiaries.EligibilityCheck", on_delete=models.CASCADE, related_name="proofs")
    criterion = models.CharField(_("critère"), max_length=40)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="proofs", verbose_name=_("pièce"))

    class Meta:
        verbose_name = _("preuve d’un critère")
        ordering = ["criterion", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["eligibility", "criterion", "evidence"], name="criterion_proof_once"),
        ]

    def __str__(self) -> str:
        return self.criterion
