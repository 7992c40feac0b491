"""A report as one CSV file for a French or Belgian spreadsheet."""

from collections.abc import Iterator
from decimal import Decimal

from foundation.rules.rates import Rate
from foundation.spreadsheets import csv_file
from reporting.engine.tables import Cell, Document


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
        yield [table.row_label, *(column.label for column in table.columns)]
        for row in table.rows:
            yield [row.label, *(_plain(cell) for cell in row.cells)]
        if table.note:
            yield [table.note]


def _plain(cell: Cell) -> str | int | Decimal:
    """A number without thousands' spaces, so that the spreadsheet reads a number; minutes stay minutes."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, Rate):
        return "" if value.percent is None else value.percent
    return value
