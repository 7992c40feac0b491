"""What moved between two computations of one report: figure by figure, and row by row behind each figure."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from foundation.rules.rates import Rate
from tables.engine.tables import Cell, Column, Document, Kind, Subject, Table, TableRow

Numbers = int | Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """One figure that is no longer the same, or that counts other rows.

    Attributes:
        before, after: the cell then and now; `None` where the table had, or has, no such row or column.
        came, went: the rows counted now and not then, then and not now.
    """

    row: TableRow
    column: Column
    before: Cell | None
    after: Cell | None

    @property
    def came(self) -> tuple[UUID, ...]:
        """The rows that this figure counts now and did not count then."""
        return _only_in(self.after, self.before)

    @property
    def went(self) -> tuple[UUID, ...]:
        """The rows that this figure counted then and no longer counts."""
        return _only_in(self.before, self.after)

    @property
    def subject(self) -> Subject | None:
        """What those rows are."""
        return (self.after and self.after.subject) or (self.before and self.before.subject) or None

    @property
    def difference(self) -> Cell | None:
        """How much it moved, in the unit of the figure (points for a rate); `None` for words, or without a before."""
        before, after = _number(self.before), _number(self.after)
        if before is None or after is None or self.after is None:
            return None
        kind = Kind.DECIMAL if self.after.kind is Kind.RATE else self.after.kind
        return Cell(after - before, kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChange:
    """The figures of one table that moved; `is_new` and `is_gone` tell a table that only one of the two has."""

    table: Table
    figures: tuple[FigureChange, ...]
    is_new: bool = False
    is_gone: bool = False

    def figure(self, row_key: str, column_key: str) -> FigureChange:
        """The change of a figure.

        Raises:
            KeyError: that figure did not move.
        """
        return {(change.row.key, change.column.key): change for change in self.figures}[row_key, column_key]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that moved, table by table, in the order of the report; empty when nothing did."""

    tables: tuple[TableChange, ...]

    @property
    def number(self) -> int:
        """How many figures moved."""
        return sum(len(change.figures) for change in self.tables)

    def table(self, code: str) -> TableChange:
        """What moved in the table of a code.

        Raises:
            KeyError: nothing did.
        """
        return {change.table.code: change for change in self.tables}[code]


def compare(before: Document, after: Document) -> Comparison:
    """What moved from one document to the other; titles, notes and order are no figures and are not compared."""
    then = {table.code: table for table in before.tables()}
    now = {table.code: table for table in after.tables()}
    order = [*now, *(code for code in then if code not in now)]
    changes = [_table_change(then.get(code), now.get(code)) for code in order]
    return Comparison(tuple(change for change in changes if change is not None))


@dataclass(frozen=True, slots=True)
class RowsMoved:
    """Rows that no figure of the report counted then and some do now, and the other way round, in its order."""

    came: tuple[UUID, ...]
    went: tuple[UUID, ...]


def rows_moved(before: Document, after: Document, subject: Subject) -> RowsMoved:
    """The rows of a kind that entered the report, and those that left it altogether."""
    then, now = _all_refs(before, subject), _all_refs(after, subject)
    return RowsMoved(tuple(ref for ref in now if ref not in then), tuple(ref for ref in then if ref not in now))


def _all_refs(document: Document, subject: Subject) -> dict[UUID, None]:
    cells = (cell for table in document.tables() for row in table.rows for cell in row.cells)
    return dict.fromkeys(ref for cell in cells if cell.subject is subject for ref in cell.refs)


def _table_change(before: Table | None, after: Table | None) -> TableChange | None:
    table = after or before
    assert table is not None  # noqa: S101  (one of the two holds the code)
    then, now = _cells(before), _cells(after)
    places = {place: labels for _cell, place, labels in (*_listed(after), *_listed(before))}
    figures = tuple(
        FigureChange(row=row, column=column, before=then.get(place), after=now.get(place))
        for place, (row, column) in places.items()
        if _differ(then.get(place), now.get(place))
    )
    if not figures and before and after:
        return None
    return TableChange(table=table, figures=figures, is_new=before is None, is_gone=after is None)


def _listed(table: Table | None) -> list[tuple[Cell, tuple[str, str], tuple[TableRow, Column]]]:
    """Each cell of a table with its keys, and with its row and column."""
    if table is None:
        return []
    return [
        (cell, (row.key, column.key), (row, column))
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    ]


def _cells(table: Table | None) -> dict[tuple[str, str], Cell]:
    return {place: cell for cell, place, _labels in _listed(table)}


def _differ(before: Cell | None, after: Cell | None) -> bool:
    """Whether a reader would call them different: another value, or other rows; the order of rows says nothing."""
    if before is None or after is None:
        # A line that counts nobody may come and go with the lines around it.
        there = before or after
        return there is None or bool(there.refs) or there.value not in (None, 0, "")
    return _value(before) != _value(after) or set(before.refs) != set(after.refs)


def _value(cell: Cell) -> object:
    """What a figure says; a rate says its two counts, not its definition."""
    return (cell.value.numerator, cell.value.denominator) if isinstance(cell.value, Rate) else cell.value


def _number(cell: Cell | None) -> Numbers | None:
    if cell is None:
        return None
    value = cell.value.percent if isinstance(cell.value, Rate) else cell.value
    return None if isinstance(value, str) else value


def _only_in(cell: Cell | None, other: Cell | None) -> tuple[UUID, ...]:
    known = set(other.refs) if other else set()
    return tuple(ref for ref in cell.refs if ref not in known) if cell else ()
