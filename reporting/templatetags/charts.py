"""Drawing the tables of a report."""

from django import template

from foundation.charts import ON_PAPER, BarChart
from reporting.engine.tables import Table
from reporting.renderers.charts import chart_of

register = template.Library()


@register.filter
def chart(table: Table) -> BarChart | None:
    """The chart of a table, when it has one."""
    return chart_of(table)


@register.filter
def chart_on_paper(table: Table) -> BarChart | None:
    """The same chart, at the size of a printed page."""
    return chart_of(table, ON_PAPER)
