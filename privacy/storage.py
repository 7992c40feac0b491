"""Files that people entrust to us: private, and unreadable to whoever only has the disk or its backup."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, storages

from privacy.cipher import decrypt_bytes, encrypt_bytes, uses_primary_key

_UNFINISHED = ".unfinished"


class SealedStorage(FileSystemStorage):
    """A folder whose files are encrypted at rest (AES-256-GCM, the keys of the installation) and bound to their name.

    A file is read whole: what is kept here is a scan or a document of a few megabytes. Opening one that was altered,
    or put in another's place, raises ``TamperedValue``: it is never handed out as it is.
    """

    def _save(self, name: str, content: File[Any]) -> str:
        content.seek(0)
        clear = content.read()
        written = super()._save(name, ContentFile(encrypt_bytes(clear, _context(name))))  # type: ignore[misc]
        if written == name:
            return name
        # Another file took the name in between: what was written is bound to a name that is not its own.
        super().delete(written)
        return self._save(self.get_available_name(name), ContentFile(clear))

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        if mode != "rb":
            raise ValueError("a sealed file is read as bytes, or saved under another name")
        return ContentFile(decrypt_bytes(Path(self.path(name)).read_bytes(), _context(name)), name=name)

    def size(self, name: str) -> int:
        """The size of what was sealed, in bytes."""
        return int(self.open(name).size)

    def outdated(self) -> Iterator[str]:
        """The names of the files that an older key protects."""
        root = Path(self.base_location)
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix != _UNFINISHED and not uses_primary_key(path.read_bytes()[:100]):
                yield path.relative_to(root).as_posix()

    def seal_again(self, name: str) -> None:
        """Encrypt a file with the key that encrypts today; whoever reads meanwhile finds the old one or the new one."""
        path = Path(self.path(name))
        fresh = path.with_name(path.name + _UNFINISHED)
        fresh.write_bytes(encrypt_bytes(self.open(name).read(), _context(name)))
        fresh.chmod(path.stat().st_mode)
        os.replace(fresh, path)


def rotate_files(write: bool) -> int:
    """Encrypt anew the files that an older key protects, when `write`; returns how many there are."""
    storage = storages["default"]
    if not isinstance(storage, SealedStorage):
        return 0
    names = list(storage.outdated())
    for name in names if write else ():
        storage.seal_again(name)
    return len(names)


def _context(name: str) -> str:
    return f"file:{Path(name).as_posix()}"
