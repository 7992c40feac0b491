"""What was written without network, recorded once when the network is back."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import locked_case
from followup.enums import AppointmentState, Outcome
from followup.models import Appointment, Contact
from followup.services.contacts import ContactStatement, record_contact, settle_appointment
from followup.services.corrections import correct_contact
from foundation.errors import DomainError
from privacy.audit import act
from road.rules.telling import differences, merged
from road.selectors import facts_now, last_contact


class ChangedMeanwhile(DomainError):
    """The case is not what the writer had seen: `facts` names what differs, `now` holds what the server has."""

    def __init__(self, facts: list[str], now: dict[str, str], last: Contact | None) -> None:
        super().__init__("changed", "")
        self.facts, self.now, self.last = facts, now, last


def key_of_session(user: User, session_mark: str) -> bytes:
    """The 32 bytes that seal what a telephone keeps for one user and one log-in; the server keeps them nowhere.

    Asked again with the mark of an expired log-in, they are the same for the same user, and others for anybody else.
    """
    return hmac.new(settings.SECRET_KEY.encode(), f"road:{user.pk}:{session_mark}".encode(), hashlib.sha256).digest()


def owner_mark(user: User) -> str:
    """What lies in clear beside the words that a telephone keeps, and says whose they are without naming anybody."""
    return base64.b64encode(key_of_session(user, "owner")).decode()[:16]


def written(contact: Contact) -> dict[str, str]:
    """A contact as the rules compare it with what was written on the road."""
    return {
        "outcome": str(contact.outcome),
        "channel": str(contact.channel),
        "minutes": str(contact.minutes),
        "summary": contact.summary,
    }


def typed_of(statement: ContactStatement) -> dict[str, str]:
    """What was written on the road, in the same form; who did not come has no minutes."""
    held = statement.outcome == Outcome.HELD
    return {
        "outcome": str(statement.outcome),
        "channel": str(statement.channel),
        "minutes": str(statement.minutes if held else 0),
        "summary": statement.summary.strip(),
    }


@act
def record_from_road(
    *,
    case: CoachingCase,
    statement: ContactStatement,
    actor: User,
    submission_id: UUID,
    appointment: Appointment | None,
    seen: Mapping[str, str],
) -> Contact:
    """Record what was written without network, unless something changed since it was seen.

    An appointment that was settled meanwhile stays as it is: whoever read that and goes on writes another contact.

    Raises:
        NotAllowed: the case is not the actor's any more.
        ChangedMeanwhile: what the writer had seen is no longer so; nothing is recorded.
        ContactRefused: as for `record_contact`.
    """
    case = locked_case(case)
    require(actor, "beneficiaries.tell_of_case", case)
    if not Contact.objects.filter(submission_id=submission_id, case=case).exists():
        last = last_contact(case)
        now = facts_now(case, appointment, last)
        if changed := differences(seen, now):
            raise ChangedMeanwhile(changed, now, last)
    return record_contact(
        case=case,
        statement=statement,
        actor=actor,
        appointment=_waiting(appointment),
        submission_id=submission_id,
    )


@act
def merge_from_road(
    *,
    case: CoachingCase,
    contact: UUID,
    stamp: str,
    statement: ContactStatement,
    picks: Mapping[str, str],
    actor: User,
    appointment: Appointment | None,
) -> Contact:
    """Make one contact of what the server has and of what was written without network, as it was chosen field by field.

    The contact is corrected as anybody corrects it, its old words in the trail. Sent twice, the second changes nothing.

    Raises:
        NotAllowed: the contact is not the actor's to correct.
        ChangedMeanwhile: it was corrected or taken back since it was shown; nothing is written.
        ContactRefused: what was chosen could not have been recorded.
    """
    case = locked_case(case)
    require(actor, "beneficiaries.tell_of_case", case)
    found: Contact | None = Contact.objects.select_for_update(of=("self",)).filter(case=case, pk=contact).first()
    if found is None:
        raise _changed(case, appointment)
    require(actor, "followup.correct_contact", found)
    theirs = written(found)
    fields = merged(theirs, typed_of(statement), picks)
    if fields != theirs:
        if found.updated_at.isoformat() != stamp:
            raise _changed(case, appointment)
        kept = ContactStatement(
            on=found.on,
            channel=fields["channel"],
            party=found.party,
            outcome=fields["outcome"],
            minutes=int(fields["minutes"]),
            summary=fields["summary"],
            place=found.place,
            company=found.company,
            objectives=tuple(found.objectives.all()),
        )
        reason = _("Réuni avec ce qui a été écrit sans réseau")
        found = correct_contact(contact=found, statement=kept, reason=reason, actor=actor)
    if (waiting := _waiting(appointment)) is not None and not hasattr(found, "appointment"):
        settle_appointment(waiting, case, found)
    return found


def _waiting(appointment: Appointment | None) -> Appointment | None:
    """An appointment without outcome; one that was settled meanwhile stays as it is."""
    waits = appointment is not None and appointment.state == AppointmentState.PLANNED
    return appointment if waits else None


def _changed(case: CoachingCase, appointment: Appointment | None) -> ChangedMeanwhile:
    """What was shown of a contact is no longer so: the last one is shown instead."""
    last = last_contact(case)
    return ChangedMeanwhile(["contact"], facts_now(case, appointment, last), last)
