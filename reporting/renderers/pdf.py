"""A report as an accessible PDF (PDF/UA-1), made without any network access."""

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.errors import DomainError
from reporting.engine.tables import Document


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
    return html_to_pdf(render_to_string("reporting/pdf/report.html", {"document": document, "made_on": today()}))


def html_to_pdf(html: str, *, variant: str = "pdf/ua-1") -> bytes:
    """Render a complete HTML page with the house's style sheet for documents; only inline images are read.

    Raises:
        PdfUnavailable: Pango is missing on this machine.
    """
    try:
        # imported here: without Pango the import itself fails, and nothing but PDFs must suffer from it
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise PdfUnavailable from error
    fonts = FontConfiguration()
    inline_only = URLFetcher(allowed_protocols=("data",))
    style = CSS(filename=finders.find("ancrage/document.css"), font_config=fonts)
    pdf = HTML(string=html, url_fetcher=inline_only).write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant=variant
    )
    return bytes(pdf)
