import pytest

from accounts.enums import Role
from tests.factories.accounts import OrganisationFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_a_user_holds_the_role_asked_and_no_other(role):
    organisation = OrganisationFactory()

    user = user_with(role, organisation)

    assert user.roles == {role}
    assert user.current_organisation == organisation


def test_a_user_may_hold_two_roles():
    assert UserFactory(jobcoach=True, coordinator=True).roles == {Role.JOBCOACH, Role.COORDINATOR}
