"""The intermediate tables: the one form in which a report's figures exist before any page, PDF or spreadsheet.

Pure values. A cell that counts keeps the identifiers of what it counted, so that every figure opens on its rows.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from foundation.rules.rates import Rate
from tables.engine.funding import Funding

Row = TypeVar("Row")
Value = int | Decimal | str | Rate | None


class Kind(StrEnum):
    """What a cell's value is, which decides how each output writes it."""

    COUNT = "count"
    DECIMAL = "decimal"
    MINUTES = "minutes"
    RATE = "rate"
    TEXT = "text"


class Subject(StrEnum):
    """What the identifiers behind a figure identify."""

    CASE = "case"
    EMPLOYMENT = "employment"
    COMPANY = "company"
    CONTACT = "contact"
    PARTICIPANT = "participant"
    SESSION = "session"
    VACANCY = "vacancy"
    MATCH = "match"
    OBSTACLE = "obstacle"
    TRAJECTORY = "trajectory"
    TIME_ENTRY = "time_entry"
    COACH = "coach"
    PROSPECTION = "prospection"


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure. `refs` are the rows it counts, in the order they are listed; `subject` says rows of what."""

    value: Value
    kind: Kind = Kind.COUNT
    subject: Subject | None = None
    refs: Sequence[UUID] = ()

    @property
    def opens(self) -> bool:
        """Whether the figure leads to rows that can be shown."""
        return self.subject is not None and bool(self.refs)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a stable key and the label that outputs print.

    `rows_of` names the column whose rows stand behind the figures of this one too: hours rest on the contacts that are
    counted beside them, a share on the people.
    """

    key: str
    label: str
    rows_of: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: a stable key, its label, one cell per column; totals are set apart by every output."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve that falls by steps: percentages from each day on, until the last day that it speaks of.

    `points` are (day, percentage) in order, the first on day 0; `at_risk` are (day, how many it rests on) at the days
    that are told.
    """

    label: str
    points: tuple[tuple[int, Decimal], ...]
    until: int
    at_risk: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table. `code` is stable and names it in addresses, files and frozen figures; `note` states the
    definition; `curves` are drawn above it where there is room for a drawing.
    """

    code: str
    title: str
    row_label: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    note: str = ""
    chart_column: str = ""
    curves: tuple[Curve, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a table whose rows do not fit its columns, or whose keys repeat."""
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError(f"table {self.code}: a row does not have one cell per column")
        for keys in ([row.key for row in self.rows], [column.key for column in self.columns]):
            if len(set(keys)) != len(keys):
                raise ValueError(f"table {self.code}: a key is used twice")
        if any(column.rows_of not in ("", *(other.key for other in self.columns)) for column in self.columns):
            raise ValueError(f"table {self.code}: a column rests on one that is not there")

    @property
    def text_columns(self) -> frozenset[str]:
        """The keys of the columns that hold words only: outputs give them room, and set them as text."""
        return frozenset(
            column.key
            for index, column in enumerate(self.columns)
            if self.rows and all(row.cells[index].kind is Kind.TEXT for row in self.rows)
        )

    def cell(self, row_key: str, column_key: str) -> Cell:
        """The cell at a row and a column.

        Raises:
            KeyError: the table has no such row or column.
        """
        position = {column.key: index for index, column in enumerate(self.columns)}[column_key]
        return {row.key: row for row in self.rows}[row_key].cells[position]

    def column(self, key: str) -> Column:
        """The column of a key.

        Raises:
            KeyError: the table has none of that key.
        """
        return {column.key: column for column in self.columns}[key]

    def behind(self, row_key: str, column_key: str) -> Cell:
        """The cell whose rows a figure opens on: its own, or those of the column that it rests on; zero rests on none.

        Raises:
            KeyError: the table has no such row or column.
        """
        cell, rests_on = self.cell(row_key, column_key), self.column(column_key).rows_of
        return self.cell(row_key, rests_on) if rests_on and not cell.opens and cell.value != 0 else cell


@dataclass(frozen=True, slots=True)
class Section:
    """Tables that belong together under one heading."""

    title: str
    tables: tuple[Table, ...]
    introduction: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A computed report: what it is, what it covers, in words, its sections, and who pays when it must be shown.

    `is_provisional`: the period went on after the last day that is counted.
    """

    name: str
    title: str
    coverage: tuple[tuple[str, str], ...]
    source: str
    sections: tuple[Section, ...] = field(default_factory=tuple)
    funding: Funding | None = None
    is_provisional: bool = False

    def tables(self) -> tuple[Table, ...]:
        """Every table, in order."""
        return tuple(table for section in self.sections for table in section.tables)

    def table(self, code: str) -> Table:
        """The table of a code.

        Raises:
            KeyError: the report has no such table.
        """
        return {table.code: table for table in self.tables()}[code]


def count_cell(rows: Iterable[Row], subject: Subject, identity: Callable[[Row], UUID]) -> Cell:
    """A cell that counts rows once each, whatever their number of mentions, and remembers which."""
    refs = tuple(dict.fromkeys(identity(row) for row in rows))
    return Cell(len(refs), Kind.COUNT, subject, refs)


def mentions_cell(refs: Iterable[UUID], subject: Subject) -> Cell:
    """A cell that counts each mention, and opens on each row once: two jobs of one contract by the week are two."""
    found = tuple(refs)
    return Cell(len(found), Kind.COUNT, subject, tuple(dict.fromkeys(found)))


@dataclass(frozen=True, slots=True)
class Axis:
    """One direction of a cross table: its label and its classes, each a key and a label, in order."""

    label: str
    classes: tuple[tuple[Hashable, str], ...]


def cross_table(
    *,
    code: str,
    title: str,
    rows: Sequence[Row],
    down: tuple[Axis, Callable[[Row], Hashable]],
    across: tuple[Axis, Callable[[Row], Hashable]],
    subject: Subject,
    identity: Callable[[Row], UUID],
    note: str = "",
    chart: bool = True,
) -> Table:
    """Count rows by two characteristics, with totals and each class's share of the whole.

    Classes nobody falls in are shown with a zero; a value outside the classes is a mistake of the report. `chart` draws
    the totals too.

    Raises:
        KeyError: a row has a value that the axis does not know.
    """
    down_axis, down_of = down
    across_axis, across_of = across
    grid: dict[tuple[Hashable, Hashable], list[Row]] = {
        (d, a): [] for d, _label in down_axis.classes for a, _other in across_axis.classes
    }
    for row in rows:
        grid[(down_of(row), across_of(row))].append(row)

    def line(key: str, label: str, wanted: Sequence[Hashable], *, total: bool = False) -> TableRow:
        groups = [[row for d in wanted for row in grid[(d, a)]] for a, _label in across_axis.classes]
        everyone = [row for group in groups for row in group]
        cells = [count_cell(group, subject, identity) for group in groups]
        counted = count_cell(everyone, subject, identity)
        share = Rate(int(str(counted.value)), len(rows), note or title)
        return TableRow(key, label, (*cells, counted, Cell(share, Kind.RATE)), is_total=total)

    columns = (
        *(Column(str(key) or "unknown", label) for key, label in across_axis.classes),
        Column("total", "Total"),
        Column("share", "Part", rows_of="total"),
    )
    lines = [line(str(key) or "unknown", label, [key]) for key, label in down_axis.classes]
    lines.append(line("total", "Total", [key for key, _label in down_axis.classes], total=True))
    return Table(code, title, down_axis.label, columns, tuple(lines), note, chart_column="total" if chart else "")
