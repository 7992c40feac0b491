"""Somebody who may be known already is asked about: by any spelling, a former name or number, or how to reach them."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils.html import strip_tags

from beneficiaries.models import Beneficiary, CoachingCase
from beneficiaries.services.doubles import LooksKnown
from beneficiaries.services.opening import people_alike
from beneficiaries.services.people import update_beneficiary
from employers.selectors import similar_companies
from foundation.clock import today
from foundation.errors import DomainError
from foundation.forms import ANSWERS
from reporting.search.rules import read
from reporting.search.selectors.finding import case_of_national_number
from reporting.search.selectors.results import results_of
from tests.factories.stories import a_case, a_coach, a_company, a_person

pytestmark = pytest.mark.django_db

BIS, NATIONAL = "85430403390", "85030403304"
BORN = date(1985, 3, 4)
PAIRS = [
    ("Van den Berghe", "Vandenberghe"),
    ("Van den Berghe", "Vanden Berghe"),
    ("O'Connor", "Oconnor"),
    ("Jean-Pierre", "Jeanpierre"),
]


def labels(typed, coach):
    found = results_of(read(typed, today()), coach, today(), 20)
    return [hit.label for group in found.groups for hit in group.hits]


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("known", "typed"), PAIRS)
def test_the_second_spelling_is_asked_about(known, typed):
    coach = a_coach()
    a_case(coach, first_name="Exemple", last_name=known, birth_date=BORN)
    assert people_alike(actor=coach, first_name="Exemple", last_name=typed, birth_date=BORN)


def test_the_search_finds_a_name_in_one_word():
    coach = a_coach()
    a_case(coach, first_name="Exemple", last_name="Van den Berghe")
    assert labels("Vandenberghe", coach) == ["Exemple Van den Berghe"]


def test_somebody_who_changed_name_is_found_by_both():
    coach = a_coach()
    case = a_case(coach, first_name="Exemple", last_name="Ancien", birth_date=BORN)
    update_beneficiary(case=case, actor=coach, last_name="Nouveau")
    assert labels("Ancien", coach) == ["Exemple Nouveau"]
    assert labels("Nouveau", coach) == ["Exemple Nouveau"]
    assert people_alike(actor=coach, first_name="Exemple", last_name="Ancien", birth_date=BORN)


def test_a_name_taken_back_is_no_former_name():
    coach = a_coach()
    case = a_case(coach, first_name="Exemple", last_name="Ancien")
    for name in ("Nouveau", "Ancien"):
        person = update_beneficiary(case=case, actor=coach, last_name=name)
    assert person.other_names == "Nouveau"
    assert update_beneficiary(case=case, actor=coach, other_names="").other_names == ""
    assert labels("Nouveau", coach) == []


def test_accents_and_spaces_put_right_are_no_other_name():
    coach = a_coach()
    case = a_case(coach, first_name="Zoe", last_name="Vandenberghe")
    person = update_beneficiary(case=case, actor=coach, first_name="Zoé", last_name="Van den Berghe")
    assert person.other_names == ""


def test_two_people_born_with_one_name_are_two():
    coach = a_coach()
    a_case(coach, first_name="Ana", last_name="Un", other_names="Exemple", birth_date=None)
    assert not people_alike(actor=coach, first_name="Awa", last_name="Deux", other_names="Exemple")


# --- corrections ------------------------------------------------------------------------------------------------------


def test_corrected_into_a_double_is_asked_about():
    coach = a_coach()
    known = a_case(coach, first_name="Ana", last_name="Exemple").beneficiary
    other = a_case(coach, first_name="Anna", last_name="Exempel")
    with pytest.raises(DomainError) as refusal:
        update_beneficiary(case=other, actor=coach, first_name="Ana", last_name="Exemple")
    assert isinstance(refusal.value, LooksKnown)
    assert refusal.value.people == [known]
    twin = update_beneficiary(case=other, actor=coach, first_name="Ana", last_name="Exemple", other_than=[known.pk])
    assert twin.full_name == known.full_name
    # Asked about once: another correction says nothing new of the two.
    assert update_beneficiary(case=other, actor=coach, birth_date=None).birth_date is None


def test_the_page_asks_and_keeps_the_answer(client):
    coach = a_coach()
    known = a_case(coach, first_name="Ana", last_name="Exemple").beneficiary
    other = a_case(coach, first_name="Anna", last_name="Exempel")
    client.force_login(coach)
    url = reverse("beneficiaries:person_edit", args=[other.pk])
    typed = {"first_name": "Ana", "last_name": "Exemple", "birth_date": "04/03/1985", "town": "Huy"}
    typed["next"] = reverse("beneficiaries:eligibility", args=[other.pk])
    asked = client.post(url, typed)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Est-ce la même personne" in page
    assert f'name="other_than" value="{known.pk}"' in page
    assert 'value="Huy"' in page
    assert f'name="next" value="{typed["next"]}"' in page
    assert client.post(url, {**typed, "other_than": str(known.pk)}).status_code == 302
    other.beneficiary.refresh_from_db()
    assert (other.beneficiary.full_name, other.beneficiary.town) == ("Ana Exemple", "Huy")


# --- how to reach them ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reach", [{"phone": "+32 475 12 34 56"}, {"email": "PERSONNE@exemple.test"}])
def test_reached_in_the_same_way(reach):
    coach = a_coach()
    a_case(
        coach,
        first_name="Exemple",
        last_name="Premier",
        phone="0475/12.34.56",
        email="personne@exemple.test",
        birth_date=BORN,
    )
    assert people_alike(actor=coach, first_name="Exempel", last_name="Premiere", birth_date=BORN, **reach)
    # A household shares a telephone.
    assert not people_alike(actor=coach, first_name="Exempel", last_name="Deux", birth_date=date(2001, 1, 1), **reach)


# --- the national number ----------------------------------------------------------------------------------------------


def test_a_former_number_still_finds_the_person():
    coach = a_coach()
    case = a_case(coach, niss=BIS)
    update_beneficiary(case=case, actor=coach, niss=NATIONAL)
    assert case_of_national_number(NATIONAL, coach) == case
    assert case_of_national_number(BIS, coach) == case
    with pytest.raises(DomainError):
        a_person(coach, niss=BIS)
    assert case_of_national_number(BIS, a_coach()) is None


def test_a_number_written_on_the_wrong_file_goes_to_who_carries_it():
    coach = a_coach()
    wrong, right = a_case(coach, niss=BIS), a_case(coach)
    update_beneficiary(case=wrong, actor=coach, niss=NATIONAL)
    with pytest.raises(LooksKnown) as refusal:
        update_beneficiary(case=right, actor=coach, niss=BIS)
    assert wrong.beneficiary.full_name in str(refusal.value)
    update_beneficiary(case=right, actor=coach, niss=BIS, other_than=[wrong.beneficiary_id])
    assert case_of_national_number(BIS, coach) == right


def test_a_number_that_is_erased_leaves_none_behind():
    coach = a_coach()
    case = a_case(coach, niss=BIS)
    update_beneficiary(case=case, actor=coach, niss=NATIONAL)
    update_beneficiary(case=case, actor=coach, niss="")
    assert case_of_national_number(BIS, coach) is None
    assert a_person(coach, niss=BIS)


# --- one name ---------------------------------------------------------------------------------------------------------


def test_one_name_is_enough(client):
    coach = a_coach()
    client.force_login(coach)
    typed = {"first_name": "", "last_name": "Mononyme", "opened_on": "aujourd'hui", "coach": coach.pk}
    client.post(reverse("beneficiaries:case_new"), typed)
    case = CoachingCase.objects.get()
    assert case.beneficiary.full_name == "Mononyme"
    assert case.beneficiary.initials == "M"
    assert str(case.beneficiary) == "Mononyme"
    assert people_alike(actor=coach, first_name="Mononyme", last_name="")


def test_signs_written_out_in_many_letters_are_kept():
    assert a_person(a_coach(), last_name="\ufdfa" * 80).search_key


# --- what somebody says at the telephone ------------------------------------------------------------------------------


@pytest.fixture
def marie():
    coach = a_coach()
    a_case(
        coach,
        first_name="Marie",
        last_name="Van den Berghe",
        other_names="Ancienne",
        birth_date=BORN,
        phone="0475/12.34.56",
        email="m@exemple.test",
    )
    a_case(coach, first_name="Paul", last_name="Autre", birth_date=date(1961, 5, 6), phone="0470 11 11 11")
    return coach


@pytest.mark.parametrize(
    "typed",
    [
        "Vandenberghe",
        "marie vandenberghe",
        "Berghe Marie",
        "0475123456",
        "0475/12.34.56",
        "+32475123456",
        "0032 475 12 34 56",
        "m@exemple.test",
        "M@Exemple.test",
        "04/03/1985",
        "4.3.85",
        "850304",
        "Ancienne",
    ],
)
def test_what_somebody_says_finds_their_file(marie, client, typed):
    assert labels(typed, marie) == ["Marie Van den Berghe"]
    client.force_login(marie)
    found = client.post(reverse("reporting:search"), {"q": typed}, follow=True).content.decode()
    assert "Van den Berghe" in strip_tags(found)
    answer = client.get(reverse("followup:case_list"), {"q": typed})
    reaches = typed.startswith(("0475", "+32", "0032")) or "@" in typed
    assert (answer.status_code == 302) is reaches
    if reaches:
        # A telephone or an e-mail stays in no address: the list takes it to the search.
        assert "Van den Berghe" in strip_tags(client.get(answer["Location"]).content.decode())
    else:
        # The list marks the family name, which it sorts by.
        assert [str(row.case.beneficiary) for row in answer.context["rows"]] == ["Van den Berghe Marie"]


@pytest.mark.parametrize(("born", "sex", "words"), [(BORN, "F", "née le"), (BORN, "M", "né le"), (BORN, "", "né·e le")])
def test_born_as_the_gender_is_known(born, sex, words):
    assert Beneficiary(first_name="A", last_name="B", birth_date=born, gender=sex).born_words == f"{words} 04/03/1985"


@pytest.mark.parametrize(
    ("first", "last", "letters"),
    [("Awa", "Exemple", "AE"), ("", "Mononyme", "M"), ("Éva", "’t Serclaes", "ÉT"), ("E\u0301va", "ßa", "ÉS")],
)
def test_initials(first, last, letters):
    assert Beneficiary(first_name=first, last_name=last).initials == letters


@pytest.mark.parametrize("page", ["followup:case_list", "followup:case_export"])
def test_namesakes_are_told_apart_by_the_birth_date(client, page):
    coach = a_coach()
    for born in (date(1990, 1, 1), date(1961, 5, 6)):
        a_case(coach, first_name="Jean", last_name="Exemple", birth_date=born)
    client.force_login(coach)
    words = client.get(reverse(page)).content.decode()
    assert "01/01/1990" in words
    assert "06/05/1961" in words


# --- a number against a date ------------------------------------------------------------------------------------------


def niss_of(digits: str, *, since_2000: bool = False) -> str:
    return f"{digits}{97 - int(('2' if since_2000 else '') + digits) % 97:02d}"


def test_a_number_that_tells_another_birth_is_asked_about_and_kept(client):
    coach = a_coach()
    client.force_login(coach)
    number = niss_of("900101001")
    typed = {"first_name": "Awa", "last_name": "Exemple", "opened_on": "aujourd'hui", "coach": coach.pk}
    typed |= {"birth_date": "4/3/1985", "niss": number}
    url = reverse("beneficiaries:case_new")
    asked = client.post(url, typed)
    assert asked.status_code == 422
    assert "Le numéro national dit 01/01/1990, la fiche dit 04/03/1985" in asked.content.decode()
    code = asked.context["form"].questions[0][1].code
    assert client.post(url, {**typed, ANSWERS: code}).status_code == 302
    person = Beneficiary.objects.get()
    assert (person.niss, person.birth_date) == (number, BORN)
    # What was said once is not asked again, until one of the two changes.
    edit = reverse("beneficiaries:person_edit", args=[person.cases.get().pk])
    known = {"first_name": "Awa", "last_name": "Exemple", "birth_date": "04/03/1985"}
    assert client.post(edit, {**known, "town": "Huy"}).status_code == 302
    assert client.post(edit, {**known, "birth_date": "05/03/1985"}).status_code == 422


@pytest.mark.parametrize(
    "number",
    [
        niss_of("850304001"),
        # Nothing is told by a day or a month of nought, or by a BIS number.
        niss_of("900001001"),
        niss_of("900100001"),
        niss_of("902101001"),
        niss_of("904101001"),
    ],
)
def test_a_number_that_tells_nothing_else_is_taken(client, number):
    coach = a_coach()
    client.force_login(coach)
    typed = {"last_name": "Exemple", "opened_on": "aujourd'hui", "coach": coach.pk}
    typed |= {"birth_date": "4/3/1985", "niss": number}
    assert client.post(reverse("beneficiaries:case_new"), typed).status_code == 302


def test_the_check_digits_say_the_century(client):
    coach = a_coach()
    client.force_login(coach)
    typed = {"last_name": "Exemple", "opened_on": "aujourd'hui", "coach": coach.pk}
    typed |= {"birth_date": "1/2/1903", "niss": niss_of("030201001", since_2000=True)}
    asked = client.post(reverse("beneficiaries:case_new"), typed)
    assert "dit 01/02/2003, la fiche dit 01/02/1903" in asked.content.decode()


# --- who was written down before --------------------------------------------------------------------------------------


def test_the_upgrade_fills_the_keys_and_rewrites_the_telephones():
    coach = a_coach()
    person = a_case(coach, first_name="Marie", last_name="Van den Berghe").beneficiary
    firm = a_company(coach, name="Exemple & Fils SPRL")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE beneficiaries_beneficiary SET known_as = '', phone = '0475/12.34.56'")
        cursor.execute("UPDATE employers_company SET name_key = '', phone = '081-22.33.44'")
    for name in ("beneficiaries.migrations.0007", "employers.migrations.0003"):
        for step in import_module(f"{name}_fill_keys_and_telephones").Migration.operations:
            step.code(apps, None)
    assert labels("vandenberghe", coach) == ["Marie Van den Berghe"]
    assert similar_companies(coach, "Exemple et Fils SRL") == [firm]
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM beneficiaries_beneficiary UNION SELECT phone FROM employers_company")
        assert sorted(cursor.fetchall()) == [("+32475123456",), ("+3281223344",)]
    person.refresh_from_db()
    assert person.phone == "0475 12 34 56"
