"""Collective sessions: how many, for whom, for how long."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from reporting.activity.common import ids_cell
from reporting.activity.selectors.rows import SessionRow
from tables.engine.tables import Cell, Column, Kind, Subject, Table, TableRow


def sessions_table(sessions: Sequence[SessionRow]) -> Table:
    """The sessions held, by series."""
    series: dict[UUID, list[SessionRow]] = {}
    for row in sessions:
        series.setdefault(row.series_id, []).append(row)
    ordered = sorted(series.items(), key=lambda item: (item[1][0].title, str(item[0])))
    rows = [_line(str(key), held[0].title, held) for key, held in ordered]
    rows.append(_line("total", _("Total"), sessions, total=True))
    return Table(
        "sessions",
        _("Séances collectives"),
        _("Cycle"),
        (
            Column("sessions", _("Séances")),
            Column("people", _("Personnes présentes")),
            Column("presences", _("Présences"), rows_of="people"),
            Column("absences", _("Absences"), rows_of="sessions"),
            Column("minutes", _("Heures données"), rows_of="sessions"),
            Column("person_minutes", _("Heures suivies"), rows_of="people"),
        ),
        tuple(rows),
        note=_(
            "Séances tenues, celles qui ont été annulées non comprises. Heures données : durée des séances. Heures "
            "suivies : durée de présence de chaque personne. Elles ne comptent ni dans la cadence ni dans les heures "
            "des contacts."
        ),
    )


def _line(key: str, label: str, held: Sequence[SessionRow], *, total: bool = False) -> TableRow:
    cells = (
        ids_cell(Subject.SESSION, (row.session_id for row in held)),
        ids_cell(Subject.CASE, (case for row in held for case in row.present)),
        Cell(sum(len(row.present) for row in held)),
        Cell(sum(row.absent for row in held)),
        Cell(sum(row.minutes for row in held), Kind.MINUTES),
        Cell(sum(row.person_minutes for row in held), Kind.MINUTES),
    )
    return TableRow(key, label, cells, is_total=total)
