"""The organisation itself, its sites, its projects; and which one a user works in."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Membership, Organisation, Project, Site, User
from accounts.permissions import organisation_of, require
from foundation.addresses import about_place, town_spelt
from foundation.asking import ask
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act, acting_as

Row = TypeVar("Row", bound=models.Model)

ORGANISATION_FIELDS = ("name", "short_name", "kind", "bce_number", "address", "town", "phone", "email")
SITE_FIELDS = ("name", "street", "postal_code", "town")
PROJECT_FIELDS = (
    "code",
    "name",
    "funder",
    "starts_on",
    "ends_on",
    "agreement_number",
    "programme",
    "cofinancing_rate",
    "emblem_place",
)


class OrganisationRefused(DomainError):
    """The user does not work for that organisation."""


@act
def update_organisation(*, actor: User, **facts: Any) -> Organisation:
    """Correct the facts of the actor's organisation; the keywords are ``ORGANISATION_FIELDS``.

    Raises:
        NotAllowed: the actor is not its administrator.
        InvalidFact: another organisation has this name or number.
    """
    organisation = organisation_of(actor)
    require(actor, "accounts.manage_organisation", organisation)
    return _write(organisation, ORGANISATION_FIELDS, facts)


@act
def save_site(*, site: Site | None = None, actor: User, confirmed: frozenset[str] = frozenset(), **facts: Any) -> Site:
    """Add a site to the actor's organisation, or correct ``site``; the keywords are ``SITE_FIELDS``.

    Raises:
        NotAllowed: the actor is not an administrator of the organisation.
        InvalidFact: a site has this name already.
    """
    site = site or Site(organisation=organisation_of(actor))
    require(actor, "accounts.manage_organisation", site)
    code, town = facts.get("postal_code", site.postal_code), facts.get("town", site.town)
    if (code, town) != (site.postal_code, site.town):
        facts["town"] = town_spelt(code, town)
        ask(about_place(code, town), confirmed)
    return _write(site, SITE_FIELDS, facts)


@act
def save_project(*, project: Project | None = None, actor: User, **facts: Any) -> Project:
    """Add a project to the actor's organisation, or correct ``project``; the keywords are ``PROJECT_FIELDS``.

    Raises:
        NotAllowed: the actor is not an administrator of the organisation.
        InvalidFact: a project has this code already, or the dates are reversed.
    """
    project = project or Project(organisation=organisation_of(actor))
    require(actor, "accounts.manage_organisation", project)
    return _write(project, PROJECT_FIELDS, facts)


def switch_organisation(*, organisation: Organisation, actor: User) -> None:
    """Have the actor work in another of their organisations, from the next page on.

    Raises:
        OrganisationRefused: the actor has no role there today.
    """
    if organisation not in actor.organisations:
        raise OrganisationRefused("not_a_member", _("Vous n’avez pas de rôle dans cet organisme."))
    with acting_as(actor):
        actor.current_organisation = organisation
        actor.save(update_fields=("current_organisation", "updated_at"))


def settle_organisation(*, actor: User) -> None:
    """At log-in, have the actor work in an organisation where they have a role, if there is one."""
    if not actor.roles and actor.organisations:
        switch_organisation(organisation=actor.organisations[0], actor=actor)


def found_organisation(*, facts: dict[str, Any], admin: User, on: date) -> Organisation:
    """Open an organisation with its first administrator, from the command line: there is nobody to ask permission of.

    ``facts`` are ``ORGANISATION_FIELDS``; ``admin`` may be new (not saved yet) or exist already.

    Raises:
        InvalidFact: the organisation's name or the administrator's address is wrong or taken.
    """
    with transaction.atomic(), acting_as(None):
        organisation = _write(Organisation(), ORGANISATION_FIELDS, facts)
        if admin._state.adding:
            admin.current_organisation = organisation
            save_checked(admin, exclude=("password",))
        save_checked(Membership(organisation=organisation, user=admin, role=Role.ADMIN, starts_on=on))
    return organisation


def _write(row: Row, fields: tuple[str, ...], facts: dict[str, Any]) -> Row:
    if unknown := set(facts) - set(fields):
        raise TypeError(f"Unknown facts: {', '.join(sorted(unknown))}.")
    for name, value in facts.items():
        setattr(row, name, value)
    save_checked(row)
    return row
