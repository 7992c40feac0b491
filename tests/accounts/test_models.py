"""What the database refuses, whoever writes."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import Parameter, User
from tests.factories.accounts import MembershipFactory, OrganisationFactory, ProjectFactory, SiteFactory, UserFactory

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2025, 3, 1), date(2025, 3, 31)


def refused(write, **facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        write(**facts)


@pytest.mark.parametrize("factory", [MembershipFactory, ProjectFactory])
def test_a_period_does_not_end_before_it_starts(factory):
    refused(factory, starts_on=LAST, ends_on=FIRST)
    assert factory(starts_on=FIRST, ends_on=FIRST).pk, "one day is a period"


@pytest.mark.parametrize(("fte", "valid"), [("-0.01", False), ("0", True), ("1.50", True), ("1.51", False)])
def test_the_full_time_equivalent_stays_within_bounds(fte, valid):
    if valid:
        assert MembershipFactory(fte=Decimal(fte)).pk
    else:
        refused(MembershipFactory, fte=Decimal(fte))


def test_a_role_starts_once_on_a_day():
    held = MembershipFactory(starts_on=FIRST)
    same = {"user": held.user, "organisation": held.organisation, "starts_on": FIRST}

    refused(MembershipFactory, **same, role=held.role)
    assert MembershipFactory(**same, role=Role.COORDINATOR).pk


def test_one_address_is_one_account_whatever_its_case():
    UserFactory(email="ada@example.org")

    refused(UserFactory, email="ADA@example.org")


def test_addresses_are_stored_in_lower_case():
    assert User.objects.create_user(" Ada@Example.ORG ", first_name="A", last_name="B").email == "ada@example.org"


def test_an_account_without_password_waits_for_its_invitation():
    assert not User.objects.create_user("ada@example.org", first_name="A", last_name="B").has_usable_password()


def test_two_sites_of_an_organisation_have_two_names():
    site = SiteFactory(name="Gare")

    refused(SiteFactory, organisation=site.organisation, name="GARE")
    assert SiteFactory(organisation=OrganisationFactory(), name="Gare").pk


def test_two_projects_of_an_organisation_have_two_codes():
    project = ProjectFactory(code="FSE-1")

    refused(ProjectFactory, organisation=project.organisation, code="fse-1")


def test_an_enterprise_number_is_one_organisation():
    OrganisationFactory(bce_number="0403019261")

    refused(OrganisationFactory, bce_number="0403019261")
    assert OrganisationFactory(bce_number="").pk
    assert OrganisationFactory(bce_number="").pk


def test_a_parameter_has_one_open_value():
    refused(
        Parameter.objects.create,
        key="clock.prehire_months",
        value=30,
        valid_from=FIRST,
        source="x",
        status="ASSUMPTION",
    )


def test_a_parameter_value_lasts_a_day_at_least():
    refused(
        Parameter.objects.create, key="x", value=1, valid_from=FIRST, valid_to=FIRST, source="x", status="ASSUMPTION"
    )
