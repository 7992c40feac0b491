"""The papers of a case, numbered: what each proves, the name under which it is joined, the state of its file."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beneficiaries.models import CoachingCase, Evidence
from beneficiaries.selectors.snapshots import Frozen
from privacy.cipher import TamperedValue

FOLDER = "pieces"


class FileState(StrEnum):
    """What became of the file of a paper, or of a document that was made."""

    ON_PAPER = "on_paper"
    PRESENT = "present"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    CHANGED = "changed"
    WITHHELD = "withheld"


STATE_WORDS: dict[FileState, str | Promise] = {
    FileState.ON_PAPER: gettext_lazy("vue sur papier, sans fichier"),
    FileState.PRESENT: gettext_lazy("fichier conforme à son empreinte"),
    FileState.MISSING: gettext_lazy("fichier introuvable"),
    FileState.UNREADABLE: gettext_lazy("fichier illisible ou altéré"),
    FileState.CHANGED: gettext_lazy("fichier différent de son empreinte"),
    FileState.WITHHELD: gettext_lazy("non joint : suivi discret ou refusé"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper: its number in the file, what it proves, and the state of its file.

    The name under which it is joined says what the paper is and of when, never whose.
    """

    number: int
    evidence: Evidence
    proves: tuple[str, ...]
    state: FileState

    @property
    def reference(self) -> str:
        """How the text of the file calls it."""
        return _("pièce %(number)s") % {"number": self.number}

    @property
    def path(self) -> str:
        """The path of its file in the archive: numbered, so that two papers never take each other's place."""
        return f"{FOLDER}/{self.number:02d}-{self.evidence.download_name}"

    @property
    def joined_as(self) -> str:
        """The path under which it is joined; "" when there is no file to join."""
        return self.path if self.state in (FileState.PRESENT, FileState.CHANGED) else ""

    @property
    def is_wanting(self) -> bool:
        """Whether a file that was kept cannot be shown as it was."""
        return self.state not in (FileState.ON_PAPER, FileState.PRESENT)


def papers_of(case: CoachingCase, frozen: Frozen | None, *, open_files: bool) -> list[Paper]:
    """The papers of a case whose papers and agreements are loaded, the oldest first.

    `open_files`: read each file and compare it with its fingerprint; otherwise only look whether it is there.
    """
    proved = _proved_by(case, frozen)
    look = state_of if open_files else presence_of
    return [
        Paper(number=number, evidence=evidence, proves=tuple(proved[str(evidence.pk)]), state=look(evidence))
        for number, evidence in enumerate(case.evidences.all(), start=1)
    ]


def _proved_by(case: CoachingCase, frozen: Frozen | None) -> dict[str, list[str]]:
    """What each paper proves: criteria kept by the frozen check, signed agreements."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in frozen.lines if frozen else ():
        for paper in line.papers if line.kept else ():
            found[paper.pk].append(_("critère « %(label)s »") % {"label": line.label})
    for agreement in case.agreements.all():
        if agreement.scan_id:
            found[str(agreement.scan_id)].append(str(agreement))
    return found


def presence_of(evidence: Evidence) -> FileState:
    """Whether the file is there, without opening it."""
    if not evidence.file:
        return FileState.ON_PAPER
    return FileState.PRESENT if evidence.file.storage.exists(str(evidence.file.name)) else FileState.MISSING


def state_of(evidence: Evidence) -> FileState:
    """Whether the file is there and is the one that was kept."""
    return read(evidence)[0]


def read(evidence: Evidence) -> tuple[FileState, bytes]:
    """The state of a paper's file with its content; without content when it cannot be read."""
    if not evidence.file:
        return FileState.ON_PAPER, b""
    try:
        with evidence.file.storage.open(str(evidence.file.name), "rb") as file:
            content: bytes = file.read()
    except FileNotFoundError:
        return FileState.MISSING, b""
    except (OSError, TamperedValue):
        return FileState.UNREADABLE, b""
    same = hashlib.sha256(content).hexdigest() == evidence.sha256
    return (FileState.PRESENT if same else FileState.CHANGED), content


def wanting(papers: Sequence[Paper]) -> list[Paper]:
    """The papers whose file cannot be shown as it was kept."""
    return [paper for paper in papers if paper.is_wanting]
