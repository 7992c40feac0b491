"""Sending what waits in the outbox: claim, send, note; each step commits by itself.

Whoever claims a mail has the time of a lease to send it; a sender that dies loses its claim, and the mail leaves again
under the same Message-ID. docs/decisions/0006-reminders.md says what that means for whoever receives it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from followup.enums import MailState
from followup.models import OutboxMail
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act

# As many mails in one go; the next minutes take the rest.
BATCH = 500
# Minutes before each new attempt, then a person has to look.
RETRY_AFTER_MINUTES = (2, 10, 30, 120, 360, 720)
_PERMANENT = 500


class MailRefused(DomainError):
    """A mail cannot be sent again."""


@dataclass(slots=True)
class Sending:
    """What a go through the outbox did, in mails."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0


def send_due(*, limit: int = BATCH) -> Sending:
    """Send the mails whose hour has come, the oldest first, and return how many.

    Any number of processes may do so at once: a mail is sent by the one that claims it. When the mail server cannot be
    reached the rest waits for the next time.
    """
    lease = timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
    waiting = OutboxMail.objects.to_send(timezone.now(), lease).order_by("queued_at", "pk")
    done = Sending()
    connection = None
    try:
        for pk in list(waiting.values_list("pk", flat=True)[:limit]):
            mail = _claim(pk, lease)
            if mail is None:
                continue
            if not mail.address and not mail.user.is_active:
                _settle(mail, MailState.FAILED, _("Compte fermé."))
                done.failed += 1
                continue
            try:
                if connection is None:
                    connection = get_connection()
                    connection.open()
                _message(mail, connection).send()
            except (SMTPException, OSError) as error:
                if not _note_failure(mail, error, done):
                    break
            else:
                _settle(mail, MailState.SENT)
                done.sent += 1
    finally:
        if connection is not None:
            connection.close()
    return done


def _claim(pk: UUID, lease: timedelta) -> OutboxMail | None:
    """Take a mail for oneself; ``None`` when another was faster."""
    now = timezone.now()
    taken = (
        OutboxMail.objects.to_send(now, lease)
        .filter(pk=pk)
        .update(state=MailState.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    )
    if not taken:
        return None
    mail: OutboxMail = OutboxMail.objects.select_related("user").get(pk=pk)
    return mail


def _message(mail: OutboxMail, connection: Any) -> EmailMessage:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.body,
        to=[mail.address or mail.user.email],
        # Somebody who is not of the house answers whoever they meet.
        reply_to=[mail.user.email] if mail.address else None,
        connection=connection,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if mail.calendar:
        # Beside the text and not as a file: calendars take up what stands there by themselves.
        message.attach_alternative(mail.calendar, f"text/calendar; method={mail.method}")
    return message


def _settle(mail: OutboxMail, state: MailState, error: str = "", next_attempt_at: datetime | None = None) -> None:
    """Note what became of a mail that we claimed, unless the claim was lost to another meanwhile. Once it has left,
    nothing is kept of a guest's address nor of the invitation.
    """
    dropped = {"address": "", "calendar": ""} if state == MailState.SENT and mail.guest else {}
    OutboxMail.objects.filter(pk=mail.pk, state=MailState.SENDING, claimed_at=mail.claimed_at).update(
        state=state,
        error=error[:300],
        claimed_at=None,
        sent_at=timezone.now() if state == MailState.SENT else None,
        next_attempt_at=next_attempt_at or mail.next_attempt_at,
        **dropped,
    )


def _note_failure(mail: OutboxMail, error: Exception, done: Sending) -> bool:
    """Put the mail back for later, or give up on it; return whether the mail server still answers."""
    words = _words(error)
    if _is_final(error) or mail.attempts > len(RETRY_AFTER_MINUTES):
        _settle(mail, MailState.FAILED, words)
        done.failed += 1
    else:
        minutes = RETRY_AFTER_MINUTES[min(mail.attempts, len(RETRY_AFTER_MINUTES)) - 1]
        _settle(mail, MailState.QUEUED, words, timezone.now() + timedelta(minutes=minutes))
        done.postponed += 1
    return isinstance(error, SMTPRecipientsRefused | SMTPDataError | SMTPSenderRefused)


def _words(error: Exception) -> str:
    """What the server answered, or what prevented it."""
    if isinstance(error, SMTPRecipientsRefused):
        return "; ".join(f"{code} {_decoded(answer)}" for code, answer in error.recipients.values())
    if isinstance(error, SMTPResponseException):
        return f"{error.smtp_code} {_decoded(error.smtp_error)}"
    return f"{type(error).__name__} : {error}"


def _decoded(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer


def _is_final(error: Exception) -> bool:
    """Whether the server said that this mail will never be taken."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= _PERMANENT for code, _answer in error.recipients.values())
    if isinstance(error, SMTPDataError | SMTPSenderRefused):
        return isinstance(error, SMTPResponseException) and error.smtp_code >= _PERMANENT
    return False


@act
def send_again(*, mail: OutboxMail, actor: User) -> OutboxMail:
    """Have a mail that failed sent again, under the same Message-ID.

    Raises:
        NotAllowed: the actor does not administer the organisation.
        MailRefused: the mail did not fail.
    """
    require(actor, "followup.manage_mails", mail)
    mail = OutboxMail.objects.select_for_update().get(pk=mail.pk)
    if mail.state != MailState.FAILED:
        raise MailRefused("not_failed", _("Cet e-mail n’est pas en échec : rien à renvoyer."))
    mail.state = MailState.QUEUED
    mail.attempts = 0
    mail.next_attempt_at = timezone.now()
    save_checked(mail)
    return mail
