"""The invitations to what is planned, kept true in the calendars of those who hold it, at the end of every act.

Whoever plans, moves, calls off, hands over, closes, takes back or erases does nothing for it: writing the row of an
appointment or of a session is enough. As the act ends, what each guest was last told is compared with what is so, and
what is missing is left to the outbox (docs/decisions/0034-invitations.md).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from beneficiaries.case_facts import CASES
from employers.models import CompanyContact
from followup.enums import AppointmentState, MailState
from followup.models import Appointment, CollectiveSession, Invitation, OutboxMail, OwnCalendar
from followup.rules.invitations import (
    Event,
    Guest,
    Method,
    is_guest,
    method_of,
    next_sequence,
    tells_address,
    tells_place,
)
from followup.services.digests import message_id_of
from followup.services.itip import Message, written
from foundation.clock import today
from foundation.formatting import date_words, named_day_words
from foundation.persistence import save_checked
from foundation.unit_of_work import Topic
from placements.selectors.discretion import hidden_jobs

#: the appointments and sessions that an act has written, by the key that they keep
INVITATIONS = Topic("invitations")

_OUTCOMES = (AppointmentState.HELD, AppointmentState.NO_SHOW)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What one guest's calendar is to hold; `chosen` when they were chosen, and not only told before."""

    guest: Guest
    key: UUID
    user: User
    address: str
    chosen: bool
    event: Event
    organisation_id: UUID
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Life:
    """An appointment or a session through all its moves: what is planned of it now, and what was said of it."""

    planned: Appointment | CollectiveSession | None = None
    settled: bool = False
    exists: bool = True
    # Whether somebody holds it already, and its coach when they want it in their own calendar.
    is_held: bool = False
    wishing: UUID | None = None


_ERASED = _Life(exists=False)


def listen() -> None:
    """Have every row that is written of an appointment or a session noted; called once, from `AppConfig.ready`."""
    for model in (Appointment, CollectiveSession):
        for signal in (post_save, post_delete):
            signal.connect(_written, sender=model, dispatch_uid=f"invitations.{model.__name__}")


def _written(instance: Appointment | CollectiveSession, **kwargs: Any) -> None:
    INVITATIONS.mark(instance.uid_key)


def settle_invitations(keys: list[UUID]) -> None:
    """Tell the guests of these appointments and sessions what is so; in the transaction of the act that wrote them."""
    # What follows from the case may move or call off what is planned: first that, then the mails.
    CASES.settle()
    lives = _lives(keys)
    # Most of what is planned has no guest: then nothing more is read.
    held = [key for key in keys if key not in lives or lives[key].is_held]
    known: dict[UUID, dict[UUID, Invitation]] = defaultdict(dict)
    if held:
        rows = Invitation.objects.select_for_update(of=("self",)).select_related("user").filter(life__in=held)
        for row in rows:
            known[row.life][row.guest_key] = row
    wishing = {life.wishing for life in lives.values() if life.wishing is not None}
    for key in keys:
        _settle_life(key, lives.get(key, _ERASED), known[key], wishing)


def _settle_life(key: UUID, life: _Life, known: dict[UUID, Invitation], wishing: set[UUID]) -> None:
    wanted = {one.key: one for one in _wanted(life.planned, known, wishing)}
    sequence = next_sequence([row.sequence for row in known.values()])
    for guest_key, want in wanted.items():
        if guest_key not in known:
            row = Invitation(life=key, guest=want.guest, guest_key=guest_key, user=want.user, address=want.address)
            row.organisation_id = want.organisation_id
            _bring_up(row, None, want, life, sequence)
    for guest_key, row in known.items():
        _bring_up(row, _forget_unsent(row), wanted.get(guest_key), life, sequence)


