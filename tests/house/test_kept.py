"""The database kept between two runs: never an old one, never half of one, never that of somebody else."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests import kept

FILES = {
    "accounts/migrations/0001_initial.py": "first",
    "config/settings/test.py": "settings",
    "requirements-dev.lock": "django==5.2",
    "accounts/views/users.py": "no table depends on it",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small repository."""
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    return tmp_path


@pytest.fixture
def migrated(tmp_path: Path) -> sqlite3.Connection:
    """A database as `migrate` leaves it, in WAL mode."""
    connection = sqlite3.connect(tmp_path / "migrated.sqlite3")
    connection.execute("PRAGMA journal_mode=WAL")
    for table in (*kept.SEEDED, "django_migrations"):
        connection.execute(f"CREATE TABLE {table} (id integer PRIMARY KEY AUTOINCREMENT, name text)")
        connection.execute(f"INSERT INTO {table} (name) VALUES ('a row')")  # noqa: S608
    connection.commit()
    return connection


@pytest.mark.parametrize(
    "name", ["accounts/migrations/0001_initial.py", "config/settings/test.py", "requirements-dev.lock"]
)
def test_what_the_tables_are_made_from_changes_the_name(checkout: Path, name: str) -> None:
    before = kept.fingerprint(checkout)
    (checkout / name).write_text("another")
    assert kept.fingerprint(checkout) != before


def test_one_more_migration_changes_the_name_and_a_view_does_not(checkout: Path) -> None:
    before = kept.fingerprint(checkout)
    (checkout / "accounts/views/users.py").write_text("another")
    assert kept.fingerprint(checkout) == before
    (checkout / "accounts/migrations/0002_more.py").write_text("")
    assert kept.fingerprint(checkout) != before


def test_a_copy_holds_the_tables_and_no_row_that_ages(migrated: sqlite3.Connection, tmp_path: Path) -> None:
    where, mine = tmp_path / "var" / "migrated-1.sqlite3", tmp_path / "mine.sqlite3"
    kept.keep(migrated, where)
    assert [path.name for path in where.parent.iterdir()] == [where.name]
    # What a killed process left under the same number.
    mine.write_bytes(b"leftover")
    (tmp_path / "mine.sqlite3-wal").write_bytes(b"leftover")
    assert kept.take_copy(where, mine)
    with closing(sqlite3.connect(mine)) as copy:
        assert copy.execute("SELECT id, name FROM django_migrations").fetchall() == [(1, "a row")]
        for table in kept.SEEDED:
            assert copy.execute(f"SELECT * FROM {table}").fetchall() == []  # noqa: S608
            # Written again, they come back under the same numbers as in a database just made.
            copy.execute(f"INSERT INTO {table} (name) VALUES ('again')")  # noqa: S608
            assert copy.execute(f"SELECT id FROM {table}").fetchall() == [(1,)]  # noqa: S608
        copy.commit()
    with closing(sqlite3.connect(where)) as untouched:
        assert untouched.execute(f"SELECT * FROM {kept.SEEDED[0]}").fetchall() == []  # noqa: S608


def test_without_a_kept_database_nothing_is_left_to_be_taken_for_one(tmp_path: Path) -> None:
    mine = tmp_path / "mine.sqlite3"
    mine.write_bytes(b"leftover")
    assert not kept.take_copy(tmp_path / "nowhere.sqlite3", mine)
    assert not mine.exists()


def test_only_the_last_ones_stay(migrated: sqlite3.Connection, tmp_path: Path) -> None:
    for number in range(kept.REMEMBERED + 2):
        kept.keep(migrated, tmp_path / "var" / f"migrated-{number}.sqlite3")
    remaining = {path.name for path in (tmp_path / "var").iterdir()}
    assert len(remaining) == kept.REMEMBERED
    assert f"migrated-{kept.REMEMBERED + 1}.sqlite3" in remaining


@pytest.mark.django_db
def test_every_table_that_migrate_fills_is_known() -> None:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        filled = set()
        # The pieces of keys (foundation/finding_index.py) are made of no row: what the database keeps of its own index.
        for table in (one for one in tables if "_pieces" not in one):
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
            if cursor.fetchone()[0]:
                filled.add(table)
    # Those three are written by Django, from the models: another model brings another migration.
    assert filled - {"django_migrations", "django_content_type", "auth_permission"} == set(kept.SEEDED)
