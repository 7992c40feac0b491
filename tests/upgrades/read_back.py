"""A process that says, as JSON, what a database holds under the code of today, and what its trail speaks of."""

import json
from collections import Counter
from typing import Any

import django
from django.apps import apps
from django.db import connection


def _spoken_of(entry: Any) -> str:
    """The model of a line of the trail; "?" when no such model exists any more."""
    model = entry.content_type.model_class()
    return model._meta.label if model else "?"


def main() -> None:
    """Count the rows of every table, name what the trail speaks of, and find what no longer agrees."""
    from auditlog.models import LogEntry

    from followup.services.consistency import differences

    with connection.cursor() as cursor:
        tables = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608
            tables[table] = cursor.fetchone()[0]
    models = {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}
    trail = Counter(_spoken_of(entry) for entry in LogEntry.objects.select_related("content_type"))
    print(  # noqa: T201
        json.dumps(
            {
                "tables": tables,
                "models": models,
                "trail": trail,
                "differences": [str(one) for one in differences()],
            }
        )
    )


if __name__ == "__main__":
    django.setup()
    main()
