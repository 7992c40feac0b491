"""A report as one CSV file for a French or Belgian spreadsheet."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.rules.rates import Rate
from foundation.spreadsheets import csv_file
from tables.engine.tables import Cell, Document, Kind, Table


def report_csv(document: Document) -> bytes:
    """Every table one under the other, each headed by its title and its definition."""
    return csv_file(_rows(document))


def _rows(document: Document) -> Iterator[list[str | int | Decimal]]:
    yield [document.title]
    for label, words in document.coverage:
        yield [label, words]
    if document.funding:
        yield [document.funding.sentence]
        for label, words in document.funding.references:
            yield [label, words]
    for table in document.tables():
        yield []
        yield [table.title]
        yield [table.row_label, *_headings(table)]
        for row in table.rows:
            timed = len(table.columns) == 1 and row.cells[0].kind is Kind.MINUTES
            yield [_in_minutes(row.label) if timed else row.label, *(_plain(cell) for cell in row.cells)]
        if table.note:
            yield [table.note]


def _headings(table: Table) -> Iterator[str]:
    """The labels of the columns, with the unit of those that hold durations."""
    for position, column in enumerate(table.columns):
        timed = len(table.columns) > 1 and all(row.cells[position].kind is Kind.MINUTES for row in table.rows)
        yield _in_minutes(column.label) if timed and table.rows else column.label


def _in_minutes(label: str) -> str:
    """A label that says its unit: a bare number of minutes would be read as hours."""
    return _("%(label)s (minutes)") % {"label": label}


def _plain(cell: Cell) -> str | int | Decimal:
    """A number without thousands' spaces, so that the spreadsheet reads a number; minutes stay minutes."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, Rate):
        return "" if value.percent is None else value.percent
    return value
