"""`--reuse-db` on SQLite: the database of the migrations is kept in var/, and each process works on a copy of its own.

Migrating an empty database takes fifteen seconds, copying a file none. The name of the kept file is a fingerprint of
what it was made from, so that another migration makes another file; two runs at once share nothing but that file, which
is written beside and moved into place whole. Delete var/tests to begin anew.
"""

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.traps import ROOT

# What `migrate` fills from the code of the day whenever it runs, hence also on a copy: kept, these rows would age.
SEEDED = ("accounts_parameter", "placements_hiringaid")

# Former files that stay, for whoever goes from one branch to another.
REMEMBERED = 4


def fingerprint(root: Path = ROOT) -> str:
    """Return what tells one database of the migrations from another: migrations, settings and libraries."""
    sources = [*root.glob("*/migrations/*.py"), *root.glob("config/settings/*.py"), root / "requirements-dev.lock"]
    digest = hashlib.sha256()
    for path in sorted(sources):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


def kept_file() -> Path:
    """Return where the database of today's migrations is kept, or will be."""
    folder = Path(os.environ.get("ANCRAGE_VAR") or ROOT / "var") / "tests"
    return folder / f"migrated-{fingerprint()}.sqlite3"


def keep(source: sqlite3.Connection, kept: Path) -> None:
    """Copy a database just migrated to `kept`, without the rows that go stale; forget the oldest of the others."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    candidate = kept.with_name(f".{kept.name}.{os.getpid()}")
    target = sqlite3.connect(candidate)
    try:
        source.backup(target)
        for table in SEEDED:
            target.execute(f'DELETE FROM "{table}"')  # noqa: S608
            target.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        target.commit()
    finally:
        target.close()
    candidate.replace(kept)
    by_age = sorted(kept.parent.glob("migrated-*.sqlite3"), key=lambda path: path.stat().st_mtime)
    for former in by_age[:-REMEMBERED]:
        former.unlink(missing_ok=True)


def take_copy(kept: Path, name: Path) -> bool:
    """Put a copy of the kept database where this process expects its own; False when there is none to copy."""
    for leftover in (name, name.with_name(f"{name.name}-wal"), name.with_name(f"{name.name}-shm")):
        leftover.unlink(missing_ok=True)
    try:
        shutil.copyfile(kept, name)
    except FileNotFoundError:
        name.unlink(missing_ok=True)
        return False
    return True


@pytest.fixture(scope="session")
def _to_be_kept(
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_use_migrations: bool,
) -> Path | None:
    """Start from the kept database; where to keep the one that will be made, when there is none yet."""
    settings = connection.settings_dict
    if connection.vendor != "sqlite" or not django_db_keepdb or not django_db_use_migrations:
        return None
    kept = kept_file()
    if not django_db_createdb and take_copy(kept, Path(settings["TEST"]["NAME"])):
        return None
    return kept


@pytest.fixture(scope="session")
def django_db_modify_db_settings(_to_be_kept: Path | None) -> None:
    """Have pytest-django look at the database once the copy is there."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, _to_be_kept: Path | None, django_db_blocker: DjangoDbBlocker) -> None:
    """Keep the database that pytest-django has just made, before any test writes in it."""
    if _to_be_kept:
        with django_db_blocker.unblock():
            connection.ensure_connection()
            keep(connection.connection, _to_be_kept)
