"""Collective sessions: planning them, giving places, writing down who was there.

Group work never counts for the cadence: nothing here touches the status of a case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.enums import CASE_CARRYING_ROLES
from accounts.models import User
from accounts.permissions import NotAllowed, allows, organisation_of, require
from accounts.selectors.workdays import working_days_of
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import locked_cases
from followup.enums import AttendanceState
from followup.models import Attendance, CollectiveSession, Invitation, SessionSeries
from followup.rules.sessions import PRESENT, TAKES_A_PLACE, places_left, weekly_days
from followup.services.contacts import refuse_outside_mandate
from followup.services.discretion import refuse_meeting_there
from followup.services.invitations import INVITATIONS
from foundation.clock import today
from foundation.errors import DomainError
from foundation.formatting import of_name
from foundation.persistence import save_checked
from privacy.audit import act

# A longer series is planned in two times.
MOST_SESSIONS = 30
MARKS = (AttendanceState.PRESENT, AttendanceState.ABSENT, AttendanceState.EXCUSED)


class SessionRefused(DomainError):
    """A session, a place or a presence cannot be recorded as stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """When a session takes place, for how many minutes, where, with how many places, and who leads it."""

    on: date
    at: time
    minutes: int
    place: str
    capacity: int
    leader: User


@dataclass(frozen=True, slots=True)
class Mark:
    """What is written down of somebody: the state, and the minutes of a presence."""

    state: str
    minutes: int = 0


@act
def create_series(
    *, title: str, aim: str, first: SessionPlan, number: int, actor: User, submission_id: UUID | None = None
) -> SessionSeries:
    """Plan a series of weekly sessions, days off left out; sent twice with one `submission_id`, it is made once.

    Raises:
        NotAllowed: the actor neither coaches nor coordinates here.
        SessionRefused: the number is not between 1 and `MOST_SESSIONS`, or the leader does not work here that day.
        InvalidFact: a field is wrong.
    """
    require(actor, "followup.manage_sessions")
    organisation = organisation_of(actor)
    if submission_id:
        twin: SessionSeries | None = SessionSeries.objects.filter(
            submission_id=submission_id, organisation=organisation
        ).first()
        if twin is not None:
            return twin
    if not 1 <= number <= MOST_SESSIONS:
        raise SessionRefused(
            "number", _("Un cycle compte de 1 à %(most)s séances.") % {"most": MOST_SESSIONS}, field="number"
        )
    series = SessionSeries(organisation=organisation, title=title.strip(), aim=aim.strip(), submission_id=submission_id)
    save_checked(series)
    for day in weekly_days(first.on, number, working_days_of(organisation.pk, first.on)):
        _save(CollectiveSession(organisation=organisation, series=series), first, on=day)
    return series


@act
def rename_series(*, series: SessionSeries, title: str, aim: str, actor: User) -> SessionSeries:
    """Change what a series is called and what it is for.

    Raises:
        NotAllowed: the actor neither coaches nor coordinates here.
        InvalidFact: a field is wrong.
    """
    require(actor, "followup.manage_sessions", series)
    series = SessionSeries.objects.select_for_update().get(pk=series.pk)
    series.title, series.aim = title.strip(), aim.strip()
    save_checked(series)
    # Calendars show its sessions under its title.
    INVITATIONS.mark(*series.sessions.filter(on__gte=today()).values_list("pk", flat=True))
    return series


@act
def add_session(*, series: SessionSeries, plan: SessionPlan, actor: User) -> CollectiveSession:
    """Add a session to a series.

    Raises:
        NotAllowed: the actor neither coaches nor coordinates here.
        SessionRefused: the leader does not work here that day, or the series has a session at that time.
        InvalidFact: a field is wrong.
    """
    require(actor, "followup.manage_sessions", series)
    return _save(CollectiveSession(organisation=series.organisation, series=series), plan, on=plan.on)


@act
def change_session(*, session: CollectiveSession, plan: SessionPlan, actor: User) -> CollectiveSession:
    """Change a session. Once presences are written down its day stays; its places never go below those taken.

    Raises:
        NotAllowed: the actor neither coaches nor coordinates here.
        SessionRefused: it was called off, its day is settled, or too few places are left.
        InvalidFact: a field is wrong.
    """
    session = _locked(session)
    require(actor, "followup.manage_sessions", session)
    _refuse_called_off(session)
    states = list(session.attendances.values_list("state", flat=True))
    if plan.on != session.on and set(states) & set(MARKS):
        raise SessionRefused("settled", _("Des présences sont notées : cette séance garde son jour."), field="on")
    taken = sum(state in TAKES_A_PLACE for state in states)
    if plan.capacity < taken:
        raise SessionRefused("taken", _("%(n)s places sont déjà prises.") % {"n": taken}, field="capacity")
    return _save(session, plan, on=plan.on)


