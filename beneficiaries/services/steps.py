"""What every step of the path begins with."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import locked_case
from foundation.clock import today
from foundation.errors import DomainError


class PathRefused(DomainError):
    """A step of the path cannot be recorded as asked."""


def begin_step(case: CoachingCase, actor: User, on: date, date_field: str) -> CoachingCase:
    """The case locked, in the actor's hands and open, and a day that has come; part of an act.

    Raises:
        NotAllowed: the case is not the actor's.
        PathRefused: the case is closed, or the day has not come.
    """
    case = locked_case(case)
    require(actor, "beneficiaries.change_case", case)
    if not case.is_open:
        raise PathRefused("closed", _("Ce dossier est sorti : il ne se complète plus."))
    if on > today():
        raise PathRefused("future", _("Cette date n’est pas encore venue."), field=date_field)
    return case
