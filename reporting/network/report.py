"""The network's table: the organisations side by side, then the same figures over all of them. Aggregates only."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from accounts.models import Organisation
from foundation.rules.rates import Rate
from reporting.activity.insertion_figures import insertion_table
from reporting.activity.report import activity_document
from reporting.activity.selectors.period import read_activity
from reporting.activity.selectors.rows import Activity, accompanied
from reporting.activity.staff import coaching_fte
from reporting.network.rules.suppression import Line, Place, is_small, total_is_withheld, withheld, withheld_in
from tables.engine.freezing import without_refs
from tables.engine.scope import Scope
from tables.engine.tables import Cell, Column, Document, Kind, Section, Table, TableRow


def build_consolidated(scope: Scope) -> Document:
    """Compute the report over every organisation; no cell keeps what it counted."""
    activity = read_activity(scope)
    document = activity_document("consolidation", _("Tableau consolidé du réseau"), activity, scope)
    side_by_side = Section(_("Organisme par organisme"), (organisations_table(activity, scope),))
    few = is_small(len(activity.accompanied))
    sections = [
        replace(section, tables=tuple(without_small_cells(table, everything=few) for table in section.tables))
        for section in document.sections
    ]
    return without_refs(replace(document, sections=(side_by_side, *sections)))


def _apart() -> str:
    """What the columns count that the insertion does not define."""
    return _(
        "Contrats : contrats de travail commencés pendant la période. Heures : contacts tenus, dans le mandat. ETP : "
        "rôles de jobcoaching, pondérés par les jours déjà passés."
    )


def without_small_cells(table: Table, *, everything: bool = False) -> Table:
    """A table of the whole network without any count below five, nor what would give one back: by a total, or by a
    rate, a mean or hours that rest on it. ``everything``: the network itself is so small that no figure is shown.
    """
    counts = {
        (row, column): int(str(cell.value))
        for row, line in enumerate(table.rows)
        for column, cell in enumerate(line.cells)
        if cell.kind is Kind.COUNT and cell.value is not None
    }
    hidden = withheld_in(counts, _lines(table, counts))
    keys = [column.key for column in table.columns]

    def leaves(row: int, column: int, cell: Cell) -> bool:
        if cell.kind is Kind.TEXT or cell.value is None:
            return False
        if everything or (row, column) in hidden:
            return True
        if cell.kind is Kind.COUNT:
            return False
        if isinstance(cell.value, Rate) and (is_small(cell.value.numerator) or is_small(cell.value.denominator)):
            return True
        rests_on = table.columns[column].rows_of
        if rests_on:
            return (row, keys.index(rests_on)) in hidden
        # One column of figures of all kinds: which of them a mean rests on is known to nobody here.
        return any(place[0] == row or len(keys) == 1 for place in hidden)

    rows = tuple(
        replace(
            line,
            cells=tuple(
                Cell(None, cell.kind) if leaves(row, column, cell) else cell for column, cell in enumerate(line.cells)
            ),
        )
        for row, line in enumerate(table.rows)
    )
    note = table.note if rows == table.rows else f"{table.note} {withheld_words()}".strip()
    return replace(table, rows=rows, note=note)


def withheld_words() -> str:
    """What a dash says."""
    return _("Un tiret : le nombre est inférieur à cinq, ou permettrait d’en retrouver un qui l’est.")


def _lines(table: Table, counts: Mapping[Place, int]) -> list[Line]:
    """The counts that a total adds up: rows down to a total row, columns across to a column of totals."""
    found: list[Line] = []
    above: list[int] = []
    for row, line in enumerate(table.rows):
        if not line.is_total:
            above.append(row)
            continue
        for column in range(len(table.columns)):
            parts = tuple((one, column) for one in above if (one, column) in counts)
            if parts and (row, column) in counts:
                found.append(Line(parts, (row, column)))
        above = []
    across = next((place for place, column in enumerate(table.columns) if column.key == "total"), None)
    if across is not None:
        for row in range(len(table.rows)):
            parts = tuple((row, column) for column in range(across) if (row, column) in counts)
            if parts and (row, across) in counts:
                found.append(Line(parts, (row, across)))
    return found


def organisations_table(activity: Activity, scope: Scope) -> Table:
    """One row per organisation: people, contracts, placed, durable, hours, full-time equivalents."""
    rows = [_line(str(one.pk), one.name, [one], activity, scope) for one in scope.organisations]
    total = _line("total", _("Total"), scope.organisations, activity, scope, total=True)
    defined = insertion_table(activity.accompanied, activity.contracts, scope).note
    return Table(
        "organisations",
        _("Les organismes côte à côte"),
        _("Organisme"),
        (
            Column("people", _("Personnes accompagnées")),
            Column("contracts", _("Contrats de travail")),
            Column("placed", _("Mises à l’emploi")),
            Column("durable", _("Insertions durables")),
            Column("durable_rate", _("Durables sur personnes")),
            Column("hours", _("Heures de contact")),
            Column("fte", _("ETP de jobcoaching")),
        ),
        without_small_numbers(rows, total),
        note=f"{defined} {_apart()} {withheld_words()}",
    )


# The columns that count people or their contracts, and the rate that rests on two of them.
_COUNTED, _RATE, _RATE_OF = (0, 1, 2, 3), 4, (0, 3)


def without_small_numbers(rows: Sequence[TableRow], total: TableRow) -> tuple[TableRow, ...]:
    """The rows and their total, without any number below five nor what would give one back.

    A rate leaves with either of the counts that it is made of.
    """
    hidden: set[tuple[int, int]] = set()
    for column in _COUNTED:
        counts = [int(row.cells[column].value) for row in rows]  # type: ignore[arg-type]
        hidden |= {(place, column) for place in withheld(counts)}
        if total_is_withheld(counts):
            hidden.add((len(rows), column))
    hidden |= {(place, _RATE) for place, column in hidden if column in _RATE_OF}
    return tuple(
        replace(
            row,
            cells=tuple(
                Cell(None, cell.kind) if (place, column) in hidden else cell for column, cell in enumerate(row.cells)
            ),
        )
        for place, row in enumerate((*rows, total))
    )


def _line(
    key: str, label: str, among: Sequence[Organisation], activity: Activity, scope: Scope, *, total: bool = False
) -> TableRow:
    here = {one.pk for one in among}
    people = accompanied(row for row in activity.cases if row.organisation_id in here)
    contracts = [row for row in activity.contracts if row.organisation_id in here]
    inserted = insertion_table(people, contracts, scope)
    durable = inserted.cell("durable", "rate").value
    cells = (
        Cell(len(people)),
        Cell(sum(row.organisation_id in here for row in activity.begun(scope.first, scope.last))),
        Cell(inserted.cell("placed", "count").value),
        Cell(inserted.cell("durable", "count").value),
        Cell(durable if isinstance(durable, Rate) else None, Kind.RATE),
        Cell(sum(minutes for pk, minutes in activity.work.minutes_of.items() if pk in here), Kind.MINUTES),
        Cell(coaching_fte([row for row in activity.staff if row.organisation_id in here], scope), Kind.DECIMAL),
    )
    return TableRow(key, label, cells, is_total=total)