@act
def call_off_session(*, session: CollectiveSession, reason: str, actor: User) -> CollectiveSession:
    """Call a session off, with its reason. Registrations stay to be read.

    Raises:
        NotAllowed: the actor neither coaches nor coordinates here.
        SessionRefused: it was called off already, somebody's presence is written down, or no reason is given.
    """
    session = _locked(session)
    require(actor, "followup.manage_sessions", session)
    _refuse_called_off(session)
    if session.attendances.filter(state=AttendanceState.PRESENT).exists():
        raise SessionRefused("took_place", _("Des personnes y étaient : cette séance a eu lieu."))
    if not reason.strip():
        raise SessionRefused("reason", _("Dites pourquoi, en quelques mots."), field="reason")
    session.cancelled_on = today()
    session.cancel_reason = reason.strip()
    save_checked(session)
    return session


@act
def register_people(
    *, session: CollectiveSession, cases: Sequence[CoachingCase], actor: User, invited: bool = False
) -> list[Attendance]:
    """Give a place to each of these people, or to none of them; `invited`, those who have an e-mail address receive it
    as an invitation.

    Whoever carries a case registers the person; the leader of the session and a coordinator register anybody of the
    organisation. Somebody who withdrew or was excused may come back while there are places.

    Raises:
        NotAllowed: a case is not the actor's to register.
        SessionRefused: nobody is chosen, the session was called off or lacks places, somebody has a place already, or
            a case is not open that day.
        ClockExpired: the session lies ahead, and somebody's 24 months are used up by then.
        EmployerHidden: it takes place at a firm that may not hear of somebody.
    """
    session = _locked(session)
    require(actor, "followup.manage_sessions", session)
    _refuse_called_off(session)
    chosen = sorted({case.pk for case in cases})
    if not chosen:
        raise SessionRefused("nobody", _("Choisissez au moins une personne."), field="cases")
    known = {attendance.case_id: attendance for attendance in session.attendances.select_for_update()}
    free = places_left(session.capacity, [attendance.state for attendance in known.values()])
    people = locked_cases(chosen, session.organisation_id)
    if len(people) < len(chosen):
        raise NotAllowed
    for case in people:
        _refuse_place(session, case, known.get(case.pk), actor)
    if len(people) > free:
        raise SessionRefused(
            "full",
            _("Il reste %(free)s place(s) pour %(asked)s personne(s).") % {"free": free, "asked": len(people)},
            field="cases",
            hint=_("Choisissez moins de personnes, ou modifiez le nombre de places."),
        )
    return [_give_place(session, case, known.get(case.pk), invited=invited) for case in people]


def _refuse_place(session: CollectiveSession, case: CoachingCase, former: Attendance | None, actor: User) -> None:
    """One person may be given a place by this actor, on the day of the session."""
    if not may_register(actor, session, case):
        raise NotAllowed
    name = case.beneficiary.full_name
    if former is not None and former.state in TAKES_A_PLACE:
        raise SessionRefused("twice", _("%(name)s a déjà une place.") % {"name": name}, field="cases")
    closed = case.closed_on is not None and case.closed_on <= session.on
    if closed or session.on < case.opened_on:
        raise SessionRefused(
            "closed",
            _("Le dossier %(of_name)s n’est pas ouvert ce jour-là.") % {"of_name": of_name(name)},
            field="cases",
        )
    if session.on > today():
        refuse_outside_mandate(case, session.on, field="cases")
        refuse_meeting_there(case, "", session.place, session.on, field="cases")


def may_register(actor: User, session: CollectiveSession, case: CoachingCase) -> bool:
    """Whether the actor may give the person of a case a place in a session, or take it back."""
    return allows(actor, "followup.record_attendance", session) or allows(actor, "beneficiaries.change_case", case)


def _give_place(
    session: CollectiveSession, case: CoachingCase, former: Attendance | None, *, invited: bool
) -> Attendance:
    attendance = former or Attendance(organisation=session.organisation, case=case)
    attendance.session = session
    attendance.state = AttendanceState.REGISTERED
    attendance.minutes = 0
    attendance.is_invited = invited and bool(case.beneficiary.email)
    save_checked(attendance)
    return attendance


