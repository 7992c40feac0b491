"""First values of the parameters."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connections

from accounts.enums import ParameterStatus
from accounts.parameters.registry import Definition, definitions, law_days

#: no event of an installation is older; the sources say from when the law itself speaks
FIRST_DAY = date(2000, 1, 1)


def seed_missing(using: str, **kwargs: Any) -> None:
    """Give its first value to every declared parameter that has none.

    Runs after ``migrate`` (and after the test suite empties the database), so a parameter added by any app gets its
    first value without a migration of its own. Never touches a key that has a value.
    """
    # models are not ready when this module is imported
    from accounts.models import Parameter

    if Parameter._meta.db_table not in connections[using].introspection.table_names():
        return
    known = set(
        Parameter.objects.using(using)
        .filter(organisation__isnull=True)
        .values_list("key", flat=True)
        .distinct()
        .order_by()
    )
    # In bulk: the rows carry their own date and source, and nobody did it that an audit could name.
    Parameter.objects.using(using).bulk_create(
        row for meaning in definitions if meaning.key not in known for row in _first_rows(Parameter, meaning)
    )


def _first_rows(row: Any, meaning: Definition) -> list[Any]:
    """The value with its source; a test that a text brought is no more than an assumption on the days before it."""
    kept = {"key": meaning.key, "value": meaning.default}
    stated = {"source": meaning.source, "status": meaning.status}
    if meaning.key not in law_days:
        return [row(valid_from=FIRST_DAY, **kept, **stated)]
    _key, since, before = law_days[meaning.key]
    return [
        row(valid_from=FIRST_DAY, valid_to=since, source=before, status=ParameterStatus.ASSUMPTION, **kept),
        row(valid_from=since, **kept, **stated),
    ]
