"""Why somebody may not leave yet: the apps above register what must be handed over first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import Organisation, User

#: gives the sentence that refuses the departure of ``user`` from ``organisation``, or "" when nothing holds them
DepartureCheck = Callable[["User", "Organisation"], str]

_checks: list[DepartureCheck] = []


def register_departure_check(check: DepartureCheck) -> None:
    """Have ``check`` asked before a coach leaves. To be called from ``apps.ready()``; twice is once."""
    if check not in _checks:
        _checks.append(check)


def reasons_to_stay(user: User, organisation: Organisation) -> list[str]:
    """The sentences of all checks that refuse."""
    return [sentence for check in _checks if (sentence := check(user, organisation))]
