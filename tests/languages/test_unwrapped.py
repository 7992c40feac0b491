"""No sentence of the code waits unwrapped: what is French goes through gettext, or stands in a list of why not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.languages.sentences import ROOT, SAID, modules

# Letters that English does not have, words that it does not, an elision: enough of French in a text of several words.
_ACCENT = re.compile(r"[àâçéèêëîïôœùûÀÂÇÉÈÊËÎÏÔŒÙÛ«»]")
_WORD = re.compile(
    r"(?<![\w’'-])(?:le|la|les|de|du|des|un|une|est|sont|pas|pour|dans|avec|sans|sur|par|au|aux|et|ou|qui|que|cette"
    r"|jours?|mois|depuis|aucune?|vous|votre|vos|il|elle)(?![\w-])|\b[ldnsjqcm]’\w",
    re.IGNORECASE,
)
# Patterns and addresses are no sentences.
_NOT_SAID = {"compile", "path", "re_path", "register_converter"}

# What is French for a reason, by file.
REPORTS = "what a report says: it speaks the language of the authority that it goes to (tables/engine/registry.py)"
EXAMPLES = "an invented person: what stands for the fields of a text, and the text is written in one language"
ITS_OWN = "a language is called by its own name"
SPELLING = "letters of French names, for « de » and « d’ »"
ADMIN = "the name of an application, which no page shows"
FRENCH_FOR_A_REASON = {
    "accounts/apps.py": ADMIN,
    "privacy/apps.py": ADMIN,
    "config/settings/base.py": ITS_OWN,
    "foundation/formatting.py": SPELLING,
    "documents/paper/build.py": EXAMPLES,
    "documents/paper/catalogue.py": EXAMPLES,
    "documents/services/documents.py": "the name of a trace in the log of accesses to secrets",
    "esf/rules/indicators.py": REPORTS,
    "esf/reports/report.py": REPORTS,
    "inspection/file/document.py": REPORTS,
    "inspection/report.py": REPORTS,
    "reporting/activity/insertion_figures.py": REPORTS,
    "reporting/activity/report.py": REPORTS,
    "reporting/trajectories/__init__.py": REPORTS,
    "tables/engine/scope.py": REPORTS,
    "tables/renderers/xlsx.py": REPORTS,
    "timesheets/reports/hours.py": REPORTS,
    "timesheets/reports/sheet.py": REPORTS,
}


def _set_aside(tree: ast.Module) -> set[int]:
    """Docstrings, what is wrapped, closed lists of the rules, patterns: the nodes that are not judged."""
    aside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            aside.add(id(node.value))
        elif isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in SAID or name in _NOT_SAID:
                aside.update(id(part) for argument in node.args for part in ast.walk(argument))
        elif isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "ClosedList" for base in node.bases):
            aside.update(id(part) for line in node.body if isinstance(line, ast.Assign) for part in ast.walk(line))
    return aside


def french_in(text: str) -> Iterator[tuple[int, str]]:
    """The French texts of a module that nothing translates, each with its line."""
    tree = ast.parse(text)
    aside = _set_aside(tree)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)) or id(node) in aside:
            continue
        words = node.value.strip()
        if len(words) < 3:
            continue
        if _ACCENT.search(words) or (re.search(r"\s", words) and _WORD.search(words)):
            yield node.lineno, words


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('x = "Le dossier est clos."', True),
        ('x = f"depuis le {d}"', True),
        ('x = "Résultat"', True),
        ('x = _("Le dossier est clos.")', False),
        ('x = say("depuis le %(d)s", d=1)', False),
        ('def f():\n    """Dit « non »."""', False),
        ('class A(ClosedList):\n    B = "B", "refusé"', False),
        ('raise ValueError("a period cannot end before it starts")', False),
        ('x = "date-de-fin"', False),
    ],
)
def test_what_is_looked_for_is_found(code: str, found: bool) -> None:
    assert bool([*french_in(code)]) is found


def test_no_sentence_of_the_code_is_unwrapped() -> None:
    """Wrap it (`_`, `say`, `sentence`, `label`), or say above why it stays French."""
    wrong, needed = [], set()
    for path in modules():
        where = path.relative_to(ROOT).as_posix()
        # What whoever keeps the installation types and reads in a terminal, and the words of addresses.
        if "management" in path.parts or path.name == "urls.py":
            continue
        for line, words in french_in(path.read_text()):
            needed.add(where)
            if where not in FRENCH_FOR_A_REASON:
                wrong.append(f"{where}:{line}: {words[:90]}")
    assert wrong == []
    assert set(FRENCH_FOR_A_REASON) - needed == set(), "nothing French is left there: take it out of the list"
