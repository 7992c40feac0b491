"""Telephone numbers: one form in the database, as people write them everywhere else."""

import pytest

from beneficiaries.models import Beneficiary
from foundation.phones import dialled, e164, phone_words
from tests.factories.stories import a_coach, a_person


@pytest.mark.parametrize(
    ("typed", "kept", "words"),
    [
        ("0475/12.34.56", "+32475123456", "0475 12 34 56"),
        ("+32 (0)475 12 34 56", "+32475123456", "0475 12 34 56"),
        ("0032475123456", "+32475123456", "0475 12 34 56"),
        ("081-22.33.44", "+3281223344", "081 22 33 44"),
        ("+33 612345678", "+33612345678", "+33 6 12 34 56 78"),
        # What is not one number is left alone.
        ("0475 12 34 56 (sa sœur)", "", "0475 12 34 56 (sa sœur)"),
        ("081 22 33 44 / 0475 12 34 56", "", "081 22 33 44 / 0475 12 34 56"),
        ("12", "", "12"),
        ("", "", ""),
    ],
)
def test_one_form(typed, kept, words):
    assert e164(typed) == kept
    assert phone_words(typed) == words
    assert phone_words(words) == words


def test_what_is_dialled():
    assert dialled("0475/12.34.56") == "+32475123456"
    assert dialled("087 00 (le soir)") == "08700"


@pytest.mark.django_db
def test_kept_in_one_form_and_shown_as_people_write_it():
    person = a_person(a_coach(), phone="0475/12.34.56")
    assert person.phone == "0475 12 34 56"
    person.refresh_from_db()
    assert person.phone == "0475 12 34 56"
    for typed in ("+32475123456", "0475 123 456"):
        assert Beneficiary.objects.filter(phone=typed).get() == person
    assert Beneficiary.objects.extra(where=["phone = '+32475123456'"]).exists()
