"""Who wrote a row down, and on which day: the row says so itself, or else the trail, which knows it of every kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

from auditlog.models import LogEntry
from django.db.models import BooleanField, Case, CharField, Exists, F, Model, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast, Replace
from django.utils import timezone

from accounts.models import TakenBack, User
from accounts.permissions import allows
from foundation.clock import today
from privacy.history import first_entries

Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True, slots=True)
class Record:
    """That a row of an organisation was written down by somebody (nobody: the machine) on a day."""

    organisation_id: UUID | None
    by: UUID | None
    on: date


# A row that says itself who wrote it down needs no trail.
AUTHORS = ("recorded_by_id", "uploaded_by_id", "proposed_by_id")
#: what `with_todays_author` adds
BY_READER = "written_today_by_reader"


def _own_author(row: Any) -> UUID | None:
    """Who wrote a row down, as the row itself says; none when it does not."""
    return next((key for name in AUTHORS if (key := getattr(row, name, None)) is not None), None)


def record_of(row: Any, organisation: UUID) -> Record:
    """Who wrote this row down, and when; a statement at most."""
    day = timezone.localtime(row.created_at).date()
    own = _own_author(row)
    if own is not None:
        return Record(organisation, own, day)
    written = first_entries([row.pk]).get(str(row.pk))
    return Record(organisation, written.actor_id if written else None, day)


def written_today_by(user: User) -> Case:
    """Whether a row was written down today by a user, as a column: the trail is only looked at for rows of today."""
    midnight = timezone.make_aware(datetime.combine(today(), time.min))
    # Keys are written with hyphens in the trail, and without in the tables of SQLite.
    bare = Replace(Cast(OuterRef("pk"), CharField()), Value("-"), Value(""))
    entries = LogEntry.objects.filter(actor=user, action=LogEntry.Action.CREATE, timestamp__gte=midnight)
    own = entries.annotate(bare=Replace(F("object_pk"), Value("-"), Value(""))).filter(bare=bare)
    return Case(When(created_at__gte=midnight, then=Exists(own)), default=Value(False), output_field=BooleanField())


def with_todays_author(rows: Rows, user: User) -> Rows:
    """The same rows, each saying whether the user wrote it down today: for rows that do not say themselves by whom they
    were; no statement more.
    """
    return rows.annotate(**{BY_READER: written_today_by(user)})


def takable_rows(rows: Iterable[Any], organisation: UUID | None, user: User) -> frozenset[UUID]:
    """Which of these rows, with their author or read through `with_todays_author`, the user may take back; no
    statement.
    """
    written = [(row.pk, row.created_at, _own_author(row) or _todays_author(row, user)) for row in rows]
    return takable_among(written, organisation, user)


def _todays_author(row: Any, user: User) -> UUID | None:
    return user.pk if getattr(row, BY_READER, False) else None


def takable_among(
    written: Iterable[tuple[UUID, datetime, UUID | None]], organisation: UUID | None, user: User
) -> frozenset[UUID]:
    """Which of these rows, each with the moment it was written and by whom, the user may take back; no statement."""
    return frozenset(
        key
        for key, at, by in written
        if allows(user, "accounts.take_back", Record(organisation, by, timezone.localtime(at).date()))
    )


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
