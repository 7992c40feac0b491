"""Taking back what was typed wrong of the follow-up, and moving a contact to whom it was about."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from accounts.registries import takables
from accounts.selectors.records import record_of, rows_naming
from accounts.services.reasons import require_reason
from accounts.services.taking_back import TakeBackRefused, gone, keep_trace, remove_row
from beneficiaries.case_facts import CASES
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import locked_case, locked_cases
from followup.enums import AppointmentState
from followup.models import Appointment, Attendance, CollectiveSession, Contact
from followup.services.contacts import ContactRefused, ContactStatement, check_statement, refuse_holder
from foundation.persistence import save_checked
from foundation.rules.saying import sentence
from privacy.audit import act, correcting


def remove_contact(contact: Contact, actor: User) -> None:
    """Take a contact out; the appointment that it answered waits for its outcome again."""
    locked_case(contact.case)
    _reopen_appointment(contact)
    remove_row(contact)


def _reopen_appointment(contact: Contact) -> None:
    """Plan again the appointment that a contact answered, unless its hour was given to another one."""
    appointment: Appointment | None = Appointment.objects.select_for_update().filter(contact=contact).first()
    if appointment is None:
        return
    appointment.contact = None
    twin = Appointment.objects.filter(
        case=appointment.case_id, on=appointment.on, at=appointment.at, state=AppointmentState.PLANNED
    )
    if twin.exists():
        appointment.state = AppointmentState.CANCELLED
        appointment.state_reason = sentence("Son contact est retiré ; un autre rendez-vous a pris cette heure")
    else:
        appointment.state = AppointmentState.PLANNED
    save_checked(appointment)


def refuse_appointment(appointment: Appointment, actor: User) -> None:
    """An appointment that a contact answered is told by that contact.

    Raises:
        TakeBackRefused: there is one.
    """
    if appointment.contact_id is not None:
        raise TakeBackRefused(
            "answered",
            _("Un contact est consigné pour ce rendez-vous."),
            hint=_("Retirez ou corrigez d’abord ce contact : le rendez-vous attendra de nouveau son résultat."),
        )


def remove_appointment(appointment: Appointment, actor: User) -> None:
    """Take an appointment out, as if it had never been made."""
    locked_case(appointment.case)
    remove_row(appointment)


def remove_attendance(attendance: Attendance, actor: User) -> None:
    """Take somebody's place and presence out of a session."""
    CollectiveSession.objects.select_for_update().filter(pk=attendance.session_id).first()
    remove_row(attendance)


def refuse_session(session: CollectiveSession, actor: User) -> None:
    """A session of which something was made and kept, such as a signed sheet, is called off instead.

    Raises:
        TakeBackRefused: there is something.
    """
    if any(not isinstance(row, Attendance) for row in rows_naming(session)):
        raise TakeBackRefused(
            "kept",
            _("Une feuille de présence de cette séance est gardée."),
            hint=_("Annulez la séance au lieu de la retirer, et corrigez ses présences."),
        )


def remove_session(session: CollectiveSession, actor: User) -> None:
    """Take a session out; the presences went before it."""
    remove_row(session)


@act
def move_contact(*, contact: Contact, case: CoachingCase, reason: str, actor: User) -> Contact:
    """Bring a contact that was written on the wrong person to the right case; the former one keeps the trace.

    Who held it, the day and the words stay; the objectives were the other case's; the appointment that it answered
    waits for its outcome again.

    Raises:
        NotAllowed: neither who wrote it on the same day, nor a coordinator; or the right case is not the actor's.
        CorrectionRefused: no reason is given.
        ContactRefused: it is in that case already, or could not have been recorded there.
        EmployerHidden: the firm may not hear of that person.
    """
    require(actor, "accounts.take_back", record_of(contact, contact.organisation_id))
    require(actor, "beneficiaries.tell_of_case", case)
    why = require_reason(reason)
    locked = {one.pk: one for one in locked_cases((contact.case_id, case.pk), contact.organisation_id)}
    found: Contact | None = (
        Contact.objects.select_for_update(of=("self",)).select_related("coach", "company").filter(pk=contact.pk).first()
    )
    if found is None:
        raise gone()
    if found.case_id == case.pk:
        raise ContactRefused("same", _("Ce contact est déjà dans ce dossier."), field="case")
    target = locked[case.pk]
    statement = _statement(found)
    check_statement(target, statement)
    refuse_holder(target, statement, actor)
    with correcting(why):
        found.case = locked[found.case_id]
        keep_trace(kind=takables["contact"], row=found, why=why, actor=actor, moved=True)
        _reopen_appointment(found)
        found.objectives.clear()
        # Sent again, the form makes a contact of its own case.
        found.submission_id = None
        found.case = target
        save_checked(found)
        # The row names the right case alone: what followed from it in the former one is settled too.
        CASES.mark(contact.case_id)
    return found


def _statement(contact: Contact) -> ContactStatement:
    """What the contact says, without the objectives of the case that it leaves."""
    return ContactStatement(
        on=contact.on,
        channel=contact.channel,
        party=contact.party,
        outcome=contact.outcome,
        minutes=contact.minutes,
        summary=contact.summary,
        place=contact.place,
        company=contact.company,
        held_by=contact.coach,
    )
