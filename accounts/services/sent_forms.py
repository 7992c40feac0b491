"""Remembering which forms were sent: no fact of anybody, so no trail, and gone after some days."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import SentForm
from foundation.kept_words import WRITER_KNOWN_FOR
from foundation.sent_forms import Answered, Sent, SentAlready

# A page may be sent again as long as it is known who opened it.
REMEMBERED_FOR: timedelta = WRITER_KNOWN_FOR


class SentFormMemory:
    """What `foundation.sent_forms` remembers, in a table."""

    def recall(self, sent: Sent) -> Answered | None:
        """What was sent from this opening before, by the same person."""
        row = SentForm.objects.filter(author=sent.author, opening=sent.opening).first()
        return Answered(row.fingerprint, row.leads_to, row.made, row.created_at) if row is not None else None

    def remember(self, sent: Sent, leads_to: str, *, made: bool) -> None:
        """Remember it, inside the transaction of the act.

        Raises:
            SentAlready: another sending of the same opening came first; two at once meet here.
        """
        row = SentForm(
            author=sent.author, opening=sent.opening, fingerprint=sent.fingerprint, leads_to=leads_to, made=made
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise SentAlready from error


def forget_old_forms() -> None:
    """Drop what nobody can send again."""
    SentForm.objects.filter(created_at__lt=timezone.now() - REMEMBERED_FOR).delete()
