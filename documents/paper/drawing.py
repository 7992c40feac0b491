"""A document composed: what is printed of it, whoever draws it. The same object makes the paper and its preview."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.rules.languages import FRENCH, tag_of
from documents.rules.markup import Block, Grid, Heading, Run, text_of
from foundation.stylesheets import document_style
from tables.engine.funding import Funding
from tables.renderers.pdf import Attached, html_to_pdf

FOR_PEOPLE, FOR_THE_ARCHIVE = "pdf/ua-1", "pdf/a-3a"
DATA_FILE = "donnees.json"


@dataclass(frozen=True, slots=True)
class Head:
    """The letterhead: the organisation's name, its lines, its logo as an inline image ("" for none), the foot line."""

    name: str
    lines: tuple[str, ...]
    logo: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign: as who, the name, which may be left to be written, and what is expected there."""

    role: str
    name: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A document ready to be drawn.

    Attributes:
        kind: the kind's slug, for what is drawn differently.
        reference: printed at the foot, to find the kept file from the paper; "" for a preview.
        recipient: the lines of the address on a letter.
        opening: the line of place and date on a letter.
        presences: who signs the sheet of a session, and the session itself; `None` for other kinds.
        language: the one that it speaks, a code of ``settings.LANGUAGES``.
    """

    kind: str
    title: str
    head: Head
    blocks: tuple[Block, ...]
    dated_on: date
    reference: str = ""
    recipient: tuple[str, ...] = ()
    opening: str = ""
    signatures: tuple[Signature, ...] = ()
    funding: Funding | None = None
    presences: Mapping[str, Any] | None = None
    language: str = FRENCH

    @property
    def language_tag(self) -> str:
        """The language as the paper states it: « nl-BE »."""
        return tag_of(self.language)

    @property
    def words(self) -> str:
        """Everything that is written on it, one line each."""
        lines = [self.title, *self.recipient, self.opening, text_of(self.blocks)]
        lines += [f"{signature.role} {signature.name}" for signature in self.signatures]
        return "\n".join(lines)

    @property
    def has_blanks(self) -> bool:
        """Whether something is left to be filled in by hand."""
        return any(run.is_blank for block in self.blocks for run in _runs(block))


def _runs(block: Block) -> tuple[Run, ...]:
    if isinstance(block, Grid):
        return ()
    lines = (block.line,) if isinstance(block, Heading) else getattr(block, "lines", getattr(block, "items", ()))
    return tuple(run for line in lines for run in line)


def drawn(paper: Paper, *, variant: str = FOR_PEOPLE, data: str = "") -> bytes:
    """The PDF of a paper, in its own language whoever makes it; the data are attached to the archive copy.

    Raises:
        PdfUnavailable: this machine cannot draw text, or a letter of it.
    """
    with override(paper.language):
        html = render_to_string("documents/pdf/paper.html", {"paper": paper})
        attached = [Attached(DATA_FILE, data, _("Les données de ce document"))] if data else []
    return html_to_pdf(html, variant=variant, style=document_style("papers/paper"), attached=attached, is_signed=True)
