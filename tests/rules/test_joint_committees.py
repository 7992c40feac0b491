"""Joint committees: the form of a number, and names that lead to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.rules.joint_committees import (
    JOINT_COMMITTEES,
    committee_number,
    committee_words,
    committees_named,
    is_joint_committee,
)


@pytest.mark.parametrize(
    ("number", "known"),
    [
        ("322", True),
        ("322.01", True),
        ("099", False),
        ("400", False),
        ("32", False),
        ("322.1", False),
        ("322.011", False),
        ("322,01", False),
        ("3220", False),
        ("", False),
        ("CP 322", False),
        ("٣٢٢", False),
    ],
)
def test_the_form_of_a_number(number, known):
    assert is_joint_committee(number) is known


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("", ""),
        ("  ", ""),
        ("322.01", "322.01"),
        (" 322,01 ", "322.01"),
        ("322-01", "322.01"),
        ("32201", "322.01"),
        ("CP 322.01", "322.01"),
        ("SCP 140.03", "140.03"),
        ("322.01 – Titres-services", "322.01"),
        ("121 – Nettoyage", "121"),
        ("titres services", "322.01"),
        ("NETTOYAGE", "121"),
        ("interimaire", "322"),
        # Not in the list: as good.
        ("326", "326"),
        ("326.07", "326.07"),
    ],
)
def test_what_people_type(typed, number):
    assert committee_number(typed) == number


@pytest.mark.parametrize("typed", ["employés", "alimentaire", "n’importe quoi", "999", "12", "322.1", "3220123"])
def test_what_says_no_number_is_refused(typed):
    with pytest.raises(ValueError, match="number"):
        committee_number(typed)


def test_words_of_several_names_find_them_all():
    assert committees_named("mots inconnus") == ()
    assert {"118", "119", "202", "220"} <= set(committees_named("alimentaire"))


def test_the_list_holds_the_commonest_each_with_its_own_name():
    assert len(JOINT_COMMITTEES) >= 60
    assert len(set(JOINT_COMMITTEES.values())) == len(JOINT_COMMITTEES)
    assert list(JOINT_COMMITTEES) == sorted(JOINT_COMMITTEES)
    for number, name in JOINT_COMMITTEES.items():
        assert is_joint_committee(number)
        assert committee_number(committee_words(number)) == committee_number(name) == number


@given(st.text(max_size=30))
def test_whatever_is_typed_gives_a_number_or_a_refusal(typed):
    try:
        number = committee_number(typed)
    except ValueError:
        return
    assert number == "" or is_joint_committee(number)
