"""The organisation, its sites, its projects, and working in another one."""

from datetime import date

import pytest

from accounts.enums import Funder, Role
from accounts.models import Organisation, Project, Site, User
from accounts.permissions import NotAllowed
from accounts.services.organisations import (
    OrganisationRefused,
    found_organisation,
    save_project,
    save_site,
    settle_organisation,
    switch_organisation,
    update_organisation,
)
from foundation.persistence import InvalidFact
from tests.factories.accounts import (
    MembershipFactory,
    OrganisationFactory,
    ProjectFactory,
    SiteFactory,
    UserFactory,
    user_with,
)

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
PROJECT = {"code": "P1", "name": "Projet", "funder": Funder.FSE, "starts_on": FIRST, "ends_on": LAST}


@pytest.fixture
def admin():
    return user_with(Role.ADMIN)


def test_an_administrator_adds_and_corrects_a_site(admin):
    site = save_site(actor=admin, name="Gare", town="Localité")
    save_site(site=site, actor=admin, name="Place")

    assert Site.objects.get().name == "Place"
    assert Site.objects.get().organisation == admin.current_organisation


def test_an_administrator_adds_and_corrects_a_project(admin):
    project = save_project(actor=admin, **PROJECT)
    save_project(project=project, actor=admin, name="Projet prolongé", ends_on=None)

    assert (Project.objects.get().name, Project.objects.get().ends_on) == ("Projet prolongé", None)


def test_reversed_dates_are_told(admin):
    with pytest.raises(InvalidFact, match="ne peut pas précéder"):
        save_project(actor=admin, **{**PROJECT, "ends_on": date(2024, 12, 31)})


def test_a_code_is_used_once(admin):
    save_project(actor=admin, **PROJECT)

    with pytest.raises(InvalidFact, match="porte déjà ce code"):
        save_project(actor=admin, **{**PROJECT, "code": "p1"})


def test_the_organisation_s_own_facts_are_corrected(admin):
    update_organisation(actor=admin, phone="081 00 00 00")

    assert Organisation.objects.get(pk=admin.current_organisation_id).phone == "081 00 00 00"


def test_only_known_facts_are_written(admin):
    with pytest.raises(TypeError):
        update_organisation(actor=admin, id="x")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_only_administrators_write(role):
    actor = user_with(role)

    for act in (
        lambda: save_site(actor=actor, name="Gare"),
        lambda: save_project(actor=actor, **PROJECT),
        lambda: update_organisation(actor=actor, phone="1"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_another_organisation_s_rows_are_out_of_reach(admin):
    SiteFactory(organisation=admin.current_organisation)
    ProjectFactory(organisation=admin.current_organisation)

    with pytest.raises(NotAllowed):
        save_site(site=SiteFactory(), actor=admin, name="x")
    with pytest.raises(NotAllowed):
        save_project(project=ProjectFactory(), actor=admin, name="x")


# --- working elsewhere ------------------------------------------------------------------------------------------------


def test_the_other_organisation_brings_its_own_roles(admin):
    other = MembershipFactory(user=admin, organisation=OrganisationFactory(), role=Role.JOBCOACH).organisation

    switch_organisation(organisation=other, actor=admin)

    assert User.objects.get(pk=admin.pk).roles == {Role.JOBCOACH}


def test_an_organisation_where_one_has_no_role_stays_closed(admin):
    MembershipFactory(user=admin, organisation=OrganisationFactory())

    with pytest.raises(OrganisationRefused):
        switch_organisation(organisation=OrganisationFactory(), actor=admin)


def test_an_organisation_that_one_has_left_stays_closed(admin, frozen):
    left = MembershipFactory(user=admin, organisation=OrganisationFactory(), ends_on=date(2025, 3, 2)).organisation

    with pytest.raises(OrganisationRefused):
        switch_organisation(organisation=left, actor=admin)


def test_at_log_in_one_starts_where_one_has_a_role(frozen):
    user = UserFactory()
    MembershipFactory(user=user, organisation=user.current_organisation, ends_on=date(2025, 3, 2))
    present = MembershipFactory(user=user, organisation=OrganisationFactory()).organisation

    settle_organisation(actor=user)

    assert User.objects.get(pk=user.pk).current_organisation == present


def test_at_log_in_one_stays_where_one_was(admin):
    was = admin.current_organisation
    MembershipFactory(user=admin, organisation=OrganisationFactory(name="Avant dans l’alphabet"))

    settle_organisation(actor=admin)

    assert User.objects.get(pk=admin.pk).current_organisation == was


# --- the first one ----------------------------------------------------------------------------------------------------

FACTS = {"name": "Première", "short_name": "Première", "kind": "MIRE"}


def test_an_organisation_is_founded_with_its_administrator():
    user = User(email="ada@example.org", first_name="Ada", last_name="Exemple")
    user.set_unusable_password()

    organisation = found_organisation(facts=FACTS, admin=user, on=FIRST)

    assert User.objects.get().roles == {Role.ADMIN}
    assert User.objects.get().current_organisation == organisation


def test_a_wrong_foundation_leaves_nothing_behind():
    with pytest.raises(InvalidFact):
        found_organisation(facts=FACTS, admin=User(email="?", first_name="A", last_name="B"), on=FIRST)

    assert not Organisation.objects.exists()
