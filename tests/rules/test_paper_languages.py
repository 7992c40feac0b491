"""In which language a paper speaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.rules.languages import FRENCH, LANGUAGES, code_of, language_of_text, shared_language, tag_of

DUTCH, GERMAN = "nl-be", "de-be"
languages = st.sampled_from(LANGUAGES)


@pytest.mark.parametrize(
    ("signing", "expected"),
    [
        ([], FRENCH),
        ([DUTCH], DUTCH),
        ([DUTCH, DUTCH], DUTCH),
        ([DUTCH, GERMAN], FRENCH),
        ([DUTCH, FRENCH], FRENCH),
        ([FRENCH, FRENCH], FRENCH),
    ],
)
def test_who_all_share_a_language_sign_in_it(signing, expected) -> None:
    assert shared_language(signing) == expected


@pytest.mark.parametrize(
    ("wanted", "is_rewritten", "has_own_french", "expected"),
    [
        (DUTCH, False, False, DUTCH),
        (DUTCH, True, False, DUTCH),
        (DUTCH, True, True, DUTCH),
        # Its own terms are in French only: the text of origin would drop them without a word.
        (DUTCH, False, True, FRENCH),
        (FRENCH, False, False, FRENCH),
        (FRENCH, True, True, FRENCH),
    ],
)
def test_a_text_of_ones_own_is_never_dropped_for_that_of_origin(wanted, is_rewritten, has_own_french, expected) -> None:
    assert language_of_text(wanted, is_rewritten=is_rewritten, has_own_french=has_own_french) == expected


@given(wanted=languages, is_rewritten=st.booleans(), has_own_french=st.booleans())
def test_a_paper_speaks_what_was_asked_or_french(wanted, is_rewritten, has_own_french) -> None:
    spoken = language_of_text(wanted, is_rewritten=is_rewritten, has_own_french=has_own_french)
    assert spoken in (wanted, FRENCH)
    assert spoken == wanted or has_own_french


@given(st.lists(languages))
def test_nobody_signs_alone_in_the_language_of_another(signing) -> None:
    spoken = shared_language(signing)
    assert spoken == FRENCH or set(signing) == {spoken}


@pytest.mark.parametrize(("code", "tag"), [("fr-be", "fr-BE"), ("de-be", "de-BE"), ("nl", "nl")])
def test_a_code_is_stated_as_documents_state_it(code, tag) -> None:
    assert tag_of(code) == tag
    assert code_of(tag) == code
