"""Words of notes: those of contacts with people and of visits to firms, in one list, the latest first."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import CharField, QuerySet, Value

from accounts.models import User
from employers.models import ProspectionContact
from followup.models import Contact
from foundation.rules.words import asked_words

Note = Contact | ProspectionContact
OF_CONTACT, OF_VISIT = "contact", "visit"


def notes_saying(words: Sequence[str], user: User) -> QuerySet[Any, Any]:
    """Which notes hold each of these words or parts of words, normalised, of those that the user may read: the kind and
    the key of each, the latest first. None when no word is long enough.

    A visit is read by whoever reads the firms; it concerns no person, so that no file tells that it was found.
    """
    asked = asked_words(words)
    if not asked:
        return Contact.objects.none().values_list("pk", "pk")
    contacts, visits = (
        model.objects.visible_to(user)
        .filter(words__holds=asked)
        .order_by()
        .annotate(note=Value(kind, output_field=CharField()))
        .values_list("note", "pk", "on", "created_at")
        for model, kind in ((Contact, OF_CONTACT), (ProspectionContact, OF_VISIT))
    )
    found: QuerySet[Any, Any] = contacts.union(visits, all=True).order_by("-on", "-created_at", "pk")
    return found


def read_notes(page: Iterable[Sequence[object]]) -> list[Note]:
    """The notes of a page of them, in its order; a statement for each kind."""
    keys = [(row[0], row[1]) for row in page]
    contacts = Contact.objects.select_related("case__beneficiary", "coach").in_bulk(_of(OF_CONTACT, keys))
    visits = ProspectionContact.objects.select_related("company", "coach").in_bulk(_of(OF_VISIT, keys))
    known: dict[tuple[object, object], Note] = {(OF_CONTACT, key): row for key, row in contacts.items()}
    known |= {(OF_VISIT, key): row for key, row in visits.items()}
    return [known[key] for key in keys if key in known]


def _of(kind: str, keys: Sequence[tuple[object, object]]) -> list[object]:
    return [key for of, key in keys if of == kind]
