"""Every report in every file says what its tables say, and nothing that somebody typed is ever run."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

import openpyxl
import pikepdf
import pytest

from accounts.enums import Role
from employers.models import Company
from foundation.rules.rates import Rate
from foundation.spreadsheets import csv_file, harmless
from tables.engine.registry import reports
from tables.engine.scope import Scope
from tables.engine.tables import Cell, Column, Document, Kind, Section, Table, TableRow
from tables.renderers.csv import report_csv
from tables.renderers.json import parse_report, report_json
from tables.renderers.pdf import report_pdf
from tables.renderers.xlsx import MINUTES_A_DAY, report_xlsx
from tests.factories import stories
from tests.factories.accounts import OrganisationFactory, user_with
from tests.factories.esf import a_participant, an_esf_project

HOSTILE = ('=HYPERLINK("http://x";"y")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", 'Dupont "l\'été"; <b>&')
FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)


@pytest.fixture
def documents(db, frozen) -> dict[str, Document]:
    """Every registered report over an organisation, and people, whose names are formulas."""
    coach = stories.a_coach(OrganisationFactory(name=HOSTILE[0], short_name=HOSTILE[2]))
    coach.last_name = HOSTILE[1]
    coach.save()
    stories.in_prehire(coach, since=date(2024, 2, 1), last_name=HOSTILE[0], first_name=HOSTILE[3])
    person = stories.in_followup(coach).beneficiary
    person.last_name, person.first_name = HOSTILE[4], HOSTILE[2]
    person.save()
    Company.objects.update(name=HOSTILE[3], town=HOSTILE[1])
    project = an_esf_project(coach, name=HOSTILE[0])
    a_participant(coach, project=project, last_name=HOSTILE[0])
    here = coach.current_organisation
    user_with(Role.COORDINATOR, here)
    return {
        report.name: report.compute(
            Scope(organisations=(here,), first=FIRST, last=LAST, project=project if report.project_funder else None)
        )
        for report in reports
    }


def test_each_file_holds_each_figure_of_each_report(documents) -> None:
    assert len(documents) >= 4
    for name, document in documents.items():
        assert parse_report(report_json(document)) == document, name
        _compare_workbook(name, document)
        _compare_csv(name, document)


def _compare_workbook(name: str, document: Document) -> None:
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(document)))
    tables = document.tables()
    assert len(book.worksheets) == 1 + len(tables)
    for table, sheet in zip(tables, book.worksheets[1:], strict=True):
        where = f"{name}, {table.code}"
        lines = list(sheet.iter_rows(min_row=4, max_row=3 + len(table.rows), max_col=1 + len(table.columns)))
        heads = [cell.value or "" for cell in next(sheet.iter_rows(min_row=3, max_row=3))][: 1 + len(table.columns)]
        assert heads == [table.row_label, *(column.label for column in table.columns)], where
        for row, line in zip(table.rows, lines, strict=True):
            assert line[0].value == row.label, where
            for cell, written in zip(row.cells, line[1:], strict=True):
                _compare_figure(cell, written.value, where)
    for sheet in book.worksheets:
        assert not [cell.coordinate for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]


def _compare_figure(cell: Cell, written: object, where: str) -> None:
    value = cell.value
    if value is None or (isinstance(value, Rate) and value.percent is None):
        assert written == "–", where
    elif isinstance(value, Rate):
        assert written == pytest.approx(value.numerator / value.denominator), where
    elif cell.kind is Kind.MINUTES:
        # openpyxl reads a duration back as one
        minutes = written.total_seconds() / 60 if hasattr(written, "total_seconds") else _minutes(written)
        assert minutes == pytest.approx(float(value)), where
    elif isinstance(value, str):
        assert (written or "") == value, where
    else:
        assert Decimal(str(written)) == Decimal(str(value)), where


def _minutes(written) -> float:
    if hasattr(written, "hour"):
        return written.hour * 60 + written.minute
    return float(written) * MINUTES_A_DAY


def _compare_csv(name: str, document: Document) -> None:
    content = report_csv(document)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    for line in lines:
        assert not [cell for cell in line if cell.startswith(tuple("=+@\t"))], name
    written = iter(lines)
    for table in document.tables():
        alone = len(table.columns) == 1
        heads = [harmless(table.row_label), *(_head(table, number) for number in range(len(table.columns)))]
        assert any(line == heads for line in written), f"{name}, {table.code}"
        for row in table.rows:
            # a number of minutes says that it is one, in the heading of its column or in its only line
            unit = " (minutes)" if alone and row.cells[0].kind is Kind.MINUTES else ""
            expected = [harmless(row.label + unit), *(_in_csv(cell) for cell in row.cells)]
            assert next(written) == expected, f"{name}, {table.code}"


def _head(table: Table, number: int) -> str:
    kinds = {row.cells[number].kind for row in table.rows}
    unit = " (minutes)" if kinds == {Kind.MINUTES} and len(table.columns) > 1 else ""
    return harmless(table.columns[number].label + unit)


def _in_csv(cell: Cell) -> str:
    value = cell.value.percent if isinstance(cell.value, Rate) else cell.value
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else str(value).replace(".", ",")


def test_a_number_below_zero_stays_a_number_and_a_text_that_begins_like_one_stays_text() -> None:
    written = csv_file([[-5, Decimal("-1.5"), "-5", " =1", "\u00a0+1", "\n=1", "＝1", "'", "a=b", ""]])
    cells = next(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert cells == ["-5", "-1,5", "'-5", "' =1", "'\u00a0+1", "'\n=1", "'＝1", "'", "a=b", ""]


# --- Paper ------------------------------------------------------------------------------------------------------------


def a_long_report() -> Document:
    """Two sections; the first holds a table of three pages."""
    columns = (Column("n", "Nombre"), Column("m", "Durée"), Column("r", "Part"))
    cells = (Cell(1234), Cell(90, Kind.MINUTES), Cell(Rate(1, 8, "un sur huit"), Kind.RATE))
    rows = tuple(TableRow(str(number), f"Ligne {number} {HOSTILE[4]}", cells) for number in range(90))
    long = Table("long", "Un long tableau", "Ligne", columns, rows, note="Ce que compte le tableau.")
    short = Table("short", "Un petit tableau", "", columns[:1], (TableRow("t", "Total", cells[:1], is_total=True),))
    coverage = (("Période", "du 01/01/2025 au 31/12/2025"),)
    sections = (Section("Première partie", (long,)), Section("Seconde partie", (short,)))
    return Document("essai", "Rapport d’essai", coverage, "source", sections)


@pytest.fixture(scope="module")
def pdf():
    with pikepdf.open(io.BytesIO(report_pdf(a_long_report()))) as opened:
        yield opened


def test_the_pdf_says_its_language_its_title_and_that_it_is_accessible(pdf) -> None:
    assert str(pdf.Root.Lang) == "fr-BE"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Rapport d’essai"
        assert metadata["pdfuaid:part"] == "1"


def test_its_headings_follow_each_other_and_are_its_bookmarks(pdf) -> None:
    levels = [int(kind[2]) for kind, _node in _structure(pdf.Root.StructTreeRoot) if re.fullmatch(r"/H\d", kind)]
    assert levels == [1, 2, 2]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    with pdf.open_outline() as outline:
        (whole,) = outline.root
        assert whole.title == "Rapport d’essai"
        assert [part.title for part in whole.children] == ["Première partie", "Seconde partie"]


def test_each_heading_of_a_table_says_what_it_heads_and_each_table_its_name(pdf) -> None:
    kinds = list(_structure(pdf.Root.StructTreeRoot))
    scopes = [_scope_of(node) for kind, node in kinds if kind == "/TH"]
    assert scopes
    assert set(scopes) == {"/Column", "/Row"}
    # a table over several pages is several tables, the first of which bears the name
    assert sum(kind == "/Caption" for kind, _node in kinds) == len(a_long_report().tables())
    assert all(page.obj.get("/Tabs") == "/S" or "/Annots" not in page.obj for page in pdf.pages)


def test_a_table_over_several_pages_repeats_its_headings(pdf) -> None:
    assert len(pdf.pages) >= 3
    heads = [kind for kind, _node in _structure(pdf.Root.StructTreeRoot)].count("/THead")
    assert heads >= 2
    for page in pdf.pages[:-1]:
        assert page.obj.Resources.Font


def _structure(node):
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S), node
        children = node.get("/K")
        if isinstance(children, pikepdf.Array):
            for child in children:
                yield from _structure(child)
        elif children is not None:
            yield from _structure(children)


def _scope_of(heading) -> str:
    attributes = heading.get("/A", pikepdf.Dictionary())
    for one in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if "/Scope" in one:
            return str(one.Scope)
    return ""


def test_names_that_are_formulas_or_tags_are_words_on_paper(documents) -> None:
    inspection = documents["inspection"]
    assert any(HOSTILE[4] in row.label or HOSTILE[0] in row.label for t in inspection.tables() for row in t.rows)
    assert report_pdf(inspection).startswith(b"%PDF-")
    assert reports["inspection"].title


def test_the_activity_report_stays_in_ten_pages_and_ends_beside_its_figures(documents) -> None:
    """Its tables show every class, whoever falls in it: the number of people hardly moves the number of pages."""
    with pikepdf.open(io.BytesIO(report_pdf(documents["activite"]))) as pdf:
        assert len(pdf.pages) <= 9
