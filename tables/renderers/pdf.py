"""A report as an accessible PDF (PDF/UA-1), made without any network access."""

import logging
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.errors import DomainError
from foundation.stylesheets import document_style, with_drawing_style
from foundation.typefaces import document_faces
from tables.engine.tables import Document
from tables.renderers.pdf_tags import tell_scopes


class PdfUnavailable(DomainError):
    """The machine lacks the library that draws text (Pango); everything else works."""

    def __init__(self, code: str = "pdf_unavailable", sentence: str = "", *, hint: str = "") -> None:
        super().__init__(
            code,
            sentence or _("Ce serveur ne peut pas produire de PDF : la bibliothèque Pango n’y est pas installée."),
            hint=hint or _("Le même rapport existe en XLSX et en CSV."),
        )


class LettersMissing(PdfUnavailable):
    """No font of this machine draws some letters: what people sign never shows boxes instead of a name."""

    def __init__(self, letters: Sequence[str]) -> None:
        super().__init__(
            "letters_missing",
            _("Ce serveur n’a pas de police de caractères pour écrire « %(letters)s ».")
            % {"letters": "".join(letters)},
            hint=_(
                "Écrivez le nom en lettres latines, comme sur la carte d’identité ; ou demandez que les polices de "
                "cette écriture soient installées (paquets fonts-noto-core et fonts-noto-cjk)."
            ),
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
    html: str,
    *,
    variant: str = "pdf/ua-1",
    style: str | None = None,
    attached: Sequence[Attached] = (),
    is_signed: bool = False,
) -> bytes:
    """Render a complete HTML page; only inline images and fonts are read.

    The house's typefaces are inside each document; scripts that they lack come from the machine. `style` replaces the
    style sheet for documents; files are attached as data where the variant admits them.
    What people sign is drawn with every letter or not at all; elsewhere a letter without a font is a box.

    Raises:
        PdfUnavailable: Pango is missing on this machine.
        LettersMissing: a letter of what people sign has no font.
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
    rules = document_faces() + (style or document_style("papers/report"))
    sheet = CSS(string=rules, font_config=fonts, url_fetcher=inline_only)
    with _letters_without_font() as missing:
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
    if missing and is_signed:
        raise LettersMissing(missing)
    return bytes(pdf)


class _Listener(logging.Handler):
    """Hears of the letters that WeasyPrint draws as boxes in one thread: it tells them in its log and nowhere else."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.letters: list[str] = []
        self.thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread and record.msg.startswith(".notdef") and isinstance(record.args, tuple):
            letter = str(record.args[0])
            # A sign, a drawing or what cannot be seen takes nobody's name away.
            is_sign = unicodedata.category(letter[:1] or " ").startswith(("S", "Z", "Cc", "Cf"))
            if not is_sign and letter not in self.letters:
                self.letters.append(letter)


@contextmanager
def _letters_without_font() -> Iterator[list[str]]:
    """The letters drawn as boxes inside, in their order."""
    log, listener = logging.getLogger("weasyprint"), _Listener()
    log.addHandler(listener)
    try:
        yield listener.letters
    finally:
        log.removeHandler(listener)
