"""The invitations to what is planned, kept true in the calendars of those who hold it, at the end of every act.

Whoever plans, moves, calls off, hands over, closes, takes back or erases does nothing for it: writing the row of an
appointment or of a session is enough. As the act ends, what each guest was last told is compared with what is so, and
what is missing is left to the outbox (docs/decisions/0034-invitations.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from beneficiaries.case_facts import CASES
from beneficiaries.models import CaseAssignment
from employers.models import CompanyContact
from followup.enums import AppointmentState, AttendanceState, MailState
from followup.models import Appointment, Attendance, CollectiveSession, Invitation, OutboxMail, OwnCalendar
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
from followup.rules.sessions import TAKES_A_PLACE
from followup.selectors.calendars import coming_places
from followup.services.invitation_mails import kept, read, spoken_to, tell
from foundation.clock import today
from foundation.persistence import save_checked
from foundation.unit_of_work import Topic, kept_already
from foundation.unit_of_work import kept as kept_in_act
from placements.selectors.discretion import hidden_jobs

#: the appointments and sessions that an act has written, by the key that they keep
INVITATIONS = Topic("invitations")
#: the cases that somebody else accompanies from now on
PLACES = Topic("places")

#: where an act keeps those of which no calendar has to know
_QUIET = "appointments of no calendar"
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
    wishing: frozenset[UUID] = frozenset()
    # Of a session: who has or had a place in it; whoever is no longer among them was erased or taken out.
    places: Sequence[Attendance] | None = None

    def forgets(self, row: Invitation) -> bool:
        """Whether nothing is to stay of who was invited."""
        if not self.exists or self.places is None:
            return not self.exists
        return row.guest == Guest.PERSON and all(row.guest_key != one.case.beneficiary_id for one in self.places)

    def with_carers(self) -> _Life:
        """With those who want to know when the people whom they accompany are at a session."""
        wanting = {one.case.coach_id for one in self.places or () if getattr(one, "is_wanted", False)}
        return replace(self, wishing=self.wishing | wanting)


_ERASED = _Life(exists=False)


def listen() -> None:
    """Have every row that is written of an appointment or a session noted; called once, from `AppConfig.ready`."""
    for model in (Appointment, CollectiveSession):
        for signal in (post_save, post_delete):
            signal.connect(_written, sender=model, dispatch_uid=f"invitations.{model.__name__}")
    for signal in (post_save, post_delete):
        signal.connect(_place_written, sender=Attendance, dispatch_uid="invitations.Attendance")
    post_save.connect(_handed_over, sender=CaseAssignment, dispatch_uid="invitations.CaseAssignment")


def _place_written(instance: Attendance, **kwargs: Any) -> None:
    # Whether somebody came changes no calendar; nor does a place that falls away when none holds the session, which
    # whoever read it may have asked at once.
    gone = kwargs["signal"] is post_delete or instance.state == AttendanceState.WITHDRAWN
    if gone and not getattr(instance, "is_in_calendars", True):
        return
    if gone or instance.state == AttendanceState.REGISTERED:
        INVITATIONS.mark(instance.session_id)


def _handed_over(instance: CaseAssignment, created: bool, **kwargs: Any) -> None:
    """The sessions of somebody stand in the calendar of who accompanies them."""
    if created:
        PLACES.mark(instance.case_id)


def note_calendars(case: Any) -> None:
    """Note of a case, as it is settled, what its rows tell already: whether the person has places in sessions to come,
    and which appointments are of no calendar, so that nothing more is asked about them.
    """
    if case.has_places:
        kept_in_act((PLACES.name, case.pk), lambda: True)
    rows: list[Any] = list(case.appointments.all())
    of_some = {one.uid_key for one in rows if one.is_held or one.is_wanted or one.has_guests}
    quiet: set[UUID] = kept_in_act(_QUIET, set)
    quiet |= {one.uid_key for one in rows}
    quiet -= of_some


def settle_places(cases: list[UUID]) -> None:
    """Have the sessions to come of these cases looked at again: somebody else accompanies them. No statement for those
    that have none.
    """
    CASES.settle()
    if placed := [case for case in cases if kept_already((PLACES.name, case))]:
        coming = coming_places().filter(case__in=placed).order_by()
        INVITATIONS.mark(*coming.values_list("session_id", flat=True).distinct())


def _written(instance: Appointment | CollectiveSession, **kwargs: Any) -> None:
    INVITATIONS.mark(instance.uid_key)


def settle_invitations(keys: list[UUID]) -> None:
    """Tell the guests of these appointments and sessions what is so; in the transaction of the act that wrote them."""
    # What follows from the case may move or call off what is planned: first that, then the mails.
    CASES.settle()
    quiet = kept_already(_QUIET) or ()
    keys = [key for key in keys if key not in quiet]
    if not keys:
        return
    lives = _lives(keys)
    # Most of what is planned has no guest: then nothing more is read.
    held = [key for key in keys if key not in lives or lives[key].is_held]
    known: dict[UUID, dict[UUID, Invitation]] = defaultdict(dict)
    if held:
        rows = Invitation.objects.select_for_update(of=("self",)).select_related("user").filter(life__in=held)
        for row in rows:
            known[row.life][row.guest_key] = row
    wishing = {key for life in lives.values() for key in life.wishing}
    for key in keys:
        _settle_life(key, lives.get(key, _ERASED), known[key], wishing)


def _settle_life(key: UUID, life: _Life, known: dict[UUID, Invitation], wishing: set[UUID]) -> None:
    wanted = {one.key: one for one in _wanted(life, known, wishing)}
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
        tell(row, event, method, sequence, told)
    elif row.told != kept(told):
        # The mail that said otherwise was taken back before it left.
        row.told, row.before = kept(told), ""
        save_checked(row)
    if life.forgets(row):
        # Erased: nothing stays of who was invited to it, but the mail that says so until it has left.
        row.delete()


def _forget_unsent(row: Invitation) -> Event | None:
    """What the guest knows; a mail of a moment ago that nobody has begun to send is taken back, so that what was done
    and undone at once is told to nobody.
    """
    if row.mail_id is None:
        return read(row.told)
    waiting = OutboxMail.objects.filter(pk=row.mail_id, state=MailState.QUEUED, attempts=0)
    deleted, _models = waiting.delete()
    if not deleted:
        return read(row.told)
    row.mail = None
    return read(row.before)


def _lives(keys: Iterable[UUID]) -> dict[UUID, _Life]:
    """What became of these; two statements, and one more for the places in sessions."""
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
    led = list(_asked_at_once(sessions.select_related("leader", "series"), "leader", F("pk")))
    places = _places(led)
    for session in led:
        standing = session if session.cancelled_on is None else None
        lives[session.pk] = replace(_life(session, standing), places=places[session.pk]).with_carers()
    return lives


def _places(sessions: Sequence[CollectiveSession]) -> Mapping[UUID, list[Attendance]]:
    """Everybody who has or had a place in these sessions, and whether their coach wants it in their own calendar."""
    found: dict[UUID, list[Attendance]] = defaultdict(list)
    if sessions:
        rows = Attendance.objects.filter(session__in=sessions).select_related("case__beneficiary", "case__coach")
        wanted = Exists(OwnCalendar.objects.filter(user=OuterRef("case__coach_id"), is_invited=True))
        for row in rows.annotate(is_wanted=wanted).order_by("case__beneficiary__search_key", "pk"):
            found[row.session_id].append(row)
    return found


def _asked_at_once(rows: Any, coach: str, life: Any) -> Any:
    """The rows, with whether somebody holds them already and whether their coach wants them."""
    return rows.annotate(
        its_life=life,
        is_held=Exists(Invitation.objects.filter(life=OuterRef("its_life"))),
        is_wanted=Exists(OwnCalendar.objects.filter(user=OuterRef(f"{coach}_id"), is_invited=True)),
    )


def _life(row: Any, planned: Appointment | CollectiveSession | None, *, settled: bool = False) -> _Life:
    wishing = [_coach(planned).pk] if planned is not None and getattr(planned, "is_wanted", False) else []
    return _Life(planned, settled, is_held=row.is_held, wishing=frozenset(wishing))


def _coach(planned: Appointment | CollectiveSession) -> User:
    coach: User = planned.leader if isinstance(planned, CollectiveSession) else planned.coach
    return coach


def _wanted(life: _Life, known: Mapping[UUID, Invitation], wishing: set[UUID]) -> list[_Wanted]:
    """Who is to hold it in their calendar, with what they read."""
    planned = life.planned
    if planned is None:
        return []
    if isinstance(planned, CollectiveSession):
        offered = _guests_of_session(planned, life.places or (), wishing)
    else:
        offered = _guests(planned, wishing)
    return [
        one
        for one in offered
        if is_guest(chosen=one.chosen, address=one.address, told=_holds(known.get(one.key)), hidden=one.hidden)
    ]


def _holds(row: Invitation | None) -> bool:
    return row is not None and bool(row.told or row.before)


def _to_coach(
    planned: Appointment | CollectiveSession, coach: User, summary: str, place: str, wishing: set[UUID]
) -> _Wanted:
    event = _event(planned, coach, summary, place)
    return _Wanted(Guest.COACH, coach.pk, coach, coach.email, coach.pk in wishing, event, planned.organisation_id)


def _guests_of_session(planned: CollectiveSession, places: Sequence[Attendance], wishing: set[UUID]) -> list[_Wanted]:
    """Whoever leads it; the people who have a place, each alone in their copy; who accompanies them, by initials."""
    leader: User = planned.leader
    title = {"title": planned.series.title}
    with override(spoken_to(Guest.COACH, leader)):
        summary = _("Séance collective : %(title)s") % title
    found = [_to_coach(planned, leader, summary, planned.place, wishing)]
    with override(spoken_to(Guest.PERSON, leader)):
        event = _event(planned, leader, _("Séance collective : %(title)s") % title, planned.place)
    of_coach: dict[User, list[str]] = defaultdict(list)
    for one in places:
        if one.state not in TAKES_A_PLACE:
            continue
        person, coach = one.case.beneficiary, one.case.coach
        found.append(
            _Wanted(Guest.PERSON, person.pk, leader, person.email, one.is_invited, event, planned.organisation_id)
        )
        if coach.pk != leader.pk:
            of_coach[coach].append(person.initials)
    for coach, initials in of_coach.items():
        with override(spoken_to(Guest.CARER, coach)):
            words = _("Séance collective : %(title)s (%(who)s)") % (title | {"who": ", ".join(initials)})
        told = replace(event, summary=words)
        chosen = coach.pk in wishing
        found.append(_Wanted(Guest.CARER, coach.pk, coach, coach.email, chosen, told, planned.organisation_id))
    return found


def _guests(planned: Appointment, wishing: set[UUID]) -> list[_Wanted]:
    """The coach, by initials; the person; and who else was chosen, unless the follow-up is kept from their firm."""
    coach: User = planned.coach
    person = planned.case.beneficiary
    with override(spoken_to(Guest.COACH, coach)):
        found = [_to_coach(planned, coach, _summary(planned, Guest.COACH), _where(planned, Guest.COACH), wishing)]

    def add(guest: Guest, key: UUID, address: str, *, chosen: bool = True, hidden: bool = False) -> None:
        with override(spoken_to(guest, coach)):
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
