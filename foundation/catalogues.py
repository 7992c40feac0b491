"""The sentences of the product in other languages: written in ``locale/``, compiled for gettext at the first start.

What is compiled is no source, so it is not kept with the sources; and it asks for no program beside Python.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

from foundation.aside import written_aside

_NAME = Path("LC_MESSAGES") / "django"


def catalogues() -> Iterator[Path]:
    """The written catalogues, one a language: ``locale/nl/LC_MESSAGES/django.po``."""
    yield from sorted(Path(settings.CATALOGUES_DIR).glob(f"*/{_NAME}.po"))


def compile_catalogues() -> None:
    """Have gettext read what is written now. A catalogue that has not changed since is left alone."""
    for written in catalogues():
        source = written.read_bytes()
        folder = Path(settings.LOCALE_PATHS[0]) / written.parent.relative_to(settings.CATALOGUES_DIR)
        compiled, stamp = folder / "django.mo", folder / "django.digest"
        digest = hashlib.sha256(source).hexdigest()
        if compiled.exists() and stamp.exists() and stamp.read_text() == digest:
            continue
        with written.open("rb") as file:
            catalogue = read_po(file, locale=written.parts[-3])
        with written_aside(compiled) as aside, open(aside, "wb") as file:
            write_mo(file, catalogue)
        stamp.write_text(digest)
