"""Every sentence of the source, read from the code and from the templates as gettext would extract it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation.template import templatize

from tests.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2]
# Which arguments of a function are sentences: (message), (singular, plural), (context, message)…
PLAIN = {"_", "_now", "_gettext", "gettext", "gettext_lazy", "gettext_noop", "say", "sentence", "label"}
COUNTED = {"ngettext", "ngettext_lazy", "say_counted"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
SAID = PLAIN | COUNTED | IN_CONTEXT
# Rooms whose sentences nobody reads in another language: invented people.
LEFT_OUT = {"demo"}


@dataclass(frozen=True)
class Sentence:
    """A sentence of the source, with its plural and its context when it has them."""

    text: str
    plural: str | None = None
    context: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        """What a catalogue finds it by."""
        return self.context, self.text


def modules() -> Iterator[Path]:
    """The modules that say something, migrations aside: what they say is said by the models."""
    for room in ROOMS:
        if room in LEFT_OUT:
            continue
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def templates() -> Iterator[Path]:
    """Every template: pages, papers, mails."""
    yield from sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt", ".svg"})


def _read(node: ast.Call) -> Sentence | None:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    words = [one.value if isinstance(one, ast.Constant) and isinstance(one.value, str) else None for one in node.args]
    if name in PLAIN and words and words[0]:
        return Sentence(words[0])
    if name in COUNTED and len(words) > 1 and words[0]:
        return Sentence(words[0], plural=words[1])
    if name in IN_CONTEXT and len(words) > 1 and words[1]:
        return Sentence(words[1], context=words[0])
    return None


def _of_a_list(node: ast.ClassDef) -> Iterator[Sentence]:
    """The words of a closed list of the rules: the second half of each member."""
    if any(isinstance(base, ast.Name) and base.id == "ClosedList" for base in node.bases):
        for line in node.body:
            if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple) and len(line.value.elts) > 1:
                words = line.value.elts[1]
                if isinstance(words, ast.Constant) and isinstance(words.value, str) and words.value:
                    yield Sentence(words.value)


def _in_module(text: str) -> Iterator[Sentence]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            yield from _of_a_list(node)
        if isinstance(node, ast.Call) and (found := _read(node)):
            yield found


_CALL = re.compile(r"\b(?:_|gettext|ngettext|pgettext|npgettext)\((?:u?'|u?\"|u?\"\"\")")


def _in_template(text: str) -> Iterator[Sentence]:
    """Django's own reading of a template: a text in which each sentence is a call of gettext."""
    said = templatize(text)
    for found in _CALL.finditer(said):
        for end in (match.end() for match in re.finditer(r"\)", said[found.start() :])):
            try:
                node = ast.parse(said[found.start() : found.start() + end], mode="eval").body
            except SyntaxError:
                continue
            if isinstance(node, ast.Call) and (sentence := _read(node)):
                yield sentence
            break


@cache
def sentences() -> dict[tuple[str | None, str], Sentence]:
    """Every sentence by its key; one that is counted somewhere is kept with its plural."""
    found: dict[tuple[str | None, str], Sentence] = {}
    for paths, reader in ((modules(), _in_module), (templates(), _in_template)):
        for path in paths:
            for sentence in reader(path.read_text()):
                if sentence.key not in found or sentence.plural:
                    found[sentence.key] = sentence
    return found
