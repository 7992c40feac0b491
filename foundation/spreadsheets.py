"""Lists as files that a French or Belgian spreadsheet opens: UTF-8 with BOM, semicolons, nothing that it would run."""

import csv
import io
from collections.abc import Iterable, Sequence

# A spreadsheet runs a cell that starts with one of these; an apostrophe keeps it text.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """Return the text of a cell, made harmless for a spreadsheet."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def csv_file(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows of texts as the bytes of a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
