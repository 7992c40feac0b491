"""Documents: the texts that an organisation adapts, its letterhead, and the papers that were made, kept as made."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned
from beneficiaries.enums import PaperLanguage
from beneficiaries.models import CoachingCase
from documents.enums import DocumentKind
from documents.rules.languages import code_of
from followup.models import CollectiveSession

LONGEST_TEXT = 20_000


def private_document_name(instance: Any, filename: str) -> str:
    """Where a document is kept: a name that says nothing of the person."""
    return f"documents/{uuid4()}"


def logo_name(instance: Any, filename: str) -> str:
    """Where a logo is kept; each one under a name of its own."""
    return f"logos/{uuid4()}"


class Letterhead(OrganisationOwned):
    """What the organisation's papers carry besides its own facts: a logo, made into a PNG, and a line at the foot."""

    logo = models.FileField(_("logo"), upload_to=logo_name, max_length=80, blank=True)
    footer = models.CharField(_("pied de page"), max_length=300, blank=True)

    class Meta:
        db_table = "reporting_letterhead"
        verbose_name = _("en-tête")
        verbose_name_plural = _("en-têtes")
        ordering = ["organisation", "created_at"]
        constraints = [models.UniqueConstraint(fields=["organisation"], name="letterhead_one_per_organisation")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}"


class DocumentTemplate(OrganisationOwned):
    """One version of the text of a kind of document in one language, in force from a day on. Never edited: another
    version follows.

    On a day, the version in force is the highest number among those that have begun (`documents.selectors`).
    Without any, the text that comes with Ancrage is used.
    """

    kind = models.CharField(_("document"), max_length=16, choices=DocumentKind)
    language = models.CharField(_("langue"), max_length=10, choices=PaperLanguage, default=PaperLanguage.FRENCH)
    version = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("titre"), max_length=150)
    body = models.TextField(_("texte"), max_length=LONGEST_TEXT)
    valid_from = models.DateField(_("en vigueur à partir du"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("écrite par")
    )
    submission_id = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        db_table = "reporting_documenttemplate"
        verbose_name = _("texte de document")
        verbose_name_plural = _("textes de documents")
        ordering = ["organisation", "kind", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "language", "version"],
                name="document_template_version_once",
                violation_error_message=_("Une autre version vient d’être enregistrée. Rechargez la page."),
            ),
        ]

    def __str__(self) -> str:
        told = f"{self.get_kind_display()}, version {self.version}"
        return told if self.language == PaperLanguage.FRENCH else f"{told} ({self.get_language_display()})"


class ProducedDocument(OrganisationOwned):
    """A document that was made, kept byte by byte: a copy to read (PDF/UA-1) and a copy to archive (PDF/A-3a).

    Attributes:
        template: the version of the text; null for the text that comes with Ancrage.
        dated_on: the date that the document carries.
        made_by: who made it; `created_at` says when.
        language: the one that it speaks, as the paper itself states it (« nl-BE »).
        discreet: whether a firm that must not hear of the person was left out of it.
        file, archive: where the two copies are; `sha256` and `size` in bytes of each, told as long as they are kept.
    """

    kind = models.CharField(_("document"), max_length=16, choices=DocumentKind)
    title = models.CharField(_("titre"), max_length=200)
    case = models.ForeignKey(
        CoachingCase,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("dossier"),
    )
    session = models.ForeignKey(
        CollectiveSession,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("séance"),
    )
    template = models.ForeignKey(
        DocumentTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("texte")
    )
    dated_on = models.DateField(_("daté du"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("fait par")
    )
    language = models.CharField(_("langue"), max_length=10, default="fr-BE")
    discreet = models.BooleanField(_("suivi discret"), default=False)
    file = models.FileField(_("fichier"), upload_to=private_document_name, max_length=80)
    size = models.PositiveIntegerField(_("taille"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    archive = models.FileField(_("copie d’archive"), upload_to=private_document_name, max_length=80)
    archive_size = models.PositiveIntegerField(_("taille de la copie d’archive"))
    archive_sha256 = models.CharField(_("empreinte de la copie d’archive"), max_length=64)
    submission_id = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        db_table = "reporting_produceddocument"
        verbose_name = _("document produit")
        verbose_name_plural = _("documents produits")
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["case", "-created_at"], name="document_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False, session__isnull=True) | Q(case__isnull=True, session__isnull=False),
                name="document_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.dated_on:%d/%m/%Y})"

    @property
    def language_words(self) -> str:
        """The language that it speaks, in words, when it is not French."""
        spoken = code_of(self.language)
        return "" if spoken == PaperLanguage.FRENCH else str(dict(PaperLanguage.choices).get(spoken, self.language))

    @property
    def reference(self) -> str:
        """What the paper itself carries, to find the file again from the paper."""
        return reference_of(self.pk)


def reference_of(key: Any) -> str:
    """The beginning of a document's key, as it is printed and read aloud: « 3F2A-91BC »."""
    start = key.hex[:8].upper()
    return f"{start[:4]}-{start[4:]}"
