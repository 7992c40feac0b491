"""Serves the typefaces made from the packages that ship them: no font file in the repository, none from outside.

And names each file after its content, so that a browser may keep it for ever.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from foundation import typefaces

PREFIX = "fonts"


class TypefacesFinder(BaseFinder):
    """Finds ``fonts/<name>``: the house's typefaces, and the text of their licences beside them."""

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to configure, nothing to check."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the path of one file, or an empty list when it is none of ours."""
        prefix, _slash, name = path.partition("/")
        if prefix != PREFIX:
            return []
        found = typefaces.files().get(name)
        if found is None:
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield each file with the storage that opens it."""
        for name, path in typefaces.files().items():
            storage = _Alone(location=path.parent, name=name, real=path.name)
            storage.prefix = PREFIX  # type: ignore[attr-defined]
            yield name, storage


class _Alone(FileSystemStorage):
    """A folder of which one file is shown, under the name that it has for us."""

    def __init__(self, *, name: str, real: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.shown, self.real = name, real

    def path(self, name: str) -> str:
        return super().path(self.real if name == self.shown else name)


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
