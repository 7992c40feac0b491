"""Papers that prove rights: kept in private, under a name that says nothing, and never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.files.base import File
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from beneficiaries.models import CoachingCase, Evidence
from beneficiaries.rules.papers import HEAD, MAX_BYTES, paper_type
from beneficiaries.services.phases import locked_case
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act


class PaperRefused(DomainError):
    """A paper cannot be kept as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperStatement:
    """A paper seen: its kind and its date, what it is in a few words, and its scan when there is one."""

    kind: str
    dated_on: date
    label: str = ""
    file: File[bytes] | None = None


_written: ContextVar[list[Evidence] | None] = ContextVar("files_written", default=None)


@contextmanager
def files_of_the_act() -> Iterator[None]:
    """Take back the files that were written when the act that wrote them fails: the database forgets, so do we."""
    written: list[Evidence] = []
    token = _written.set(written)
    try:
        yield
    except BaseException:
        for evidence in written:
            evidence.file.storage.delete(str(evidence.file.name))
        raise
    finally:
        _written.reset(token)


@act
def add_evidence(
    *, case: CoachingCase, paper: PaperStatement, actor: User, submission_id: UUID | None = None
) -> Evidence:
    """Keep a paper of the case; `submission_id` sent twice gives the same row.

    Raises:
        NotAllowed: the case is not the actor's.
        PaperRefused: the case is closed, the paper is dated later than today, or its file is not one of ours.
    """
    case = locked_case(case)
    require(actor, "beneficiaries.change_case", case)
    if submission_id is not None:
        already: Evidence | None = case.evidences.filter(pk=submission_id).first()
        if already is not None:
            return already
    if not case.is_open:
        raise PaperRefused("closed", _("Ce dossier est sorti : il ne se complète plus."))
    with files_of_the_act():
        return keep_paper(case, paper, actor, pk=submission_id)


def keep_paper(case: CoachingCase, paper: PaperStatement, actor: User, *, pk: UUID | None = None) -> Evidence:
    """Write a paper and its file; part of an act, inside `files_of_the_act`.

    Raises:
        PaperRefused: the paper is dated later than today, or its file is not one of ours.
    """
    if paper.dated_on > today():
        raise PaperRefused("future", _("Cette date n’est pas encore venue."), field="dated_on")
    evidence = Evidence(
        case=case, kind=paper.kind, dated_on=paper.dated_on, label=paper.label.strip(), uploaded_by=actor
    )
    if pk is not None:
        evidence.pk = pk
    if paper.file is not None:
        _describe(evidence, paper.file)
        # The row is checked before anything is written to the disk.
        evidence.full_clean(exclude=("file",), validate_constraints=False)
        evidence.file.save("", paper.file, save=False)
        written = _written.get()
        if written is not None:
            written.append(evidence)
    save_checked(evidence)
    return evidence


def _describe(evidence: Evidence, file: File[bytes]) -> None:
    """Judge the file by its content, and note its size and fingerprint."""
    size = file.size
    if size > MAX_BYTES:
        raise PaperRefused(
            "too_big",
            _("Ce fichier pèse plus de 10 Mo."),
            field="file",
            hint=_("Photographiez une page à la fois, ou réduisez la qualité."),
        )
    file.seek(0)
    content_type = paper_type(file.read(HEAD))
    if content_type is None:
        raise PaperRefused(
            "type",
            _("Ce fichier n’est ni un PDF, ni une photo JPEG ou PNG."),
            field="file",
            hint=_("Enregistrez le document en PDF, ou photographiez-le."),
        )
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    evidence.content_type, evidence.size, evidence.sha256 = content_type, size, digest.hexdigest()