def _bring_up(row: Invitation, told: Event | None, want: _Wanted | None, life: _Life, sequence: int) -> None:
    """Tell one guest what is so, when they know otherwise."""
    if want is not None:
        row.user = want.user
    method = method_of(told, want.event if want else None, settled=life.settled, on=today())
    event = want.event if want is not None and method is Method.REQUEST else told
    if method is not None and event is not None:
        _tell(row, event, method, sequence, told)
    elif row.told != _kept(told):
        # The mail that said otherwise was taken back before it left.
        row.told, row.before = _kept(told), ""
        save_checked(row)
    if not life.exists:
        # Erased: nothing stays of who was invited to it, but the mail that says so until it has left.
        row.delete()


def _forget_unsent(row: Invitation) -> Event | None:
    """What the guest knows; a mail of a moment ago that nobody has begun to send is taken back, so that what was done
    and undone at once is told to nobody.
    """
    if row.mail_id is None:
        return _read(row.told)
    waiting = OutboxMail.objects.filter(pk=row.mail_id, state=MailState.QUEUED, attempts=0)
    deleted, _models = waiting.delete()
    if not deleted:
        return _read(row.told)
    row.mail = None
    return _read(row.before)


def _lives(keys: Iterable[UUID]) -> dict[UUID, _Life]:
    """What became of these; two statements."""
    rows: dict[UUID, list[Appointment]] = defaultdict(list)
    related = "case__beneficiary", "coach", "invited_contact__company", "invited_partner"
    found = Appointment.objects.filter(Q(pk__in=keys) | Q(life__in=keys)).select_related(*related)
    asked: Any = _asked_at_once(found, "coach", Coalesce("life", "pk"))
    for appointment in asked.order_by("created_at"):
        rows[appointment.uid_key].append(appointment)
    lives: dict[UUID, _Life] = {}
    for key, chain in rows.items():
        planned = [one for one in chain if one.state == AppointmentState.PLANNED]
        settled = any(one.state in _OUTCOMES for one in chain)
        lives[key] = _life(chain[-1], planned[-1] if planned else None, settled=settled)
    others = [key for key in keys if key not in lives]
    sessions = CollectiveSession.objects.filter(pk__in=others) if others else CollectiveSession.objects.none()
    for session in _asked_at_once(sessions.select_related("leader", "series"), "leader", F("pk")):
        lives[session.pk] = _life(session, session if session.cancelled_on is None else None)
    return lives


def _asked_at_once(rows: Any, coach: str, life: Any) -> Any:
    """The rows, with whether somebody holds them already and whether their coach wants them."""
    return rows.annotate(
        its_life=life,
        is_held=Exists(Invitation.objects.filter(life=OuterRef("its_life"))),
        is_wanted=Exists(OwnCalendar.objects.filter(user=OuterRef(f"{coach}_id"), is_invited=True)),
    )


def _life(row: Any, planned: Appointment | CollectiveSession | None, *, settled: bool = False) -> _Life:
    wishing = _coach(planned).pk if planned is not None and getattr(planned, "is_wanted", False) else None
    return _Life(planned, settled, is_held=row.is_held, wishing=wishing)


def _coach(planned: Appointment | CollectiveSession) -> User:
    coach: User = planned.leader if isinstance(planned, CollectiveSession) else planned.coach
    return coach


def _wanted(
    planned: Appointment | CollectiveSession | None, known: Mapping[UUID, Invitation], wishing: set[UUID]
) -> list[_Wanted]:
    """Who is to hold it in their calendar, with what they read."""
    if planned is None:
        return []
    if isinstance(planned, CollectiveSession):
        with override(_spoken(Guest.COACH, planned.leader)):
            summary = _("Séance collective : %(title)s") % {"title": planned.series.title}
        offered = [_to_coach(planned, planned.leader, summary, planned.place, wishing)]
    else:
        offered = _guests(planned, wishing)
    return [
        one
        for one in offered
        if is_guest(chosen=one.chosen, address=one.address, told=_holds(known.get(one.key)), hidden=one.hidden)
    ]


