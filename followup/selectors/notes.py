"""Finding contacts by words of what was said (docs/decisions/0029-searching-notes.md)."""

from collections.abc import Sequence

from django.db.models import QuerySet

from accounts.models import User
from followup.models import Contact

# Shorter words are in nearly every note, and no index helps with them.
MIN_LETTERS = 3


def contacts_saying(words: Sequence[str], user: User) -> QuerySet[Contact]:
    """The contacts of which what was said holds each of these words or parts of words, normalised, the latest first;
    among the cases that the user may read. None when no word is long enough.
    """
    asked = [word for word in words if len(word) >= MIN_LETTERS]
    if not asked:
        return Contact.objects.none()
    found: QuerySet[Contact] = Contact.objects.visible_to(user).filter(words__holds=" ".join(asked))
    return found.select_related("case__beneficiary", "coach").order_by("-on", "-created_at", "pk")
