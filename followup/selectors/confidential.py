"""What was kept apart from the contacts of a case, for whom it is meant."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from accounts.models import User
from accounts.permissions import allows
from beneficiaries.models import CoachingCase
from followup.models import ConfidentialNote, Contact
from followup.models.confidential import CONTENT
from followup.selectors.events import EventRow
from foundation.components import KeptApart
from privacy.cipher import decrypt


def notes_apart(case: CoachingCase, rows: Iterable[EventRow], reader: User) -> Mapping[UUID, Sequence[KeptApart]]:
    """What the reader may read of it among the events of a case, by contact. What they may not stays encrypted."""
    found: dict[UUID, list[KeptApart]] = defaultdict(list)
    for row in rows:
        if row.source != "apart" or row.firm_id is None or row.author_id is None:
            continue
        contact = Contact(pk=row.firm_id, organisation_id=case.organisation_id, case=case)
        note = ConfidentialNote(organisation_id=case.organisation_id, contact=contact, author_id=row.author_id)
        if allows(reader, "followup.read_confidential", note):
            found[row.firm_id].append(KeptApart(row.author, decrypt(row.words, CONTENT)))
    return found


def own_note(contact: Contact, author: User) -> ConfidentialNote | None:
    """What somebody keeps apart from a contact; none when they keep nothing."""
    found: ConfidentialNote | None = ConfidentialNote.objects.filter(contact=contact, author=author).first()
    return found
