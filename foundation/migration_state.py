"""What a migration does when a model moves to another app while its table stays."""

from collections.abc import Callable, Collection

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython


def content_types_follow(old: str, new: str, models: Collection[str]) -> RunPython:
    """The operation that gives the content types of ``models`` (lower case) to the app ``new``.

    The audit trail names the model of a row by its content type: without this its lines would speak of models that no
    longer exist. A fresh database has no content type yet, and nothing happens.
    """
    return RunPython(_renaming(old, new, models), _renaming(new, old, models))


def _renaming(old: str, new: str, models: Collection[str]) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    def rename(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        kinds = apps.get_model("contenttypes", "ContentType").objects.using(schema_editor.connection.alias)
        kinds.filter(app_label=old, model__in=models).update(app_label=new)

    return rename
