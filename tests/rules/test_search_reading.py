"""What is typed in the search field, read as people write it; where a name answers it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.rules.national_number import check_digits_hold
from foundation.rules.text import search_key
from reporting.search.rules import Reading, excerpt, parts_of, read

pytestmark = pytest.mark.once

ON = date(2025, 3, 3)
BORN = date(1985, 7, 30)


def number(controlled: int, *, this_century: bool = False) -> str:
    """Eleven digits whose check holds."""
    check = 97 - (controlled + (2_000_000_000 if this_century else 0)) % 97
    return f"{controlled:09}{check:02}"


VALID = number(850730033)


@pytest.mark.parametrize(
    "typed",
    [
        VALID,
        f"{VALID[:2]}.{VALID[2:4]}.{VALID[4:6]}-{VALID[6:9]}.{VALID[9:]}",
        f"{VALID[:2]}/{VALID[2:4]}/{VALID[4:6]} {VALID[6:9]}-{VALID[9:]}",
        f"  NISS : {VALID[:6]} {VALID[6:9]} {VALID[9:]} ",
        f"n° national {VALID[:6]}-{VALID[6:]}",
        f"Exemple {VALID[:6]}\u2013{VALID[6:9]}\u00a0{VALID[9:]}",
        f"({VALID[:6]}) {VALID[6:]}",
    ],
)
def test_a_national_number_is_read_however_it_is_written(typed):
    assert read(typed, ON) == Reading(national_number=VALID)
    assert not read(typed, ON).is_wrong_number


def test_eleven_digits_that_nobody_carries_are_a_wrong_number_and_nothing_else():
    wrong = f"{VALID[:9]}{(int(VALID[9:]) % 97) + 1:02}"
    assert read(wrong, ON) == Reading(national_number=wrong)
    assert read(wrong, ON).is_wrong_number


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("+32470123456", "+32470123456"),
        ("+32 470 12 34 56", "+32470123456"),
        ("+32 (0)470 12.34.56", "+32470123456"),
        ("0032 470 12 34 56", "+32470123456"),
        ("32470123456", "+32470123456"),
        ("0470/12.34.56", "0470123456"),
        ("081 12 34 56", "081123456"),
        ("gsm: 0470 12 34 56", "0470123456"),
        ("+33 6 12 34 56 78", "+33612345678"),
    ],
)
def test_a_telephone_is_no_national_number(typed, phone):
    assert read(typed, ON).phone == phone
    assert not read(typed, ON).national_number


@pytest.mark.parametrize("typed", ["0403.019.261", "BE 0403.019.261", "be0403019261", "403.019.261", "TVA 0403019261"])
def test_an_enterprise_number(typed):
    assert read(typed, ON).enterprise == "0403019261"


def test_check_digits_tell_an_enterprise_from_a_telephone():
    assert read("0470 12 34 56", ON).enterprise == ""
    # A mobile number whose last two digits happen to be a check is both.
    both = f"04701234{97 - 4701234 % 97:02}"
    assert read(both, ON) == Reading(phone=both, enterprise=both)


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("30/07/1985", BORN),
        ("30.7.85", BORN),
        ("30 07 1985", BORN),
        ("1985-07-30", BORN),
        ("850730", BORN),
        ("85.07.30", BORN),
        ("85/07/30", BORN),
        ("30071985", BORN),
        ("19850730", BORN),
        ("300785", BORN),
        ("30 juillet 1985", BORN),
        ("1er août 1985", date(1985, 8, 1)),
        ("85.07.30-03", BORN),
        ("85/07/30 033", BORN),
        ("010203", date(2001, 2, 3)),
    ],
)
def test_a_birth_date_in_the_usual_spellings(typed, born):
    assert read(typed, ON).born[0] == born


def test_a_day_that_may_be_read_in_two_orders_is_both():
    assert read("04.03.05", ON).born == (date(2005, 3, 4), date(2004, 3, 5))


@pytest.mark.parametrize("typed", ["31/02/1985", "30/07/2085", "99.99.99", "2024", "Dupont 3"])
def test_what_is_no_day_is_words(typed):
    assert read(typed, ON) == Reading(words=tuple(search_key(typed).split()))


def test_words_and_addresses():
    assert read(" D’Hœur  Éloïse ", ON).words == ("d", "hoeur", "eloise")
    assert read("Marie@Exemple.test", ON) == Reading(email="Marie@Exemple.test")
    assert not read("", ON).asks
    assert not read("a", ON).asks
    assert read("a b", ON).asks
    assert not read("…!", ON).asks


@pytest.mark.parametrize("niss", ["", "8507300332", f"{VALID}1", "85073003a28"])
def test_what_is_no_number_has_no_check(niss):
    assert not check_digits_hold(niss)


SEPARATORS = st.sampled_from(["", " ", ".", "-", "/", " - ", "\u00a0", "\u2011", "_"])


@given(
    st.integers(0, 999_999_999),
    st.booleans(),
    st.lists(SEPARATORS, min_size=10, max_size=10),
    st.sampled_from(["", "NISS ", "Exemple, ", "né "]),
)
def test_no_spelling_of_a_national_number_is_anything_else(controlled, this_century, between, before):
    valid = number(controlled, this_century=this_century)
    typed = before + valid[0] + "".join(sign + digit for sign, digit in zip(between, valid[1:], strict=True))
    assert read(typed, ON) == Reading(national_number=valid)


@given(st.text())
def test_whatever_is_typed_is_read(typed):
    reading = read(typed, ON)
    assert not (reading.words and reading.identifies)


def marked(text, *words):
    return "".join(f"[{part.text}]" if part.found else part.text for part in parts_of(text, words))


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Dylan Écaussart", ("ecau",), "Dylan [Écau]ssart"),
        ("Van den Berghe", ("vandenb",), "[Van den B]erghe"),
        ("D’Hœur Éloïse", ("hoeur", "elo"), "D’[Hœur] [Élo]ïse"),
        ("E\u0301caussart", ("ecau",), "[E\u0301cau]ssart"),
        ("Anne", ("a", "zz"), "Anne"),
        ("Nana", ("na",), "[Nana]"),
    ],
)
def test_a_name_is_marked_where_it_answers(text, words, shown):
    assert marked(text, *words) == shown


@given(st.text(), st.lists(st.text(max_size=5), max_size=3))
def test_the_parts_make_up_the_text(text, words):
    assert "".join(part.text for part in parts_of(text, [search_key(word) for word in words])) == text


def test_an_excerpt_stands_around_the_word():
    text = "mot " * 60 + "Éclusière " + "autre " * 60
    cut = excerpt(text, ("eclusiere",), 60)
    assert cut.startswith("… mot")
    assert "Éclusière" in cut
    assert cut.endswith("autre …")
    assert len(cut) <= 64
    assert excerpt("court  texte", ("zz",)) == "court texte"


@given(st.text(alphabet="ab é\n", max_size=300), st.sampled_from(["ab", "e", "zz"]), st.integers(10, 60))
def test_an_excerpt_is_part_of_the_text(text, word, length):
    cut = excerpt(text, (word,), length)
    assert cut.removeprefix("… ").removesuffix(" …") in " ".join(text.split())
    assert len(cut) <= length + 4
