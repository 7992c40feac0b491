"""A frozen report is the report: nothing is lost, nothing is guessed, and the same figures are the same bytes."""

import json
from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.rates import Rate
from tables.engine.freezing import NotAReport, freeze, without_refs
from tables.engine.funding import Funding
from tables.engine.keeping import kept_bytes, kept_document
from tables.engine.refs import PackedRefs
from tables.engine.rows import KeptRefs, RowBook
from tables.engine.tables import Cell, Column, Document, Kind, Section, Subject, Table, TableRow
from tables.renderers.json import parse_report, report_json

words = st.text(max_size=12)
labels = st.text(min_size=1, max_size=12).filter(str.strip)
rates = st.builds(Rate, st.integers(0, 50), st.integers(0, 50), labels)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=2)
cells = st.one_of(
    st.builds(
        Cell,
        st.integers(-(10**12), 10**12) | st.none(),
        st.sampled_from([Kind.COUNT, Kind.MINUTES]),
        st.sampled_from(Subject) | st.none(),
        st.lists(st.uuids(), max_size=3, unique=True).map(tuple),
    ),
    st.builds(Cell, decimals, st.just(Kind.DECIMAL)),
    st.builds(Cell, rates, st.just(Kind.RATE)),
    # digits typed as text stay text
    st.builds(Cell, words | st.just("12") | st.just("null"), st.just(Kind.TEXT)),
)


@st.composite
def tables(draw: st.DrawFn, code: str) -> Table:
    width = draw(st.integers(1, 3))
    keys = draw(st.lists(labels, min_size=1, max_size=3, unique=True))
    rows = tuple(
        TableRow(key, draw(words), tuple(draw(cells) for _ in range(width)), is_total=draw(st.booleans()))
        for key in keys
    )
    columns = tuple(Column(f"c{number}", draw(words)) for number in range(width))
    return Table(code, draw(words), draw(words), columns, rows, note=draw(words), chart_column=draw(words))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    pairs = st.tuples(words, words)
    sections = tuple(
        Section(draw(words), tuple(draw(tables(f"t{n}-{m}")) for m in range(draw(st.integers(0, 2)))), draw(words))
        for n in range(draw(st.integers(0, 2)))
    )
    document = Document(
        draw(labels), draw(words), tuple(draw(st.lists(pairs, max_size=2))), draw(words), sections=sections
    )
    if draw(st.booleans()):
        return replace(
            document, funding=Funding(draw(words), ((draw(words), draw(words)),), draw(words), draw(st.booleans()))
        )
    return document


@given(document=documents())
def test_what_is_frozen_comes_back_equal_and_as_the_same_bytes(document: Document) -> None:
    content = report_json(document)
    back = parse_report(content)
    kept = kept_document(kept_bytes(freeze(document)))
    assert back == document
    assert kept == document
    assert report_json(back) == report_json(kept) == content
    # 1, True and 1.0 are equal to Python, and are not the same figure
    for before, after in zip(_cells(document), _cells(kept), strict=True):
        assert (type(after.value), type(after.kind), type(after.subject)) == (
            type(before.value),
            type(before.kind),
            type(before.subject),
        )


@given(document=documents())
def test_what_leaves_an_organisation_names_no_row_and_changes_no_figure(document: Document) -> None:
    bare = without_refs(document)
    assert [(c.value, c.kind) for c in _cells(bare)] == [(c.value, c.kind) for c in _cells(document)]
    assert not any(c.refs or c.subject for c in _cells(bare))


def _cells(document: Document) -> list[Cell]:
    return [cell for table in document.tables() for row in table.rows for cell in row.cells]


