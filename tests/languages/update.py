"""Brings the catalogues of ``locale/`` up to what the source says: ``python -m tests.languages.update``.

What is new stands there without a translation, what is said no more is gone; what was translated stays as it is.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"nl": "nl_BE", "de": "de_BE"}
WIDTH = 116


def path_of(language: str) -> Path:
    """Where the sentences of a language are written."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def catalogue_of(language: str) -> Catalog:
    """What is written in a language now."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=LANGUAGES[language])


def empty(language: str) -> Catalog:
    """A catalogue without a sentence."""
    return Catalog(locale=LANGUAGES[language], project="Ancrage", charset="utf-8", fuzzy=False)


def updated(language: str) -> tuple[Catalog, int]:
    """The catalogue with each sentence of the source and no other; how many have no translation yet."""
    from tests.languages.sentences import sentences

    before = catalogue_of(language) if path_of(language).exists() else empty(language)
    after, untold = empty(language), 0
    for (context, text), sentence in sorted(sentences().items(), key=lambda one: (one[0][1], one[0][0] or "")):
        held = before.get(text, context)
        said = held.string if held is not None else ""
        is_counted = sentence.plural is not None
        if isinstance(said, str) == is_counted:
            said = ("", "") if is_counted else ""
        untold += not (all(said) if is_counted else said)
        flags = {"python-format"} if "%(" in text else set()
        after.add((text, sentence.plural) if is_counted else text, said, context=context, flags=flags)
    return after, untold


def write(language: str, catalogue: Catalog) -> None:
    """Write a catalogue without what changes at each writing: no date, no place of a sentence."""
    path_of(language).parent.mkdir(parents=True, exist_ok=True)
    with path_of(language).open("wb") as file:
        write_po(file, catalogue, width=WIDTH, omit_header=False, no_location=True, include_lineno=False)
    lines = path_of(language).read_text().splitlines(keepends=True)
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', "# FIRST AUTHOR", "# Translations template")
    path_of(language).write_text("".join(line for line in lines if not line.startswith(dated)))


def main() -> int:
    """Update each language; say what waits for words."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    waiting = 0
    for language in LANGUAGES:
        catalogue, untold = updated(language)
        write(language, catalogue)
        waiting += untold
        sys.stdout.write(f"{language} : {len(catalogue)} phrases, {untold} sans traduction\n")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
