"""Who sees which entry, and what the header costs."""

from typing import Any, cast

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import resolve, reverse
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from accounts.models import User
from config.navigation import ACTS, ASIDE, ENTRIES, front_page, navigation
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory, a_steward

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

SEEN = {
    Role.JOBCOACH: ["Ma journée", "Consigner", "Dossiers", "Agenda", "Séances", "Entreprises", "Postes", "Partenaires"],
    Role.COORDINATOR: [
        "Tableau de bord",
        "Rappels",
        "Dossiers",
        "Agenda",
        "Séances",
        "Entreprises",
        "Postes",
        "Partenaires",
        "Rapports",
    ],
    Role.ADMIN: ["Dossiers", "Entreprises", "Postes", "Partenaires", "Rapports", "Paramètres"],
    Role.INSPECTOR: ["Dossiers à inspecter", "Rapports"],
    Role.ANALYST: ["Rapports"],
}


def nav(user: Any, path: str = "/") -> dict[str, Any]:
    request = RequestFactory().get(path)
    request.user = user
    found: dict[str, Any] = navigation(request)["nav"]
    return found


def somebody(**traits: bool) -> User:
    return cast(User, UserFactory(**traits))


def labels(user: User) -> list[str]:
    return [str(entry["label"]) for entry in nav(user)["entries"]]


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_its_pages(role: Role) -> None:
    user = somebody(**{role.lower(): True})
    assert labels(user) == SEEN[role]


def test_several_roles_see_each_page_once() -> None:
    assert labels(somebody(jobcoach=True, coordinator=True)) == [
        "Ma journée",
        "Consigner",
        "Tableau de bord",
        "Rappels",
        "Dossiers",
        "Agenda",
        "Séances",
        "Entreprises",
        "Postes",
        "Partenaires",
        "Rapports",
    ]


def test_the_steward_finds_the_installation_first_and_nobody_else_sees_it() -> None:
    alone = a_steward()
    assert labels(alone) == ["Installation"]
    assert front_page(alone) == "accounts:installation_list"
    both = somebody(admin=True)
    both.steward_since = alone.steward_since
    assert labels(both) == [*SEEN[Role.ADMIN], "Installation"]
    assert front_page(both) == "reporting:report_list"


def placed(user: User) -> dict[str, list[str]]:
    found = nav(user)
    return {name: [str(entry["short"]) for entry in found[name]] for name in ("band", "more", "thumb", "thumb_more")}


def test_a_coach_has_the_act_under_the_thumb_and_the_rest_within_one_press() -> None:
    coach = somebody(jobcoach=True)
    assert placed(coach) == {
        "band": ["Journée", "Dossiers", "Agenda", "Séances", "Entreprises"],
        "more": ["Postes", "Partenaires"],
        "thumb": ["Journée", "Dossiers", "Consigner", "Agenda"],
        "thumb_more": ["Séances", "Entreprises", "Postes", "Partenaires"],
    }
    assert nav(coach)["act"]["label"] == "Consigner"


@pytest.mark.parametrize("roles", [(role,) for role in Role] + [(Role.JOBCOACH, Role.COORDINATOR, Role.ADMIN)])
def test_every_page_is_in_the_band_or_beside_it_and_so_under_the_thumb(roles: tuple[Role, ...]) -> None:
    user = somebody(**{role.lower(): True for role in roles})
    found, shown = nav(user), placed(user)
    short = [str(entry["short"]) for entry in found["entries"]]
    assert sorted([*shown["band"], *shown["more"], *(["Consigner"] if found["act"] else [])]) == sorted(short)
    assert sorted([*shown["thumb"], *shown["thumb_more"]]) == sorted(short)
    assert len(shown["thumb"]) + bool(shown["thumb_more"]) <= 5
    assert len(shown["more"]) != 1
    assert len(shown["thumb_more"]) != 1


@pytest.mark.parametrize("entry", [*ENTRIES, *ACTS], ids=lambda entry: entry.url_name)
def test_every_entry_leads_somewhere(entry: Any) -> None:
    assert reverse(entry.url_name).startswith("/")


def permission_of_page(url_name: str) -> str:
    view = cast(Any, resolve(reverse(url_name)).func).view_class
    return str(view.permission)


@pytest.mark.parametrize("entry", [*ENTRIES, *ACTS], ids=lambda entry: entry.url_name)
def test_an_entry_asks_what_its_page_asks(entry: Any) -> None:
    assert entry.permission == permission_of_page(entry.url_name)


@pytest.mark.parametrize(("name", "url_name", "permission"), ASIDE)
def test_what_stands_beside_the_entries_asks_what_its_page_asks(name: str, url_name: str, permission: str) -> None:
    assert permission == permission_of_page(url_name)
    assert nav(somebody(admin=True))[name] == reverse(url_name)


FRONT = {
    Role.JOBCOACH: "followup:my_day",
    Role.COORDINATOR: "reporting:dashboard",
    Role.ADMIN: "reporting:report_list",
    Role.INSPECTOR: "inspection:cases",
    Role.ANALYST: "reporting:report_list",
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_begins_where_its_work_does(role: Role) -> None:
    assert front_page(somebody(**{role.lower(): True})) == FRONT[role]


@pytest.mark.parametrize(
    ("roles", "page"),
    [
        (("coordinator", "jobcoach"), "followup:my_day"),
        (("inspector", "coordinator"), "reporting:dashboard"),
        (("admin", "inspector"), "inspection:cases"),
    ],
)
def test_whoever_has_several_roles_begins_with_the_first_page(roles: tuple[str, ...], page: str) -> None:
    assert front_page(somebody(**dict.fromkeys(roles, True))) == page


def test_nothing_is_in_front_of_somebody_without_a_role() -> None:
    assert front_page(somebody()) is None


def test_a_visitor_sees_nothing() -> None:
    assert nav(AnonymousUser())["entries"] == []


def test_only_those_who_read_names_can_search() -> None:
    assert nav(somebody(jobcoach=True))["search_url"]
    assert not nav(somebody(analyst=True))["search_url"]


def test_the_present_page_and_its_section_are_told_apart() -> None:
    user = somebody(jobcoach=True)
    address = reverse("followup:case_list")
    here = {str(e["label"]): e["current"] for e in nav(user, address)["entries"]}
    inside = {str(e["label"]): e["current"] for e in nav(user, f"{address}une-personne/")["entries"]}
    assert (here["Dossiers"], here["Postes"]) == ("page", "")
    assert (inside["Dossiers"], inside["Postes"]) == ("true", "")


def test_the_organisations_are_those_of_today() -> None:
    user = somebody(jobcoach=True)
    second, former = OrganisationFactory(name="Second"), OrganisationFactory(name="Ancien")
    MembershipFactory(user=user, organisation=second, role=Role.COORDINATOR)
    MembershipFactory(user=user, organisation=former, role=Role.COORDINATOR, ends_on="2025-03-02")
    found = nav(user)
    names = {organisation.name for organisation in found["organisations"]}
    assert names == {"Second", found["organisation"].name}
    assert found["organisation"] == user.current_organisation


def test_the_header_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user = User.objects.get(pk=somebody(jobcoach=True, coordinator=True).pk)
    with django_assert_num_queries(1):
        nav(user)
