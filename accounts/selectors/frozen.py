"""What was sent or signed already of the figures that a fact takes part in, whatever room keeps it: one statement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateField, DateTimeField, Field, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from accounts.models import User
from accounts.registries import Frozen, Reach, frozen_sources


class FrozenRow(NamedTuple):
    """One report, file or signature: over which days, sent or signed when, and what its room needs to name it."""

    source: str
    key: UUID
    code: str
    words: str
    person: str
    person_id: UUID | None
    first: date
    last: date
    at: datetime


_TYPES: Mapping[str, Field[Any, Any]] = {
    "source": CharField(),
    "key": UUIDField(),
    "code": CharField(),
    "words": CharField(),
    "person": CharField(),
    "person_id": UUIDField(),
    "first": DateField(),
    "last": DateField(),
    "at": DateTimeField(),
}


def frozen_rows(queryset: QuerySet[Any], **given: Any) -> QuerySet[Any, tuple[Any, ...]]:
    """The columns of `FrozenRow` from a room's own rows; each is cast, for what is missing has no type of its own."""
    columns: dict[str, Any] = {}
    for name, kind in _TYPES.items():
        default = Value("") if isinstance(kind, CharField) else Value(None)
        columns[f"frozen_{name}"] = Cast(given.get(name, default), kind)
    return queryset.order_by().annotate(**columns).values_list(*columns)


def frozen_over(reach: Reach, user: User) -> list[Frozen]:
    """All that was sent or signed of the figures that a fact takes part in, the latest first; one statement."""
    sources = {source.name: source for source in frozen_sources}
    asked = [rows for source in sources.values() if (rows := source.rows(reach)) is not None]
    if not asked:
        return []
    rows = asked[0].union(*asked[1:], all=True) if asked[1:] else asked[0]
    found = [FrozenRow(*row) for row in rows]
    found.sort(key=lambda row: (row.at, str(row.key)), reverse=True)
    return [sources[row.source].tell(row, user) for row in found]
