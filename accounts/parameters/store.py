"""Reading parameters: one query for all of them, kept by each process.

Several web processes agree: each checks a version at its first reading of every request (one aggregate query), and
reloads when another process has added a value; then the request goes on with what it read, so that a long report is of
one piece. Outside requests (commands, workers) the check happens at most every few seconds. A transaction that has just
written parameters reads its own values and keeps them to itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import connection, transaction
from django.db.models import Count, Max
from django.db.models.signals import post_delete, post_save

from accounts.models import Parameter
from accounts.parameters.registry import definitions

CHECK_EVERY_SECONDS = 5.0

Version = tuple[Any, int]


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """All values: per key, ``(valid_from, value)`` from the latest to the earliest."""

    version: Version
    values: dict[str, list[tuple[date, Any]]]


class _Local(threading.local):
    """What one thread knows: whether it answers a request, which checked the version, the transaction it wrote in, a
    value on trial.
    """

    in_request = False
    must_check = True
    wrote_in: Any = None
    trial: tuple[str, Any, date] | None = None


_local = _Local()
_snapshot: _Snapshot | None = None
_checked_at = 0.0


def value_on(key: str, on: date) -> Any:
    """The value of ``key`` in force on ``on``, the date of the event it applies to.

    Whole numbers are int, sets of codes frozenset, lists tuple, steps tuple of ``CadenceStep``. Before the first known
    value, that first value holds: the law of the time was not entered, and a figure is better than a failure.
    Raises KeyError for an unknown key.
    """
    meaning = definitions[key]
    if _local.trial is not None and _local.trial[0] == key and _local.trial[2] <= on:
        return meaning.kind.to_python(_local.trial[1])
    dated = _current().values.get(key)
    if not dated:
        return meaning.kind.to_python(meaning.default)
    return meaning.kind.to_python(next((value for start, value in dated if start <= on), dated[-1][1]))


@contextmanager
def trying(key: str, value: Any, valid_from: date) -> Iterator[None]:
    """Read inside as if ``value`` (its JSON form) were in force from ``valid_from``; nothing is written.

    For the thread that asks alone: what a new value would move is computed by the code that will move it.
    """
    _local.trial = (definitions[key].key, value, valid_from)
    try:
        yield
    finally:
        _local.trial = None


def values_on(on: date, keys: Iterable[str] | None = None) -> dict[str, Any]:
    """The values in force on ``on``: of ``keys``, or of every parameter."""
    return {key: value_on(key, on) for key in keys or (meaning.key for meaning in definitions)}


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
    rows = list(
        Parameter.objects.order_by("key", "-valid_from").values_list("key", "valid_from", "value", "updated_at")
    )
    values: dict[str, list[tuple[date, Any]]] = {}
    for key, valid_from, value, _updated_at in rows:
        values.setdefault(key, []).append((valid_from, value))
    return _Snapshot((max((row[3] for row in rows), default=None), len(rows)), values)


def _version() -> Version:
    found = Parameter.objects.aggregate(latest=Max("updated_at"), count=Count("id"))
    return found["latest"], found["count"]


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
    post_save.connect(_note_write, sender=Parameter, dispatch_uid="accounts.parameters.saved")
    post_delete.connect(_note_write, sender=Parameter, dispatch_uid="accounts.parameters.deleted")
    request_started.connect(_new_request, dispatch_uid="accounts.parameters.request")
    request_finished.connect(_request_over, dispatch_uid="accounts.parameters.answer")
