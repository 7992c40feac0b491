"""A frozen report as the bytes of one column: the tables at the front, the rows behind them after, read when asked."""

import json
import struct
import zlib
from functools import cache

from tables.engine.freezing import Frozen, NotAReport, thaw
from tables.engine.rows import KeptRefs, RowBook
from tables.engine.tables import Document

_SIZE = struct.Struct("<I")


def kept_bytes(frozen: Frozen) -> bytes:
    """The frozen report, as small as it can be without losing a row."""
    tables = zlib.compress(json.dumps(frozen.plain | {"lengths": frozen.book.lengths}).encode())
    return _SIZE.pack(len(tables)) + tables + frozen.book.pack()


def kept_document(content: bytes) -> Document:
    """The report that was kept; its tables at once, the rows behind a figure when somebody opens it.

    Raises:
        NotAReport: these are not the bytes of one.
    """
    try:
        (size,) = _SIZE.unpack_from(content, 0)
        start = _SIZE.size + size
        plain = json.loads(zlib.decompress(content[_SIZE.size : start]))
        lengths = plain["lengths"]
    except (struct.error, zlib.error, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise NotAReport(f"damaged: {error}") from error

    @cache
    def book() -> RowBook:
        return RowBook.unpack(content[start:])

    return thaw(plain, lambda number: KeptRefs(book, number, lengths[number]))
