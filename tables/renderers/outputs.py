"""The files that a report can become, in one table: pages, submissions and the command line all read it here."""

from collections.abc import Callable
from dataclasses import dataclass

from tables.engine.tables import Document
from tables.renderers.csv import report_csv
from tables.renderers.json import report_json
from tables.renderers.pdf import report_pdf
from tables.renderers.xlsx import report_xlsx


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One kind of file: what its name ends with, its label, its media type, and what makes it.

    `render` raises `DomainError` where this machine cannot make such a file.
    """

    extension: str
    label: str
    content_type: str
    render: Callable[[Document], bytes]


OUTPUTS: dict[str, Output] = {
    output.extension: output
    for output in (
        Output(extension="pdf", label="PDF", content_type="application/pdf", render=report_pdf),
        Output(
            extension="xlsx",
            label="XLSX",
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            render=report_xlsx,
        ),
        Output(extension="csv", label="CSV", content_type="text/csv; charset=utf-8", render=report_csv),
        Output(extension="json", label="JSON", content_type="application/json", render=report_json),
    )
}
