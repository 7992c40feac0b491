"""The inspection file as an accessible PDF (PDF/UA-1): a contents list, numbered parts, headings on every page."""

from django.template.loader import render_to_string

from followup.selectors.trail import Trail
from foundation.stylesheets import document_style
from tables.engine.tables import Document
from tables.renderers.pdf import html_to_pdf


def inspection_pdf(document: Document, person: str, author: str, trail: Trail) -> bytes:
    """The PDF of an inspection file: of whom, by which organisation, and the path of the case.

    Raises:
        PdfUnavailable: Pango is missing on this machine.
    """
    context = {"document": document, "title": f"{document.title} – {person}", "author": author, "trail": trail}
    html = render_to_string("inspection/pdf/file.html", context)
    return html_to_pdf(html, style=document_style("papers/report", "papers/inspection"))
