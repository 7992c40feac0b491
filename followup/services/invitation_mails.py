"""The mail that carries an invitation, or what calls it off, left to the outbox in the transaction of the act."""

from __future__ import annotations

import json
from datetime import date
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from followup.models import Invitation, OutboxMail
from followup.rules.invitations import COLLEAGUES, Event, Guest, Method
from followup.services.digests import message_id_of
from followup.services.itip import Message, written
from foundation.formatting import date_words, named_day_words
from foundation.persistence import save_checked


def sender() -> str:
    """The address of the house, from which everything leaves."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1] or settings.DEFAULT_FROM_EMAIL


def spoken_to(guest: str, user: User) -> str:
    """The language of whoever reads it: a colleague's own; the source's for guests, whose language is not known.

    Never that of whoever acts: what was told would differ, and everybody would be told again.
    """
    language: str = user.language if guest in COLLEAGUES else settings.LANGUAGE_CODE
    return language


def tell(row: Invitation, event: Event, method: Method, sequence: int, told: Event | None) -> None:
    """Leave a message to the outbox, in the transaction of the act, and remember what it says."""
    now = timezone.now()
    row.sequence = sequence
    first = told is None
    message = Message(
        life=row.life,
        event=event,
        method=method,
        sequence=sequence,
        changed_at=now,
        guest=Guest(row.guest),
        guest_address=row.address,
        sender=sender(),
    )
    with override(spoken_to(row.guest, row.user)):
        subject, body = _subject(event.on, method, first=first), _body(event, method)
    key = f"invitation:{row.pk}:{sequence}"
    mail = OutboxMail(
        organisation_id=row.organisation_id,
        user=row.user,
        dedupe_key=key,
        message_id=message_id_of(key),
        subject=subject,
        body=body,
        guest=row.guest,
        method=method,
        address="" if row.guest in COLLEAGUES else row.address,
        calendar=written(message),
        queued_at=now,
        next_attempt_at=now,
    )
    save_checked(mail)
    row.mail = mail
    row.before = kept(told)
    row.told = kept(event) if method is Method.REQUEST else ""
    save_checked(row)


def _subject(on: date, method: Method, *, first: bool) -> str:
    """What the mail is about, without saying who is met nor where."""
    if method is Method.CANCEL:
        return _("Rendez-vous annulé : %(date)s") % {"date": date_words(on)}
    words = _("Rendez-vous : %(date)s") if first else _("Rendez-vous modifié : %(date)s")
    return words % {"date": date_words(on)}


def _body(event: Event, method: Method) -> str:
    """The same in a few lines, for whoever reads it without a calendar."""
    lines = [event.summary, named_day_words(event.on)]
    if event.at is not None:
        lines[1] = _("%(day)s à %(hour)s") % {"day": lines[1], "hour": f"{event.at:%H:%M}"}
    if event.location:
        lines.append(event.location)
    if method is Method.CANCEL:
        lines.append(_("Ce rendez-vous n’a plus lieu."))
    else:
        lines.append(
            _("Accepter ou refuser dans votre agenda prévient %(coach)s ; rien d’autre n’en est fait.")
            % {"coach": event.organiser}
        )
    lines.append(_("Pour en parler : %(coach)s, %(address)s.") % _signature(event))
    return "\n\n".join(lines) + "\n"


def _signature(event: Event) -> dict[str, str]:
    return {"coach": event.organiser, "address": event.organiser_address}


def kept(event: Event | None) -> str:
    """What somebody was told, as a row keeps it; empty for nothing."""
    return json.dumps(event.facts()) if event is not None else ""


def read(words: str) -> Event | None:
    """What a row keeps of what somebody was told."""
    return Event.of(json.loads(words)) if words else None
