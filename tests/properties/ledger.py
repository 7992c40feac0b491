"""Everything that is stored, so that a test can say what an act wrote, and that a refused one wrote nothing."""

from collections.abc import Iterator
from typing import Any

from auditlog.models import LogEntry
from django.apps import apps
from django.db import connection
from django.db.models import Model

from followup.models import CaseStatus, ContactDraft, Deadline
from tests.rooms import ROOMS

#: recomputed from the facts, or what somebody is still typing
NOT_FACTS = {model._meta.db_table for model in (CaseStatus, Deadline, ContactDraft)}
TRAIL = LogEntry._meta.db_table

#: the rows of a table by their key, as the database gives them
Rows = dict[Any, tuple[Any, ...]]
Ledger = dict[str, Rows]


def _models() -> Iterator[type[Model]]:
    for room in sorted(set(ROOMS) & set(apps.app_configs)):
        yield from apps.get_app_config(room).get_models(include_auto_created=True)
    yield LogEntry


def _statements() -> dict[str, str]:
    """One statement per table, the key first."""
    found = {}
    for model in _models():
        meta = model._meta
        columns = [connection.ops.quote_name(column) for f in (meta.pk, *meta.concrete_fields) if (column := f.column)]
        found[meta.db_table] = f"SELECT {', '.join(columns)} FROM {connection.ops.quote_name(meta.db_table)}"  # noqa: S608
    return found


def ledger() -> Ledger:
    """Every row of every table."""
    rows: Ledger = {}
    with connection.cursor() as cursor:
        for table, statement in _statements().items():
            cursor.execute(statement)
            rows[table] = {row[0]: row for row in cursor.fetchall()}
    return rows


def rows_gone(before: Ledger, after: Ledger) -> dict[str, int]:
    """How many facts of each table are no longer there."""
    gone = {table: len(before[table].keys() - after[table].keys()) for table in before if table not in NOT_FACTS}
    return {table: number for table, number in gone.items() if number}


def trail_rewritten(before: Ledger, after: Ledger) -> bool:
    """Whether a line of the audit trail was changed or removed."""
    return any(after[TRAIL].get(key) != row for key, row in before[TRAIL].items())


def authors_of_new_lines(before: Ledger, after: Ledger) -> set[Any]:
    """Who signed the lines of the trail that were added."""
    keys = [key for key in after[TRAIL] if key not in before[TRAIL]]
    return set(LogEntry.objects.filter(pk__in=keys).values_list("actor_id", flat=True))
