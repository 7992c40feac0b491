"""The files that a report can become, in one table: pages, submissions and the command line all read it here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import override

from tables.engine.tables import Document
from tables.renderers.csv import report_csv
from tables.renderers.json import report_json
from tables.renderers.pdf import report_pdf
from tables.renderers.xlsx import report_xlsx


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One kind of file: what its name ends with, its label, its media type, and what makes it."""

    extension: str
    label: str
    content_type: str
    renderer: Callable[[Document], bytes]

    def render(self, document: Document) -> bytes:
        """The file, in the language of the source whoever asks for it: that of the report itself.

        Raises:
            DomainError: this machine cannot make such a file.
        """
        with override(settings.LANGUAGE_CODE):
            return self.renderer(document)


OUTPUTS: dict[str, Output] = {
    output.extension: output
    for output in (
        Output(extension="pdf", label="PDF", content_type="application/pdf", renderer=report_pdf),
        Output(
            extension="xlsx",
            label="XLSX",
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            renderer=report_xlsx,
        ),
        Output(extension="csv", label="CSV", content_type="text/csv; charset=utf-8", renderer=report_csv),
        Output(extension="json", label="JSON", content_type="application/json", renderer=report_json),
    )
}
