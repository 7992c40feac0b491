"""Who comes, who changes role, who leaves."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, transaction

from accounts import registries
from accounts.enums import Role
from accounts.models import Membership, User
from accounts.permissions import NotAllowed
from accounts.services.users import (
    DepartureRefused,
    IdentityRefused,
    MembershipRefused,
    RoleGrant,
    add_role,
    change_role,
    create_user,
    deactivate_user,
    rename_user,
)
from foundation.persistence import InvalidFact
from foundation.registry import Registry
from tests.factories.accounts import MembershipFactory, OrganisationFactory, SiteFactory, UserFactory, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

TODAY = date(2025, 3, 3)


def grant(role=Role.JOBCOACH, starts_on=TODAY, **facts):
    return RoleGrant(role=role, starts_on=starts_on, **facts)


def a_newcomer(actor, email="nouveau@example.org", **facts):
    return create_user(email=email, first_name="Nouvelle", last_name="Personne", grant=grant(**facts), actor=actor)


@pytest.fixture
def admin():
    return user_with(Role.ADMIN)


# --- coming -----------------------------------------------------------------------------------------------------------


def test_a_newcomer_has_a_role_and_no_password(admin):
    user = a_newcomer(admin, email=" Nouveau@Example.org", fte=Decimal("0.50"))

    assert user.email == "nouveau@example.org"
    assert user.roles == {Role.JOBCOACH}
    assert user.current_organisation == admin.current_organisation
    assert not user.has_usable_password()
    assert user.memberships.get().fte == Decimal("0.50")


def test_whoever_works_elsewhere_keeps_their_account(admin):
    elsewhere = user_with(Role.COORDINATOR, email="nouveau@example.org", first_name="Ada")

    user = a_newcomer(admin)

    assert user == elsewhere
    assert (user.first_name, user.current_organisation) == ("Ada", elsewhere.current_organisation)
    assert user.memberships.count() == 2


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_only_administrators_bring_people_in(role):
    actor = user_with(role)

    with pytest.raises(NotAllowed):
        a_newcomer(actor)
    assert not User.objects.filter(email="nouveau@example.org").exists()


def test_a_wrong_address_is_told_beside_its_field(admin):
    with pytest.raises(InvalidFact) as refusal:
        a_newcomer(admin, email="pas une adresse")

    assert refusal.value.field == "email"


def test_a_refused_role_opens_no_account(admin):
    with pytest.raises(MembershipRefused):
        a_newcomer(admin, role=Role.INSPECTOR)

    assert not User.objects.filter(email="nouveau@example.org").exists()


# --- roles ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        pytest.param({"ends_on": TODAY - timedelta(days=1)}, "ends_before_start", id="ends before it starts"),
        pytest.param({"role": Role.INSPECTOR}, "end_needed", id="an inspector for ever"),
        pytest.param({"role": Role.INSPECTOR, "ends_on": date(2026, 3, 3)}, "too_long", id="a year and a day"),
    ],
)
def test_a_role_that_contradicts_itself_is_refused(admin, facts, code):
    with pytest.raises(MembershipRefused) as refusal:
        a_newcomer(admin, **facts)

    assert (refusal.value.code, refusal.value.field) == (code, "ends_on")


def test_an_inspection_may_last_a_year_to_the_day(admin):
    a_newcomer(admin, role=Role.INSPECTOR, ends_on=date(2026, 3, 2))

    assert User.objects.get(email="nouveau@example.org").memberships.get().ends_on == date(2026, 3, 2)


def test_a_role_that_becomes_that_of_an_inspector_must_end_too(admin):
    held = MembershipFactory(organisation=admin.current_organisation, role=Role.COORDINATOR, starts_on=TODAY)

    with pytest.raises(MembershipRefused) as refusal:
        change_role(membership=held, grant=RoleGrant(role=Role.INSPECTOR, starts_on=TODAY), actor=admin)

    assert refusal.value.code == "end_needed"
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(role=Role.INSPECTOR, ends_on=None)


def test_another_organisation_s_site_is_refused(admin):
    with pytest.raises(MembershipRefused) as refusal:
        a_newcomer(admin, site=SiteFactory())

    assert refusal.value.field == "site"


@pytest.mark.parametrize(
    ("first", "last", "accepted"),
    [
        pytest.param(date(2025, 1, 1), date(2025, 2, 9), True, id="ends the day before"),
        pytest.param(date(2025, 1, 1), date(2025, 2, 10), False, id="ends on the first day"),
        pytest.param(date(2025, 2, 15), None, False, id="starts within"),
        pytest.param(date(2025, 2, 20), None, False, id="starts on the last day"),
        pytest.param(date(2025, 2, 21), None, True, id="starts the day after"),
        pytest.param(date(2025, 1, 1), None, False, id="covers it"),
    ],
)
def test_the_same_role_is_not_held_twice_on_a_day(admin, first, last, accepted):
    held = MembershipFactory(
        organisation=admin.current_organisation, starts_on=date(2025, 2, 10), ends_on=date(2025, 2, 20)
    )

    def again():
        return add_role(user=held.user, grant=grant(starts_on=first, ends_on=last), actor=admin)

    if accepted:
        assert again().pk
    else:
        with pytest.raises(MembershipRefused, match="a déjà ce rôle"):
            again()


def test_another_role_may_be_held_on_the_same_days(admin):
    held = MembershipFactory(organisation=admin.current_organisation)

    add_role(user=held.user, grant=grant(Role.COORDINATOR), actor=admin)

    assert User.objects.get(pk=held.user_id).roles == {Role.JOBCOACH, Role.COORDINATOR}


def test_a_correction_keeps_what_was_there(admin):
    held = MembershipFactory(organisation=admin.current_organisation, fte=1)

    change_role(membership=held, grant=grant(starts_on=held.starts_on, fte=Decimal("0.80")), actor=admin)

    entry = LogEntry.objects.get_for_object(held).order_by("pk").last()
    assert entry.actor == admin
    assert entry.changes["fte"][1] == "0.80"


def test_a_role_of_another_organisation_is_out_of_reach(admin):
    MembershipFactory(organisation=admin.current_organisation)
    foreign = MembershipFactory()

    with pytest.raises(NotAllowed):
        change_role(membership=foreign, grant=grant(), actor=admin)


def test_an_organisation_keeps_an_administrator(admin):
    own = admin.memberships.get()

    with pytest.raises(MembershipRefused, match="Plus personne n’administrerait"):
        change_role(membership=own, grant=grant(Role.JOBCOACH, starts_on=own.starts_on), actor=admin)

    assert Membership.objects.get(pk=own.pk).role == Role.ADMIN


def test_an_administrator_may_step_down_when_there_is_another(admin):
    user_with(Role.ADMIN, admin.current_organisation)
    own = admin.memberships.get()

    change_role(membership=own, grant=grant(Role.JOBCOACH, starts_on=own.starts_on), actor=admin)

    assert User.objects.get(pk=admin.pk).roles == {Role.JOBCOACH}


# --- leaving ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def holding(monkeypatch):
    """Something holds the people whose first name is Retenue."""
    monkeypatch.setattr(registries, "departure_checks", Registry())
    registries.departure_checks.add(
        lambda user, organisation: "Cette personne suit encore 3 dossiers." if user.first_name == "Retenue" else ""
    )


def test_leaving_closes_the_account_at_once(admin):
    user = user_with(Role.JOBCOACH, admin.current_organisation)

    deactivate_user(user=user, actor=admin)

    left = User.objects.get(pk=user.pk)
    assert not left.is_active
    assert left.roles == frozenset()
    assert left.memberships.get().ends_on == TODAY - timedelta(days=1)


def test_a_role_that_had_not_begun_is_forgotten(admin):
    user = user_with(Role.JOBCOACH, admin.current_organisation, since=TODAY)

    deactivate_user(user=user, actor=admin)

    assert not user.memberships.exists()


def test_leaving_one_organisation_leaves_the_other(admin):
    user = user_with(Role.JOBCOACH, admin.current_organisation)
    elsewhere = MembershipFactory(user=user, organisation=OrganisationFactory(), role=Role.COORDINATOR)

    deactivate_user(user=user, actor=admin)

    left = User.objects.get(pk=user.pk)
    assert left.is_active
    assert left.current_organisation == elsewhere.organisation
    assert left.roles == {Role.COORDINATOR}


@pytest.mark.usefixtures("holding")
def test_whoever_still_has_cases_does_not_leave(admin):
    user = user_with(Role.JOBCOACH, admin.current_organisation, first_name="Retenue")

    with pytest.raises(DepartureRefused, match="suit encore 3 dossiers"):
        deactivate_user(user=user, actor=admin)

    assert User.objects.get(pk=user.pk).roles == {Role.JOBCOACH}


@pytest.mark.usefixtures("holding")
def test_whoever_still_has_cases_does_not_stop_coaching(admin):
    user = user_with(Role.JOBCOACH, admin.current_organisation, first_name="Retenue")
    held = user.memberships.get()

    with pytest.raises(DepartureRefused):
        change_role(membership=held, grant=grant(Role.COORDINATOR, starts_on=held.starts_on), actor=admin)
    change_role(membership=held, grant=grant(starts_on=held.starts_on, fte=Decimal("0.50")), actor=admin)

    assert Membership.objects.get(pk=held.pk).fte == Decimal("0.50")


def test_nobody_closes_their_own_access(admin):
    user_with(Role.ADMIN, admin.current_organisation)

    with pytest.raises(DepartureRefused, match="votre propre accès"):
        deactivate_user(user=admin, actor=admin)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_only_administrators_close_an_access(role):
    actor = user_with(role)
    colleague = user_with(Role.JOBCOACH, actor.current_organisation)

    with pytest.raises(NotAllowed):
        deactivate_user(user=colleague, actor=actor)
    assert User.objects.get(pk=colleague.pk).is_active


def test_a_new_role_gives_the_access_back(admin):
    user = user_with(Role.JOBCOACH, admin.current_organisation)
    deactivate_user(user=user, actor=admin)

    add_role(user=user, grant=grant(), actor=admin)

    assert User.objects.get(pk=user.pk).roles == {Role.JOBCOACH}


# --- names ------------------------------------------------------------------------------------------------------------


def test_a_name_is_corrected(admin):
    user = user_with(Role.JOBCOACH, admin.current_organisation)

    rename_user(user=user, email="Autre@example.org", first_name="Ada", last_name="Autre", actor=admin)

    assert User.objects.get(pk=user.pk).email == "autre@example.org"


def test_an_account_that_opens_another_organisation_cannot_be_taken_over(admin):
    user = user_with(Role.JOBCOACH, admin.current_organisation, email="ada@example.org")
    MembershipFactory(user=user, organisation=OrganisationFactory())

    with pytest.raises(IdentityRefused):
        rename_user(user=user, email="autre@example.org", first_name="A", last_name="B", actor=admin)

    assert User.objects.get(pk=user.pk).email == "ada@example.org"


def test_two_people_do_not_share_an_address(admin):
    user = user_with(Role.JOBCOACH, admin.current_organisation)
    UserFactory(email="prise@example.org")

    with pytest.raises(InvalidFact) as refusal:
        rename_user(user=user, email="Prise@example.org", first_name="A", last_name="B", actor=admin)

    assert refusal.value.field in {"email", None}
