"""A report as JSON: the intermediate tables themselves, with the rows behind each figure (docs/report-json.md)."""

import io
import json
import re
from collections.abc import Iterable
from uuid import UUID

from tables.engine.freezing import Frozen, NotAReport, freeze, thaw
from tables.engine.tables import Document

# A quote inside a text is escaped there, so this is only ever the key of a cell.
REFS = re.compile(r'"refs":(\d+)')
AT_ONCE = 10_000


def report_json(document: Document) -> bytes:
    """The document in UTF-8, always the same bytes for the same figures."""
    return frozen_json(freeze(document))


def frozen_json(frozen: Frozen) -> bytes:
    """The same, of a document that is frozen already; written piece by piece, since the rows may be many."""
    out = io.BytesIO()
    text = json.dumps(frozen.plain, ensure_ascii=False, separators=(",", ":"))
    done = 0
    for match in REFS.finditer(text):
        out.write(text[done : match.start()].encode())
        out.write(b'"refs":[')
        _write_many(out, map(str, frozen.book.numbers(int(match[1]))))
        out.write(b"]")
        done = match.end()
    out.write(text[done:-1].encode())
    out.write(b',"rows":[')
    _write_many(out, (f'"{ref}"' for ref in frozen.book.ids()))
    out.write(b"]}")
    return out.getvalue()


def _write_many(out: io.BytesIO, words: Iterable[str]) -> None:
    """Write words between commas, without holding all of them."""
    piece: list[str] = []
    separator = ""
    for word in words:
        piece.append(word)
        if len(piece) == AT_ONCE:
            out.write((separator + ",".join(piece)).encode())
            separator = ","
            piece.clear()
    if piece:
        out.write((separator + ",".join(piece)).encode())


def parse_report(content: bytes) -> Document:
    """The document that `report_json` wrote.

    Raises:
        NotAReport: the bytes are not such a file.
    """
    try:
        plain = json.loads(content)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise NotAReport(f"not JSON: {error}") from error
    try:
        ids = [UUID(ref) for ref in plain["rows"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotAReport(f"no rows: {error}") from error
    return thaw(plain, lambda numbers: tuple(ids[number] for number in numbers))
