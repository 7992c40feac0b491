"""Where pages lead: one declaration for the link above the title, « Annuler » and the end of an act."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from foundation.views import ActFormView, PageMixin
from foundation.ways import Way
from tests.house.test_addresses import ALL

TO_LIST = Way("accounts:absence_list", words="Absences")
VIEWS: dict[str, Any] = {
    name: pattern.callback.view_class for name, _, pattern in ALL if hasattr(pattern.callback, "view_class")
}
WAYS = [
    (name, way)
    for name, view in VIEWS.items()
    for way in (getattr(view, "leads_to", None), getattr(view, "after", None))
    if way is not None
]
TAKES: dict[str, int] = {
    name: len(pattern.pattern.converters or pattern.pattern.regex.groupindex) for name, _, pattern in ALL
}


def act(query: str = "", **declared: Any) -> ActFormView:
    """A page of one act, asked at an address, that declares where it leads."""
    view: ActFormView = type("Act", (ActFormView,), declared)()
    view.request = RequestFactory().get(f"/ici/{query}")
    return view


def test_one_declaration_serves_three_times() -> None:
    view = act(leads_to=TO_LIST)
    assert view.get_back() == (view.get_cancel_url(), "Absences")
    assert view.get_cancel_url() == view.get_success_url() == Way("accounts:absence_list").address(view)


def test_next_wins_for_the_act_and_for_the_link_only_where_its_words_stay_true() -> None:
    view = act("?next=/liste/", leads_to=TO_LIST)
    assert view.get_cancel_url() == view.get_success_url() == "/liste/"
    assert view.get_back() == (TO_LIST.address(view), "Absences")
    filtered = act("?next=/liste/", leads_to=Way("accounts:absence_list", words="Absences", next_wins=True))
    assert filtered.get_back() == ("/liste/", "Absences")


def test_what_was_made_is_shown_whatever_asked_for_it() -> None:
    made = Way("accounts:user_detail", "result.pk")
    result = SimpleNamespace(pk="00000000-0000-0000-0000-000000000001")
    view = act("?next=/liste/", leads_to=TO_LIST, after=made, result=result)
    assert view.get_success_url() == made.address(view) != "/liste/"
    assert view.get_cancel_url() == "/liste/"


def test_a_page_that_stays_has_nothing_to_cancel() -> None:
    view = act(leads_to=TO_LIST, stays=True)
    assert view.get_success_url() == "/ici/"
    assert view.get_cancel_url() == ""
    assert view.get_back() == (TO_LIST.address(view), "Absences")


def test_a_way_without_words_shows_no_link() -> None:
    assert act(leads_to=Way("accounts:absence_list")).get_back() is None
    assert PageMixin().get_back() is None


def test_an_act_that_leads_nowhere_says_so() -> None:
    with pytest.raises(ImproperlyConfigured, match="leads nowhere"):
        act().get_success_url()


def test_the_view_fills_in_the_address_and_its_query_and_the_words() -> None:
    way = Way(
        "timesheets:sheet",
        "coach.pk month",
        words=lambda page: page.coach.name,
        query=lambda page: {"jour": page.on},
        anchor="total",
    )
    page = SimpleNamespace(
        coach=SimpleNamespace(pk="00000000-0000-0000-0000-000000000001", name="Lou"),
        month="2025-03",
        on=date(2025, 3, 4),
    )
    assert way.address(page).endswith("-000000000001/2025-03/?jour=2025-03-04#total")
    assert way.at("").address(page).endswith("?jour=2025-03-04")
    assert way.words_on(page) == "Lou"


@pytest.mark.parametrize(("name", "way"), WAYS, ids=lambda value: value.to if isinstance(value, Way) else value)
def test_each_way_names_an_address_and_gives_what_it_takes(name: str, way: Way) -> None:
    assert TAKES.get(way.to) == len(way.of.split())


def test_each_act_says_where_it_leads() -> None:
    computed = ("get_leads_to", "get_success_url")
    lost = [
        name
        for name, view in VIEWS.items()
        if issubclass(view, ActFormView) and not (view.leads_to or view.after or view.stays)
        if all(getattr(view, method) is getattr(ActFormView, method) for method in computed)
    ]
    assert not lost
