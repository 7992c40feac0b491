"""The texts of documents and the letterhead: written by whoever administers, in versions that are never edited."""

from __future__ import annotations

import io
from datetime import date
from typing import IO
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from accounts.models import Organisation, User
from accounts.permissions import organisation_of, require
from documents.models import LONGEST_TEXT, DocumentTemplate, Letterhead
from documents.paper.build import Wording, original
from documents.paper.kinds import KindSpec
from documents.rules.fields import Misuse
from documents.rules.languages import FRENCH
from documents.rules.markup import one_line
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act

LOGO_MAX_BYTES = 1024 * 1024
#: a picture may declare more points than a machine can hold: beyond, it is not opened
LOGO_MAX_POINTS = 25_000_000
#: as large as a letterhead prints it well: 62 × 20 mm at 300 points an inch
LOGO_BOX = (740, 240)
_LOGO_FORMATS = ("PNG", "JPEG")


class TextRefused(DomainError):
    """A text or a letterhead cannot be kept as it is."""


@act
def save_template(
    *,
    spec: KindSpec,
    title: str,
    body: str,
    valid_from: date,
    actor: User,
    language: str = FRENCH,
    submission_id: UUID | None = None,
) -> DocumentTemplate:
    """Add a version of the text of a kind in a language, in force from a day on; `submission_id` sent twice gives the
    same version.

    Raises:
        NotAllowed: the actor does not administer the organisation.
        TextRefused: a field is unknown, the text is empty, or the day is past: what was signed keeps its text.
    """
    organisation = organisation_of(actor)
    require(actor, "documents.manage_templates", organisation)
    if submission_id is not None:
        already = DocumentTemplate.objects.filter(organisation=organisation, submission_id=submission_id).first()
        if already is not None:
            return already
    if valid_from < today():
        raise TextRefused(
            "past",
            _("Un texte entre en vigueur au plus tôt aujourd’hui : ce qui est signé garde le sien."),
            field="valid_from",
        )
    title, body = one_line(title), body.replace("\r\n", "\n").strip()
    check_text(spec, title, "title")
    check_text(spec, body, "body")
    return _add_version(organisation, spec, Wording(title, body, language=language), valid_from, actor, submission_id)


@act
def restore_original(*, spec: KindSpec, actor: User, language: str = FRENCH) -> DocumentTemplate:
    """Bring the text that comes with Ancrage back into force today in a language, as one more version.

    Raises:
        NotAllowed: the actor does not administer the organisation.
    """
    organisation = organisation_of(actor)
    require(actor, "documents.manage_templates", organisation)
    return _add_version(organisation, spec, original(spec, language), today(), actor, None)


def _add_version(
    organisation: Organisation,
    spec: KindSpec,
    wording: Wording,
    valid_from: date,
    actor: User,
    submission_id: UUID | None,
) -> DocumentTemplate:
    # Two people at once: the second waits here, and gets the next number.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    versions = DocumentTemplate.objects.filter(organisation=organisation, kind=spec.kind, language=wording.language)
    latest = versions.aggregate(latest=Max("version"))["latest"] or 0
    template = DocumentTemplate(
        organisation=organisation,
        kind=spec.kind,
        language=wording.language,
        version=latest + 1,
        title=wording.title,
        body=wording.body,
        valid_from=valid_from,
        created_by=actor,
        submission_id=submission_id,
    )
    save_checked(template)
    return template


def check_text(spec: KindSpec, text: str, field: str) -> None:
    """Refuse a text that is empty, too long, or names a field that its kind does not have.

    Raises:
        TextRefused: with the field of the form, every unknown name, and the nearest known ones.
    """
    if not text:
        raise TextRefused("empty", _("Écrivez ce texte, ou revenez au texte d’origine."), field=field)
    if len(text) > LONGEST_TEXT:
        raise TextRefused("too_long", _("Ce texte est trop long : 20 000 signes au plus."), field=field)
    faults = spec.names.misuses(text, one_line=field == "title")
    if faults:
        raise TextRefused("fields", " ".join(map(misuse_words, faults)), field=field)


def misuse_words(fault: Misuse) -> str:
    """What is wrong with a field, and what was probably meant."""
    written = "{{" + fault.written + "}}"
    if fault.alone:
        return _("%(field)s se met seul sur sa ligne, entre deux lignes vides.") % {"field": written}
    if fault.nearest:
        nearest = "{{" + fault.nearest + "}}"
        return _("%(field)s n’existe pas ; vouliez-vous %(nearest)s ?") % {"field": written, "nearest": nearest}
    return _("%(field)s n’existe pas : choisissez dans la liste des champs.") % {"field": written}


# --- the letterhead ---------------------------------------------------------------------------------------------------


@act
def save_letterhead(
    *, footer: str, actor: User, logo: IO[bytes] | None = None, without_logo: bool = False
) -> Letterhead:
    """Change the letterhead of the actor's organisation: the line at the foot, a new logo, or no logo any more.

    A logo is drawn again as a PNG: what a picture hides besides its points is not kept.

    Raises:
        NotAllowed: the actor does not administer the organisation.
        TextRefused: the file is no PNG or JPEG picture, or too big.
    """
    organisation = organisation_of(actor)
    require(actor, "documents.manage_templates", organisation)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    letterhead = Letterhead.objects.filter(organisation=organisation).first() or Letterhead(organisation=organisation)
    former = str(letterhead.logo.name or "")
    letterhead.footer = one_line(footer)
    if logo is not None:
        letterhead.logo.save("", ContentFile(redrawn(logo)), save=False)
    elif without_logo:
        letterhead.logo = ""
    new = str(letterhead.logo.name or "")
    storage = letterhead.logo.storage
    try:
        save_checked(letterhead)
    except DomainError:
        if new and new != former:
            storage.delete(new)
        raise
    if former and former != new:
        transaction.on_commit(lambda: storage.delete(former))
    return letterhead


def redrawn(file: IO[bytes]) -> bytes:
    """A logo drawn again: a PNG on white, no larger than the letterhead needs.

    Raises:
        TextRefused: the file is no PNG or JPEG picture, or too big.
    """
    file.seek(0)
    content = file.read(LOGO_MAX_BYTES + 1)
    if len(content) > LOGO_MAX_BYTES:
        raise TextRefused("logo_too_big", _("Ce fichier pèse plus de 1 Mo."), field="logo")
    try:
        with Image.open(io.BytesIO(content), formats=_LOGO_FORMATS) as picture:
            if picture.width * picture.height > LOGO_MAX_POINTS:
                raise TextRefused("logo_too_large", _("Cette image a trop de points : réduisez-la."), field="logo")
            picture.verify()
        # A picture that was verified is spent: it is opened anew.
        with Image.open(io.BytesIO(content), formats=_LOGO_FORMATS) as picture:
            drawing = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise TextRefused(
            "logo_type", _("Ce fichier n’est pas une image PNG ou JPEG lisible."), field="logo"
        ) from error
    drawing.thumbnail(LOGO_BOX)
    # Paper is white: an archive does without transparency.
    white = Image.new("RGB", drawing.size, "white")
    white.paste(drawing, mask=drawing.getchannel("A"))
    kept = io.BytesIO()
    white.save(kept, format="PNG", optimize=True)
    return kept.getvalue()
