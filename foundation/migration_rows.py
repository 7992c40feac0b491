"""What a migration does to the rows that are there already, a batch at a time: no table is held whole."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.models import QuerySet

BATCH = 1000


def write_again(rows: QuerySet[Any], fields: Sequence[str], change: Callable[[Any], None] = lambda row: None) -> None:
    """Write ``fields`` of every row once more, after ``change``; without one, the fields themselves put what they hold
    in its form.
    """
    batch: list[Any] = []
    for row in rows.iterator(BATCH):
        change(row)
        batch.append(row)
        if len(batch) == BATCH:
            rows.model._base_manager.bulk_update(batch, fields)
            batch = []
    rows.model._base_manager.bulk_update(batch, fields)


def rewrite_telephones(app: str, models: Collection[str]) -> RunPython:
    """The operation that puts the telephones of ``models`` in their one form; there is no way back, and no need."""

    def rewrite(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for name in models:
            kept = apps.get_model(app, name)._base_manager
            write_again(kept.exclude(phone="").only("pk", "phone"), ["phone"])

    return RunPython(rewrite, RunPython.noop)
