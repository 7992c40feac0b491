"""What moved since a report was sent: every figure that differs, the rows that came and went, and nothing else."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.rates import Rate
from tables.engine.comparison import compare, rows_moved
from tables.engine.tables import Cell, Column, Document, Kind, Section, Subject, Table, TableRow

POOL = [UUID(int=number) for number in range(8)]
counted = st.sets(st.sampled_from(POOL)).map(
    lambda refs: Cell(len(refs), Kind.COUNT, Subject.CASE, tuple(sorted(refs)))
)
grids = st.dictionaries(st.sampled_from("abc"), st.tuples(counted, counted), min_size=1)


def a_document(rows: dict[str, tuple[Cell, ...]], code: str = "t") -> Document:
    width = len(next(iter(rows.values()), ()))
    columns = tuple(Column(f"c{number}", f"Colonne {number}") for number in range(width))
    table = Table(code, "Tableau", "", columns, tuple(TableRow(key, key.upper(), cells) for key, cells in rows.items()))
    return Document("essai", "Essai", (), "", (Section("S", (table,)),))


@given(before=grids, after=grids)
def test_each_figure_that_differs_is_told_with_the_rows_that_came_and_went(before, after) -> None:
    comparison = compare(a_document(before), a_document(after))
    told = {(f.row.key, f.column.key): f for change in comparison.tables for f in change.figures}
    for key in {*before, *after}:
        for number, column in enumerate(("c0", "c1")):
            then = set(before[key][number].refs) if key in before else None
            now = set(after[key][number].refs) if key in after else None
            if (then or set()) == (now or set()):
                assert (key, column) not in told
                continue
            figure = told.pop((key, column))
            assert set(figure.came) == (now or set()) - (then or set())
            assert set(figure.went) == (then or set()) - (now or set())
            if key in before and key in after:
                assert figure.difference.value == len(now) - len(then)
    assert not told


@given(rows=grids)
def test_nothing_moves_when_nothing_moved(rows) -> None:
    comparison = compare(a_document(rows), a_document(rows))
    assert comparison.tables == ()
    assert comparison.number == 0


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        (Cell(90, Kind.MINUTES), Cell(60, Kind.MINUTES), Cell(-30, Kind.MINUTES)),
        (Cell(Decimal("1.5"), Kind.DECIMAL), Cell(Decimal("1.6"), Kind.DECIMAL), Cell(Decimal("0.1"), Kind.DECIMAL)),
        # 20 % to 40 %: twenty points
        (Cell(Rate(1, 5, "d"), Kind.RATE), Cell(Rate(2, 5, "d"), Kind.RATE), Cell(Decimal("20.0"), Kind.DECIMAL)),
        # below five, no rate: the counts moved, no percentage can be told
        (Cell(Rate(1, 4, "d"), Kind.RATE), Cell(Rate(2, 4, "d"), Kind.RATE), None),
        (Cell("ancien", Kind.TEXT), Cell("nouveau", Kind.TEXT), None),
        (Cell(None, Kind.DECIMAL), Cell(Decimal("1.5"), Kind.DECIMAL), None),
    ],
)
def test_the_difference_is_in_the_unit_of_the_figure(before, after, difference) -> None:
    change = compare(a_document({"a": (before,)}), a_document({"a": (after,)})).table("t").figure("a", "c0")
    assert change.difference == difference


def test_one_person_for_another_is_a_move_though_the_number_stays() -> None:
    one, other = uuid4(), uuid4()
    before = Cell(1, Kind.COUNT, Subject.CASE, (one,))
    after = Cell(1, Kind.COUNT, Subject.CASE, (other,))
    figure = compare(a_document({"a": (before,)}), a_document({"a": (after,)})).table("t").figures[0]
    assert (figure.came, figure.went, figure.difference, figure.subject) == (
        (other,),
        (one,),
        Cell(0, Kind.COUNT),
        Subject.CASE,
    )


def test_a_table_that_only_one_of_them_has_is_told_as_such() -> None:
    comparison = compare(a_document({"a": (Cell(1),)}, "old"), a_document({"a": (Cell(1),)}, "new"))
    assert [(c.table.code, c.is_new, c.is_gone) for c in comparison.tables] == [
        ("new", True, False),
        ("old", False, True),
    ]


def test_other_words_for_the_same_rate_are_no_move() -> None:
    before, after = (Cell(Rate(1, 5, words), Kind.RATE) for words in ("une définition", "la même, mieux dite"))
    assert compare(a_document({"a": (before,)}), a_document({"a": (after,)})).tables == ()


@given(before=grids, after=grids)
def test_who_entered_the_report_and_who_left_it_are_told_once(before, after) -> None:
    def everybody(rows) -> set[UUID]:
        return {ref for cells in rows.values() for cell in cells for ref in cell.refs}

    moved = rows_moved(a_document(before), a_document(after), Subject.CASE)
    assert len(set(moved.came)) == len(moved.came)
    assert set(moved.came) == everybody(after) - everybody(before)
    assert set(moved.went) == everybody(before) - everybody(after)
    nobody = rows_moved(a_document(before), a_document(after), Subject.CONTACT)
    assert (nobody.came, nobody.went) == ((), ())
