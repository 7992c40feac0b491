"""What the rooms above bring to the pages of this one: what holds somebody who leaves, what a new value would move,
pages of the settings, what can be taken back and which figures that were sent already it would move,
what an organisation begins with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.registry import Registry

if TYPE_CHECKING:
    from accounts.models import Organisation, User
    from accounts.selectors.parameters import Change

#: gives the sentence that refuses the departure of ``user`` from ``organisation``, or "" when nothing holds them
DepartureCheck = Callable[["User", "Organisation"], str]
#: counts the people whom ``user`` accompanies in ``organisation`` now
DependantsCount = Callable[["User", "Organisation"], int]
#: gives the address and the words of the page where ``user``'s work is handed over, if ``actor`` may open it
WayOut = Callable[["User", "Organisation", "User"], tuple[str, str] | None]
#: given what an act would make of the values and who asks: a sentence for the screen, or "" when nothing moves
ImpactCheck = Callable[["Change", "User"], str]


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the settings: its label, the name of its address, the permission that shows it, its place in a row."""

    label: str | Promise
    url_name: str
    permission: str
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Which figures a fact takes part in: those of an organisation over its days, both included (without a last one,
    from then on), and where it has them of its site, its project and its coach, whose hours it is or not.
    """

    organisation: UUID
    first: date
    last: date | None = None
    site: UUID | None = None
    project: UUID | None = None
    coach: UUID | None = None
    hours: bool = False


@dataclass(frozen=True, slots=True)
class Frozen:
    """Something that was sent or signed, in words, and the page that shows it to who may open it."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenSource:
    """One kind of what is sent or signed.

    Attributes:
        name: what its rows are called in `accounts.selectors.frozen.FrozenRow`.
        rows: those that count such a fact, as `frozen_rows` lays them out; none when none can.
        tell: one of them in words, and its page for a user who may open it.
    """

    name: str
    rows: Callable[[Reach], Any]
    tell: Callable[[Any, User], Frozen]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a row says of itself before it is taken back.

    Attributes:
        subject: the key under which its trace is read: a case, a firm, a person of the house.
        whom: the name of who or what it is about.
        words: what it is and of when, without any name: kept, and shown to whoever inspects.
        reach: the figures it takes part in.
        back: the address of the page that shows it.
    """

    subject: UUID
    whom: str
    words: str
    reach: Reach
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Takable:
    """One kind of fact that can be taken back, as its room tells it.

    Attributes:
        name: its name in addresses.
        title: « Retirer une signature ».
        reasons: the commonest, proposed.
        rows: those that the user may see.
        told: what one says of itself.
        consequences: what else is settled, in sentences.
        refuse: raises a `DomainError` that says what to do first, when something rests on it.
        along: the rows that go with it, each with its own kind and its own trace.
        remove: takes it out, settling its neighbours; within the act, the trail told why.
    """

    name: str
    title: str | Promise
    reasons: Sequence[str | Promise]
    rows: Callable[[User], Any]
    told: Callable[[Any], Told]
    remove: Callable[[Any, User], None]
    refuse: Callable[[Any, User], None] = lambda row, actor: None
    consequences: Callable[[Any], Iterable[str]] = lambda row: ()
    along: Callable[[Any], Iterable[tuple[Takable, Any]]] = lambda row: ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    """One of the things an organisation begins with.

    Attributes:
        name: what it is called in code.
        title: the act, a verb.
        text: what it is for.
        url_name: the page where it is done.
        permission: that of the page.
        order: its place.
        done: on a day, the expression that says of an organisation (`OuterRef("pk")`) that it exists.
        is_free: the organisation can do without.
    """

    name: str
    title: str | Promise
    text: str | Promise
    url_name: str
    permission: str
    order: int
    done: Callable[[date], Any]
    is_free: bool = False


departure_checks: Registry[DepartureCheck] = Registry()
dependants: Registry[DependantsCount] = Registry()
ways_out: Registry[WayOut] = Registry()
impact_checks: Registry[ImpactCheck] = Registry()
takables: Registry[Takable] = Registry(key=lambda kind: kind.name)
frozen_sources: Registry[FrozenSource] = Registry(key=lambda source: source.name)
first_steps: Registry[FirstStep] = Registry(key=lambda step: step.name, order=lambda step: step.order)
sections: Registry[Section] = Registry(key=lambda section: section.url_name, order=lambda section: section.order)

for section in (
    Section(_("Vue d’ensemble"), "accounts:settings", "accounts.manage_organisation", 10),
    Section(_("Utilisateurs"), "accounts:user_list", "accounts.manage_users", 20),
    Section(_("Sites"), "accounts:site_list", "accounts.manage_organisation", 30),
    Section(_("Jours de fermeture"), "accounts:closing_list", "accounts.manage_organisation", 35),
    Section(_("Projets"), "accounts:project_list", "accounts.manage_organisation", 40),
    Section(_("Valeurs datées"), "accounts:parameter_list", "accounts.view_parameters", 50),
    Section(_("Installation"), "accounts:installation_list", "accounts.keep_installation", 55),
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


def impacts(change: Change, actor: User) -> list[str]:
    """What an act on the dated values would move, asked of every room before it is written."""
    return [sentence for check in impact_checks if (sentence := check(change, actor))]
