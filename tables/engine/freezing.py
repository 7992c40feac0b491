"""A computed report as plain values that JSON can hold, and back: what is frozen when a report is sent.

The plain form follows the dataclasses field by field, so that whatever an intermediate table learns to say is frozen
with it. Nothing is guessed on the way back: a decimal and a rate say what they are, a count is a whole number, a
duration is a whole number of minutes in a cell of kind `minutes`.
"""

import types
from collections.abc import Callable, Sequence, Sized
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from foundation.rules.rates import Rate
from tables.engine.rows import RowBook
from tables.engine.tables import Cell, Document, Value

FORMAT = "ancrage-report"
FORMAT_VERSION = 1


class NotAReport(ValueError):
    """What was read is not a frozen report of a version known here."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A document as plain values, each cell naming its rows by the number of a list in the book."""

    plain: dict[str, Any]
    book: RowBook


def freeze(document: Document) -> Frozen:
    """The document as plain values, in a stable order."""
    book = RowBook()
    plain = {"format": FORMAT, "version": FORMAT_VERSION, "document": _Writer(book).plain(document)}
    return Frozen(plain, book.close())


def thaw(plain: Any, rows: Callable[[Any], Sequence[UUID]]) -> Document:
    """The document that was frozen, equal to the one that was given; `rows` reads what stands for the rows of a cell.

    Raises:
        NotAReport: the values are of another format or of a later version, or something is missing.
    """
    if not isinstance(plain, dict) or plain.get("format") != FORMAT or plain.get("version") != FORMAT_VERSION:
        raise NotAReport(f"not a {FORMAT} of version {FORMAT_VERSION}")
    try:
        document: Document = _Reader(rows).read(Document, plain["document"])
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise NotAReport(f"damaged {FORMAT}: {error}") from error
    return document


def without_refs(document: Document) -> Document:
    """The same figures without the rows behind them: what leaves an organisation holds aggregates only."""
    return replace(
        document,
        sections=tuple(
            replace(
                section,
                tables=tuple(
                    replace(
                        table,
                        rows=tuple(
                            replace(row, cells=tuple(replace(cell, subject=None, refs=()) for cell in row.cells))
                            for row in table.rows
                        ),
                    )
                    for table in section.tables
                ),
            )
            for section in document.sections
        ),
    )


# --- Writing ----------------------------------------------------------------------------------------------------------


class _Writer:
    """Makes values plain, and writes the rows behind them into the book."""

    def __init__(self, book: RowBook) -> None:
        self._book = book

    def plain(self, value: Any) -> Any:
        if isinstance(value, Cell):
            return self._cell(value)
        if isinstance(value, Rate):
            return _rate(value)
        if is_dataclass(value) and not isinstance(value, type):
            held = {field: getattr(value, field.name) for field in fields(value)}
            return {field.name: self.plain(one) for field, one in held.items() if _says_something(one, field)}
        if isinstance(value, UUID):
            return str(value)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return [self.plain(one) for one in value]
        if isinstance(value, Decimal):
            return {"decimal": str(value)}
        if isinstance(value, Enum):
            return value.value
        if value is None or isinstance(value, bool | int):
            return value
        return str(value)

    def _cell(self, cell: Cell) -> dict[str, Any]:
        held = {field: getattr(cell, field.name) for field in fields(cell) if field.name != "refs"}
        plain = {field.name: self.plain(one) for field, one in held.items() if _says_something(one, field)}
        if len(cell.refs):
            plain["refs"] = self._book.add(cell.refs)
        return plain


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "rate": {
            "numerator": rate.numerator,
            "denominator": rate.denominator,
            "percent": None if rate.percent is None else str(rate.percent),
            "definition": str(rate.definition),
        }
    }


def _says_something(held: Any, field: Field[Any]) -> bool:
    """Whether a field is written: always, unless it holds nothing (no value, no words, no rows, no) and may."""
    default = field.default if field.default_factory is MISSING else field.default_factory()
    if isinstance(held, Sized) and isinstance(default, Sized):
        return bool(len(held) or len(default))
    return not (held is default and (held is None or held is False))


# --- Reading ----------------------------------------------------------------------------------------------------------


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


class _Reader:
    """Reads plain values back, each by the type that its field declares."""

    def __init__(self, rows: Callable[[Any], Sequence[UUID]]) -> None:
        self._rows = rows

    def read(self, hint: Any, plain: Any) -> Any:
        if hint == Value:
            return _read_value(plain)
        origin = get_origin(hint)
        if origin is tuple:
            return self._tuple(get_args(hint), plain)
        if origin is Sequence:
            return tuple(self.read(get_args(hint)[0], one) for one in plain)
        if origin is Union or origin is types.UnionType:
            return None if plain is None else self.read(_only(hint), plain)
        if is_dataclass(hint):
            return self._object(hint, plain)
        if hint is Decimal:
            return Decimal(plain["decimal"])
        return plain if isinstance(plain, hint) else hint(plain)

    def _object(self, kind: Any, plain: dict[str, Any]) -> Any:
        hints = _hints(kind)
        is_cell = kind is Cell
        return kind(
            **{
                name: self._rows(held) if is_cell and name == "refs" else self.read(hints[name], held)
                for name, held in plain.items()
            }
        )

    def _tuple(self, kinds: tuple[Any, ...], plain: Any) -> tuple[Any, ...]:
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            return tuple(self.read(kinds[0], one) for one in plain)
        return tuple(self.read(kind, one) for kind, one in zip(kinds, plain, strict=True))


def _only(hint: Any) -> Any:
    """The one type of « this type or nothing »."""
    (kind,) = (one for one in get_args(hint) if one is not types.NoneType)
    return kind


def _read_value(plain: Any) -> Value:
    if not isinstance(plain, dict):
        return plain
    if "decimal" in plain:
        return Decimal(plain["decimal"])
    rate = plain["rate"]
    return Rate(rate["numerator"], rate["denominator"], rate["definition"])
