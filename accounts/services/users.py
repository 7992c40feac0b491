"""People of an organisation: who comes, with which role, and who leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.enums import COACHING_ROLES, TIME_LIMITED_ROLES, Role
from accounts.models import Membership, Organisation, Site, User
from accounts.permissions import organisation_of, require
from accounts.registries import reasons_to_stay
from accounts.rules.access import last_day_allowed, proposed_last_day
from accounts.services.absences import stop_absences
from accounts.services.sessions import close_sessions
from foundation.clock import today
from foundation.errors import DomainError
from foundation.formatting import date_words
from foundation.persistence import save_checked
from privacy.audit import act


class MembershipRefused(DomainError):
    """A role cannot be given, changed or taken away as asked."""


class IdentityRefused(DomainError):
    """The name or the address of a user cannot be changed from here."""


class DepartureRefused(DomainError):
    """An access is not closed: somebody depends on it, or it is the actor's own. The hint says what to do first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGrant:
    """A role from its first to its last day (both included); ``fte`` is the full-time equivalent, 0 to 1.5."""

    role: Role
    starts_on: date
    ends_on: date | None = None
    fte: Decimal = Decimal(1)
    site: Site | None = None


@act
def create_user(*, email: str, first_name: str, last_name: str, grant: RoleGrant, actor: User) -> User:
    """Give somebody a role in the actor's organisation, opening their account if they have none.

    An account that exists already (the person also works elsewhere) keeps its name: it belongs to its holder. The
    account has no password until its holder follows the invitation (``accounts.services.invitations``).

    Raises:
        NotAllowed: the actor is not an administrator of the organisation.
        InvalidFact: the address is not one.
        MembershipRefused: the person already has this role, or the grant contradicts itself.
    """
    organisation = organisation_of(actor)
    require(actor, "accounts.manage_users", organisation)
    user: User | None = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        user = User(email=email.strip().lower(), first_name=first_name, last_name=last_name)
        user.current_organisation = organisation
        user.set_unusable_password()
        save_checked(user, exclude=("password",))
    _grant(user, organisation, grant)
    return user


@act
def add_role(*, user: User, grant: RoleGrant, actor: User) -> Membership:
    """Give one more role to somebody of the actor's organisation; an account closed on departure opens again.

    Raises:
        NotAllowed: the actor is not an administrator of the organisation.
        MembershipRefused: the person already has this role then, or the grant contradicts itself.
    """
    organisation = organisation_of(actor)
    require(actor, "accounts.manage_users", organisation)
    return _grant(user, organisation, grant)


@act
def change_role(*, membership: Membership, grant: RoleGrant, actor: User) -> Membership:
    """Correct a role, its share of time, its site or its dates. The audit keeps what was there before.

    Raises:
        NotAllowed: the actor is not an administrator of the organisation.
        MembershipRefused: the grant contradicts itself or another one, or nobody would administer the organisation.
        DepartureRefused: the person would stop coaching while cases still depend on them.
    """
    require(actor, "accounts.manage_users", membership)
    _lock(membership.user)
    _check_grant(grant, membership.organisation)
    _check_overlap(membership.user, membership.organisation, grant, besides=membership)
    on = today()
    was_coaching = membership.role in COACHING_ROLES and membership.is_active_on(on)
    membership.role = grant.role
    membership.starts_on = grant.starts_on
    membership.ends_on = grant.ends_on
    membership.fte = grant.fte
    membership.site = grant.site
    if was_coaching and not (membership.role in COACHING_ROLES and membership.is_active_on(on)):
        _check_departure(membership.user, membership.organisation)
    save_checked(membership)
    _check_administered(membership.organisation, on)
    return membership


@act
def deactivate_user(*, user: User, actor: User) -> None:
    """End all roles of somebody in the actor's organisation, at once; their account closes unless they work elsewhere.

    Roles that began before today end yesterday; those that begin today or later never were.

    Raises:
        NotAllowed: the actor is not an administrator of the organisation.
        DepartureRefused: something must be handed over first, or the actor would close their own access.
        MembershipRefused: nobody would administer the organisation.
    """
    organisation = organisation_of(actor)
    require(actor, "accounts.manage_users", organisation)
    if user == actor:
        raise DepartureRefused(
            "own_access",
            _("Vous ne pouvez pas fermer votre propre accès."),
            hint=_("Demandez-le à un·e autre administrateur·rice."),
        )
    _lock(user)
    _check_departure(user, organisation)
    on = today()
    for membership in user.memberships.filter(_not_over(on), organisation=organisation):
        if membership.starts_on >= on:
            membership.delete()
        else:
            membership.ends_on = on - timedelta(days=1)
            membership.save()
    _check_administered(organisation, on)
    stop_absences(user, organisation, on)
    elsewhere = user.memberships.filter(_not_over(on)).exclude(organisation=organisation).order_by("starts_on").first()
    # Whoever keeps the installation's parameters keeps their account: that is no organisation's to take.
    user.is_active = elsewhere is not None or user.is_steward
    if elsewhere is not None:
        user.current_organisation = elsewhere.organisation
    elif user.is_steward:
        user.current_organisation = None
    else:
        close_sessions(user)
    user.forget_roles()
    user.save()


