"""The documents made for the case, numbered: under which name each is joined, and the state of its file."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.models import ProducedDocument
from documents.paper.kinds import BY_KIND
from documents.services.documents import DocumentRefused, read_copy
from inspection.file.papers import FileState
from placements.models import Employment
from placements.selectors.discretion import hidden_among

FOLDER = "documents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One document made for the case, and the state of its copy to read.

    The name under which it is joined says what it is and of when, never whose.
    """

    number: int
    document: ProducedDocument
    state: FileState

    @property
    def reference(self) -> str:
        """How the file calls it, beside the papers: « D3 »."""
        return _("D%(number)s") % {"number": self.number}

    @property
    def path(self) -> str:
        """The path of its file in the archive."""
        slug = BY_KIND[self.document.kind].slug
        return f"{FOLDER}/{self.number:02d}-{slug}-{self.document.dated_on:%Y-%m-%d}.pdf"

    @property
    def joined_as(self) -> str:
        """The path under which it is joined; "" when it is not."""
        return self.path if self.state is FileState.PRESENT else ""


def made_of(documents: Iterable[ProducedDocument], jobs: Iterable[Employment]) -> tuple[Made, ...]:
    """The documents of a case with these contracts, the oldest first.

    What was made before a follow-up became discreet or refused, and may name somebody there, is told and not joined
    (docs/decisions/0011-inspection.md).
    """
    discreet = bool(hidden_among(jobs))
    return tuple(
        Made(number=number, document=one, state=FileState.WITHHELD if _withheld(one, discreet) else _opened(one))
        for number, one in enumerate(documents, start=1)
    )


def _withheld(document: ProducedDocument, discreet: bool) -> bool:
    return discreet and not document.discreet and BY_KIND[document.kind].names_firm


def _opened(document: ProducedDocument) -> FileState:
    return read_made(document)[0]


def read_made(document: ProducedDocument) -> tuple[FileState, bytes]:
    """The state of a document's file with its content; without content unless it is what was made."""
    try:
        return FileState.PRESENT, read_copy(document)
    except FileNotFoundError:
        return FileState.MISSING, b""
    except (OSError, DocumentRefused):
        return FileState.UNREADABLE, b""
