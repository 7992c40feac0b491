"""Who wrote a row down, and on which day: read from the trail, which knows it of every kind of row."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from accounts.models import TakenBack, User
from accounts.permissions import allows
from foundation.clock import today
from privacy.history import first_entries


@dataclass(frozen=True, slots=True)
class Record:
    """That a row of an organisation was written down by somebody (nobody: the machine) on a day."""

    organisation_id: UUID
    by: UUID | None
    on: date


def record_of(row: Any, organisation: UUID) -> Record:
    """Who wrote this row down, and when; one statement."""
    written = first_entries([row.pk]).get(str(row.pk))
    if written is None:
        return Record(organisation, None, timezone.localtime(row.created_at).date())
    return Record(organisation, written.actor_id, timezone.localtime(written.at).date())


def takable_among(written: Collection[tuple[UUID, datetime]], organisation: UUID, user: User) -> frozenset[UUID]:
    """Which of these rows, each with the moment it was written, the user may take back.

    One statement at most, and none for who coordinates, nor when nothing was written today.
    """
    if allows(user, "accounts.take_back"):
        return frozenset(key for key, _at in written)
    fresh = [key for key, at in written if timezone.localtime(at).date() == today()]
    if not fresh:
        return frozenset()
    known = first_entries(fresh)
    records = {
        key: Record(organisation, known[str(key)].actor_id, timezone.localtime(known[str(key)].at).date())
        for key in fresh
        if str(key) in known
    }
    return frozenset(key for key, record in records.items() if allows(user, "accounts.take_back", record))


def takable_rows(rows: Iterable[Any], organisation: UUID, user: User) -> frozenset[UUID]:
    """Which of these rows the user may take back."""
    return takable_among([(row.pk, row.created_at) for row in rows], organisation, user)


def relations_to(model: type[Model]) -> list[Any]:
    """The foreign keys that name rows of a model, those without a way back included."""
    fields: list[Any] = list(model._meta.get_fields(include_hidden=True))
    return [
        relation
        for relation in fields
        if relation.auto_created
        and not relation.concrete
        and (relation.one_to_many or relation.one_to_one)
        and not relation.related_model._meta.auto_created
    ]


def rows_naming(row: Model) -> list[Any]:
    """Every row that names this one, whatever its room; a statement for each foreign key."""
    return [
        found
        for relation in relations_to(type(row))
        for found in relation.related_model._base_manager.filter(**{relation.field.name: row})
    ]


def taken_already(kind: str, row: UUID, user: User) -> TakenBack | None:
    """The trace of a row that is gone; none when nothing of that kind and key was ever taken back here."""
    found = TakenBack.objects.visible_to(user).filter(kind=kind, row=row).select_related("taken_by")
    return found.order_by("-created_at").first()


def taken_about(subject: Model) -> Any:
    """What was taken back about a case, a firm or a person of the house, the latest first."""
    return TakenBack.objects.filter(subject=subject.pk).select_related("taken_by")
