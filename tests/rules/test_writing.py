"""What is kept of what was typed, phrases of one's own, what a contact lacks, what a late draft adds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.rules.writing import LONGEST_PHRASE, MOST_PHRASES, adds_to, fault_of, missing_answers, phrases_in
from foundation.rules.typed_words import MOST_CHARACTERS, may_be_kept, texts_of, words_of

WORDS = "Elle a trouvé une garde pour le petit."


@given(st.dictionaries(st.text(max_size=20), st.lists(st.text(max_size=50), max_size=3), max_size=5))
def test_what_is_kept_was_sent_and_is_no_secret(sent: dict[str, list[str]]) -> None:
    kept = words_of(sent | {"old_password": ["x"], "csrfmiddlewaretoken": ["y"]})
    assert kept.items() <= sent.items()
    assert not any("password" in name.lower() for name in kept)


@pytest.mark.parametrize(
    ("name", "kept"), [("account_login", False), ("mfa_authenticate", False), ("account_change_password", False)]
)
def test_no_page_of_secrets_keeps_anything(name: str, kept: bool) -> None:
    assert may_be_kept(name) is kept
    assert may_be_kept("contact_create")


def test_up_to_the_bound_and_not_beyond() -> None:
    assert words_of({"a": ["x" * (MOST_CHARACTERS - 1)]})
    assert not words_of({"a": ["x" * MOST_CHARACTERS]})


def test_sentences_are_shown_and_answers_are_not() -> None:
    assert texts_of({"summary": [f" {WORDS} "], "channel": ["IN_PERSON_TOGETHER"], "n": ["4 5"]}) == [WORDS]


@given(st.text(max_size=300))
def test_phrases_are_lines_each_once_and_read_again_the_same(typed: str) -> None:
    phrases = phrases_in(typed)
    assert len(phrases) == len(set(phrases))
    assert all(phrase == " ".join(phrase.split()) != "" for phrase in phrases)
    assert phrases_in("\n".join(phrases)) == phrases


@pytest.mark.parametrize(
    ("phrases", "fault"),
    [
        ([], None),
        (["x"] * MOST_PHRASES, None),
        (["x"] * (MOST_PHRASES + 1), "too_many"),
        (["x" * LONGEST_PHRASE], None),
        (["x" * (LONGEST_PHRASE + 1)], "too_long"),
    ],
)
def test_a_list_of_phrases_has_bounds(phrases: list[str], fault: str | None) -> None:
    assert fault_of(phrases) == fault


@pytest.mark.parametrize(
    ("typed", "recorded", "more"),
    [
        (WORDS, WORDS, False),
        ("Elle a trouvé", WORDS, False),
        ("", WORDS, False),
        (f"{WORDS} Demain.", WORDS, True),
        ("Autre chose", WORDS, True),
        ("x", "", True),
    ],
)
def test_a_late_draft_says_more_or_it_does_not(typed: str, recorded: str, more: bool) -> None:
    assert adds_to(typed, recorded) is more


@given(st.booleans(), st.integers(-1, 5), st.sampled_from(["", " ", "x"]), st.booleans(), st.booleans())
def test_an_absence_says_neither_how_long_nor_what_about(held, minutes, summary, with_employer, has_firm) -> None:
    missing = missing_answers(
        held=held, minutes=minutes, summary=summary, with_employer=with_employer, has_firm=has_firm
    )
    assert ("no_duration" in missing) == (held and minutes <= 0)
    assert ("no_content" in missing) == (held and not summary.strip())
    assert ("no_company" in missing) == (with_employer and not has_firm)


def test_a_button_alone_is_no_word():
    assert not words_of({"next": ["/ma-journee/"], "submission_id": ["x"], "page": ["y"]})
    assert words_of({"next": ["/"], "on": ["3/3/2025"]})