@act
def withdraw(*, attendance: Attendance, actor: User) -> Attendance:
    """Take somebody's place back, so that somebody else may have it.

    Raises:
        NotAllowed: the person is not the actor's to register.
        SessionRefused: it is already written down whether the person was there.
    """
    session = _locked(attendance.session)
    attendance = Attendance.objects.select_for_update(of=("self",)).select_related("case").get(pk=attendance.pk)
    require(actor, "followup.manage_sessions", session)
    if not may_register(actor, session, attendance.case):
        raise NotAllowed
    if attendance.state != AttendanceState.REGISTERED:
        raise SessionRefused("settled", _("La présence de cette personne est déjà notée."))
    attendance.session = session
    attendance.state = AttendanceState.WITHDRAWN
    save_checked(attendance)
    return attendance


@act
def record_attendance(*, session: CollectiveSession, marks: Mapping[UUID, Mark], actor: User) -> int:
    """Write down who was there and for how many minutes, by attendance; return how many lines changed.

    What took place can always be written down or put right: neither the places nor an exit since then refuse it.

    Raises:
        NotAllowed: the actor neither leads the session nor coordinates.
        SessionRefused: the session lies ahead or was called off, somebody has no place in it, a state is no outcome,
            or the minutes are not between 1 and the length of a day.
    """
    session = _locked(session)
    require(actor, "followup.record_attendance", session)
    _refuse_called_off(session)
    if session.on > today():
        raise SessionRefused(
            "ahead",
            _("Cette séance a lieu le %(date)s : les présences se notent ce jour-là.")
            % {"date": f"{session.on:%d/%m/%Y}"},
        )
    known = {attendance.pk: attendance for attendance in session.attendances.taking_part().select_for_update()}
    if not marks.keys() <= known.keys():
        raise SessionRefused("unknown", _("Quelqu’un n’est plus inscrit à cette séance."), hint=_("Rechargez la page."))
    changed = 0
    for key, mark in marks.items():
        attendance = known[key]
        if mark.state not in MARKS:
            raise SessionRefused("state", _("Dites si chaque personne était là."), field=f"state-{key}")
        minutes = mark.minutes if mark.state == PRESENT else 0
        if mark.state == PRESENT and minutes <= 0:
            raise SessionRefused("minutes", _("Indiquez la durée de présence."), field=f"minutes-{key}")
        if (attendance.state, attendance.minutes) == (mark.state, minutes):
            continue
        attendance.session = session
        attendance.state, attendance.minutes = mark.state, minutes
        save_checked(attendance)
        changed += 1
    return changed


def free_places_after_exit(case: CoachingCase) -> None:
    """Whoever left takes no place in the sessions to come; runs inside the act that closed the case."""
    coming = case.attendances.filter(state=AttendanceState.REGISTERED, session__on__gte=case.closed_on)
    told = Exists(Invitation.objects.filter(life=OuterRef("session_id")))
    for attendance in coming.select_related("session__series").annotate(is_in_calendars=told):
        attendance.state = AttendanceState.WITHDRAWN
        save_checked(attendance)


def _locked(session: CollectiveSession) -> CollectiveSession:
    """The session, re-read and locked, so that two people who give the last place follow one another."""
    found: CollectiveSession = (
        CollectiveSession.objects.select_for_update(of=("self",)).select_related("series").get(pk=session.pk)
    )
    return found


def _refuse_called_off(session: CollectiveSession) -> None:
    if session.cancelled_on is not None:
        raise SessionRefused("called_off", _("Cette séance est annulée."))


def _save(session: CollectiveSession, plan: SessionPlan, *, on: date) -> CollectiveSession:
    """Write a session as planned, on a day; its leader works here then."""
    _refuse_leader(session, plan.leader, on)
    session.on, session.at, session.minutes = on, plan.at, plan.minutes
    session.place, session.capacity, session.leader = plan.place.strip(), plan.capacity, plan.leader
    save_checked(session)
    return session


def _refuse_leader(session: CollectiveSession, leader: User, on: date) -> None:
    # Somebody whose role has an end may be planned until then.
    here = User.objects.members_of(session.organisation_id, on, *CASE_CARRYING_ROLES)
    if session.leader_id != leader.pk and not here.filter(pk=leader.pk).exists():
        raise SessionRefused(
            "leader",
            _("%(name)s ne travaille pas ici le %(date)s.")
            % {"name": leader.get_full_name(), "date": f"{on:%d/%m/%Y}"},
            field="leader",
        )
