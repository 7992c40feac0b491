"""Showing the cells of a report."""

from decimal import Decimal

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tables.charts import StepChart, StepLine
from tables.engine.comparison import FigureChange
from tables.engine.tables import Cell, Column, Document, Kind, Table, TableRow
from tables.renderers.words import cell_words

register = template.Library()

# What a printed page holds below a heading, a title and a note.
LINES_OF_A_PAGE = 36

register.filter("cell_words", cell_words)


@register.simple_tag(takes_context=True)
def figure_url(context: Context, name: str, table: Table, row: TableRow, column: Column, query: str = "") -> str:
    """The address of the rows behind a figure of the report `name`; of the run `frozen_run` when the page shows one."""
    run = context.get("frozen_run")
    if run is not None:
        return reverse("reporting:run_figure", args=[run.pk, table.code, row.key, column.key])
    return reverse("reporting:figure", args=[name, table.code, row.key, column.key]) + query


@register.filter
def with_columns(row: TableRow, table: Table) -> list[tuple[Column, Cell, bool]]:
    """The cells of a row beside their columns, and whether each leads to rows."""
    return [
        (column, cell, cell.opens or (bool(column.rows_of) and table.behind(row.key, column.key).opens))
        for column, cell in zip(table.columns, row.cells, strict=True)
    ]


@register.filter
def is_tall(table: Table) -> bool:
    """Whether a table would hardly stand on one page with its heading: long labels take several lines.

    An estimate in lines of text: kept whole, such a table would leave its heading alone on the page before.
    """
    width = max(18, 70 - 9 * len(table.columns))
    lines = sum(1.6 + len(row.label) // width for row in table.rows)
    return lines + (len(table.rows) if table.chart_column else 0) > LINES_OF_A_PAGE


@register.filter
def house_of(document: Document) -> str:
    """Whose a document is, from what it says that it covers: named at the foot of each of its pages; "" for that of
    several organisations.
    """
    named = (words for label, words in document.coverage if label in ("Organisme", _("Organisme")))
    return next(named, "")


@register.filter
def maybe_words(cell: Cell | None) -> str:
    """The words of a cell that one of two reports may lack."""
    return "–" if cell is None else cell_words(cell)


@register.filter
def difference_words(change: FigureChange) -> str:
    """How much a figure moved, with its sign; points for a rate; a dash where that makes no sense."""
    difference = change.difference
    if difference is None or not isinstance(difference.value, int | Decimal):
        return "–"
    number, words = Decimal(difference.value), cell_words(difference)
    if change.after is not None and change.after.kind is Kind.RATE:
        words = ngettext("%(n)s point", "%(n)s points", 2 if abs(number) >= 2 else 1) % {"n": words}
    return f"+{words}" if number > 0 else words


@register.inclusion_tag("tables/step_chart.html")
def table_curves(table: Table) -> dict[str, StepChart]:
    """The curves of a table, which stands beside them with the figures."""
    lines = [StepLine(one.label, one.points, one.until, one.at_risk) for one in table.curves]
    days = [day for day, _number in table.curves[0].at_risk]
    return {"chart": StepChart(table.title, lines, days, axis=_("jours"), numbers_label=_("nombre encore suivi"))}
