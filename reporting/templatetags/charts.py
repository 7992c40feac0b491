"""Drawing the tables of a report."""

from django import template

from foundation.charts import BarChart
from reporting.engine.tables import Table
from reporting.renderers.charts import chart_of

register = template.Library()


@register.filter
def chart(table: Table) -> BarChart | None:
    """The chart of a table, when it has one."""
    return chart_of(table)
