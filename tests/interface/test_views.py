"""What the bases of the pages promise: one act, nothing lost, the way back kept."""

from datetime import date
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.views.generic import TemplateView
from django_htmx.middleware import HtmxMiddleware

from foundation.views import PartialMixin, paginate, safe_next

pytestmark = [pytest.mark.urls("tests.interface.gallery"), pytest.mark.usefixtures("frozen")]

ADDRESS = "/galerie/contact/"
GOOD = {"held_on": "03/03/2025", "minutes": "45", "channel": "PHONE", "said": "Le CV est prêt."}


@pytest.fixture
def visitor(client: Client, db: None) -> Client:
    return client


class TestAct:
    def test_success_redirects_and_is_announced(self, visitor: Client) -> None:
        response = visitor.post(ADDRESS, GOOD, follow=True)
        assert response.redirect_chain == [("/galerie/", 302)]
        assert "Contact consigné." in response.content.decode()

    def test_the_safe_next_address_wins(self, visitor: Client) -> None:
        response = visitor.post(ADDRESS, {**GOOD, "next": "/dossiers/?phase=HIRE"})
        assert response["Location"] == "/dossiers/?phase=HIRE"

    @pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
    def test_no_one_is_sent_elsewhere(self, visitor: Client, elsewhere: str) -> None:
        assert visitor.post(ADDRESS, {**GOOD, "next": elsewhere})["Location"] == "/galerie/"

    def test_the_next_address_survives_the_form(self, visitor: Client) -> None:
        html = visitor.get(ADDRESS, {"next": "/dossiers/?phase=HIRE"}).content.decode()
        assert '<input type="hidden" name="next" value="/dossiers/?phase=HIRE">' in html

    def test_an_invalid_form_is_422_with_what_was_typed(self, visitor: Client) -> None:
        response = visitor.post(ADDRESS, {**GOOD, "held_on": "31/02/2025"})
        html = response.content.decode()
        assert response.status_code == 422
        assert "<title>Erreur : Consigner un contact" in html
        assert 'value="31/02/2025"' in html
        assert "Le CV est prêt." in html
        assert "Il y a un problème" in html

    def test_a_refusal_of_the_rules_is_422_and_says_what_can_be_done(self, visitor: Client) -> None:
        response = visitor.post(ADDRESS, {**GOOD, "said": "refus"})
        html = response.content.decode()
        assert response.status_code == 422
        assert "Le délai est écoulé. Demandez une prolongation." in html
        assert "Contact consigné." not in html

    def test_a_refusal_about_a_field_stands_beside_it(self, visitor: Client) -> None:
        html = visitor.post(ADDRESS, {**GOOD, "said": "refus de held_on"}).content.decode()
        assert '<a href="#id_held_on">Date du contact\xa0: Cela ne va pas.</a>' in html

    def test_a_fresh_form_has_no_error_in_its_title(self, visitor: Client) -> None:
        html = visitor.get(ADDRESS).content.decode()
        assert "<title>Consigner un contact – Ancrage</title>" in html
        assert html.count("<h1>") == 1


def test_a_dangerous_act_says_what_will_happen(visitor: Client) -> None:
    html = visitor.get("/galerie/cloturer/").content.decode()
    assert "Seule la coordination pourra l’annuler." in html
    assert "btn-danger" in html
    assert visitor.post("/galerie/cloturer/").status_code == 302


class TestPages:
    def request(self, query: str) -> HttpRequest:
        return RequestFactory().get(f"/liste/{query}")

    @pytest.mark.parametrize(("query", "number"), [("", 1), ("?page=3", 3), ("?page=99", 5), ("?page=x", 1)])
    def test_the_nearest_page(self, query: str, number: int) -> None:
        assert paginate(self.request(query), list(range(50)), 10).number == number

    def test_the_other_parameters_stay_in_the_links(self, visitor: Client) -> None:
        html = visitor.get("/galerie/?phase=HIRE&page=2").content.decode()
        assert 'href="?phase=HIRE&amp;page=3"' in html
        assert "(page 2 sur 20)" in html

    def test_sorting_goes_back_to_the_first_page(self, visitor: Client) -> None:
        html = visitor.get("/galerie/?sort=name&page=2").content.decode()
        assert 'aria-sort="ascending"' in html
        assert 'href="?sort=-name"' in html


class Part(PartialMixin, TemplateView):
    template_name = "page.html"
    partial_template_name = "part.html"


@pytest.mark.parametrize(
    ("headers", "template"),
    [
        ({}, "page.html"),
        ({"HX-Request": "true"}, "part.html"),
        ({"HX-Request": "true", "HX-Boosted": "true"}, "page.html"),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, "page.html"),
    ],
)
def test_a_part_for_htmx_and_the_page_for_everybody_else(headers: dict[str, str], template: str) -> None:
    response: Any = HtmxMiddleware(Part.as_view())(RequestFactory().get("/", headers=headers))
    assert response.template_name == [template]
    assert "HX-Request" in response["Vary"]


def test_next_is_read_from_the_address_or_the_form() -> None:
    assert safe_next(RequestFactory().get("/", {"next": "/a/"})) == "/a/"
    assert safe_next(RequestFactory().post("/", {"next": "/b/"})) == "/b/"
    assert safe_next(RequestFactory().get("/")) == ""


def test_every_component_is_shown_without_a_breach(visitor: Client) -> None:
    """The traps of the suite look for unknown variables and for what the policy forbids."""
    html = visitor.get("/galerie/").content.decode()
    assert html.count("<h1>") == 1
    assert "Phases du parcours" in html
    assert "546" in html
    assert 'aria-current="step"' in html


@pytest.mark.parametrize("template", ["400.html", "413.html", "429.html", "500.html", "403_csrf.html"])
def test_error_pages_stand_alone(template: str) -> None:
    from django.template.loader import render_to_string

    html = render_to_string(template)
    assert "Revenir à l’accueil" in html


def test_an_unknown_address_is_told_kindly(visitor: Client) -> None:
    response = visitor.get("/nulle-part/")
    assert response.status_code in {302, 404}


def test_the_accessibility_statement_names_the_body_of_the_installation_or_none(visitor: Client, settings) -> None:
    assert "ce site ne l’indique pas encore" in visitor.get("/accessibilite/").content.decode()
    settings.ACCESSIBILITY_ROUTE = {
        "email": "acces@exemple.test",
        "address": "rue Neuve 1, 7000 Mons",
        "body": "Service des plaintes",
        "body_address": "plaintes@exemple.test",
        "checked_on": date(2026, 11, 30),
    }
    page = visitor.get("/accessibilite/").content.decode()
    for words in (
        "mailto:acces@exemple.test",
        "rue Neuve 1",
        "Service des plaintes",
        "plaintes@exemple.test",
        "30 novembre 2026",
    ):
        assert words in page


def test_the_accessibility_statement_is_public(visitor: Client) -> None:
    response = visitor.get("/accessibilite/")
    assert response.status_code == 200
    assert "partiellement conforme" in response.content.decode()
