"""Documents as rows: kept files that nobody drew, and versions of texts."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from documents.enums import DocumentKind
from documents.models import DocumentTemplate, ProducedDocument
from documents.paper.kinds import BY_KIND
from documents.rules.languages import FRENCH
from foundation.clock import today

CONTENT = b"%PDF-1.7\n% une feuille\n%%EOF\n"


def a_kept_document(user: User, *, content: bytes = CONTENT, **about: Any) -> ProducedDocument:
    """A document of a case (`case=`) or of a session (`session=`), with both of its files."""
    document = ProducedDocument(
        organisation=user.current_organisation, made_by=user, dated_on=today(), **(_described(content) | about)
    )
    document.file.save("", ContentFile(content), save=False)
    document.archive.save("", ContentFile(content), save=False)
    document.save()
    return document


def a_document_row(user: User, **about: Any) -> ProducedDocument:
    """The same without files, for lists."""
    about = _described(CONTENT) | {"file": "documents/rien", "archive": "documents/rien"} | about
    return ProducedDocument.objects.create(
        organisation=user.current_organisation, made_by=user, dated_on=today(), **about
    )


def _described(content: bytes) -> dict[str, Any]:
    mark = hashlib.sha256(content).hexdigest()
    return {
        "kind": DocumentKind.LETTER,
        "title": "Objet : un rendez-vous",
        "size": len(content),
        "sha256": mark,
        "archive_size": len(content),
        "archive_sha256": mark,
    }


def a_text(user: User, kind: str = DocumentKind.LETTER, **told: Any) -> DocumentTemplate:
    """The next version of a text of the user's organisation, the original one unless told otherwise."""
    organisation = user.current_organisation
    language = told.get("language", FRENCH)
    version = DocumentTemplate.objects.filter(organisation=organisation, kind=kind, language=language).count() + 1
    words = {"title": "Un titre", "body": BY_KIND[kind].original_text(language), "valid_from": today()} | told
    return DocumentTemplate.objects.create(
        organisation=organisation, kind=kind, version=version, created_by=user, **words
    )
