"""A computed report as plain values that JSON can hold, and back: what is frozen when a report is sent.

The plain form follows the dataclasses field by field, so that whatever an intermediate table learns to say is frozen
with it. Nothing is guessed on the way back: a decimal and a rate say what they are, a count is a whole number, a
duration is a whole number of minutes in a cell of kind `minutes`.
"""

import types
from collections.abc import Sequence, Sized
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from foundation.rules.rates import Rate
from reporting.engine.tables import Document, Value

T = TypeVar("T")

FORMAT = "ancrage-report"
FORMAT_VERSION = 1


class NotAReport(ValueError):
    """What was read is not a frozen report of a version known here."""


def freeze(document: Document) -> dict[str, Any]:
    """The document as plain values, in a stable order."""
    return {"format": FORMAT, "version": FORMAT_VERSION, "document": _plain(document)}


def thaw(frozen: Any) -> Document:
    """The document that was frozen, equal to the one that was given.

    Raises:
        NotAReport: the values are of another format or of a later version, or something is missing.
    """
    if not isinstance(frozen, dict) or frozen.get("format") != FORMAT or frozen.get("version") != FORMAT_VERSION:
        raise NotAReport(f"not a {FORMAT} of version {FORMAT_VERSION}")
    try:
        return _read(Document, frozen["document"])
    except (KeyError, TypeError, ValueError) as error:
        raise NotAReport(f"damaged {FORMAT}: {error}") from error


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


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Rate):
        percent = None if value.percent is None else str(value.percent)
        return {
            "rate": {
                "numerator": value.numerator,
                "denominator": value.denominator,
                "percent": percent,
                "definition": str(value.definition),
            }
        }
    if is_dataclass(value) and not isinstance(value, type):
        held = {field: getattr(value, field.name) for field in fields(value)}
        return {field.name: _plain(one) for field, one in held.items() if _says_something(one, field)}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)


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


def _read(hint: Any, plain: Any) -> Any:
    """The value of a type that `plain` stands for."""
    if hint == Value:
        return _read_value(plain)
    origin = get_origin(hint)
    if origin is tuple or origin is Sequence:
        return _read_sequence(get_args(hint), plain)
    if origin is Union or origin is types.UnionType:
        return None if plain is None else _read(_only(hint), plain)
    if is_dataclass(hint):
        return _read_object(hint, plain)
    if hint is Decimal:
        return Decimal(plain["decimal"])
    if isinstance(plain, hint):
        return plain
    return hint(plain)


def _read_object(kind: Any, plain: dict[str, Any]) -> Any:
    hints = _hints(kind)
    return kind(**{name: _read(hints[name], held) for name, held in plain.items()})


def _read_sequence(kinds: tuple[Any, ...], plain: Any) -> tuple[Any, ...]:
    """What a tuple or a sequence held; `kinds` names one type for all, or the type of each."""
    if (len(kinds) == 2 and kinds[1] is not Ellipsis) or len(kinds) > 2:
        return tuple(_read(kind, one) for kind, one in zip(kinds, plain, strict=True))
    if kinds[0] is UUID:
        return tuple(map(UUID, plain))
    return tuple(_read(kinds[0], one) for one in plain)


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
