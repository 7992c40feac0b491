"""No French sentence is shown to whoever reads Dutch or German: every page of the matrix, and what refuses there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

import pytest
from django.apps import apps
from django.db import models

from accounts.models import User
from tests.languages.sentences import sentences
from tests.languages.update import catalogue_of
from tests.matrix.table import LINES, MAY, Line, Who, Whose
from tests.matrix.test_matrix import World, answer

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("frozen", "refusals_are_expected")]

# Pages that show what is French for a reason: a report goes to an authority, a paper is written in its own language, a
# check is frozen in the language of the source.
FRENCH_THERE = re.compile(
    r"^(?:reporting:(?:report|figure|run\w*|request\w*)|documents:\w+|beneficiaries:eligibility_frozen|inspection:\w+"
    r"|esf:layout\w*|esf:column\w*|timesheets:sheet_file)$"
)
# Words that no other language of the three has; accents and elisions besides.
_ONLY_FRENCH = {
    "nl": r"le|les|du|des|une|est|sont|pas|pour|avec|sans|sur|par|au|aux|et|ou|qui|que|cette|jours?|mois|ans|personnes?"
    r"|heures?|semaines?|aucune?|oui|non|depuis|avant|chez|un|votre|vos|elle",
    "de": r"le|les|du|une|est|sont|pas|pour|avec|sans|sur|par|au|aux|et|ou|qui|que|cette|jours?|mois|ans|heures?"
    r"|semaines?|aucune?|oui|non|depuis|avant|chez|un|votre|vos|elle",
}
_ELISION = r"\b[ldnsjqcm]’[a-zéêèœ]"
_ASIDE = re.compile(r"<(script|style|svg|template|textarea|datalist)\b.*?</\1>", re.DOTALL)
_READ_ALOUD = re.compile(r"\s(?:title|aria-label|placeholder|alt|data-label)=\"([^\"]{4,})\"")
_INLINE = re.compile(r"</?(?:strong|em|b|a|span|time|small)\b[^>]*>")
# What is named in its own language: the languages themselves, communes, sectors' codes, French certificates.
_OWN_NAMES = re.compile(r"français|« [^»]* »|“[^”]*”|„[^“]*“")


def shown(page: str) -> Iterator[str]:
    """The texts that a page shows or has read aloud."""
    bare = _ASIDE.sub("\n", page)
    yield from (unescape(words) for words in _READ_ALOUD.findall(bare))
    for line in re.sub(r"<[^>]*>", "\n", _INLINE.sub(" ", bare)).split("\n"):
        if words := " ".join(unescape(line).split()):
            yield words


def typed() -> list[str]:
    """Everything that somebody typed into a row, the longest first: data is in the language of whoever wrote it."""
    found: set[str] = set()
    for model in apps.get_models():
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField) and not field.choices
        ]
        if names and model._meta.app_label not in {"sessions", "contenttypes", "auth"}:
            rows = model._base_manager.values_list(*names)
            lines = (line for row in rows for value in row for line in str(value or "").split("\n"))
            found.update(" ".join(line.split()) for line in lines if len(line.strip()) > 3)
    return sorted(found, key=len, reverse=True)


@cache
def untranslated(language: str) -> frozenset[str]:
    """The French sentences that this language says otherwise."""
    told = {message.id: message.string for message in catalogue_of(language) if isinstance(message.id, str)}
    return frozenset(
        " ".join(sentence.text.split())
        for sentence in sentences().values()
        if len(sentence.text) > 3 and told.get(sentence.text, sentence.text) != sentence.text
    )


def french_in(page: str, language: str, data: list[str]) -> set[str]:
    """The French texts of a page, what was typed by people left aside."""
    words = re.compile(rf"(?<![\w’-])(?:{_ONLY_FRENCH[language]})(?![\w’-])|{_ELISION}", re.IGNORECASE)
    wrong = set()
    for text in shown(page):
        if text in untranslated(language) and text not in data:
            wrong.add(text)
            continue
        left = _OWN_NAMES.sub("", text)
        if words.search(left):
            for one in data:
                left = left.replace(one, "")
            if words.search(left):
                wrong.add(text)
    return wrong


def own_pages(world: World, line: Line) -> Iterator[str]:
    """The address of a line for what is one's own, when there is such a thing."""
    whose = Whose.OWN if Whose.OWN in world.things else Whose.COLLEAGUE
    yield world.address(line, whose)


def test_french_is_recognised() -> None:
    page = '<p title="Rien à faire">Dossiers</p><p>Kies <b>une personne</b></p><p>De personen</p><p>Chez Pol</p>'
    assert french_in(page, "nl", ["Chez Pol"]) == {"Kies une personne"}
    assert french_in("<p>Enregistrer</p><p>Opslaan</p>", "nl", []) == {"Enregistrer"}


@pytest.mark.parametrize(
    ("who", "language", "read_already"),
    [(Who.COORDINATOR, "nl", None), (Who.JOBCOACH, "de", None), (Who.ADMIN, "nl", Who.COORDINATOR)],
)
def test_no_page_shows_a_french_sentence(who: Who, language: str, read_already: Who | None) -> None:
    """Of an administrator, the pages that a coordinator does not open: the others were read."""
    world = World(who)
    assert world.user is not None
    User.objects.filter(pk=world.user.pk).update(language=f"{language}-be")
    client, data = world.logged_in(), typed()
    wrong: dict[str, set[str]] = {}
    read = 0
    for line in LINES:
        if FRENCH_THERE.match(line.name) or (read_already and line.policy.cell(read_already, Whose.OWN) == MAY):
            continue
        for address in own_pages(world, line):
            for method, expected in (("GET", line.get), ("POST", line.post)):
                if expected is None:
                    continue
                response = answer(client, method, address)
                if response.status_code in {200, 422} and "html" in response.get("Content-Type", ""):
                    read += 1
                    if found := french_in(response.text, language, data):
                        wrong.setdefault(f"{method} {line}", set()).update(found)
    assert read > 20, "the pages are read"
    assert not wrong, "\n".join(f"{where}: {sorted(found)}" for where, found in wrong.items())
