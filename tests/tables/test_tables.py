"""Intermediate tables: counting, totals, what a figure remembers."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.engine.tables import Axis, Cell, Column, Kind, Subject, Table, TableRow, count_cell, cross_table
from tables.templatetags.figures import is_tall, with_columns

SEXES = Axis("Genre", (("M", "Hommes"), ("F", "Femmes")))
LEVELS = Axis("Diplôme", (("CEB", "primaire"), ("CESI", "secondaire inférieur")))


@dataclass(frozen=True)
class Person:
    id: UUID
    sex: str
    level: str


people = st.lists(
    st.builds(Person, id=st.uuids(version=4), sex=st.sampled_from("MF"), level=st.sampled_from(["CEB", "CESI"])),
    unique_by=lambda person: person.id,
    max_size=40,
)


def crossed(rows: list[Person]) -> Table:
    return cross_table(
        code="t",
        title="Diplôme et genre",
        rows=rows,
        down=(LEVELS, lambda person: person.level),
        across=(SEXES, lambda person: person.sex),
        subject=Subject.CASE,
        identity=lambda person: person.id,
    )


@given(rows=people)
def test_every_figure_equals_a_naive_count_and_keeps_its_rows(rows: list[Person]) -> None:
    table = crossed(rows)
    for level in ("CEB", "CESI"):
        for sex in "MF":
            expected = [p.id for p in rows if (p.level, p.sex) == (level, sex)]
            assert table.cell(level, sex).value == len(expected)
            assert set(table.cell(level, sex).refs) == set(expected)
    assert table.cell("total", "total").value == len(rows)
    assert sum(table.cell(level, "total").value for level in ("CEB", "CESI")) == len(rows)


def test_classes_without_anybody_are_shown_with_a_zero() -> None:
    table = crossed([])
    assert [row.key for row in table.rows] == ["CEB", "CESI", "total"]
    assert table.cell("CEB", "M").value == 0
    assert table.cell("CEB", "share").value.percent is None


def test_a_value_outside_the_classes_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        crossed([Person(uuid4(), "M", "inconnu")])


def test_somebody_mentioned_twice_counts_once() -> None:
    person = Person(uuid4(), "F", "CEB")
    assert count_cell([person, person], Subject.CASE, lambda p: p.id).value == 1


def test_a_row_has_one_cell_per_column() -> None:
    with pytest.raises(ValueError, match="one cell per column"):
        Table("t", "T", "", (Column("a", "A"),), (TableRow("r", "R", (Cell(1), Cell(2))),))


def test_keys_are_not_used_twice() -> None:
    row = TableRow("r", "R", (Cell(1),))
    with pytest.raises(ValueError, match="twice"):
        Table("t", "T", "", (Column("a", "A"),), (row, row))


def test_hours_and_shares_open_on_the_rows_that_they_rest_on() -> None:
    case = uuid4()
    columns = (Column("count", "N"), Column("minutes", "H", rows_of="count"), Column("norm", "Norme"))
    cells = (Cell(1, Kind.COUNT, Subject.CASE, (case,)), Cell(90, Kind.MINUTES), Cell(20))
    table = Table("t", "T", "", columns, (TableRow("r", "R", cells),))
    assert table.behind("r", "minutes").refs == (case,)
    assert [leads for _column, _cell, leads in with_columns(table.rows[0], table)] == [True, True, False]


def test_a_column_rests_on_one_of_its_table() -> None:
    with pytest.raises(ValueError, match="not there"):
        Table("t", "T", "", (Column("a", "A", rows_of="b"),), ())


def test_a_zero_rests_on_no_row() -> None:
    rows = tuple(
        TableRow(key, key, (Cell(1, Kind.COUNT, Subject.CASE, (uuid4(),)), Cell(absences)))
        for key, absences in (("none", 0), ("some", 2))
    )
    table = Table("t", "T", "", (Column("sessions", "S"), Column("absences", "A", rows_of="sessions")), rows)
    assert not table.behind("none", "absences").opens
    assert table.behind("some", "absences").opens


def test_a_table_of_long_labels_may_be_cut_by_the_end_of_a_page() -> None:
    def of(label: str, number: int) -> Table:
        rows = tuple(TableRow(str(n), label, (Cell(1),)) for n in range(number))
        return Table("t", "T", "", (Column("count", "Nombre"),), rows)

    assert not is_tall(of("court", 15))
    assert is_tall(of("court", 30))
    assert is_tall(of("long " * 40, 15))
