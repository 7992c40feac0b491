"""A report as JSON: the intermediate tables themselves, for a script, and for keeping what was sent."""

import json

from reporting.engine.freezing import NotAReport, freeze, thaw
from reporting.engine.tables import Document


def report_json(document: Document) -> bytes:
    """The document in UTF-8, always the same bytes for the same figures; what it holds is in docs/report-json.md."""
    return json.dumps(freeze(document), ensure_ascii=False, separators=(",", ":")).encode()


def parse_report(content: bytes) -> Document:
    """The document that `report_json` wrote.

    Raises:
        NotAReport: the bytes are not such a file.
    """
    try:
        return thaw(json.loads(content))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise NotAReport(f"not JSON: {error}") from error
