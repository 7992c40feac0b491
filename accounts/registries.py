"""Who depends on somebody, and why they may not leave yet: the apps above say what must be handed over first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import Organisation, User

#: gives the sentence that refuses the departure of ``user`` from ``organisation``, or "" when nothing holds them
DepartureCheck = Callable[["User", "Organisation"], str]

_checks: list[DepartureCheck] = []


#: counts the people whom ``user`` accompanies in ``organisation`` now
DependantsCount = Callable[["User", "Organisation"], int]

#: gives the address and the words of the page where ``user``'s work is handed over, if ``actor`` may open it
WayOut = Callable[["User", "Organisation", "User"], tuple[str, str] | None]

_dependants: list[DependantsCount] = []
_ways_out: list[WayOut] = []


def register_dependants(count: DependantsCount) -> None:
    """Have ``count`` asked before a coach is away. To be called from ``apps.ready()``; twice is once."""
    if count not in _dependants:
        _dependants.append(count)


def register_way_out(way: WayOut) -> None:
    """Offer ``way`` beside the refusals of a departure. To be called from ``apps.ready()``; twice is once."""
    if way not in _ways_out:
        _ways_out.append(way)


def people_depending_on(user: User, organisation: Organisation) -> int:
    """How many people depend on ``user`` there."""
    return sum(count(user, organisation) for count in _dependants)


def ways_out(user: User, organisation: Organisation, actor: User) -> list[tuple[str, str]]:
    """Address and words of each page where ``actor`` can hand over what holds ``user``."""
    return [found for way in _ways_out if (found := way(user, organisation, actor))]


def register_departure_check(check: DepartureCheck) -> None:
    """Have ``check`` asked before a coach leaves. To be called from ``apps.ready()``; twice is once."""
    if check not in _checks:
        _checks.append(check)


def reasons_to_stay(user: User, organisation: Organisation) -> list[str]:
    """The sentences of all checks that refuse."""
    return [sentence for check in _checks if (sentence := check(user, organisation))]
