"""The chart of a table: one of its columns as bars, for those who would rather look than read."""

from foundation.rules.rates import Rate
from tables.charts import ON_SCREEN, Bar, BarChart, Measures
from tables.engine.tables import Cell, Kind, Table, TableRow
from tables.renderers.words import cell_words

#: more bars than that are read in the table
MOST_BARS = 14


def chart_of(table: Table, measures: Measures = ON_SCREEN) -> BarChart | None:
    """The bars of the column that the table names, totals and nothing left out; ``None`` when there is nothing to
    compare.

    What comes after the first total is counted apart, and not drawn.
    """
    column = next((one for one in table.columns if one.key == table.chart_column), None)
    if column is None:
        return None
    drawn = [(row, cell) for row in _before_total(table) if _height(cell := table.cell(row.key, column.key)) > 0]
    if not 2 <= len(drawn) <= MOST_BARS:
        return None
    rates = any(cell.kind is Kind.RATE for _row, cell in drawn)
    return BarChart(
        title=f"{table.row_label or table.title} – {column.label.lower()}",
        bars=[Bar(row.label, _height(cell), words=cell_words(cell)) for row, cell in drawn],
        label_column=table.row_label,
        value_column=column.label,
        maximum=100 if rates else None,
        measures=measures,
    )


def _before_total(table: Table) -> list[TableRow]:
    """The rows that the first total adds up."""
    rows: list[TableRow] = []
    for row in table.rows:
        if row.is_total:
            break
        rows.append(row)
    return rows


def _height(cell: Cell) -> float:
    """How long the bar is; nothing for what is no number."""
    value = cell.value
    if isinstance(value, Rate):
        return float(value.percent or 0)
    return 0.0 if value is None or isinstance(value, str) else float(value)
