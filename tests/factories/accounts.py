"""Organisations and people. `UserFactory(coordinator=True, organisation=o)`, or `user_with(Role.COORDINATOR, o)`."""

from datetime import date
from typing import Any

import factory

from accounts.enums import TIME_LIMITED_ROLES, Funder, OrganisationKind, Role
from accounts.models import Membership, Organisation, Project, Site, User

#: before every story told in the tests
LONG_AGO = date(2000, 1, 3)
#: after every story: the last day of those who must have one
FAR_AWAY = date(2099, 12, 31)
PASSWORD = "une-phrase-de-passe-assez-longue"


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisme d’insertion numéro {n}")
    short_name = factory.Sequence(lambda n: f"Organisme {n}")
    kind = OrganisationKind.MIRE
    town = "Localité"

    @classmethod
    def _create(cls, model_class: type[Organisation], *args: Any, **fields: Any) -> Organisation:
        """The first one of a test stands between two neighbours, by age and by name: none is found by chance."""
        if model_class.objects.exists():
            return super()._create(model_class, *args, **fields)
        add_neighbour("Ailleurs")
        organisation: Organisation = super()._create(model_class, *args, **fields)
        add_neighbour("Un peu plus loin")
        return organisation


def add_neighbour(name: str) -> None:
    """Add an organisation of the same kind, where nobody has any business; no trail is kept of it."""
    neighbour = Organisation(name=name, short_name=name, kind=OrganisationKind.MIRE, town="Localité")
    Organisation.objects.bulk_create([neighbour])


class SiteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Site

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Site {n}")


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Project

    organisation = factory.SubFactory(OrganisationFactory)
    code = factory.Sequence(lambda n: f"P{n}")
    name = factory.LazyAttribute(lambda project: f"Projet {project.code}")
    funder = Funder.FOREM
    starts_on = LONG_AGO


class UserFactory(factory.django.DjangoModelFactory):
    """A user of an organisation, in one or several roles given as traits (none: a member without any role)."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        organisation = factory.SubFactory(OrganisationFactory)
        jobcoach = False
        coordinator = False
        admin = False
        inspector = False
        analyst = False
        since = LONG_AGO
        fte = 1

    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Personne-{n}")
    email = factory.Sequence(lambda n: f"personne-{n}@example.org")
    password = factory.django.Password(PASSWORD)
    current_organisation = factory.SelfAttribute("organisation")

    @classmethod
    def _generate(cls, strategy: str, params: dict[str, Any]) -> User:
        asked = [role for role in Role if params.get(role.lower())]
        since, fte = params.get("since", LONG_AGO), params.get("fte", 1)
        user: User = super()._generate(strategy, params)
        for role in asked:
            MembershipFactory(user=user, organisation=user.current_organisation, role=role, starts_on=since, fte=fte)
        return user


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory, organisation=factory.SelfAttribute("..organisation"))
    role = Role.JOBCOACH
    starts_on = LONG_AGO
    ends_on = factory.LazyAttribute(lambda held: FAR_AWAY if held.role in TIME_LIMITED_ROLES else None)


def user_with(role: Role, organisation: Organisation | None = None, **fields: Any) -> User:
    """A user who holds `role` in `organisation` (a new one by default) since long ago."""
    if organisation is not None:
        fields["organisation"] = organisation
    user: User = UserFactory(**{role.lower(): True}, **fields)
    return user


def a_steward(**fields: Any) -> User:
    """Who keeps the installation's parameters, since long ago, and works in no organisation."""
    user: User = UserFactory(organisation=None, steward_since=LONG_AGO, **fields)
    return user
