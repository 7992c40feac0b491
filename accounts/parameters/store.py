"""Reading parameters: one query for all of them, of every organisation, kept by each process; and one for the days on
which each organisation is closed, which rules read as often.

A value of the law is the installation's, whoever asks. A value of the house is read for an organisation: its own if it
has one that day, or else the installation's; asked without an organisation it is refused, since the answer would be
somebody else's.

Several web processes agree: each checks a version at its first reading of every request (one aggregate query), and
reloads when another process has added a value; then the request goes on with what it read, so that a long report is of
one piece. Outside requests (commands, workers) the check happens at most every few seconds. A transaction that has just
written parameters reads its own values and keeps them to itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.signals import request_finished, request_started
from django.db import connection, transaction
from django.db.models import Count, Max, Subquery
from django.db.models.signals import post_delete, post_save

from accounts.models import ClosingDay, Parameter
from accounts.parameters.registry import definitions
from accounts.rules.closing_days import Closing
from accounts.rules.dated_values import NOTHING, Dated, Timeline, value_for

CHECK_EVERY_SECONDS = 5.0

Version = tuple[Any, int, Any]
#: whose values: a parameter, and the organisation, or None for the installation
Line = tuple[str, UUID | None]


class OrganisationMissing(TypeError):
    """A value of the house was asked for without saying of which organisation: a mistake of the caller."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """All values that stand, from the earliest to the latest, by parameter and owner; the closing days that stand, by
    organisation.
    """

    version: Version
    values: dict[Line, list[Dated]]
    closings: Mapping[UUID, Sequence[Closing]]


class _Local(threading.local):
    """What one thread knows: whether it answers a request, which checked the version, the transaction it wrote in, a
    value on trial.
    """

    in_request = False
    must_check = True
    wrote_in: Any = None
    trial: tuple[Line, Timeline] | None = None


_local = _Local()
_snapshot: _Snapshot | None = None
_checked_at = 0.0


def value_on(key: str, on: date, organisation_id: UUID | None = None) -> Any:
    """The value of ``key`` in force on ``on``, the date of the event it applies to, for an organisation.

    Whole numbers are int, sets of codes frozenset, lists tuple, steps tuple of ``CadenceStep``. Before the first known
    value, that first value holds. A value of the law is the same for every organisation, and needs none.

    Raises:
        KeyError: no such parameter.
        OrganisationMissing: the value is of the house, and no organisation is named.
    """
    meaning = definitions[key]
    if meaning.is_of_the_house and organisation_id is None:
        raise OrganisationMissing(f"{key} may differ from one organisation to another: say of which one it is read")
    own = _timeline(meaning.key, organisation_id) if meaning.is_of_the_house else ()
    return _read(meaning.key, own, on)


def installation_value(key: str, on: date) -> Any:
    """The value that holds on ``on`` for the organisations that have none of their own. Raises KeyError."""
    return _read(definitions[key].key, (), on)


def closings_of(organisation_id: UUID | None) -> Sequence[Closing]:
    """The days on which an organisation is closed by its own choice, by first day; none without an organisation."""
    return _current().closings.get(organisation_id, ()) if organisation_id is not None else ()


def closings_by_organisation() -> Mapping[UUID, Sequence[Closing]]:
    """Those of every organisation that has some."""
    return _current().closings


def _read(key: str, own: Sequence[Dated], on: date) -> Any:
    meaning = definitions[key]
    value = value_for(_timeline(key, None), own, on)
    return meaning.kind.to_python(meaning.default if value is NOTHING else value)


def _timeline(key: str, organisation_id: UUID | None) -> Sequence[Dated]:
    line = (key, organisation_id)
    if _local.trial is not None and _local.trial[0] == line:
        return _local.trial[1]
    return _current().values.get(line, ())


@contextmanager
def trying(key: str, organisation_id: UUID | None, timeline: Timeline) -> Iterator[None]:
    """Read inside as if ``timeline`` (values in their JSON form) stood for its owner; nothing is written.

    For the thread that asks alone: what an act would move is computed by the code that will move it.
    """
    _local.trial = ((definitions[key].key, organisation_id), timeline)
    try:
        yield
    finally:
        _local.trial = None


def forget() -> None:
    """Reload at the next reading."""
    global _snapshot
    _snapshot = None


def _current() -> _Snapshot:
    global _snapshot, _checked_at
    if _has_own_writes():
        return _load()
    snapshot = _snapshot
    late = not _local.in_request and time.monotonic() - _checked_at > CHECK_EVERY_SECONDS
    stale = _local.must_check or late
    if snapshot is None or (stale and snapshot.version != _version()):
        snapshot = _snapshot = _load()
    if stale:
        _local.must_check = False
        _checked_at = time.monotonic()
    return snapshot


def _load() -> _Snapshot:
    """Two statements; one while no organisation has a closing day."""
    rows = list(
        Parameter.objects.annotate(closing=_last_closing())
        .order_by("key", "valid_from")
        .values_list("key", "organisation_id", "valid_from", "value", "stands", "updated_at", "closing")
    )
    values: dict[Line, list[Dated]] = {}
    for key, organisation_id, valid_from, value, stands, _updated_at, _closing in rows:
        if stands:
            values.setdefault((key, organisation_id), []).append(Dated(valid_from, value))
    latest = rows[-1][-1] if rows else None
    closings: dict[UUID, list[Closing]] = {}
    for row in ClosingDay.objects.standing().order_by("starts_on", "id") if latest or not rows else ():
        closings.setdefault(row.organisation_id, []).append(row.closing)
    return _Snapshot((max((row[-2] for row in rows), default=None), len(rows), latest), values, closings)


def _last_closing() -> Subquery:
    """When a closing day was last added or taken back: its row stays."""
    return Subquery(ClosingDay.objects.order_by("-updated_at").values("updated_at")[:1])


def _version() -> Version:
    found = Parameter.objects.aggregate(latest=Max("updated_at"), count=Count("id"), closing=Max(_last_closing()))
    return found["latest"], found["count"], found["closing"]


def _outermost_transaction() -> Any:
    return connection.atomic_blocks[0] if connection.atomic_blocks else None


def _has_own_writes() -> bool:
    return _local.wrote_in is not None and _local.wrote_in is _outermost_transaction()


def _note_write(**kwargs: Any) -> None:
    _local.wrote_in = _outermost_transaction()
    transaction.on_commit(forget)


def _new_request(**kwargs: Any) -> None:
    _local.in_request = _local.must_check = True


def _request_over(**kwargs: Any) -> None:
    _local.in_request = False


def connect() -> None:
    """Follow the writes of parameters and the beginning of requests. Called once, when the app is ready."""
    for model, of in ((Parameter, "parameters"), (ClosingDay, "closing_days")):
        post_save.connect(_note_write, sender=model, dispatch_uid=f"accounts.{of}.saved")
        post_delete.connect(_note_write, sender=model, dispatch_uid=f"accounts.{of}.deleted")
    request_started.connect(_new_request, dispatch_uid="accounts.parameters.request")
    request_finished.connect(_request_over, dispatch_uid="accounts.parameters.answer")
