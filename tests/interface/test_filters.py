"""Lists that the address narrows, and from which each chosen filter can be taken away."""

from typing import Any

import django_filters
import pytest
from django.test import RequestFactory

from accounts.models import Project, Site
from foundation.filters import BoxFilter, ListFilter, WordsFilter
from tests.factories.accounts import OrganisationFactory, ProjectFactory, SiteFactory

pytestmark = pytest.mark.django_db


class Filters(ListFilter):
    phase = django_filters.MultipleChoiceFilter(label="Phase", choices=[("A", "préparatoire"), ("B", "suivi")])
    coach = django_filters.ChoiceFilter(label="Jobcoach", empty_label="Tous", choices=[("1", "Claire")])
    late = BoxFilter(label="En retard")
    name = django_filters.CharFilter(label="Nom")
    since = django_filters.DateFilter(label="Depuis")
    site = django_filters.ModelChoiceFilter(label="Site", queryset=lambda request: Site.objects.order_by("pk"))


def filters(query: str) -> Filters:
    request = RequestFactory().get(f"/dossiers/{query}")
    return Filters(request.GET, queryset=Site.objects.order_by("pk"), request=request)


def shown(query: str) -> dict[tuple[str, str], str]:
    return {(str(tag.label), str(tag.value)): tag.remove_url for tag in filters(query).tags()}


def test_each_chosen_filter_can_be_removed_alone() -> None:
    assert shown("?phase=A&phase=B&coach=1&late=on&name=&page=3&sort=name") == {
        ("Phase", "préparatoire"): "/dossiers/?phase=B&coach=1&late=on&name=&sort=name",
        ("Phase", "suivi"): "/dossiers/?phase=A&coach=1&late=on&name=&sort=name",
        ("Jobcoach", "Claire"): "/dossiers/?phase=A&phase=B&late=on&name=&sort=name",
        ("En retard", ""): "/dossiers/?phase=A&phase=B&coach=1&name=&sort=name",
    }


def test_a_row_and_a_day_are_said_in_words() -> None:
    site = SiteFactory(name="La Louvière")
    assert shown(f"?site={site.pk}&since=2026-03-27") == {
        ("Depuis", "27/03/2026"): f"/dossiers/?site={site.pk}",
        ("Site", str(site)): "/dossiers/?since=2026-03-27",
    }


@pytest.mark.parametrize("query", ["", "?page=2&sort=name", "?coach=&name=+&late="])
def test_without_filter_there_is_no_tag(query: str) -> None:
    assert shown(query) == {}


def test_what_is_not_understood_is_told_and_makes_no_tag() -> None:
    asked = filters("?coach=zzz&since=hier&name=a")
    assert [(str(tag.label), tag.value) for tag in asked.tags()] == [("Nom", "a")]
    assert set(asked.form.errors) == {"coach", "since"}


def test_the_last_filter_taken_away_leaves_the_bare_address() -> None:
    assert list(shown("?name=a&page=4").values()) == ["/dossiers/"]
    assert filters("?name=a").clear_url == "/dossiers/"


class ProjectFilters(ListFilter):
    q = WordsFilter(field_name="name", max_length=100)
    paid = BoxFilter(field_name="funder", ticked="FSE")


def narrowed(query: dict[str, str]) -> set[str]:
    """The names of the projects that are left."""
    request: Any = RequestFactory().get("/", query)
    return {
        one.name for one in ProjectFilters(request.GET, queryset=Project.objects.order_by("pk"), request=request).qs
    }


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ({}, {"la louviere gare", "la louviere centre"}),
        ({"q": " Centre, LOUVIÈRE"}, {"la louviere centre"}),
        ({"q": "louvière"}, {"la louviere gare", "la louviere centre"}),
        ({"q": "a" * 101}, {"la louviere gare", "la louviere centre"}),
        ({"paid": "on"}, {"la louviere gare"}),
        ({"paid": ""}, {"la louviere gare", "la louviere centre"}),
        ({"paid": "on", "q": "centre"}, set()),
    ],
)
def test_words_and_boxes_narrow(query: dict[str, str], left: set[str]) -> None:
    here = OrganisationFactory()
    ProjectFactory(organisation=here, funder="FSE", name="la louviere gare")
    ProjectFactory(organisation=here, funder="FOREM", name="la louviere centre")
    assert narrowed(query) == left
