"""What was written without network, recorded once when the network is back."""

import hashlib
import hmac
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings

from accounts.models import User
from accounts.permissions import require
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import locked_case
from followup.enums import AppointmentState
from followup.models import Appointment, Contact
from followup.services.contacts import ContactStatement, record_contact
from foundation.errors import DomainError
from privacy.audit import act
from road.rules.telling import differences
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
    waits = appointment is not None and appointment.state == AppointmentState.PLANNED
    return record_contact(
        case=case,
        statement=statement,
        actor=actor,
        appointment=appointment if waits else None,
        submission_id=submission_id,
    )
