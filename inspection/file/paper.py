"""The inspection file as an accessible PDF (PDF/UA-1): a contents list, numbered parts, headings on every page."""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from tables.engine.tables import Document
from tables.renderers.pdf import html_to_pdf


def inspection_pdf(document: Document, person: str, author: str) -> bytes:
    """The PDF of an inspection file: of whom, and by which organisation.

    Raises:
        PdfUnavailable: Pango is missing on this machine.
    """
    context = {"document": document, "title": f"{document.title} – {person}", "author": author}
    return html_to_pdf(render_to_string("inspection/pdf/file.html", context), style=_style())


@cache
def _style() -> str:
    """The house's style for documents, then what this one adds."""
    names = ("ancrage/document.css", "ancrage/inspection-paper.css")
    return "\n".join(Path(str(finders.find(name))).read_text(encoding="utf-8") for name in names)
