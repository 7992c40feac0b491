"""Serves the typefaces from the packages that ship them: no font file in the repository, none from outside.

And names each file after its content, so that a browser may keep it for ever.
"""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

PREFIX = "fonts"

# Each file and the package that ships it: only the weights that the screens and the documents use.
FONTS: dict[str, str] = {
    "SourceSansPro-Regular.ttf": "font_source_sans_pro",
    "SourceSansPro-Semibold.ttf": "font_source_sans_pro",
    "SourceSerifPro-Semibold.ttf": "font_source_serif_pro",
}


def font_path(name: str) -> Path:
    """Return where the package that ships the typeface keeps the file ``name``.

    Raises:
        KeyError: not one of :data:`FONTS`.
        ModuleNotFoundError: the package is not installed.
    """
    package = FONTS[name]
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent / "files" / name


class PackagedFontsFinder(BaseFinder):
    """Finds ``fonts/<name>`` in the packages."""

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to configure, nothing to check."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the path of one font, or an empty list when it is none of ours."""
        prefix, _slash, name = path.partition("/")
        if prefix != PREFIX or name not in FONTS:
            return []
        found = str(font_path(name))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield each font with the storage that opens it."""
        for name in FONTS:
            storage = FileSystemStorage(location=font_path(name).parent)
            storage.prefix = PREFIX  # type: ignore[attr-defined]
            yield name, storage


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """The storage of production: what our scripts import is renamed in them too.

    Without that a browser would go on asking for the modules under their plain names, which no browser keeps. Django's
    own rewriting (``support_js_module_import_aggregation``) reads every script, also those of libraries whose comments
    show imports of files that do not exist, and then collects nothing.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "ancrage/js/*.js",
            (
                (r'(?P<matched>from "(?P<url>\./[^"]+)")', 'from "%(url)s"'),
                (r'(?P<matched>import "(?P<url>\./[^"]+)")', 'import "%(url)s"'),
            ),
        ),
    )
