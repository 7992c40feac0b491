"""The form of the participant file: its columns in order, from the rows of an organisation or as the product has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from esf.file.sources import SOURCES, Plain, Source
from esf.models import EsfFileLayout
from esf.selectors.participants import ParticipantFile

# What a file holds before anybody changes it: header and datum, every value written in words.
DEFAULT_COLUMNS = (
    (gettext_lazy("Projet"), "project_code"),
    (gettext_lazy("Convention"), "agreement_number"),
    (gettext_lazy("Identifiant"), "participant_id"),
    (gettext_lazy("Nom"), "last_name"),
    (gettext_lazy("Prénom"), "first_name"),
    (gettext_lazy("Genre"), "gender"),
    (gettext_lazy("Date de naissance"), "birth_date"),
    (gettext_lazy("Rue et numéro"), "street"),
    (gettext_lazy("Code postal"), "postal_code"),
    (gettext_lazy("Commune"), "town"),
    (gettext_lazy("Téléphone"), "phone"),
    (gettext_lazy("E-mail"), "email"),
    (gettext_lazy("Date d’entrée"), "entry_on"),
    (gettext_lazy("Situation à l’entrée"), "status"),
    (gettext_lazy("Sans emploi depuis"), "unemployed_since"),
    (gettext_lazy("Longue durée"), "long_term"),
    (gettext_lazy("Niveau d’études"), "isced"),
    (gettext_lazy("Nationalité"), "nationality"),
    (gettext_lazy("Origine étrangère"), "foreign_background"),
    (gettext_lazy("Handicap"), "disability"),
    (gettext_lazy("Minorité"), "minority"),
    (gettext_lazy("Sans-abri"), "homeless"),
    (gettext_lazy("Zone rurale"), "rural"),
    (gettext_lazy("Date de sortie"), "exit_on"),
    (gettext_lazy("Motif de sortie"), "exit_reason"),
    (gettext_lazy("Emploi à la sortie"), "exit_employed"),
    (gettext_lazy("Recherche à la sortie"), "exit_job_searching"),
    (gettext_lazy("Formation à la sortie"), "exit_in_training"),
    (gettext_lazy("Qualification"), "exit_qualification"),
    (gettext_lazy("Emploi à six mois"), "later_employed"),
    (gettext_lazy("Amélioration à six mois"), "later_improved"),
    (gettext_lazy("Fiche complète"), "complete"),
)


@dataclass(frozen=True, slots=True)
class FileColumn:
    """One column: the header, the datum, and the code written for a value; a value without a code is in words."""

    header: str
    source: Source
    codes: Mapping[str, str] = field(default_factory=dict)

    def cell(self, file: ParticipantFile) -> Plain:
        """What the column says of a participant."""
        value = self.source.read(file)
        if value is None or value == "":
            return None
        if not self.source.values:
            return value
        return self.codes.get(str(value)) or self.source.words_of(str(value))


def default_columns() -> list[FileColumn]:
    """The columns that come with the product."""
    return [FileColumn(str(header), SOURCES[key]) for header, key in DEFAULT_COLUMNS]


def layout_on(organisation: Organisation, on: date) -> EsfFileLayout | None:
    """The form in force on a day; none: the one that comes with the product."""
    layouts = EsfFileLayout.objects.filter(organisation=organisation, valid_from__lte=on)
    found: EsfFileLayout | None = layouts.order_by("-valid_from").first()
    return found


def columns_of(layout: EsfFileLayout | None) -> list[FileColumn]:
    """The columns of a form, in order; a datum that the product no longer knows is left out."""
    if layout is None:
        return default_columns()
    return [
        FileColumn(column.header, SOURCES[column.source], column.codes)
        for column in layout.columns.order_by("position", "pk")
        if column.source in SOURCES
    ]


def name_of(layout: EsfFileLayout | None) -> str:
    """How a form is called."""
    return str(layout) if layout else _("modèle fourni avec Ancrage")
