"""Lists as files that a French or Belgian spreadsheet opens: UTF-8 with BOM, semicolons, nothing that it would run."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

# A spreadsheet runs a cell that starts with one of these, the wide forms of Asian keyboards included; an apostrophe
# keeps it text.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """Return the text of a cell, made harmless for a spreadsheet."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(DANGEROUS) else text


def csv_file(rows: Iterable[Sequence[str | int | Decimal]]) -> bytes:
    """Return rows of texts and numbers as the bytes of a CSV file; numbers get a decimal comma and stay numbers."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _written(cell: str | int | Decimal) -> str:
    return harmless(cell) if isinstance(cell, str) else str(cell).replace(".", ",")
