"""What somebody's own calendar has to do with ours: invitations to it, and the times that it says are taken.

It is read by the worker and never inside a request: whoever types an address makes us ask a server for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from followup.models import BusyPeriod, OwnCalendar
from followup.rules.busy import DAYS_AFTER, DAYS_BEFORE, Span, Trouble, is_due
from followup.services.busy_reading import Unreadable, busy_spans
from foundation.errors import DomainError
from foundation.fetching import AddressRefused, FetchFailed, NotThere, TooLarge, fetch
from foundation.persistence import save_checked
from foundation.rules.public_addresses import NotPublic, public_address
from privacy.audit import act

# As many calendars in one go; the next minutes take the rest.
BATCH = 50


class CalendarRefused(DomainError):
    """What was typed is not the address of a calendar that we may read."""


@act
def choose_calendar(*, is_invited: bool, address: str | None, actor: User) -> OwnCalendar:
    """Have the actor's appointments sent to them as invitations from now on, or no more; and read when they are taken
    under a secret address: `None` keeps the one that is known, "" forgets it with all that it said.

    Raises:
        NotAllowed: the actor carries no case here.
        CalendarRefused: the address is not a public one, over https.
    """
    require(actor, "followup.view_my_day")
    own = OwnCalendar.objects.select_for_update().filter(user=actor).first() or OwnCalendar(user=actor)
    own.is_invited = is_invited
    if address is not None and address.strip() != own.address:
        own.address = address.strip()
        own.server = _server_of(own.address) if own.address else ""
        own.tried_at = own.read_at = None
        own.trouble = ""
        if own.pk:
            BusyPeriod.objects.filter(calendar=own).delete()
    save_checked(own)
    return own


def _server_of(address: str) -> str:
    try:
        return public_address(address).host
    except NotPublic as error:
        raise CalendarRefused(
            "address",
            _("Cette adresse n’est pas celle d’un agenda public en https."),
            field="address",
            hint=_("Copiez l’adresse secrète au format iCal que votre agenda donne ; elle commence par https://."),
        ) from error


def read_due(*, limit: int = BATCH) -> int:
    """Read the calendars whose turn has come, the longest waiting first, and return how many were asked for.

    Any number of processes may do so at once: a calendar is read by the one that takes its turn.
    """
    now = timezone.now()
    waiting = OwnCalendar.objects.filter(user__is_active=True, server__gt="").order_by(
        F("tried_at").asc(nulls_first=True)
    )
    turns = [(pk, tried_at) for pk, tried_at in waiting.values_list("pk", "tried_at") if is_due(tried_at, now)]
    asked = 0
    for pk, tried_at in turns[:limit]:
        # Whoever writes first has the turn.
        if OwnCalendar.objects.filter(_tried(tried_at), pk=pk).update(tried_at=timezone.now()):
            _read(pk)
            asked += 1
    return asked


def _tried(at: datetime | None) -> Q:
    return Q(tried_at__isnull=True) if at is None else Q(tried_at=at)


def _read(pk: UUID) -> None:
    """Ask for one calendar and keep the times that it says are taken; what goes wrong is kept as one word."""
    own = OwnCalendar.objects.filter(pk=pk).first()
    if own is None or not own.address:
        return
    now = timezone.now()
    try:
        spans = busy_spans(fetch(own.address), now - timedelta(days=DAYS_BEFORE), now + timedelta(days=DAYS_AFTER))
    except AddressRefused:
        _note(own, Trouble.ADDRESS)
    except NotThere:
        _note(own, Trouble.UNKNOWN)
    except TooLarge:
        _note(own, Trouble.TOO_LARGE)
    except FetchFailed:
        _note(own, Trouble.SILENT)
    except Unreadable:
        _note(own, Trouble.UNREADABLE)
    else:
        _keep(own, spans, now)


def _note(own: OwnCalendar, trouble: Trouble) -> None:
    """What was read before stays, and grows stale."""
    OwnCalendar.objects.filter(pk=own.pk).update(trouble=trouble)


@transaction.atomic
def _keep(own: OwnCalendar, spans: list[Span], read_at: datetime) -> None:
    """Put these times in the place of the former ones, unless another address was given meanwhile."""
    current = OwnCalendar.objects.select_for_update().get(pk=own.pk)
    if current.address != own.address:
        return
    BusyPeriod.objects.filter(calendar=current).delete()
    BusyPeriod.objects.bulk_create(
        [BusyPeriod(calendar=current, starts_at=start, ends_at=end) for start, end in spans], batch_size=1000
    )
    OwnCalendar.objects.filter(pk=own.pk).update(read_at=read_at, trouble="")
