"""A report as an accessible PDF (PDF/UA-1), made without any network access."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.errors import DomainError
from foundation.stylesheets import document_style, with_drawing_style
from tables.engine.tables import Document
from tables.renderers.pdf_tags import tell_scopes


class PdfUnavailable(DomainError):
    """The machine lacks the library that draws text (Pango); everything else works."""

    def __init__(self) -> None:
        super().__init__(
            "pdf_unavailable",
            _("Ce serveur ne peut pas produire de PDF : la bibliothèque Pango n’y est pas installée."),
            hint=_("Le même rapport existe en XLSX et en CSV."),
        )


def report_pdf(document: Document) -> bytes:
    """The PDF of a report, as bytes.

    Raises:
        PdfUnavailable: Pango is missing on this machine.
    """
    return html_to_pdf(render_to_string("tables/pdf/report.html", {"document": document, "made_on": today()}))


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside a PDF: its data, as the archive variants keep them."""

    name: str
    content: str
    description: str


def html_to_pdf(
    html: str, *, variant: str = "pdf/ua-1", style: str | None = None, attached: Sequence[Attached] = ()
) -> bytes:
    """Render a complete HTML page; only inline images and fonts are read.

    `style` replaces the house's style sheet for documents; files are attached as data where the variant admits them.

    Raises:
        PdfUnavailable: Pango is missing on this machine.
    """
    try:
        # imported here: without Pango the import itself fails, and nothing but PDFs must suffer from it
        from weasyprint import CSS, HTML, Attachment
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise PdfUnavailable from error
    fonts = FontConfiguration()
    inline_only = URLFetcher(allowed_protocols=("data",))
    sheet = CSS(string=style or document_style("papers/report"), font_config=fonts, url_fetcher=inline_only)
    pdf = HTML(string=with_drawing_style(html), url_fetcher=inline_only).write_pdf(
        stylesheets=[sheet],
        font_config=fonts,
        pdf_variant=variant,
        finisher=tell_scopes,
        attachments=[
            Attachment(string=one.content, name=one.name, description=one.description, relationship="Data")
            for one in attached
        ],
    )
    return bytes(pdf)
