"""A signed paper never shows boxes for a name: the fonts cover it, or the document is refused in words."""

import logging

import pytest
from django.urls import reverse

from documents.enums import DocumentKind
from documents.models import ProducedDocument
from documents.paper.discretion import hidden_firms
from documents.paper.kinds import BY_KIND
from documents.paper.order import Order
from documents.paper.values import Subject, common_values
from documents.services.documents import produce_document
from foundation.clock import today
from foundation.errors import DomainError
from tables.renderers.pdf import LettersMissing, html_to_pdf
from tests.factories.stories import a_coach, in_prehire

# No font draws a letter of the private area, whatever is installed.
NOBODY_S = "\ue123"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["\u1230\u120b\u121d", "\u674e\u5c0f", "\u0915\u093f\u0936\u094b\u0930", "\u0ba4\u0bae\u0bbf\u0bb4\u0bcd"]
)
def test_no_boxes(name, caplog):
    case = in_prehire(a_coach(), first_name="Exemple", last_name=name)
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        try:
            produce_document(
                case=case,
                spec=BY_KIND[DocumentKind.CERTIFICATE],
                order=Order(dated_on=today(), usage="essai"),
                actor=case.coach,
            )
        except DomainError:
            assert not ProducedDocument.objects.exists()
            return
    assert not [record for record in caplog.records if ".notdef" in record.getMessage()]


@pytest.mark.django_db
def test_the_page_says_which_letters_and_what_to_do(client):
    case = in_prehire(a_coach(), first_name="Exemple", last_name=f"Nom{NOBODY_S}")
    client.force_login(case.coach)
    url = reverse("documents:document_create", args=[case.pk, BY_KIND[DocumentKind.CERTIFICATE].slug])
    response = client.post(url, {"dated_on": f"{today():%d/%m/%Y}", "usage": "essai"})
    page = response.content.decode()
    assert response.status_code == 422
    assert f"pas de police de caractères pour écrire « {NOBODY_S} »" in page
    assert "lettres latines" in page
    assert not ProducedDocument.objects.exists()


@pytest.mark.django_db
def test_who_has_one_name_is_called_by_it():
    case = in_prehire(a_coach(), first_name="", last_name="Mononyme")
    values = common_values(Subject(case, Order(dated_on=today()), hidden_firms(case)))
    assert (values["personne.nom"], values["personne.prenom"]) == ("Mononyme", "Mononyme")


def test_every_letter_is_told_once_and_what_nobody_signs_is_drawn():
    html = f'<html lang="fr"><title>x</title><p>{NOBODY_S}a{NOBODY_S}\ue124 Łukasz Đặng Ğül</p></html>'
    with pytest.raises(LettersMissing) as refusal:
        html_to_pdf(html, is_signed=True)
    assert f"« {NOBODY_S}\ue124 »" in str(refusal.value)
    assert html_to_pdf(html).startswith(b"%PDF")
    assert html_to_pdf(html.replace(NOBODY_S, "").replace("\ue124", ""), is_signed=True)
