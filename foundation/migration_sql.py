"""Statements of a migration that differ from one database to the other: triggers, mostly."""

from collections.abc import Callable, Mapping, Sequence

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

# By the name that Django gives to the database: "postgresql", "sqlite".
Statements = Mapping[str, Sequence[str]]


def sql_by_database(forward: Statements, backward: Statements) -> RunPython:
    """The operation that runs the statements of the database in use, in order; a database without any runs none."""
    return RunPython(_running(forward), _running(backward))


def _running(statements: Statements) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    def run(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statement in statements.get(schema_editor.connection.vendor, ()):
            schema_editor.execute(statement)

    return run
