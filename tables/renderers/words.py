"""How a cell reads, the same on the screen, on paper and in a CSV file."""

from decimal import Decimal

from foundation.formatting import NBSP, duration_words, number_words
from foundation.rules.rates import Rate
from tables.engine.tables import Cell, Kind


def cell_words(cell: Cell) -> str:
    """The words of a cell in French typography; a dash where there is nothing to say."""
    value = cell.value
    if value is None:
        return "–"
    if isinstance(value, Rate):
        return rate_words(value)
    if cell.kind is Kind.MINUTES:
        return duration_words(int(value))
    if isinstance(value, int | Decimal):
        return number_words(value)
    return value


def rate_words(rate: Rate) -> str:
    """A percentage with its decimal comma; a dash below five cases, where only counts are shown."""
    return "–" if rate.percent is None else f"{number_words(rate.percent)}{NBSP}%"
