"""The pieces of the searched columns, kept by the database: made after `migrate`, whole again whenever they are not.

Nothing of this is a migration: it is made of rows that are there, any table that is made anew on SQLite loses it, and
on PostgreSQL it waits for an extension that somebody else may have to allow. Running `migrate` again puts it right.
"""

import logging
from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from foundation.finding import SearchedColumn, searched_columns, sqlite_keeps_pieces

logger = logging.getLogger(__name__)

# `btree_gist` is asked for in the same way by the migrations; both are extensions that the owner of a database may add.
EXTENSION = "pg_trgm"


def keep_pieces(using: str, **kwargs: Any) -> None:
    """Make what is missing of the index of every searched column, on the database of that alias."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        _keep_on_postgresql(connection)
    elif connection.vendor == "sqlite" and sqlite_keeps_pieces():
        with transaction.atomic(using=using), connection.cursor() as cursor:
            tables = set(connection.introspection.table_names(cursor))
            for column in searched_columns:
                if column.table in tables:
                    _keep_on_sqlite(cursor, column)


def _keep_on_postgresql(connection: BaseDatabaseWrapper) -> None:
    """Add the extension and the indexes. Without the right to add it, search compares row by row, and the log says what
    an administrator of the database has to run.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = %s", [EXTENSION])
        present = cursor.fetchone() is not None
        if not present:
            try:
                with transaction.atomic(using=connection.alias):
                    cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {EXTENSION}")
            except DatabaseError:
                logger.warning(
                    "The search is slow without the extension %s: have an administrator of the database run "
                    "CREATE EXTENSION %s, then run migrate again.",
                    EXTENSION,
                    EXTENSION,
                )
                return
        tables = set(connection.introspection.table_names(cursor))
        for column in searched_columns:
            if column.table in tables:
                cursor.execute(
                    f'CREATE INDEX IF NOT EXISTS "{column.name}" ON "{column.table}" '
                    f'USING gin ("{column.column}" gin_trgm_ops)'
                )


def _keep_on_sqlite(cursor: Any, column: SearchedColumn) -> None:
    """Make the table beside with its triggers, unless they are there as they should be; then fill it."""
    wanted = _sqlite_statements(column)
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE name = %s OR name LIKE %s ESCAPE '!'",
        [column.name, column.name.replace("_", "!_") + "!_%"],
    )
    there = dict(cursor.fetchall())
    if all(there.get(name) == statement for name, statement in wanted.items()):
        return
    for name in wanted:
        if name in there:
            kind = "TABLE" if name in (column.name, f"{column.name}_rows") else "TRIGGER"
            cursor.execute(f'DROP {kind} IF EXISTS "{name}"')
    for statement in wanted.values():
        cursor.execute(statement)
    cursor.execute(
        f'INSERT INTO "{column.name}_rows" (pk, words) SELECT id, {_words("", column)} FROM "{column.table}"'  # noqa: S608
    )


def _words(row: str, column: SearchedColumn) -> str:
    """The words of a row between two edges, so that the first one too begins after an edge."""
    return f"'{column.edge}' || {row}\"{column.column}\" || '{column.edge}'"


def _sqlite_statements(column: SearchedColumn) -> dict[str, str]:
    """The statements that make the table beside and what keeps it true whoever writes, by the name of what each makes.

    The pieces are kept of a table of numbered rows: those of the rooms are named by identifiers that are no numbers.
    """
    name, rows = column.name, f"{column.name}_rows"
    add = f'INSERT INTO "{name}" (rowid, words) VALUES (new.id, new.words);'  # noqa: S608
    drop = f'INSERT INTO "{name}" ("{name}", rowid, words) VALUES (\'delete\', old.id, old.words);'  # noqa: S608

    def trigger(suffix: str, event: str, table: str, body: str) -> tuple[str, str]:
        return f"{name}_{suffix}", f'CREATE TRIGGER "{name}_{suffix}" AFTER {event} ON "{table}" BEGIN {body} END'

    return {
        rows: f'CREATE TABLE "{rows}" (id INTEGER PRIMARY KEY, pk TEXT NOT NULL UNIQUE, words TEXT NOT NULL)',
        name: (
            f'CREATE VIRTUAL TABLE "{name}" USING fts5('
            f"words, content='{rows}', content_rowid='id', columnsize=0, tokenize='trigram')"
        ),
        **dict(
            [
                trigger("kept_added", "INSERT", rows, add),
                trigger("kept_gone", "DELETE", rows, drop),
                trigger("kept_changed", "UPDATE", rows, f"{drop} {add}"),
                trigger(
                    "added",
                    "INSERT",
                    column.table,
                    f'INSERT INTO "{rows}" (pk, words) VALUES (new.id, {_words("new.", column)});',  # noqa: S608
                ),
                trigger("gone", "DELETE", column.table, f'DELETE FROM "{rows}" WHERE pk = old.id;'),  # noqa: S608
                trigger(
                    "changed",
                    f'UPDATE OF "{column.column}"',
                    column.table,
                    f'UPDATE "{rows}" SET words = {_words("new.", column)} WHERE pk = new.id;',  # noqa: S608
                ),
            ]
        ),
    }
