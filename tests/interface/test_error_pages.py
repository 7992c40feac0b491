"""Pages that say no: each tells what happened, what became of the words, and the next step."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from tests.factories.accounts import MembershipFactory, OrganisationFactory, user_with

pytestmark = pytest.mark.django_db


def test_what_is_too_heavy_is_told_as_such(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = Client().post(reverse("account_login"), {"login": "x" * 300})
    assert answer.status_code == 413
    assert "trop lourd" in answer.text


def test_what_is_no_form_of_ours_is_told_without_more():
    answer = Client(raise_request_exception=False).get("/", headers={"host": "pas un nom"})
    assert answer.status_code == 400
    assert "Revenir à l’accueil" in answer.text


def test_too_many_tries_are_told_in_the_words_of_the_house(settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    cache.clear()
    client = Client()
    answers = [client.post(reverse("account_reset_password"), {"email": f"{n}@example.org"}) for n in range(3)]
    assert answers[-1].status_code == 429
    assert "Attendez cinq minutes" in answers[-1].text
    cache.clear()


def test_a_link_of_another_organisation_is_opened_there():
    user = user_with(Role.JOBCOACH)
    other = OrganisationFactory(name="MIRE d’à côté")
    MembershipFactory(user=user, organisation=other, role=Role.JOBCOACH)
    client = Client()
    client.force_login(user)
    page = client.get("/nulle-part/")
    assert page.status_code == 404
    assert 'name="next" value="/nulle-part/"' in page.text
    assert "MIRE d’à côté" in page.text
    url = reverse("accounts:switch_organisation")
    assert client.post(url, {"organisation": other.pk, "next": "/nulle-part/"}).url == "/nulle-part/"
    assert client.post(url, {"organisation": other.pk, "next": "https://ailleurs.example/"}).url == "/"


def test_whoever_works_in_one_organisation_is_offered_no_other():
    client = Client()
    client.force_login(user_with(Role.JOBCOACH))
    assert 'name="organisation"' not in client.get("/nulle-part/").text
