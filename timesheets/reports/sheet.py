"""One time sheet as a document: the same tables on paper and in a spreadsheet, with who signed and the fingerprint."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Funder
from accounts.models import Project
from foundation.formatting import date_words
from tables.engine.tables import Cell, Column, Document, Kind, Section, Table, TableRow
from tables.funding import funding_of
from timesheets.rules.sheets import Change, Line, Minutes, minutes_of
from timesheets.selectors.page import KINDS, REASONS, days_of, moved_words, project_minutes
from timesheets.selectors.sheets import Sheet

SOURCE = "Contacts et séances consignés, complétés par le ou la jobcoach ; heures hors mandat exclues des projets"


def minutes_columns() -> tuple[Column, ...]:
    """The columns of every table of hours."""
    return (
        Column("contact", _("Entretiens")),
        Column("session", _("Séances")),
        Column("prospection", _("Entreprises")),
        Column("other", _("Autres")),
        Column("total", _("Total")),
    )


def minutes_cells(minutes: Minutes) -> tuple[Cell, ...]:
    """The minutes by kind, and their total, without the rows behind."""
    return tuple(
        Cell(value, Kind.MINUTES)
        for value in (minutes.contact, minutes.session, minutes.prospection, minutes.other, minutes.total)
    )


def sheet_document(sheet: Sheet, projects: Mapping[UUID, Project]) -> Document:
    """The sheet as it stands: what was signed once it is, what was worked until then."""
    sections = [
        Section(_("Le mois"), (_projects(sheet),)),
        Section(_("Jour par jour"), (_days(sheet),)),
    ]
    if sheet.apart:
        sections.append(Section(_("Hors projet"), (_apart(sheet.apart),)))
    if sheet.moved:
        sections.append(Section(_("Ce qui a bougé depuis la signature"), (_moved(sheet.moved),)))
    return Document(
        name=f"prestations-{sheet.month:%Y-%m}",
        title=_("Feuille de prestations"),
        coverage=_coverage(sheet),
        source=SOURCE,
        sections=tuple(sections),
        funding=funding_of(_cofinanced(sheet, projects)),
    )


def _cofinanced(sheet: Sheet, projects: Mapping[UUID, Project]) -> Project | None:
    """The project whose funder asks for its emblem: the first co-financed one that the sheet counts hours for."""
    counted = {line.project_id for line in sheet.lines if line.counted}
    found = (one for key, one in projects.items() if str(key) in counted and one.funder == Funder.FSE)
    return next(found, None)


def _coverage(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """Whose month, and who signed it."""
    words = [
        (_("Jobcoach"), sheet.coach.get_full_name()),
        (_("Organisme"), sheet.organisation.name),
        (_("Mois"), date_format(sheet.month, "F Y")),
    ]
    signature = sheet.signature
    if signature is None:
        return (*words, (_("Signature"), _("feuille non signée")))
    words.append((_("Signée par"), f"{signature.signed_name}, {date_words(signature.signed_on)}"))
    if signature.countersigned_on:
        words.append((_("Visée par"), f"{signature.countersigned_name}, {date_words(signature.countersigned_on)}"))
    words.append((_("Empreinte des lignes signées (SHA-256)"), signature.fingerprint))
    return tuple(words)


def _projects(sheet: Sheet) -> Table:
    rows = [
        TableRow(str(number), one.code or _("sans projet"), minutes_cells(one.minutes))
        for number, one in enumerate(project_minutes(sheet.lines))
    ]
    rows.append(TableRow("total", _("Total"), minutes_cells(sheet.minutes), is_total=True))
    return Table("projects", _("Heures par projet"), _("Projet"), minutes_columns(), tuple(rows))


def _days(sheet: Sheet) -> Table:
    rows = []
    for day in days_of(sheet):
        for number, one in enumerate(day.projects):
            label = f"{date_format(day.on, 'D d/m')} – {one.code or _('sans projet')}"
            rows.append(TableRow(f"{day.on:%Y%m%d}-{number}", label, minutes_cells(one.minutes)))
    rows.append(TableRow("total", _("Total"), minutes_cells(sheet.minutes), is_total=True))
    return Table("days", _("Heures par jour et par projet"), _("Jour et projet"), minutes_columns(), tuple(rows))


def _apart(lines: Iterable[Line]) -> Table:
    found = list(lines)
    rows = [
        TableRow(
            str(number),
            date_words(line.on),
            (
                Cell(line.project or _("sans projet"), Kind.TEXT),
                Cell(str(REASONS[line.apart]), Kind.TEXT),
                Cell(line.minutes, Kind.MINUTES),
            ),
        )
        for number, line in enumerate(found, start=1)
    ]
    rows.append(
        TableRow(
            "total",
            _("Total"),
            (Cell(None, Kind.TEXT), Cell(None, Kind.TEXT), Cell(minutes_of(found).total, Kind.MINUTES)),
            is_total=True,
        )
    )
    return Table(
        "apart",
        _("Heures prestées qui ne comptent dans aucun projet"),
        _("Jour"),
        (Column("project", _("Projet")), Column("reason", _("Pourquoi")), Column("minutes", _("Durée"))),
        tuple(rows),
    )


def _moved(moved: Iterable[Change]) -> Table:
    rows = [
        TableRow(
            str(number),
            date_words(change.line.on),
            (
                Cell(str(KINDS[change.line.kind]), Kind.TEXT),
                Cell(moved_words(change), Kind.TEXT),
            ),
        )
        for number, change in enumerate(moved, start=1)
    ]
    return Table(
        "moved",
        _("Lignes qui ne sont plus comme elles ont été signées"),
        _("Jour"),
        (Column("what", _("Quoi")), Column("change", _("Changement"))),
        tuple(rows),
        note=_("Les heures de cette feuille sont celles qui ont été signées."),
    )
