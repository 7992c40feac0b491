"""The archive of an inspection file: the PDF, the papers and the documents made for the case under numbered names, and
what each of them is and proves.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from typing import IO, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.spreadsheets import csv_file
from inspection.file.facts import InspectionFacts
from inspection.file.made import Made, read_made
from inspection.file.papers import STATE_WORDS, FileState, Paper, read
from inspection.file.parts import day, moment

PDF_NAME = "dossier-inspection.pdf"
SUMMARY_NAME = "sommaire.csv"


class _Outlet:
    """Where the archive is written: what comes is given on at once, so that no more than one file is ever held."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self._written = 0

    def write(self, data: bytes) -> int:
        self._chunks.append(bytes(data))
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        """How much was written: the archive notes where each entry begins."""
        return self._written

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        chunks, self._chunks = self._chunks, []
        return b"".join(chunks)


def archive(known: InspectionFacts, pdf: bytes) -> Iterator[bytes]:
    """The archive in pieces. Memory holds one paper at a time, and nothing is written to the disk in clear.

    A paper whose file cannot be read is told in the summary, and the rest is joined all the same.
    """
    outlet = _Outlet()
    rows = [_header(), _pdf_row(pdf)]
    # Compressed: an entry whose length is only known afterwards must be, for every program to read it.
    with zipfile.ZipFile(cast(IO[bytes], outlet), "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(_entry(PDF_NAME), pdf)
        yield outlet.taken()
        for paper in known.papers:
            state, content = read(paper.evidence)
            if content:
                bundle.writestr(_entry(paper.path), content)
                yield outlet.taken()
            rows.append(_row(paper, state, content))
        for made in known.documents:
            state, content = read_made(made.document) if made.joined_as else (made.state, b"")
            if content:
                bundle.writestr(_entry(made.path), content)
                yield outlet.taken()
            rows.append(_made_row(made, state, content))
        bundle.writestr(_entry(SUMMARY_NAME), csv_file(rows))
    yield outlet.taken()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, timezone.localtime().timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _header() -> list[str]:
    return [
        _("Pièce"),
        _("Fichier"),
        _("Ce que c’est"),
        _("Datée du"),
        _("Ce qu’elle prouve"),
        _("Ajoutée le"),
        _("Ajoutée par"),
        _("Taille (octets)"),
        _("SHA-256 du fichier joint"),
        _("SHA-256 à l’enregistrement"),
        _("État"),
    ]


def _pdf_row(pdf: bytes) -> list[str]:
    digest = hashlib.sha256(pdf).hexdigest()
    title = _("Dossier d’inspection")
    return ["", PDF_NAME, title, "", _("tout ce que le dossier contient"), "", "", str(len(pdf)), digest, "", ""]


def _row(paper: Paper, state: FileState, content: bytes) -> list[str]:
    row = paper.evidence
    what = f"{row.get_kind_display()} – {row.label}" if row.label else str(row.get_kind_display())
    return [
        str(paper.number),
        paper.path if content else "",
        what,
        day(row.dated_on),
        " ; ".join(paper.proves),
        moment(row.created_at),
        row.uploaded_by.get_full_name(),
        str(len(content)) if content else "",
        hashlib.sha256(content).hexdigest() if content else "",
        row.sha256,
        str(STATE_WORDS[state]),
    ]


def _made_row(made: Made, state: FileState, content: bytes) -> list[str]:
    row = made.document
    return [
        made.reference,
        made.path if content else "",
        row.title,
        day(row.dated_on),
        _("document tel qu’il a été fait pour ce dossier"),
        moment(row.created_at),
        row.made_by.get_full_name(),
        str(len(content)) if content else "",
        hashlib.sha256(content).hexdigest() if content else "",
        row.sha256,
        str(STATE_WORDS[state]),
    ]
