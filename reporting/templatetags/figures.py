"""Showing the cells of a report."""

from django import template
from django.urls import reverse

from reporting.engine.tables import Cell, Column, Table, TableRow
from reporting.renderers.words import cell_words

register = template.Library()

register.filter("cell_words", cell_words)


@register.simple_tag
def figure_url(name: str, table: Table, row: TableRow, column: Column, query: str = "") -> str:
    """The address of the rows behind a figure of the report `name`."""
    return reverse("reporting:figure", args=[name, table.code, row.key, column.key]) + query


@register.filter
def with_columns(row: TableRow, table: Table) -> list[tuple[Column, Cell]]:
    """The cells of a row beside their columns."""
    return list(zip(table.columns, row.cells, strict=True))
