"""Obstacles raised and lifted, by kind (domain.md 2)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from beneficiaries.enums import ObstacleKind
from reporting.activity.common import classes, ids_cell
from reporting.activity.selectors.rows import ObstacleRow
from tables.engine.scope import Scope
from tables.engine.tables import Column, Subject, Table, TableRow


def obstacles_table(obstacles: Sequence[ObstacleRow], scope: Scope) -> Table:
    """What stood between people and a job, and what was overcome."""
    rows = [
        _line(kind, label, found, scope)
        for kind, label in classes(ObstacleKind)
        if (found := [row for row in obstacles if row.kind == kind])
    ]
    rows.append(_line("total", _("Total"), obstacles, scope, total=True))
    return Table(
        "obstacles",
        _("Freins relevés et levés"),
        _("Frein"),
        (
            Column("raised", _("Relevés")),
            Column("lifted", _("Levés")),
            Column("standing", _("Présents au %(date)s") % {"date": f"{scope.last:%d/%m/%Y}"}),
            Column("people", _("Dossiers concernés")),
        ),
        tuple(rows),
        note=_("Relevé ou levé : pendant la période. Dossiers concernés : ceux où ce frein était présent un jour."),
        chart_column="people",
    )


def _line(key: str, label: str, found: Sequence[ObstacleRow], scope: Scope, *, total: bool = False) -> TableRow:
    lifted = {row.obstacle_id for row in found if row.lifted_on is not None and row.lifted_on <= scope.last}
    cells = (
        ids_cell(Subject.OBSTACLE, (row.obstacle_id for row in found if row.identified_on >= scope.first)),
        ids_cell(Subject.OBSTACLE, (row.obstacle_id for row in found if row.obstacle_id in lifted)),
        ids_cell(Subject.OBSTACLE, (row.obstacle_id for row in found if row.obstacle_id not in lifted)),
        ids_cell(Subject.CASE, (row.case_id for row in found)),
    )
    return TableRow(key, label, cells, is_total=total)
