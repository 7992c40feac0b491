"""Keeping words apart from a contact."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from beneficiaries.services.phases import locked_case
from followup.models import ConfidentialNote, Contact
from followup.selectors.confidential import own_note
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act


class OtherNoteKept(DomainError):
    """The form served already, and other words were kept apart since."""


def add_note(*, contact: Contact, words: str, actor: User) -> None:
    """Keep the words of a form apart from the contact that it recorded; part of that act. Empty, they erase nothing;
    sent twice, they are kept once.

    Raises:
        NotAllowed: as for `keep_note`.
        OtherNoteKept: the form comes back, and its contact carries other words of the actor.
    """
    words = words.strip()
    if not words:
        return
    known = own_note(contact, actor)
    if known is None:
        keep_note(contact=contact, words=words, actor=actor)
    elif known.content != words:
        raise OtherNoteKept(
            "other_note",
            _("Une autre note confidentielle est déjà gardée à part de ce contact."),
            field="apart",
            hint=_("Modifiez-la depuis le fil du dossier."),
        )


@act
def keep_note(*, contact: Contact, words: str, actor: User) -> ConfidentialNote | None:
    """Keep the actor's own words apart from a contact, in place of those that they kept before; without words, keep
    nothing any more. Those of others stay as they are. The trail tells that it changed, never the words.

    Raises:
        NotAllowed: the contact is neither the actor's nor of a case that they carry.
    """
    # One at a time: a note sent from two tabs is one note.
    contact.case = locked_case(contact.case)
    require(actor, "followup.keep_confidential", contact)
    note: ConfidentialNote | None = ConfidentialNote.objects.filter(contact=contact, author=actor).first()
    words = words.strip()
    if not words:
        if note is not None:
            note.delete()
        return None
    if note is None:
        note = ConfidentialNote(organisation=contact.case.organisation, contact=contact, author=actor)
    note.content = words
    save_checked(note)
    return note
