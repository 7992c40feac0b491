"""Under which keys people and firms are found, and what a national number tells."""

from datetime import date

import pytest

from beneficiaries.rules.names import compact, known_as, name_keys, said_names, whole, with_former
from beneficiaries.rules.national_number import birth_told
from employers.rules.names import firm_key


@pytest.mark.parametrize("said", ["Van den Berghe", "vandenberghe", "VAN-DEN-BERGHE", "Vàn den Bérghe"])
def test_a_name_is_one_key_however_it_is_spelt(said):
    assert compact(said) == "vandenberghe"


def test_a_person_is_known_in_either_order_and_under_each_other_name():
    keys = name_keys("Marie", "Van den Berghe", "Exemple, Marie Autre")
    assert keys == [
        *("vandenberghemarie", "marievandenberghe", "exemplemarie", "marieexemple"),
        *("marieautremarie", "mariemarieautre", "marieautre"),
    ]
    assert known_as("Marie", "Van den Berghe") == "|vandenberghemarie|marievandenberghe|"
    assert whole("marievandenberghe") in known_as("Marie", "Van den Berghe")


def test_one_name_alone_is_one_key_and_none_is_none():
    assert name_keys("", "Exemple") == ["exemple"]
    assert known_as("", "") == ""


def test_other_names_are_written_between_commas():
    assert said_names(" Exemple ,, Autre; Encore") == ["Exemple", "Autre", "Encore"]


@pytest.mark.parametrize(
    ("former", "present", "kept"),
    [
        (("Marie", "Exemple"), ("Marie", "Nouvelle"), "Exemple"),
        (("Marie", "Exemple"), ("Maria", "Exemple"), "Exemple Marie"),
        (("Marie", "Éxemple"), ("Marie", "Exemple"), ""),
        (("", "Exemple"), ("Marie", "Exemple"), ""),
    ],
)
def test_a_name_that_changes_stays_among_the_others(former, present, kept):
    assert with_former("", former, present, 300) == kept


def test_the_oldest_of_other_names_go_when_there_is_no_more_room():
    assert with_former("Ancienne, Autre", ("Marie", "Exemple"), ("Marie", "Nouvelle"), 14) == "Autre, Exemple"
    assert with_former("Ancienne, Autre", ("Marie", "Exemple"), ("Marie", "Nouvelle"), 13) == "Exemple"


# Invented numbers: 97 minus what nine digits leave, with a 2 before them from the year 2000 on.
@pytest.mark.parametrize(
    ("controlled", "this_century", "born"),
    [
        (850304001, False, date(1985, 3, 4)),
        (50304001, True, date(2005, 3, 4)),
        (50304001, False, date(1905, 3, 4)),
        (852304001, False, None),
        (850004001, False, None),
    ],
)
def test_a_number_tells_a_birth_when_it_holds_one(controlled, this_century, born):
    check = 97 - ((2_000_000_000 if this_century else 0) + controlled) % 97
    assert birth_told(f"{controlled:09d}{check:02d}") == born


@pytest.mark.parametrize("wrong", ["", "8503040012", "850304001ab", "8503040011234"])
def test_what_is_no_number_tells_nothing(wrong):
    assert birth_told(wrong) is None


@pytest.mark.parametrize(
    "said", ["Exemple & Fils SPRL", "exemple et fils srl", "EXEMPLE EN FILS B.V.B.A.", "Exemple & Fils"]
)
def test_a_firm_is_one_under_any_of_its_legal_forms(said):
    assert firm_key(said) == "exemplefils"


def test_a_firm_whose_name_is_nothing_else_keeps_it():
    assert firm_key("S.A.") == "sa"
