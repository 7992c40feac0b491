"""The phrases that somebody puts into what they write."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from followup.models import QuickPhrases
from followup.rules.writing import LONGEST_PHRASE, MOST_PHRASES, fault_of, phrases_in
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act


class PhrasesRefused(DomainError):
    """There are too many of them, or one is too long."""


@act
def keep_phrases(*, typed: str, actor: User) -> QuickPhrases:
    """Keep the actor's phrases, one a line, in that order; those that are no longer among them are dropped.

    Raises:
        NotAllowed: the actor writes no contact.
        PhrasesRefused: more than a dozen, or one longer than a line.
    """
    require(actor, "followup.record")
    phrases = phrases_in(typed)
    words = {
        "too_many": _("Pas plus de %(n)s phrases : au-delà, on cherche."),
        "too_long": _("Une phrase dépasse %(n)s signes."),
    }
    if fault := fault_of(phrases):
        limit = {"too_many": MOST_PHRASES, "too_long": LONGEST_PHRASE}[fault]
        raise PhrasesRefused(fault, words[fault] % {"n": limit}, field="phrases")
    kept = QuickPhrases.objects.select_for_update().filter(user=actor).first() or QuickPhrases(user=actor)
    kept.content = "\n".join(phrases)
    save_checked(kept)
    return kept