@act
def rename_user(*, user: User, email: str, first_name: str, last_name: str, actor: User) -> User:
    """Correct the name or the e-mail address of somebody who works in the actor's organisation alone.

    Somebody who also works elsewhere is out of reach: with the address, an administrator here could take over an
    account that opens the other organisation's data.

    Raises:
        NotAllowed: the actor is not an administrator of the organisation.
        IdentityRefused: the person also has a role elsewhere, or keeps the installation's parameters.
        InvalidFact: the address is not one, or is another account's.
    """
    organisation = organisation_of(actor)
    require(actor, "accounts.manage_users", organisation)
    if works_elsewhere(user, organisation):
        raise IdentityRefused(
            "works_elsewhere",
            _(
                "Cette personne travaille aussi pour un autre organisme : "
                "son nom et son adresse ne se changent pas ici."
            ),
        )
    if user.steward_since is not None:
        raise IdentityRefused(
            "steward",
            _("Cette personne est garante des paramètres : son nom et son adresse ne se changent pas ici."),
        )
    user.email = email.strip().lower()
    user.first_name = first_name
    user.last_name = last_name
    save_checked(user, exclude=("password",))
    return user


def works_elsewhere(user: User, organisation: Organisation) -> bool:
    """Whether the user ever had a role in another organisation."""
    return user.memberships.exclude(organisation=organisation).exists()


def _grant(user: User, organisation: Organisation, grant: RoleGrant) -> Membership:
    _lock(user)
    _check_grant(grant, organisation)
    _check_overlap(user, organisation, grant)
    membership = Membership(
        user=user,
        organisation=organisation,
        role=grant.role,
        fte=grant.fte,
        site=grant.site,
        starts_on=grant.starts_on,
        ends_on=grant.ends_on,
    )
    save_checked(membership)
    if not user.is_active:
        user.is_active = True
        user.current_organisation = organisation
        user.save()
    user.forget_roles()
    return membership


def _lock(user: User) -> None:
    """Two administrators who change the same person's roles wait for each other."""
    User.objects.select_for_update().only("pk").get(pk=user.pk)


def _not_over(on: date) -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gte=on)


def _check_grant(grant: RoleGrant, organisation: Organisation) -> None:
    if grant.ends_on is not None and grant.ends_on < grant.starts_on:
        raise MembershipRefused(
            "ends_before_start", _("Le dernier jour ne peut pas précéder le premier."), field="ends_on"
        )
    if grant.role in TIME_LIMITED_ROLES and grant.ends_on is None:
        raise MembershipRefused(
            "end_needed",
            _("L’accès d’un·e inspecteur·rice est limité dans le temps : indiquez son dernier jour."),
            field="ends_on",
            hint=_("Trois mois suffisent le plus souvent : %(day)s.")
            % {"day": date_words(proposed_last_day(grant.starts_on))},
        )
    if (
        grant.role in TIME_LIMITED_ROLES
        and grant.ends_on is not None
        and grant.ends_on > last_day_allowed(grant.starts_on)
    ):
        raise MembershipRefused(
            "too_long",
            _("L’accès d’un·e inspecteur·rice dure douze mois au plus : jusqu’au %(day)s.")
            % {"day": date_words(last_day_allowed(grant.starts_on))},
            field="ends_on",
            hint=_("S’il faut plus longtemps, vous pourrez l’ouvrir à nouveau."),
        )
    if grant.site is not None and grant.site.organisation_id != organisation.pk:
        raise MembershipRefused("foreign_site", _("Ce site n’est pas celui de votre organisme."), field="site")


def _check_overlap(
    user: User, organisation: Organisation, grant: RoleGrant, *, besides: Membership | None = None
) -> None:
    same = user.memberships.filter(_not_over(grant.starts_on), organisation=organisation, role=grant.role)
    if grant.ends_on is not None:
        same = same.filter(starts_on__lte=grant.ends_on)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise MembershipRefused(
            "already_held",
            _("%(name)s a déjà ce rôle à ces dates.") % {"name": user.get_full_name()},
            field="role",
            hint=_("Corrigez le rôle existant, ou choisissez d’autres dates."),
        )


def _check_departure(user: User, organisation: Organisation) -> None:
    if sentences := reasons_to_stay(user, organisation):
        raise DepartureRefused("work_to_hand_over", " ".join(sentences))


def _check_administered(organisation: Organisation, on: date) -> None:
    if not User.objects.members_of(organisation.pk, on, Role.ADMIN).exists():
        raise MembershipRefused(
            "last_admin",
            _("Plus personne n’administrerait l’organisme."),
            hint=_("Donnez d’abord ce rôle à quelqu’un d’autre."),
        )