def test_a_script_reads_each_figure_with_what_it_is() -> None:
    case: UUID = uuid4()
    row = TableRow(
        "r",
        "Ligne",
        (
            Cell(3, Kind.COUNT, Subject.CASE, (case,)),
            Cell(90, Kind.MINUTES),
            Cell(Decimal("1.50"), Kind.DECIMAL),
            Cell(Rate(1, 8, "un sur huit"), Kind.RATE),
            Cell(Rate(1, 4, "un sur quatre"), Kind.RATE),
        ),
    )
    columns = tuple(Column(key, key) for key in "abcde")
    document = Document("essai", "Essai", (), "", (Section("S", (Table("t", "T", "", columns, (row,)),)),))
    written = json.loads(report_json(document))
    assert (written["format"], written["version"]) == ("ancrage-report", 1)
    assert written["rows"] == [str(case)]
    cells = written["document"]["sections"][0]["tables"][0]["rows"][0]["cells"]
    assert cells == [
        {"value": 3, "kind": "count", "subject": "case", "refs": [0]},
        {"value": 90, "kind": "minutes"},
        {"value": {"decimal": "1.50"}, "kind": "decimal"},
        {
            "value": {"rate": {"numerator": 1, "denominator": 8, "percent": "12.5", "definition": "un sur huit"}},
            "kind": "rate",
        },
        {
            "value": {"rate": {"numerator": 1, "denominator": 4, "percent": None, "definition": "un sur quatre"}},
            "kind": "rate",
        },
    ]


refs_lists = st.lists(st.lists(st.sampled_from([UUID(int=n) for n in range(40)]), max_size=30), max_size=6)


@given(lists=refs_lists)
def test_a_book_of_rows_keeps_each_list_and_each_row_once(lists: list[list[UUID]]) -> None:
    book = RowBook()
    numbers = [book.add(tuple(refs)) for refs in lists]
    assert len(list(book.ids())) == len({ref for refs in lists for ref in refs})
    for kept in (book, RowBook.unpack(book.pack())):
        assert [list(kept.refs(number)) for number in numbers] == lists
        assert kept.lengths == [len(refs) for refs in lists]


def test_figures_that_share_a_block_of_rows_share_its_numbers() -> None:
    ids = [UUID(int=number) for number in range(5)]
    women, men = (PackedRefs(b"".join(ref.bytes for ref in some)) for some in (ids[:2], ids[2:]))
    book = RowBook()
    total = book.add(women.together_with(men))
    assert list(book.refs(book.add(men))) == ids[2:]
    assert list(book.refs(total)) == ids


def test_a_kept_figure_reads_its_rows_only_when_asked() -> None:
    book = RowBook()
    ids = tuple(UUID(int=number) for number in range(5))
    number = book.add(ids)
    read = []

    def opened() -> RowBook:
        read.append(number)
        return book

    refs = KeptRefs(opened, number, 5)
    assert (len(refs), bool(refs), read) == (5, True, [])
    assert (refs[0], refs[1:3], tuple(refs)) == (ids[0], ids[1:3], ids)
    assert refs == ids == KeptRefs(opened, number, 5)
    assert hash(refs) == hash(ids)
    assert read


def test_what_somebody_typed_is_never_taken_for_rows() -> None:
    hostile = 'x","refs":0,"y":"'
    cells = (Cell(hostile, Kind.TEXT), Cell(1, Kind.COUNT, Subject.CASE, (UUID(int=1),)))
    table = Table(hostile, hostile, hostile, (Column("a", "a"), Column("b", "b")), (TableRow("r", hostile, cells),))
    document = Document(hostile, hostile, ((hostile, hostile),), hostile, (Section(hostile, (table,)),))
    assert parse_report(report_json(document)) == document


EMPTY = Document("essai", "Essai", (), "")
PLAIN = freeze(EMPTY).plain | {"rows": []}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"format": "other", "version": 1, "document": {}, "rows": []}',
        json.dumps(PLAIN | {"version": 2}).encode(),
        json.dumps(PLAIN | {"rows": ["x"]}).encode(),
        json.dumps(PLAIN | {"document": {"name": "x"}}).encode(),
        json.dumps(PLAIN | {"document": {"name": "x", "unknown": 1}}).encode(),
    ],
)
def test_what_is_not_a_report_is_refused(content: bytes) -> None:
    with pytest.raises(NotAReport):
        parse_report(content)
    with pytest.raises(NotAReport):
        kept_document(content)
