"""The participant file: its form, changed by whoever administers; and the file itself, whose leaving is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import organisation_of, require
from esf.file.layout import DEFAULT_COLUMNS, columns_of, layout_on, name_of
from esf.file.sources import SOURCES
from esf.file.workbook import participant_workbook
from esf.models import EsfFileColumn, EsfFileExport, EsfFileLayout
from esf.selectors.participants import EsfProjectNeeded, participant_files
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act, record_accesses
from tables.engine.scope import Scope
from tables.funding import funding_of

MOST_COLUMNS = 100


class FileRefused(DomainError):
    """The form of the participant file cannot be changed as asked."""


@act
def create_layout(*, valid_from: date, source: str = "", actor: User) -> EsfFileLayout:
    """Open a form of the file from a day on, with the columns that were in force until then.

    Raises:
        NotAllowed: the actor does not administer the organisation.
        InvalidFact: a form begins on that day already.
    """
    organisation = organisation_of(actor)
    layout = EsfFileLayout(organisation=organisation, valid_from=valid_from, source=source.strip())
    require(actor, "esf.manage_participant_file", layout)
    former = layout_on(organisation, valid_from)
    save_checked(layout)
    kept: list[tuple[str, str, dict[str, str]]]
    if former is None:
        kept = [(str(header), key, {}) for header, key in DEFAULT_COLUMNS]
    else:
        kept = [(column.header, column.source, column.codes) for column in former.columns.order_by("position", "pk")]
    for position, (header, key, codes) in enumerate(kept, start=1):
        save_checked(EsfFileColumn(layout=layout, position=position, header=header, source=key, codes=codes))
    return layout


@act
def remove_layout(*, layout: EsfFileLayout, actor: User) -> None:
    """Take back a form that no file left with.

    Raises:
        NotAllowed: the actor does not administer the organisation.
        FileRefused: a file left with it.
    """
    _locked(layout, actor).delete()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnStatement:
    """What is stated of a column: its header, its place from 1 on (none: the last), the codes that replace values."""

    header: str
    position: int | None = None
    codes: Mapping[str, str] | None = None


@act
def add_column(*, layout: EsfFileLayout, source: str, statement: ColumnStatement, actor: User) -> EsfFileColumn:
    """Add a column to a form.

    Raises:
        NotAllowed: the actor does not administer the organisation.
        FileRefused: a file left with the form, the datum is unknown, or there are too many columns.
        InvalidFact: the header is empty or too long.
    """
    layout = _locked(layout, actor)
    if source not in SOURCES:
        raise FileRefused("unknown_source", _("Choisissez une donnée de la liste."), field="source")
    columns = list(layout.columns.order_by("position", "pk"))
    if len(columns) >= MOST_COLUMNS:
        raise FileRefused("too_many", _("Un fichier a au plus %(n)s colonnes.") % {"n": MOST_COLUMNS})
    column = EsfFileColumn(layout=layout, source=source)
    _write(column, columns, statement)
    return column


@act
def change_column(*, column: EsfFileColumn, statement: ColumnStatement, actor: User) -> EsfFileColumn:
    """Change the header, the place or the codes of a column.

    Raises:
        NotAllowed: the actor does not administer the organisation.
        FileRefused: a file left with the form, or a code replaces a value that the datum does not have.
        InvalidFact: the header is empty or too long.
    """
    layout = _locked(column.layout, actor)
    column = layout.columns.select_for_update().get(pk=column.pk)
    _write(column, list(layout.columns.exclude(pk=column.pk).order_by("position", "pk")), statement)
    return column


@act
def remove_column(*, column: EsfFileColumn, actor: User) -> None:
    """Take a column out of a form; the others close up.

    Raises:
        NotAllowed: the actor does not administer the organisation.
        FileRefused: a file left with the form.
    """
    layout = _locked(column.layout, actor)
    others = list(layout.columns.exclude(pk=column.pk).order_by("position", "pk"))
    layout.columns.get(pk=column.pk).delete()
    _number(others)


def _locked(layout: EsfFileLayout, actor: User) -> EsfFileLayout:
    """The form, in the actor's hands and still free to change."""
    layout = EsfFileLayout.objects.select_for_update().get(pk=layout.pk)
    require(actor, "esf.manage_participant_file", layout)
    if layout.exports.exists():
        raise FileRefused(
            "used",
            _("Un fichier est parti avec ce modèle : il ne change plus."),
            hint=_("Créez un nouveau modèle à partir d’une autre date."),
        )
    return layout


def _write(column: EsfFileColumn, others: list[EsfFileColumn], statement: ColumnStatement) -> None:
    """Set the column among the others, and number them all anew."""
    codes = {value: code.strip() for value, code in (statement.codes or {}).items() if code.strip()}
    if set(codes) - {value for value, _words in SOURCES[column.source].values}:
        raise FileRefused("unknown_value", _("Un code remplace une valeur que cette donnée n’a pas."))
    column.header = statement.header.strip()
    column.codes = codes
    place = len(others) + 1 if statement.position is None else statement.position
    place = min(max(place, 1), len(others) + 1)
    column.position = place
    save_checked(column)
    _number([*others[: place - 1], column, *others[place - 1 :]])


def _number(columns: list[EsfFileColumn]) -> None:
    """Places from 1 on, in this order; only those that move are written."""
    for position, column in enumerate(columns, start=1):
        if column.position != position:
            column.position = position
            save_checked(column)


@dataclass(frozen=True, slots=True)
class ParticipantExport:
    """A file that leaves: its content and the trace of its leaving."""

    content: bytes
    export: EsfFileExport


@act
def export_participants(*, scope: Scope, actor: User) -> ParticipantExport:
    """Make the participant file of a project over a period, with the form in force on its last day. Who took it away is
    written down, for the file and for each person in it.

    Raises:
        NotAllowed: the actor answers neither for the team nor for the subsidy.
        EsfProjectNeeded: the scope names no project that the ESF+ co-finances.
    """
    if scope.project is None:
        raise EsfProjectNeeded
    require(actor, "esf.export_participants", scope.project)
    files = participant_files(scope)
    layout = layout_on(scope.project.organisation, scope.last)
    content = participant_workbook(
        columns_of(layout),
        files,
        coverage=(*scope.in_words(), (_("Modèle"), name_of(layout)), (_("Exporté par"), actor.get_full_name())),
        funding=funding_of(scope.project),
    )
    export = EsfFileExport(
        organisation=scope.project.organisation,
        layout=layout,
        project=scope.project,
        first=scope.first,
        last=scope.last,
        lines=len(files),
        sha256=sha256(content).hexdigest(),
        exported_by=actor,
    )
    save_checked(export)
    record_accesses(actor, [file.case for file in files], "export")
    return ParticipantExport(content, export)


def participant_file(*, scope: Scope, actor: User) -> tuple[bytes, str]:
    """The participant file of a scope and its name without ending, for the page of the report.

    Raises:
        NotAllowed, EsfProjectNeeded: see `export_participants`.
    """
    made = export_participants(scope=scope, actor=actor)
    code = "".join(letter if letter.isalnum() else "-" for letter in made.export.project.code)
    return made.content, f"participants-{code}-{scope.first:%Y%m%d}-{scope.last:%Y%m%d}"
