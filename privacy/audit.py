"""Who did what, and who looked: django-auditlog, with our actors, our masks and our words.

The library's own ``set_actor`` forgets the outer actor when two are nested and leaves its receiver behind; here the
actor is a context variable read by one receiver that stays connected.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, ParamSpec, TypeVar

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.signals import pre_save
from django.utils import timezone

from foundation.dates import with_possible_dates
from foundation.unit_of_work import answers, unit_of_work
from privacy.fields import EncryptedTextField

P = ParamSpec("P")
R = TypeVar("R")

#: one row per actor, object and kind of access within this time (peers-ux-security.md, 4.4)
ACCESS_WINDOW = timedelta(minutes=10)

MASK = "•••"

# Kept by every row, of no interest to whoever reads the history.
_NEVER_LOGGED = frozenset({"created_at", "updated_at"})


@dataclass(frozen=True)
class Author:
    """On whose behalf rows are written: the user, where the request came from, and why when a fact is corrected."""

    actor: Callable[[], Any]
    remote_addr: str | None = None
    reason: str = ""


_author: ContextVar[Author | None] = ContextVar("privacy_author", default=None)


def mask(value: str) -> str:
    """What the trail keeps of a secret: whether there was one. Named by dotted path to the audit library."""
    return value if value in {"None", ""} else MASK


def register_audited(model: type[models.Model], *, exclude: Collection[str] = (), masked: Collection[str] = ()) -> None:
    """Record creation, change and deletion of ``model``'s rows. To be called from the app's ``ready()``.

    ``exclude``: fields that never appear; ``masked``: fields of which only the fact of changing appears. Encrypted
    fields are always masked. Bulk writes (``update``, ``bulk_create``) are not seen: services do not use them.
    """
    fields = [field for field in model._meta.concrete_fields if field.name not in {*exclude, *_NEVER_LOGGED}]
    secret = [field.name for field in fields if isinstance(field, EncryptedTextField)]
    auditlog.register(
        model,
        include_fields=[field.name for field in fields],
        mask_fields=[*secret, *masked],
        mask_callable="privacy.audit.mask",
    )


def connect() -> None:
    """Name the author in every entry about to be written."""
    pre_save.connect(_sign, sender=LogEntry, dispatch_uid="privacy.audit.sign")


def _sign(sender: type[LogEntry], instance: LogEntry, **kwargs: Any) -> None:
    author = _author.get()
    if author is None:
        return
    actor = author.actor()
    if instance.actor_id is None and actor is not None and actor.pk is not None:
        instance.actor = actor
        instance.actor_email = actor.email
    instance.remote_addr = instance.remote_addr or author.remote_addr
    if author.reason:
        instance.additional_data = {**(instance.additional_data or {}), "reason": author.reason}
    if confirmed := answers():
        instance.additional_data = {**(instance.additional_data or {}), "confirmed": confirmed}


@contextmanager
def writing_for(author: Author) -> Iterator[None]:
    """Sign what is written inside with ``author``; the author outside comes back afterwards."""
    token = _author.set(author)
    try:
        yield
    finally:
        _author.reset(token)


@contextmanager
def acting_as(actor: Any) -> Iterator[None]:
    """Sign what is written inside with ``actor`` (a user, or None for the machine). Keeps the request's address."""
    outer = _author.get() or Author(actor=lambda: None)
    with writing_for(replace(outer, actor=lambda: actor)):
        yield


@contextmanager
def correcting(reason: str) -> Iterator[None]:
    """Note why on every entry written inside, beside the old value and the new one."""
    outer = _author.get() or Author(actor=lambda: None)
    with writing_for(replace(outer, reason=reason)):
        yield


def act(service: Callable[P, R]) -> Callable[P, R]:
    """Make a service one act: one transaction, signed by its keyword argument ``actor``.

    Acts may be made of acts. What follows from the rows written is settled once, at the end of the outermost one. A
    date that no one can mean is refused before anything is read (`foundation.dates.ImpossibleDate`).
    """

    @functools.wraps(service)
    def signed(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(), acting_as(kwargs["actor"]), unit_of_work():
            return service(*args, **with_possible_dates(kwargs))

    return signed


def record_access(user: Any, obj: models.Model, action: str = "view") -> bool:
    """Write that ``user`` looked at ``obj``; ``action`` is a key of ``privacy.history.ACCESS_VERBS``.

    One row per user, object and action in ten minutes. Returns whether a row was written.
    """
    about = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(obj), object_pk=str(obj.pk), action=LogEntry.Action.ACCESS
    )
    since = timezone.now() - ACCESS_WINDOW
    if about.filter(actor_id=user.pk, timestamp__gt=since, additional_data__access=action).exists():
        return False
    with acting_as(user):
        LogEntry.objects.log_create(
            obj, force_log=True, action=LogEntry.Action.ACCESS, additional_data=_how_read(user, action)
        )
    return True


def record_system_access(obj: models.Model, action: str) -> None:
    """Write that the machine read `obj` for a script: nobody is logged in, and the line names nobody."""
    with acting_as(None):
        LogEntry.objects.log_create(
            obj, force_log=True, action=LogEntry.Action.ACCESS, additional_data={"access": action}
        )


def _how_read(user: Any, action: str) -> dict[str, str]:
    """What a line says of a reading: how, and in which organisation, since one person may read for several."""
    return {"access": action, "organisation": str(getattr(user, "current_organisation_id", None) or "")}


def record_accesses(user: Any, objects: Collection[models.Model], action: str) -> int:
    """Write that ``user`` read many rows of one model at once (a list taken away as a file); see ``record_access``.

    A bounded number of statements. Returns how many lines were written.
    """
    if not objects:
        return 0
    kind = ContentType.objects.get_for_model(next(iter(objects)))
    since = timezone.now() - ACCESS_WINDOW
    known = set(
        LogEntry.objects.filter(
            content_type=kind,
            actor_id=user.pk,
            action=LogEntry.Action.ACCESS,
            timestamp__gt=since,
            additional_data__access=action,
        ).values_list("object_pk", flat=True)
    )
    author = _author.get()
    entries = [
        LogEntry(
            content_type=kind,
            object_pk=str(obj.pk),
            object_repr=str(obj),
            action=LogEntry.Action.ACCESS,
            actor_id=user.pk,
            actor_email=user.email,
            remote_addr=author.remote_addr if author else None,
            additional_data=_how_read(user, action),
        )
        for obj in objects
        if str(obj.pk) not in known
    ]
    # In bulk: the lines are complete, and a file of two thousand cases is one click.
    LogEntry.objects.bulk_create(entries)
    return len(entries)
