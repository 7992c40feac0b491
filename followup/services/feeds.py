"""The private addresses of an agenda: made, renewed, revoked. The secret is shown once and never stored."""

import hashlib
import secrets
from datetime import date

from accounts.models import User
from accounts.permissions import require
from followup.models import CalendarFeed
from followup.rules.busy import FeedKind
from foundation.persistence import save_checked
from privacy.audit import act

SECRET_BYTES = 32


def fingerprint(secret: str) -> str:
    """What is kept of a secret: enough to recognise it, too little to guess it."""
    return hashlib.sha256(secret.encode()).hexdigest()


@act
def renew_feed(*, actor: User, kind: str = FeedKind.APPOINTMENTS) -> str:
    """Give the actor a new secret for an address and return it; the former one stops answering at once.

    Raises:
        NotAllowed: the actor carries no case here.
    """
    require(actor, "followup.view_my_day")
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = CalendarFeed.objects.select_for_update().filter(user=actor, kind=kind).first()
    feed = feed or CalendarFeed(user=actor, kind=kind)
    feed.fingerprint = fingerprint(secret)
    feed.last_read_on = None
    save_checked(feed)
    return secret


@act
def revoke_feed(*, actor: User, kind: str = FeedKind.APPOINTMENTS) -> None:
    """Close an address of the actor; does nothing when there is none.

    Raises:
        NotAllowed: the actor carries no case here.
    """
    require(actor, "followup.view_my_day")
    for feed in CalendarFeed.objects.select_for_update().filter(user=actor, kind=kind):
        feed.delete()


def note_reading(feed: CalendarFeed, on: date) -> None:
    """Remember the last day on which an address was read; one write a day at most."""
    if feed.last_read_on != on:
        feed.last_read_on = on
        save_checked(feed)
