"""A process that makes the database of an earlier version: its schema, by its last migrations, then its rows.

`python -m tests.upgrades.old_database tests/upgrades/0.4.0.jsonl`, on the empty database of DATABASE_URL. The rows are
written through the models of that version, as the migrations remember them: no code of today reads or fills them.

The kept file is `manage.py dumpdata` of that version, a record a line, after a line that names the last migration of
each app; it holds invented people only.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import django
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import BinaryField, Model

# The parts of a report that was sent are frozen with it: the run comes after its parts.
LAST = "reporting.reportrun"


def migrate_to(targets: dict[str, str]) -> Apps:
    """Bring the schema to the last migration of each app, without what follows a migration; return the models."""
    executor = MigrationExecutor(connection)
    state = executor.migrate(list(targets.items()))
    apps: Apps = state.apps
    return apps


def row_of(model: type[Model], record: dict[str, Any]) -> tuple[Model, dict[str, list[Any]]]:
    """A row of a record, and the keys that its many-to-many relations lead to."""
    values: dict[str, Any] = {model._meta.pk.attname: model._meta.pk.to_python(record["pk"])}
    many: dict[str, list[Any]] = {}
    for name, value in record["fields"].items():
        field = model._meta.get_field(name)
        if field.many_to_many:
            many[name] = value
        elif isinstance(field, BinaryField):
            values[field.attname] = bytes(field.to_python(value))
        else:
            target = field.target_field if field.is_relation else field
            values[field.attname] = None if value is None else target.to_python(value)
    return model(**values), many


def fill(apps: Apps, records: list[dict[str, Any]]) -> None:
    """Write every record, the sent reports last."""
    rows = defaultdict(list)
    for record in sorted(records, key=lambda one: one["model"] == LAST):
        model = apps.get_model(record["model"])
        # The days of the dump stay those of the dump.
        for field in model._meta.local_fields:
            for automatic in ("auto_now", "auto_now_add"):
                if getattr(field, automatic, False):
                    setattr(field, automatic, False)
        rows[model].append(row_of(model, record))
    for model, made in rows.items():
        model._base_manager.bulk_create([row for row, _ in made])
    for made in rows.values():
        for row, many in made:
            for name, keys in many.items():
                if keys:
                    getattr(row, name).set(keys)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(rows)):
            cursor.execute(statement)


def main(path: Path) -> None:
    """Make the database that the file describes."""
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    apps = migrate_to(json.loads(first)["migrations"])
    with transaction.atomic():
        fill(apps, [json.loads(line) for line in lines])


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]))
