"""Files that are made once and read by several processes: written aside, then moved to their place."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_aside(path: Path) -> Iterator[str]:
    """Give the path to write to; what stands there at the end replaces ``path``, whose folder is made.

    Two processes that begin together never read each other's half.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent)
    os.close(handle)
    yield aside
    os.chmod(aside, 0o644)
    os.replace(aside, path)
