"""What the rooms above bring to the pages of this one: what holds somebody who leaves, what a new value would move,
pages of the settings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.registry import Registry

if TYPE_CHECKING:
    from accounts.models import Organisation, User

#: gives the sentence that refuses the departure of ``user`` from ``organisation``, or "" when nothing holds them
DepartureCheck = Callable[["User", "Organisation"], str]
#: counts the people whom ``user`` accompanies in ``organisation`` now
DependantsCount = Callable[["User", "Organisation"], int]
#: gives the address and the words of the page where ``user``'s work is handed over, if ``actor`` may open it
WayOut = Callable[["User", "Organisation", "User"], tuple[str, str] | None]
#: given the key, the new JSON value, its first day and who asks: a sentence for the screen, or "" when nothing moves
ImpactCheck = Callable[[str, Any, date, "User"], str]


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the settings: its label, the name of its address, the permission that shows it, its place in a row."""

    label: str | Promise
    url_name: str
    permission: str
    order: int


departure_checks: Registry[DepartureCheck] = Registry()
dependants: Registry[DependantsCount] = Registry()
ways_out: Registry[WayOut] = Registry()
impact_checks: Registry[ImpactCheck] = Registry()
sections: Registry[Section] = Registry(key=lambda section: section.url_name, order=lambda section: section.order)

for section in (
    Section(_("Vue d’ensemble"), "accounts:settings", "accounts.manage_organisation", 10),
    Section(_("Utilisateurs"), "accounts:user_list", "accounts.manage_users", 20),
    Section(_("Sites"), "accounts:site_list", "accounts.manage_organisation", 30),
    Section(_("Projets"), "accounts:project_list", "accounts.manage_organisation", 40),
    Section(_("Valeurs datées"), "accounts:parameter_list", "accounts.view_parameters", 50),
):
    sections.add(section)


def people_depending_on(user: User, organisation: Organisation) -> int:
    """How many people depend on ``user`` there."""
    return sum(count(user, organisation) for count in dependants)


def ways_out_of(user: User, organisation: Organisation, actor: User) -> list[tuple[str, str]]:
    """Address and words of each page where ``actor`` can hand over what holds ``user``."""
    return [found for way in ways_out if (found := way(user, organisation, actor))]


def reasons_to_stay(user: User, organisation: Organisation) -> list[str]:
    """The sentences of all checks that refuse."""
    return [sentence for check in departure_checks if (sentence := check(user, organisation))]


def impacts(key: str, value: Any, valid_from: date, actor: User) -> list[str]:
    """What a new value would move, asked of every room before it is written."""
    return [sentence for check in impact_checks if (sentence := check(key, value, valid_from, actor))]
