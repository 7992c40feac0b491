"""A report as a workbook: a cover, then one sheet per table, numbers as numbers and text never as a formula."""

import io
import re
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from foundation.rules.rates import Rate
from tables.engine.funding import Funding
from tables.engine.tables import Cell, Document, Kind, Table
from tables.funding import emblem_path

SHEET_NAME_LENGTH = 31
FORBIDDEN_IN_NAMES = re.compile(r"[][:*?/\\]")
LABEL_WIDTH = 38
FIGURE_WIDTH = 16
TEXT_WIDTH = 70
# Points; the emblem is 0.6 inch high (180 pixels at 300 per inch).
EMBLEM_ROW_HEIGHT = 50
MINUTES_A_DAY = 24 * 60
# The number of that format of paper in a workbook.
A4 = 9


def report_xlsx(document: Document) -> bytes:
    """The workbook of a report, as bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": document.title, "company": "Ancrage"})
    formats = _formats(book)
    _cover(book.add_worksheet("Couverture"), document, formats)
    for number, table in enumerate(document.tables(), start=1):
        _sheet(book.add_worksheet(_sheet_name(number, table.title)), table, formats)
    book.close()
    return out.getvalue()


def _formats(book: Workbook) -> dict[str, Format]:
    """The few looks of a cell."""
    base = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
    head = {**base, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E7EFEE"}
    return {
        "title": book.add_format({**base, "bold": True, "font_size": 16}),
        "text": book.add_format({**base, "text_wrap": True}),
        "bold": book.add_format({**base, "bold": True}),
        "head": book.add_format(head),
        "head_number": book.add_format({**head, "align": "right"}),
        "note": book.add_format({**base, "italic": True, "text_wrap": True, "font_color": "#555555"}),
        **{
            f"{kind}{suffix}": book.add_format({**base, "align": "right", "num_format": number, **extra})
            for kind, number in (
                ("count", "#,##0"),
                ("decimal", "0.0"),
                ("rate", "0.0%"),
                ("minutes", "[h]:mm"),
                ("none", "@"),
            )
            for suffix, extra in (("", {}), ("_total", {"bold": True, "top": 1}))
        },
        "label_total": book.add_format({**base, "bold": True, "top": 1}),
    }


def _cover(sheet: Worksheet, document: Document, formats: dict[str, Format]) -> None:
    """What the report is and covers, and the list of its tables."""
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, 1, 80)
    sheet.write_string(0, 0, document.title, formats["title"])
    line = 2
    for label, words in (*document.coverage, ("Source des règles", document.source)):
        sheet.write_string(line, 0, label, formats["bold"])
        sheet.write_string(line, 1, words, formats["text"])
        line += 1
    if document.funding:
        line = _funding(sheet, document.funding, line + 1, formats)
    line += 1
    for number, table in enumerate(document.tables(), start=1):
        name = _sheet_name(number, table.title)
        address = name.replace("'", "''")
        sheet.write_url(line, 0, f"internal:'{address}'!A1", formats["text"], name)
        sheet.write_string(line, 1, table.title, formats["text"])
        line += 1


def _funding(sheet: Worksheet, funding: Funding, line: int, formats: dict[str, Format]) -> int:
    """The emblem, the sentence, the references; return the line that follows."""
    sheet.set_row(line, EMBLEM_ROW_HEIGHT)
    sheet.insert_image(
        line, 0, str(emblem_path("png")), {"description": funding.emblem_alt, "x_offset": 4, "y_offset": 4}
    )
    sheet.write_string(line, 1, funding.sentence, formats["bold"])
    for label, words in funding.references:
        line += 1
        sheet.write_string(line, 0, label, formats["bold"])
        sheet.write_string(line, 1, words, formats["text"])
    return line + 1


def _sheet(sheet: Worksheet, table: Table, formats: dict[str, Format]) -> None:
    """One table: title, headings, rows, definition."""
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, len(table.columns), FIGURE_WIDTH)
    for position, column in enumerate(table.columns, start=1):
        if column.key in table.text_columns:
            longest = max(len(str(row.cells[position - 1].value)) for row in table.rows)
            sheet.set_column(position, position, min(max(FIGURE_WIDTH, longest), TEXT_WIDTH))
    sheet.write_string(0, 0, table.title, formats["title"])
    sheet.write_string(2, 0, table.row_label, formats["head"])
    for position, column in enumerate(table.columns, start=1):
        look = "head" if column.key in table.text_columns else "head_number"
        sheet.write_string(2, position, column.label, formats[look])
    sheet.freeze_panes(3, 1)
    # On paper: lying, as wide as the page, its headings on each.
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    line = 3
    for row in table.rows:
        suffix = "_total" if row.is_total else ""
        sheet.write_string(line, 0, row.label, formats["label_total" if row.is_total else "text"])
        for position, cell in enumerate(row.cells, start=1):
            _figure(sheet, line, position, cell, formats, suffix)
        line += 1
    if table.note:
        sheet.merge_range(line + 1, 0, line + 1, max(len(table.columns), 1), table.note, formats["note"])
        sheet.set_row(line + 1, 45)


def _figure(sheet: Worksheet, line: int, column: int, cell: Cell, formats: dict[str, Format], suffix: str) -> None:
    """Write one cell with the type of its value; minutes become a duration that adds up."""
    value = cell.value
    if value is None or (isinstance(value, Rate) and value.percent is None):
        sheet.write_string(line, column, "–", formats[f"none{suffix}"])
    elif isinstance(value, Rate):
        sheet.write_number(line, column, value.numerator / value.denominator, formats[f"rate{suffix}"])
    elif cell.kind is Kind.MINUTES:
        sheet.write_number(line, column, Decimal(str(value)) / MINUTES_A_DAY, formats[f"minutes{suffix}"])
    elif cell.kind is Kind.TEXT:
        sheet.write_string(line, column, str(value), formats["text"])
    else:
        look = "decimal" if cell.kind is Kind.DECIMAL else "count"
        sheet.write_number(line, column, Decimal(str(value)), formats[f"{look}{suffix}"])


def _sheet_name(number: int, title: str) -> str:
    """A legal, unique sheet name."""
    legal = FORBIDDEN_IN_NAMES.sub(" ", title)
    return f"{number}. {legal}"[:SHEET_NAME_LENGTH].strip(" '")
