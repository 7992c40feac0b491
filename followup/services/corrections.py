"""Correcting a contact: the old words stay in the trail, with the reason of the change."""

from accounts.models import User
from accounts.permissions import require
from accounts.services.reasons import require_reason
from beneficiaries.services.phases import locked_case
from followup.enums import Outcome
from followup.models import Appointment, Contact
from followup.rules.outcomes import appointment_state
from followup.services.contacts import ContactStatement, check_statement, refuse_holder
from foundation.persistence import save_checked
from privacy.audit import act, correcting


@act
def correct_contact(*, contact: Contact, statement: ContactStatement, reason: str, actor: User) -> Contact:
    """Rewrite a contact that was recorded wrongly, under the same rules as when it was recorded; the
    appointment that it came from follows.

    Raises:
        NotAllowed: neither the author of the contact nor a coordinator.
        CorrectionRefused: no reason is given.
        ContactRefused: the corrected contact could not have been recorded.
        InvalidFact: a field is wrong.
    """
    require(actor, "followup.correct_contact", contact)
    why = require_reason(reason)
    case = locked_case(contact.case)
    contact = Contact.objects.select_for_update(of=("self",)).select_related("appointment", "coach").get(pk=contact.pk)
    check_statement(case, statement)
    refuse_holder(case, statement, contact.coach)
    contact.coach = statement.held_by or contact.coach
    contact.on = statement.on
    contact.channel = statement.channel
    contact.party = statement.party
    contact.outcome = statement.outcome
    contact.place = statement.place
    contact.company = statement.company
    contact.minutes = statement.minutes if statement.outcome == Outcome.HELD else 0
    contact.summary = statement.summary.strip()
    with correcting(why):
        save_checked(contact)
        contact.objectives.set(statement.objectives)
        _settle_appointment(contact)
    return contact


def _settle_appointment(contact: Contact) -> None:
    """Say of the appointment that the contact came from what is now said of the contact."""
    appointment: Appointment | None = getattr(contact, "appointment", None)
    state = appointment_state(contact.outcome)
    if appointment is not None and appointment.state != state:
        appointment.state = state
        save_checked(appointment)
