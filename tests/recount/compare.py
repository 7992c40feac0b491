"""The cells of a report beside those of the count."""

from collections.abc import Iterator, Mapping
from typing import Any

from foundation.rules.rates import Rate
from tables.engine.tables import Document, Kind
from tests.recount.days import Share, rounded

#: words, which nothing counts
WORDS = {"output_definitions", "result_definitions"}


def differences(document: Document, counted: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[str]:
    """Each cell that is not what was counted. A row or a column that one of both leaves out is full of zeros."""
    shown = {table.code: table for table in document.tables() if table.code not in WORDS}
    for code in sorted(shown.keys() ^ counted.keys()):
        yield f"{code}: only in the {'report' if code in shown else 'count'}"
    for code in sorted(shown.keys() & counted.keys()):
        table, rows = shown[code], counted[code]
        cells: dict[tuple[str, str], Any] = {
            (row.key, column.key): cell.value
            for row in table.rows
            for column, cell in zip(table.columns, row.cells, strict=True)
            if cell.kind is not Kind.TEXT
        }
        for number, curve in enumerate(table.curves):
            drawn: dict[str, Any] = {f"at {day}": share for day, share in curve.points} | {"until": curve.until}
            drawn |= {f"risk {day}": many for day, many in curve.at_risk}
            cells |= {(f"curve {number}", name): value for name, value in drawn.items()}
        asked = {(row, column): value for row, line in rows.items() for column, value in line.items()}
        for key in sorted(cells.keys() | asked.keys()):
            given, expected = cells.get(key, 0), asked.get(key, 0)
            if key[0] not in rows and given is None:
                continue
            if not _same(given, expected):
                yield f"{code}, {key[0]}, {key[1]}: the report says {_shown(given)}, the count {_shown(expected)}"


def _same(told: Any, expected: Any) -> bool:
    if isinstance(told, Rate):
        if not isinstance(expected, Share):
            return told.numerator == 0 == expected
        given = None if expected.among < 5 else rounded(expected.number * 100 / _exact(expected.among))
        return (told.numerator, told.denominator, told.percent) == (*expected, given)
    if isinstance(expected, Share):
        return bool(told == expected.number == 0)
    return bool(told == expected)


def _exact(number: int) -> Any:
    return rounded(number, "1")


def _shown(value: Any) -> str:
    return f"{value.numerator}/{value.denominator}" if isinstance(value, Rate) else repr(value)
