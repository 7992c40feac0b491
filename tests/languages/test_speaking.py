"""Who is spoken to in which language: the user's choice, the browser's wish at the entrance, the source for reports."""

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from beneficiaries.enums import PartnerKind
from foundation.formatting import of_name
from method.rules.phases import Phase
from tests.factories.stories import a_coach


def in_dutch(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.post(reverse("accounts:language"), {"language": "nl-be"})
    return client


def test_pages_speak_the_language_that_was_chosen(db) -> None:
    page = in_dutch(a_coach()).get(reverse("accounts:profile"))
    assert '<html lang="nl-be">' in page.text
    assert page.headers["Content-Language"] == "nl-be"


def test_a_language_that_nobody_speaks_here_is_refused_in_words(db) -> None:
    coach = a_coach()
    client = Client()
    client.force_login(coach)
    page = client.post(reverse("accounts:language"), {"language": "tlh"}, follow=True)
    assert "Choisissez une langue de la liste." in page.text
    coach.refresh_from_db()
    assert coach.language == "fr-be"


def test_the_entrance_follows_the_browser_and_then_what_is_pressed(db) -> None:
    client = Client(headers={"accept-language": "de-BE,de;q=0.9,fr;q=0.5"})
    entrance = reverse("account_login")
    assert '<html lang="de-be">' in client.get(entrance).text
    client.post(reverse("set_language"), {"language": "nl-be", "next": entrance})
    assert '<html lang="nl-be">' in client.get(entrance).text


def test_a_choice_of_one_user_is_not_that_of_the_next(db) -> None:
    in_dutch(a_coach())
    other = Client()
    other.force_login(a_coach())
    assert '<html lang="fr-be">' in other.get(reverse("accounts:profile")).text


def test_of_somebody_is_said_as_each_language_says_it() -> None:
    assert of_name("Aline") == "d’Aline"
    with override("nl-be"):
        assert of_name("Aline") == "van Aline"
    with override("de-be"):
        assert of_name("Aline") == "von Aline"


def test_a_list_of_the_rules_speaks_like_a_list_of_the_models() -> None:
    with override("nl-be"):
        shown = [str(label) for _, label in Phase.choices]
        assert shown == [phase.label for phase in Phase]
        assert str(PartnerKind.choices[0][1]) == str(PartnerKind(PartnerKind.choices[0][0]).label)
