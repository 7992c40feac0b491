"""docs/glossary.md gives the Dutch and the German word of each thing of the trade; the catalogues say no other."""

import re

import pytest

from tests.languages.sentences import ROOT
from tests.languages.update import catalogue_of

ROW = re.compile(r"^\| ([^|`]+) \| ([^|`]+) \| ([^|`]+) \|$", re.MULTILINE)
#: of the sentences in which the French word stands, so many at least have the word of the table in them
MOSTLY = 0.65
#: words that French alone has in two senses or in two numbers: nobody, several appointments
TWO_SENSES = {"personne", "rendez-vous"}


def three_words() -> list[tuple[str, str, str]]:
    """The table, row by row."""
    text = (ROOT / "docs/glossary.md").read_text()
    table = text[text.index("## The three words") : text.index("## How sentences are made")]
    return [row for row in ROW.findall(table) if not row[0].startswith(("Français", "---"))]


def _first(words: str | tuple[str, ...]) -> str:
    return words if isinstance(words, str) else words[0]


def told(language: str) -> list[tuple[str, str]]:
    """Each French sentence with what is said for it; of those that are counted, the first form."""
    return [(_first(message.id), _first(message.string)) for message in catalogue_of(language) if message.id]


def stem(words: str) -> str:
    """What of a word stays when a sentence bends it: its longest part, without the end; an accent may come and go."""
    longest = max(re.split(r"[\s’-]", words.lower()), key=len)
    return re.sub(r"[äöüë]", ".", longest[: max(4, len(longest) - 3)])


def test_the_table_is_read() -> None:
    rows = three_words()
    assert len(rows) > 50
    assert ("dossier", "dossier", "Akte") in rows
    assert len({french for french, _nl, _de in rows}) == len(rows)


@pytest.mark.parametrize(("language", "column"), [("nl", 1), ("de", 2)])
def test_a_word_alone_is_said_as_the_table_says_it(language: str, column: int) -> None:
    said: dict[str, set[str]] = {}
    for french, words in told(language):
        said.setdefault(french.lower(), set()).add(words.lower())
    wrong = {}
    for row in three_words():
        found, wanted = said.get(row[0].lower(), set()), row[column].lower()
        if wanted not in found or (len(found) > 1 and row[0] not in TWO_SENSES):
            wrong[row[0]] = found
    assert wrong == {}


@pytest.mark.parametrize(("language", "column"), [("nl", 1), ("de", 2)])
def test_sentences_mostly_use_the_word_of_the_table(language: str, column: int) -> None:
    sentences, rare = told(language), {}
    for row in three_words():
        word = re.compile(rf"(?<![\w-]){re.escape(row[0])}s?(?![\w-])", re.IGNORECASE)
        held = [words for french, words in sentences if word.search(french)]
        share = sum(bool(re.search(stem(row[column]), words.lower())) for words in held) / len(held)
        if share < MOSTLY:
            rare[row[0]] = round(share, 2)
    assert rare == {}
