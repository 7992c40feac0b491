"""Who keeps the parameters of the installation: given and taken from the command line, by whoever runs the server."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.sessions import close_sessions
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import acting_as, correcting


class StewardshipRefused(DomainError):
    """The person is a steward already, or is none."""


def appoint_steward(*, user: User, reason: str, on: date) -> User:
    """Have somebody keep the installation's parameters from today; ``user`` may be new, and work in no organisation.

    There is nobody to ask permission of: whoever may run commands on the server decides. The trail says when and why.

    Raises:
        StewardshipRefused: they keep them already.
        InvalidFact: the name or the address is wrong or taken.
    """
    with transaction.atomic(), acting_as(None), correcting(reason):
        if user.is_steward:
            raise StewardshipRefused(
                "already_steward", _("%(name)s est déjà garant·e des paramètres.") % {"name": user.get_full_name()}
            )
        user.steward_since = on
        user.is_active = True
        save_checked(user, exclude=("password",))
    return user


def dismiss_steward(*, user: User, reason: str, on: date) -> User:
    """Have somebody keep the installation's parameters no more; an account that opens nothing else closes.

    Raises:
        StewardshipRefused: they do not keep them.
    """
    with transaction.atomic(), acting_as(None), correcting(reason):
        if user.steward_since is None:
            raise StewardshipRefused(
                "no_steward", _("%(name)s n’est pas garant·e des paramètres.") % {"name": user.get_full_name()}
            )
        user.steward_since = None
        user.is_active = user.memberships.active_on(on).exists()
        save_checked(user, exclude=("password",))
        if not user.is_active:
            close_sessions(user)
    return user
