"""What was written wrongly about a contract is taken back: by its author the same day, by a coordinator later."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import allows, require
from foundation.clock import today
from foundation.persistence import save_checked
from placements.models import Amendment, TemporaryUnemployment
from placements.services.guards import PlacementRefused


def may_take_back(row: Amendment | TemporaryUnemployment, user: User) -> bool:
    """Whether somebody may take a row back: who wrote it on the same day, a coordinator at any time."""
    if not row.stands:
        return False
    case = row.employment.case
    if allows(user, "beneficiaries.correct_case", case):
        return True
    own = row.recorded_by_id == user.pk and timezone.localtime(row.created_at).date() == today()
    return own and allows(user, "beneficiaries.change_case", case)


def mark_taken_back(row: Amendment | TemporaryUnemployment, reason: str, actor: User) -> None:
    """Mark a row as taken back, with its reason; part of an act that holds the case.

    Raises:
        NotAllowed: it is not the actor's to take back.
        PlacementRefused: it was taken back already, or no reason is given.
    """
    if not row.stands:
        raise PlacementRefused("withdrawn", _("C’est déjà repris."))
    if not may_take_back(row, actor):
        require(actor, "beneficiaries.correct_case", row.employment.case)
    if not reason.strip():
        raise PlacementRefused("reason", _("Dites pourquoi c’est repris."), field="reason")
    row.withdrawn_on, row.withdraw_reason, row.withdrawn_by = today(), reason.strip(), actor
    save_checked(row)
