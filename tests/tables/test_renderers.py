"""The outputs of a report say the same, and run nothing that somebody typed."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest

from foundation.rules.rates import Rate
from tables.engine.tables import Cell, Column, Document, Kind, Section, Table, TableRow
from tables.renderers.csv import report_csv
from tables.renderers.words import cell_words
from tables.renderers.xlsx import report_xlsx

EVIL = "=1+1"


@pytest.fixture
def document() -> Document:
    rows = (
        TableRow("a", EVIL, (Cell(1234), Cell(90, Kind.MINUTES), Cell(Rate(1, 8, "un sur huit"), Kind.RATE))),
        TableRow("b", "Peu", (Cell(2), Cell(0, Kind.MINUTES), Cell(Rate(1, 4, "un sur quatre"), Kind.RATE))),
        TableRow("t", "Total", (Cell(None), Cell(Decimal("1.5"), Kind.DECIMAL), Cell("@x", Kind.TEXT)), is_total=True),
    )
    columns = (Column("n", "Nombre"), Column("m", "Durée"), Column("r", "Part"))
    table = Table("t", "Tableau [essai] : un/deux", "Ligne", columns, rows, note="Ce que compte le tableau.")
    coverage = (("Période", "du 01/01/2025 au 31/12/2025"),)
    return Document("essai", "Rapport d’essai", coverage, "source", (Section("S", (table,)),))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Cell(None), "–"),
        (Cell(1234), "1\u202f234"),
        (Cell(90, Kind.MINUTES), "1\u00a0h\u00a030"),
        (Cell(Rate(1, 8, "d"), Kind.RATE), "12,5\u00a0%"),
        (Cell(Rate(1, 4, "d"), Kind.RATE), "–"),
        (Cell("texte", Kind.TEXT), "texte"),
    ],
)
def test_words(cell, words) -> None:
    assert cell_words(cell) == words


def test_csv_opens_in_a_belgian_spreadsheet(document) -> None:
    content = report_csv(document)
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert ["Ligne", "Nombre", "Durée", "Part"] in lines
    assert ["'=1+1", "1234", "90", "12,5"] in lines
    assert ["Peu", "2", "0", ""] in lines
    assert ["Total", "", "1,5", "'@x"] in lines


def test_xlsx_holds_numbers_and_no_formula(document) -> None:
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(document)))
    assert book.sheetnames[0] == "Couverture"
    sheet = book.worksheets[1]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=4, max_row=6)}
    assert rows[EVIL][1].value == 1234
    assert rows[EVIL][3].value == pytest.approx(0.125)
    assert rows[EVIL][2].number_format == "[h]:mm"
    assert rows["Peu"][3].value == "–"
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
