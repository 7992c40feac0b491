"""Who sees which rows, and who holds which role when."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.enums import Role
from accounts.models import Site, User
from accounts.permissions import NotAllowed, allows, organisation_of, require
from tests.factories.accounts import MembershipFactory, OrganisationFactory, SiteFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db

READERS = (Role.JOBCOACH, Role.COORDINATOR, Role.ADMIN, Role.INSPECTOR)


@pytest.mark.parametrize("role", READERS)
def test_rows_of_the_current_organisation_are_seen_and_no_other(role):
    mine, other = SiteFactory(), SiteFactory()
    user = user_with(role, mine.organisation)
    user_with(role, other.organisation)

    assert list(Site.objects.visible_to(user)) == [mine]


def test_an_analyst_sees_no_row_that_bears_a_name():
    site = SiteFactory()

    assert not Site.objects.visible_to(user_with(Role.ANALYST, site.organisation)).exists()


@pytest.mark.parametrize(
    "who",
    [
        pytest.param(lambda organisation: AnonymousUser(), id="nobody logged in"),
        pytest.param(lambda organisation: UserFactory(organisation=organisation), id="no role"),
        pytest.param(lambda organisation: UserFactory(current_organisation=None), id="no organisation"),
        pytest.param(
            lambda organisation: UserFactory(organisation=organisation, coordinator=True, is_active=False),
            id="deactivated",
        ),
    ],
)
def test_without_a_role_nothing_is_seen(who):
    site = SiteFactory()

    assert not Site.objects.visible_to(who(site.organisation)).exists()


def test_a_role_elsewhere_opens_nothing_here():
    mine, other = SiteFactory(), SiteFactory()
    user = user_with(Role.ADMIN, mine.organisation)
    MembershipFactory(user=user, organisation=other.organisation, role=Role.ANALYST)

    user.current_organisation = other.organisation

    assert user.roles == {Role.ANALYST}
    assert not Site.objects.visible_to(user).exists()


FIRST, LAST = date(2025, 3, 10), date(2025, 3, 14)


@pytest.mark.parametrize(
    ("day", "held"),
    [
        pytest.param(FIRST - timedelta(days=1), False, id="the day before"),
        pytest.param(FIRST, True, id="the first day"),
        pytest.param(LAST, True, id="the last day"),
        pytest.param(LAST + timedelta(days=1), False, id="the day after"),
    ],
)
def test_a_role_is_held_from_its_first_to_its_last_day(frozen, day, held):
    membership = MembershipFactory(starts_on=FIRST, ends_on=LAST, role=Role.INSPECTOR)
    organisation = membership.organisation
    frozen(day)

    user = User.objects.get(pk=membership.user_id)

    assert user.has_role(Role.INSPECTOR) is held
    assert membership.is_active_on(day) is held
    assert organisation.membership_set.active_on(day).exists() is held
    assert User.objects.members_of(organisation.pk, day, Role.INSPECTOR).exists() is held


def test_roles_cost_one_query(django_assert_num_queries):
    user = User.objects.get(pk=UserFactory(coordinator=True, admin=True).pk)

    with django_assert_num_queries(1):
        assert user.has_role(Role.ADMIN)
        assert user.has_role(Role.COORDINATOR)
        assert user.organisations[0].pk == user.current_organisation_id


def test_somebody_with_two_roles_is_listed_once():
    user = UserFactory(coordinator=True, admin=True)

    assert list(User.objects.members_of(user.current_organisation_id, date(2025, 3, 3))) == [user]


# --- permissions ------------------------------------------------------------------------------------------------------

MATRIX = {
    "accounts.manage_users": {Role.ADMIN},
    "accounts.manage_organisation": {Role.ADMIN},
    "accounts.manage_parameters": {Role.ADMIN},
    "accounts.view_parameters": {Role.ADMIN, Role.COORDINATOR},
    "accounts.view_aids": {Role.ADMIN, Role.COORDINATOR},
    "accounts.keep_installation": set(),
}


@pytest.mark.parametrize("permission", MATRIX)
@pytest.mark.parametrize("role", Role)
def test_each_role_has_its_permissions_in_its_own_organisation_only(permission, role):
    user = user_with(role)

    assert allows(user, permission, user.current_organisation) is (role in MATRIX[permission])
    assert user.has_perm(permission, SiteFactory(organisation=user.current_organisation)) is (
        role in MATRIX[permission]
    )
    assert allows(user, permission, OrganisationFactory()) is False
    assert allows(user, permission, SiteFactory()) is False


def test_a_misspelt_permission_is_an_error_and_no_refusal():
    with pytest.raises(KeyError):
        allows(user_with(Role.ADMIN), "accounts.manage_user")


def test_services_refuse_with_a_sentence():
    with pytest.raises(NotAllowed) as refusal:
        require(user_with(Role.JOBCOACH), "accounts.manage_users")

    assert str(refusal.value).startswith("Votre rôle ne permet pas cette action.")


def test_a_deactivated_administrator_may_nothing():
    user = UserFactory(admin=True, is_active=False)

    assert not allows(user, "accounts.manage_users", user.current_organisation)
    assert not allows(AnonymousUser(), "accounts.manage_users")


def test_without_an_organisation_nothing_can_be_done():
    with pytest.raises(NotAllowed):
        organisation_of(UserFactory(current_organisation=None))
