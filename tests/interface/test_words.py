"""What is said on the screen keeps to docs/glossary.md: the words that it sets aside are in no sentence."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2]
SAID = {"_", "_now", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
IN_TEMPLATE = re.compile(
    r"{%\s*translate\s+(?:\"([^\"]*)\"|'([^']*)')|{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate", re.DOTALL
)
# A word that the sentence needs in another sense.
MEANT = {"obstacle": ("obstacle à",)}


def set_aside() -> list[str]:
    """The last column of the glossary, word by word."""
    rows = re.findall(r"^\| [^|]+ \| `[^|]+ \| ([^|]*)\|$", (ROOT / "docs/glossary.md").read_text(), re.MULTILINE)
    return [word.strip() for row in rows for word in row.split(",") if word.strip()]


def said_by_code() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAID:
                    for argument in node.args:
                        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                            yield path.relative_to(ROOT).as_posix(), argument.value


def said_by_templates() -> Iterator[tuple[str, str]]:
    for path in (ROOT / "templates").rglob("*.html"):
        for found in IN_TEMPLATE.findall(path.read_text()):
            yield path.relative_to(ROOT).as_posix(), " ".join(found)


def test_the_glossary_sets_words_aside() -> None:
    assert {"courriel", "issue", "engagement"} <= set(set_aside())


@pytest.mark.parametrize("source", [said_by_code, said_by_templates], ids=["code", "templates"])
def test_no_sentence_holds_a_word_that_was_set_aside(source) -> None:  # type: ignore[no-untyped-def]
    words = re.compile(r"(?<!e-)\b(" + "|".join(map(re.escape, set_aside())) + r")s?\b", re.IGNORECASE)
    sentences = list(source())
    assert len(sentences) > 500, "the sentences are read"
    wrong = [
        (where, found.group(), sentence)
        for where, sentence in sentences
        for found in words.finditer(re.sub(r"{[{%].*?[}%]}|%\(\w+\)s", "", sentence))
        if not any(meant in sentence for meant in MEANT.get(found.group().lower(), ()))
    ]
    assert not wrong, "\n".join(f"{where}: « {word} » in « {sentence} »" for where, word, sentence in wrong)


# What stands after « de » and begins as it likes: `of_name`, or the filter `of`, elides before it.
ELIDED = re.compile(
    r"\bde (?:%\(|{{ ?)(?:name|person|coach|who|author|absent|main|other|company|firm|month)\b", re.IGNORECASE
)


@pytest.mark.once
@pytest.mark.parametrize("source", [said_by_code, said_by_templates], ids=["code", "templates"])
def test_a_name_after_de_goes_through_the_elision(source) -> None:  # type: ignore[no-untyped-def]
    """« feuille de août », « note confidentielle de Anne » were read."""
    wrong = [f"{where}: « {sentence} »" for where, sentence in source() if ELIDED.search(sentence)]
    assert not wrong, "\n".join(wrong)
