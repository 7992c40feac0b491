"""A report as one CSV file for a French or Belgian spreadsheet: UTF-8 with BOM, semicolons, decimal commas."""

import csv
import io

from foundation.rules.rates import Rate
from reporting.engine.tables import Cell, Document, Kind

# A spreadsheet runs a cell that starts with one of these; an apostrophe keeps it text.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def safe_text(text: str) -> str:
    """The text, made harmless for a spreadsheet."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def report_csv(document: Document) -> bytes:
    """Every table one under the other, each headed by its title and its definition."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe_text(document.title)])
    for label, words in document.coverage:
        writer.writerow([label, safe_text(words)])
    for table in document.tables():
        writer.writerow([])
        writer.writerow([table.title])
        writer.writerow([table.row_label, *(safe_text(column.label) for column in table.columns)])
        for row in table.rows:
            writer.writerow([safe_text(row.label), *(_plain(cell) for cell in row.cells)])
        if table.note:
            writer.writerow([safe_text(table.note)])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    """A number without thousands' spaces, so that the spreadsheet reads a number; minutes stay minutes."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, Rate):
        return "" if value.percent is None else str(value.percent).replace(".", ",")
    if cell.kind is Kind.TEXT:
        return safe_text(str(value))
    return str(value).replace(".", ",")