def _spoken(guest: str, coach: User) -> str:
    """The language of whoever reads it: the coach's own; the source's for guests, whose language is not known.

    Never that of whoever acts: what was told would differ, and everybody would be told again.
    """
    language: str = coach.language if guest == Guest.COACH else settings.LANGUAGE_CODE
    return language


def _holds(row: Invitation | None) -> bool:
    return row is not None and bool(row.told or row.before)


def _to_coach(
    planned: Appointment | CollectiveSession, coach: User, summary: str, place: str, wishing: set[UUID]
) -> _Wanted:
    event = _event(planned, coach, summary, place)
    return _Wanted(Guest.COACH, coach.pk, coach, coach.email, coach.pk in wishing, event, planned.organisation_id)


def _guests(planned: Appointment, wishing: set[UUID]) -> list[_Wanted]:
    """The coach, by initials; the person; and who else was chosen, unless the follow-up is kept from their firm."""
    coach: User = planned.coach
    person = planned.case.beneficiary
    with override(_spoken(Guest.COACH, coach)):
        found = [_to_coach(planned, coach, _summary(planned, Guest.COACH), _where(planned, Guest.COACH), wishing)]

    def add(guest: Guest, key: UUID, address: str, *, chosen: bool = True, hidden: bool = False) -> None:
        with override(_spoken(guest, coach)):
            event = _event(planned, coach, _summary(planned, guest), _where(planned, guest))
        found.append(_Wanted(guest, key, coach, address, chosen, event, planned.organisation_id, hidden))

    add(Guest.PERSON, person.pk, person.email, chosen=planned.invites_person)
    if contact := planned.invited_contact:
        add(Guest.FIRM, contact.pk, contact.email, hidden=_is_kept_from(planned, contact))
    if partner := planned.invited_partner:
        add(Guest.PARTNER, partner.pk, partner.email)
    return found


def _summary(planned: Appointment, guest: Guest) -> str:
    """What the appointment is called in the calendar of that guest, who reads of the person initials at most."""
    words = {
        "who": planned.case.beneficiary.initials,
        "how": planned.get_channel_display(),
        "coach": planned.coach.get_full_name(),
    }
    if guest is Guest.COACH:
        return _("Rendez-vous %(who)s (%(how)s)") % words
    if guest is Guest.PERSON:
        return _("Rendez-vous avec %(coach)s (%(how)s)") % words
    return _("Rendez-vous avec %(coach)s, %(who)s (%(how)s)") % words


def _is_kept_from(planned: Appointment, contact: CompanyContact) -> bool:
    """Whether the firm may not hear of the person."""
    return any(contact.company.family in job.families for job in hidden_jobs(planned.case))


def _where(planned: Appointment, guest: Guest) -> str:
    """Where it is, as far as that guest may read it."""
    parts = []
    if planned.place and tells_place(guest, planned.place):
        parts.append(planned.get_place_display())
    if planned.address and tells_address(guest, planned.place):
        parts.append(planned.address)
    return ", ".join(parts)


def _event(planned: Appointment | CollectiveSession, coach: User, summary: str, location: str) -> Event:
    return Event(planned.on, planned.at, planned.minutes, summary, location, coach.get_full_name(), coach.email)


def _tell(row: Invitation, event: Event, method: Method, sequence: int, told: Event | None) -> None:
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
        sender=parseaddr(settings.DEFAULT_FROM_EMAIL)[1] or settings.DEFAULT_FROM_EMAIL,
    )
    with override(_spoken(row.guest, row.user)):
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
        address="" if row.guest == Guest.COACH else row.address,
        calendar=written(message),
        queued_at=now,
        next_attempt_at=now,
    )
    save_checked(mail)
    row.mail = mail
    row.before = _kept(told)
    row.told = _kept(event) if method is Method.REQUEST else ""
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


def _kept(event: Event | None) -> str:
    return json.dumps(event.facts()) if event is not None else ""


def _read(kept: str) -> Event | None:
    return Event.of(json.loads(kept)) if kept else None
