"""The participant file as a workbook: one line per participant, days as days, numbers as numbers, text never a formula.

The first sheet is nothing but the table, since it is fed to a form; what it covers and who pays is on the second one.
"""

import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from esf.file.layout import FileColumn
from esf.file.sources import Plain
from esf.selectors.participants import ParticipantFile
from tables.engine.funding import Funding

WIDEST = 40
NARROWEST = 10


def participant_workbook(
    columns: Sequence[FileColumn],
    files: Sequence[ParticipantFile],
    *,
    coverage: Sequence[tuple[str, str]],
    funding: Funding | None,
) -> bytes:
    """The workbook, as bytes."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": _("Fichier des participants FSE+"), "company": "Ancrage"})
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top", "bg_color": "#E7EFEE"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    sheet = book.add_worksheet(_("Participants"))
    rows = [[column.cell(file) for column in columns] for file in files]
    for position, column in enumerate(columns):
        sheet.write_string(0, position, column.header, head)
        longest = max((len(str(row[position] or "")) for row in rows), default=0)
        sheet.set_column(position, position, min(max(NARROWEST, len(column.header), longest) + 1, WIDEST))
    for line, row in enumerate(rows, start=1):
        for position, value in enumerate(row):
            _write(sheet, line, position, value, day)
    sheet.freeze_panes(1, 0)
    if columns and rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    _references(book.add_worksheet(_("Références")), coverage, funding, book.add_format({"bold": True}))
    book.close()
    return out.getvalue()


def _write(sheet: Worksheet, line: int, position: int, value: Plain, day: Format) -> None:
    """One cell with the type of its value; nothing for what is not known."""
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(line, position, value, day)
    elif isinstance(value, int):
        sheet.write_number(line, position, value)
    else:
        sheet.write_string(line, position, value)


def _references(sheet: Worksheet, coverage: Sequence[tuple[str, str]], funding: Funding | None, bold: Format) -> None:
    """What the file covers, and who pays."""
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 70)
    lines = [*coverage]
    if funding is not None:
        lines += [(_("Financement"), funding.sentence), *funding.references]
    for line, (label, words) in enumerate(lines):
        sheet.write_string(line, 0, label, bold)
        sheet.write_string(line, 1, words)
