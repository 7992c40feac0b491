"""The participant file that the managing authority asks for: its columns, dated, and what was exported with them.

Only a file of the year's own form is accepted, and the form changes each year (regulation file, section 5): the columns
are rows, never code.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned, Project
from foundation.models import UuidModel


class EsfFileLayout(OrganisationOwned):
    """The form of the file from a day on, until the next one. Once a file left with it, it no longer changes."""

    valid_from = models.DateField(_("en vigueur depuis le"))
    source = models.CharField(_("d’après"), max_length=200, blank=True)

    class Meta:
        db_table = "reporting_esffilelayout"
        verbose_name = _("modèle du fichier des participants")
        verbose_name_plural = _("modèles du fichier des participants")
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "valid_from"],
                name="esf_layout_once_a_day",
                violation_error_message=_("Un modèle entre déjà en vigueur ce jour-là."),
            ),
        ]

    def __str__(self) -> str:
        return _("modèle du %(day)s") % {"day": f"{self.valid_from:%d/%m/%Y}"}


class EsfFileColumn(UuidModel):
    """One column: its header, the datum it shows, and the code written for each value of a closed list."""

    layout = models.ForeignKey(EsfFileLayout, on_delete=models.CASCADE, related_name="columns")
    position = models.PositiveSmallIntegerField(_("place"))
    header = models.CharField(_("en-tête"), max_length=120)
    source = models.CharField(_("donnée"), max_length=30)
    codes = models.JSONField(_("codes"), default=dict, blank=True)

    class Meta:
        db_table = "reporting_esffilecolumn"
        verbose_name = _("colonne du fichier des participants")
        verbose_name_plural = _("colonnes du fichier des participants")
        ordering = ["layout", "position", "id"]

    def __str__(self) -> str:
        return self.header


class EsfFileExport(OrganisationOwned):
    """A participant file that left: who took it away, over what, how many lines, and the hash of the file. Without a
    layout, it had the columns that come with the product.
    """

    layout = models.ForeignKey(
        EsfFileLayout, on_delete=models.PROTECT, null=True, blank=True, related_name="exports", verbose_name=_("modèle")
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", verbose_name=_("projet"))
    first = models.DateField(_("du"))
    last = models.DateField(_("au"))
    lines = models.PositiveIntegerField(_("lignes"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    exported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("exporté par")
    )

    class Meta:
        db_table = "reporting_esffileexport"
        verbose_name = _("export du fichier des participants")
        verbose_name_plural = _("exports du fichier des participants")
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return f"{self.project.code} {self.first:%d/%m/%Y}-{self.last:%d/%m/%Y}"
