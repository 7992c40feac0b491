"""The settings, on screen: who opens them, what they show, what they write."""

from datetime import date

import pytest
from django.urls import reverse

from accounts import registries
from accounts.enums import Funder, Role
from accounts.models import Membership, Project, Site, User
from accounts.parameters import Key
from foundation.registry import Registry
from tests.factories.accounts import (
    MembershipFactory,
    OrganisationFactory,
    ProjectFactory,
    SiteFactory,
    UserFactory,
    user_with,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

PAGES = {
    "settings": None,
    "organisation_edit": None,
    "user_list": None,
    "user_create": None,
    "user_detail": "user",
    "user_edit": "user",
    "user_deactivate": "user",
    "role_add": "user",
    "role_edit": "membership",
    "site_list": None,
    "site_create": None,
    "site_edit": "site",
    "project_list": None,
    "project_create": None,
    "project_edit": "project",
    "parameter_list": None,
    "parameter_add": "parameter",
    "parameter_give_up": "parameter",
}
READ_BY_OTHERS = {"parameter_list": {Role.COORDINATOR}}


def things(organisation):
    """One of each, in that organisation."""
    membership = MembershipFactory(organisation=organisation)
    return {
        "user": membership.user.pk,
        "membership": membership.pk,
        "site": SiteFactory(organisation=organisation).pk,
        "project": ProjectFactory(organisation=organisation).pk,
        "parameter": Key.CASELOAD_NORM,
    }


def address(page, of):
    return reverse(f"accounts:{page}", args=[of[PAGES[page]]] if PAGES[page] else [])


@pytest.fixture
def admin(client):
    user = user_with(Role.ADMIN)
    client.force_login(user)
    return user


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", Role)
def test_administrators_open_every_page_and_others_none(client, page, role):
    user = user_with(role)
    client.force_login(user)

    response = client.get(address(page, things(user.current_organisation)))

    allowed = role == Role.ADMIN or role in READ_BY_OTHERS.get(page, ())
    assert response.status_code == (200 if allowed else 403)


@pytest.mark.parametrize("page", [page for page, thing in PAGES.items() if thing and thing != "parameter"])
def test_another_organisation_s_address_is_not_found(client, admin, page):
    things(admin.current_organisation)
    foreign = address(page, things(OrganisationFactory()))

    assert client.get(foreign).status_code == 404
    assert client.post(foreign, {}).status_code == (405 if page == "user_detail" else 404)


def test_only_an_administrator_invites_and_only_here(client, admin, mailoutbox):
    foreign = UserFactory(jobcoach=True)

    assert client.post(reverse("accounts:user_invite", args=[foreign.pk])).status_code == 404
    client.force_login(user_with(Role.COORDINATOR, admin.current_organisation))
    colleague = user_with(Role.JOBCOACH, admin.current_organisation)
    assert client.post(reverse("accounts:user_invite", args=[colleague.pk])).status_code == 403
    assert mailoutbox == []


@pytest.mark.parametrize("page", ["user_list", "settings"])
def test_a_page_costs_the_same_for_two_people_and_for_forty(client, admin, page, django_assert_max_num_queries):
    site = SiteFactory(organisation=admin.current_organisation)
    for _ in range(40):
        MembershipFactory(organisation=admin.current_organisation, site=site)

    with django_assert_max_num_queries(15):
        client.get(reverse(f"accounts:{page}"))


# --- people -----------------------------------------------------------------------------------------------------------

NEWCOMER = {
    "first_name": "Nouvelle",
    "last_name": "Personne",
    "email": "nouvelle@example.org",
    "role": "JOBCOACH",
    "fte": "0,5",
    "starts_on": "03/03/2025",
}


def test_a_newcomer_is_added_and_invited(client, admin, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("accounts:user_create"), NEWCOMER, follow=True)

    user = User.objects.get(email="nouvelle@example.org")
    assert "Nouvelle Personne a reçu une invitation" in response.text
    assert "n’a pas encore choisi son mot de passe" in response.text
    assert str(user.memberships.get().fte) == "0.50"
    assert [mail.to for mail in mailoutbox] == [["nouvelle@example.org"]]
    assert "http://testserver/compte/password/reset/key/" in mailoutbox[0].body


def test_whoever_has_an_account_gets_no_invitation(client, admin, mailoutbox, django_capture_on_commit_callbacks):
    user_with(Role.JOBCOACH, email="nouvelle@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("accounts:user_create"), NEWCOMER, follow=True)

    assert "qui avait déjà un compte" in response.text
    assert mailoutbox == []


def test_a_refusal_is_shown_and_nothing_typed_is_lost(client, admin):
    response = client.post(reverse("accounts:user_create"), {**NEWCOMER, "role": "INSPECTOR"})

    assert response.status_code == 422
    assert "indiquez son dernier jour" in response.text
    assert 'value="nouvelle@example.org"' in response.text
    assert not User.objects.filter(email="nouvelle@example.org").exists()


def test_an_inspection_is_proposed_for_three_months_and_refused_beyond_twelve(client, admin):
    page = client.get(reverse("accounts:user_list"))
    address = reverse("accounts:user_create") + "?role=INSPECTOR"
    assert f'href="{address}"' in page.text
    offered = client.get(address)
    assert '<option value="INSPECTOR" selected' in offered.text
    assert 'value="02/06/2025"' in offered.text

    response = client.post(address, {**NEWCOMER, "role": "INSPECTOR", "ends_on": "3/3/2026"})

    assert response.status_code == 422
    (error,) = response.context["form"].errors["ends_on"]
    assert "jusqu’au 02/03/2026" in error
    assert client.get(reverse("accounts:user_create") + "?role=n-importe-quoi").status_code == 200


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("fte", "2", "1.5"),
        ("fte", "beaucoup", "nombre"),
        ("starts_on", "31/02/2025", "n’existe pas"),
        ("email", "nouvelle", "valide"),
        ("role", "", "Rôle"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(client, admin, field, typed, sentence):
    response = client.post(reverse("accounts:user_create"), {**NEWCOMER, field: typed})

    assert response.status_code == 422
    assert sentence.replace(".", ",") in str(response.context["form"].errors[field]) or sentence in str(
        response.context["form"].errors[field]
    )


def test_a_double_click_adds_one_person(client, admin):
    client.post(reverse("accounts:user_create"), NEWCOMER)
    second = client.post(reverse("accounts:user_create"), NEWCOMER)

    assert second.status_code == 422
    assert "a déjà ce rôle" in second.text
    assert Membership.objects.filter(user__email="nouvelle@example.org").count() == 1


def test_a_role_is_changed_and_the_page_says_what_changed(client, admin):
    held = MembershipFactory(organisation=admin.current_organisation)
    facts = {"role": "COORDINATOR", "fte": "1", "starts_on": "03/01/2000", "ends_on": ""}

    response = client.post(reverse("accounts:role_edit", args=[held.pk]), facts, follow=True)

    assert "Le rôle est modifié." in response.text
    assert "<del>jobcoach</del> → coordinateur·rice" in response.text


def test_an_access_is_closed_after_one_question(client, admin):
    user = user_with(Role.JOBCOACH, admin.current_organisation)
    page = reverse("accounts:user_deactivate", args=[user.pk])

    assert "sessions ouvertes se ferment" in client.get(page).text
    assert User.objects.get(pk=user.pk).is_active
    response = client.post(page, follow=True)

    assert "est fermé." in response.text
    assert not User.objects.get(pk=user.pk).is_active


def test_whoever_still_has_cases_keeps_their_access(client, admin, monkeypatch):
    checks: Registry = Registry()
    checks.add(lambda user, organisation: "Cette personne suit encore 3 dossiers.")
    monkeypatch.setattr(registries, "departure_checks", checks)
    user = user_with(Role.JOBCOACH, admin.current_organisation)

    response = client.post(reverse("accounts:user_deactivate", args=[user.pk]))

    assert response.status_code == 422
    assert "suit encore 3 dossiers" in response.text
    assert User.objects.get(pk=user.pk).is_active


def test_a_name_is_corrected(client, admin):
    user = user_with(Role.JOBCOACH, admin.current_organisation)
    facts = {"first_name": "Ada", "last_name": "Corrigée", "email": user.email}

    response = client.post(reverse("accounts:user_edit", args=[user.pk]), facts, follow=True)

    assert "Ada Corrigée" in response.text


# --- organisation, sites, projects ------------------------------------------------------------------------------------


def test_the_organisation_is_corrected(client, admin):
    facts = {"name": "Nouveau nom", "short_name": "NN", "kind": "CISP", "bce_number": "0403.019.261"}

    response = client.post(reverse("accounts:organisation_edit"), facts, follow=True)

    assert "Nouveau nom" in response.text
    assert User.objects.get(pk=admin.pk).current_organisation.bce_number == "0403019261"


def test_a_wrong_enterprise_number_is_told(client, admin):
    facts = {"name": "N", "short_name": "N", "kind": "CISP", "bce_number": "0403.019.262"}

    response = client.post(reverse("accounts:organisation_edit"), facts)

    assert response.status_code == 422
    assert "dix chiffres, les deux derniers sont un contrôle" in response.text


def test_a_site_is_added_corrected_and_not_added_twice(client, admin):
    client.post(reverse("accounts:site_create"), {"name": "Gare", "town": "Localité"})
    site = Site.objects.get()
    response = client.post(reverse("accounts:site_edit", args=[site.pk]), {"name": "Place"}, follow=True)
    assert "Le site Place est enregistré." in response.text

    again = client.post(reverse("accounts:site_create"), {"name": "PLACE"})

    assert again.status_code == 422
    assert "Un site porte déjà ce nom." in again.text


def test_a_project_is_added_and_its_dates_checked(client, admin):
    facts = {"code": "FSE-1", "name": "Projet", "funder": Funder.FSE, "starts_on": "1/1/2025", "ends_on": "31/12/2024"}

    reversed_dates = client.post(reverse("accounts:project_create"), facts)
    assert reversed_dates.status_code == 422
    assert "ne peut pas précéder" in reversed_dates.text
    client.post(reverse("accounts:project_create"), {**facts, "ends_on": "31/12/2025"})

    assert Project.objects.get().ends_on == date(2025, 12, 31)
    assert "FSE-1" in client.get(reverse("accounts:project_list")).text


@pytest.mark.parametrize("page", ["site_list", "project_list"])
def test_an_empty_list_says_what_to_do(client, admin, page):
    assert "Ajouter un" in client.get(reverse(f"accounts:{page}")).text


# --- one's own account ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_everybody_has_a_profile(client, role):
    user = user_with(role)
    client.force_login(user)

    page = client.get(reverse("accounts:profile")).text

    assert user.email in page
    assert str(role.label) in page


def test_one_switches_to_another_of_one_s_organisations(client, admin):
    other = MembershipFactory(user=admin, organisation=OrganisationFactory(name="L’autre")).organisation

    response = client.post(reverse("accounts:switch_organisation"), {"organisation": str(other.pk)})

    assert response.url == reverse("home")
    assert User.objects.get(pk=admin.pk).current_organisation == other


@pytest.mark.parametrize("asked", ["foreign", "nonsense", ""])
def test_one_does_not_switch_to_somebody_else_s(client, admin, asked):
    foreign = UserFactory(admin=True).current_organisation

    client.post(reverse("accounts:switch_organisation"), {"organisation": foreign.pk if asked == "foreign" else asked})

    assert User.objects.get(pk=admin.pk).current_organisation == admin.current_organisation


def test_switching_takes_a_click(client, admin):
    assert client.get(reverse("accounts:switch_organisation")).status_code == 405
