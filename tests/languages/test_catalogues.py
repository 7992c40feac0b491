"""Dutch and German say each sentence of the source, with the same values, and nothing waits in a template unwrapped."""

import re

import pytest
from babel.messages.catalog import Message

from tests.languages.sentences import ROOT, sentences, templates
from tests.languages.update import LANGUAGES, catalogue_of

VALUE = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}|</?[a-z][^>]*>")
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?{%\s*endcomment\s*%}|<!--.*?-->", re.DOTALL)
WRAPPED = re.compile(r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}", re.DOTALL)
CODE = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
# What is no sentence: the product's name, and what a template writes outside of what is shown.
NO_SENTENCE = re.compile(r"\?voir=\w+|Ancrage|&\w+;|–|fr|class=\"\w+\"|(?:page|case|cl)-\w+")


@pytest.fixture(scope="module", params=LANGUAGES)
def catalogue(request: pytest.FixtureRequest):
    """The catalogue of a language."""
    return catalogue_of(request.param)


def forms(message: Message) -> tuple[tuple[str, str], ...]:
    """Each form of a message beside its translation."""
    if isinstance(message.id, str):
        return ((message.id, str(message.string)),)
    return tuple(zip(message.id, message.string, strict=True))


def test_each_sentence_is_said_and_none_that_is_no_longer_there(catalogue) -> None:
    """`python -m tests.languages.update` brings a catalogue up to the source."""
    said = {(message.context, message.id if isinstance(message.id, str) else message.id[0]) for message in catalogue}
    said.discard((None, ""))
    assert {key for key in sentences() if key not in said} == set()
    assert {key for key in said if key not in sentences()} == set()
    untold = [message.id for message in catalogue if message.id and not all(text for _, text in forms(message))]
    assert untold == []
    assert not catalogue.obsolete


def test_none_is_a_guess(catalogue) -> None:
    assert [message.id for message in catalogue if message.fuzzy] == []


def test_values_are_those_of_the_source(catalogue) -> None:
    """A form of a number may leave out what another form of the source holds; it invents nothing."""
    wrong = []
    for message in catalogue:
        if not message.id:
            continue
        every = {value for source, _ in forms(message) for value in VALUE.findall(source)}
        for place, (source, text) in enumerate(forms(message)):
            wanted, found = set(VALUE.findall(source)), set(VALUE.findall(text))
            if not (found <= every and (wanted <= found or (place == 0 and not isinstance(message.id, str)))):
                wrong.append((source, text))
    assert wrong == []


def test_a_counted_sentence_has_its_forms(catalogue) -> None:
    counted = {sentence.text for sentence in sentences().values() if sentence.plural}
    assert {message.id[0] for message in catalogue if message.id and not isinstance(message.id, str)} == counted


@pytest.mark.parametrize("path", [*templates()], ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_no_sentence_of_a_template_is_unwrapped(path) -> None:
    text = CODE.sub("", WRAPPED.sub("", COMMENT.sub("", path.read_text())))
    shown = re.sub(r"<[^>]*>", "\n", re.sub(r"{%.*?%}|{{.*?}}", "\n", text, flags=re.DOTALL))
    pieces = [NO_SENTENCE.sub("", line).strip() for line in shown.split("\n")]
    assert [piece for piece in pieces if re.search(r"[^\W\d_]{2}", piece)] == []
