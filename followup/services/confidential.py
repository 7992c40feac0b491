"""Keeping words apart from a contact."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import require
from beneficiaries.services.phases import locked_case
from followup.models import ConfidentialNote, Contact
from foundation.persistence import save_checked
from privacy.audit import act


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
