"""Drawing the tables of a report."""

from typing import Any

from django import template

from tables.charts import ON_PAPER, BarChart
from tables.drawn_charts import Drawing
from tables.engine.tables import Table
from tables.renderers.charts import chart_of

register = template.Library()


@register.filter
def chart(table: Table) -> BarChart | None:
    """The chart of a table, when it has one."""
    return chart_of(table)


@register.filter
def chart_on_paper(table: Table) -> BarChart | None:
    """The same chart, at the size of a printed page."""
    return chart_of(table, ON_PAPER)


@register.inclusion_tag("tables/bar_chart.html")
def bar_chart(chart: BarChart, table: bool = True) -> dict[str, Any]:
    """``{% bar_chart chart %}``: horizontal bars drawn by the server, and the same figures in a table."""
    return {"chart": chart, "table": table}


@register.inclusion_tag("tables/drawing.html")
def drawing(drawing: Drawing, table: bool = True) -> dict[str, Any]:
    """``{% drawing funnel %}``: a chart made of shapes, and the same figures in a table that unfolds; on paper, where
    nothing unfolds, without it.
    """
    return {"drawing": drawing, "table": table}
