"""Reading the audit trail: lines that a person understands."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

VERBS = {
    LogEntry.Action.CREATE: gettext_lazy("a créé"),
    LogEntry.Action.UPDATE: gettext_lazy("a modifié"),
    LogEntry.Action.DELETE: gettext_lazy("a supprimé"),
    LogEntry.Action.ACCESS: gettext_lazy("a consulté"),
}

#: what can be done with a row without changing it
ACCESS_VERBS = {
    "view": gettext_lazy("a consulté"),
    "print": gettext_lazy("a imprimé"),
    "export": gettext_lazy("a exporté"),
    "reveal": gettext_lazy("a affiché une donnée masquée de"),
    "download": gettext_lazy("a téléchargé"),
    "found": gettext_lazy("a trouvé, par un numéro, une adresse ou une date de naissance,"),
    "found_words": gettext_lazy("a lu, en cherchant des mots, une note dans"),
    "inspection": gettext_lazy("a consulté, pour l’inspection,"),
    "inspection_pdf": gettext_lazy("a téléchargé en PDF, pour l’inspection,"),
    "inspection_zip": gettext_lazy("a téléchargé avec ses pièces, pour l’inspection,"),
    "inspection_list": gettext_lazy("a consulté la liste des dossiers à inspecter :"),
    "inspection_report": gettext_lazy("a consulté un rapport d’inspection :"),
}


@dataclass(frozen=True)
class Change:
    """One field before and after; "" where there was nothing. ``field`` is its name in the code."""

    label: str
    before: str
    after: str
    field: str = ""


@dataclass(frozen=True)
class HistoryLine:
    """Who did what, when. ``actor`` is "" when the machine did it.

    For pages that have words of their own: ``model`` is the class of the row (None once the class is gone), ``action``
    one of ``LogEntry.Action``, ``access`` a key of :data:`ACCESS_VERBS` or "".
    """

    at: datetime
    actor: str
    verb: str
    kind: str
    subject: str
    is_access: bool
    changes: tuple[Change, ...]
    model: type[models.Model] | None = None
    action: int = LogEntry.Action.UPDATE
    access: str = ""
    reason: str = ""
    # What was asked, and confirmed, before it was written.
    confirmed: tuple[str, ...] = ()


def history_of(objects: Iterable[models.Model], *, accesses: bool | None = None, limit: int = 200) -> list[HistoryLine]:
    """What happened to ``objects``, the latest first. The caller has checked that they may be seen.

    ``accesses``: True for reads only, False for writes only, None for both.
    """
    keys: dict[type[models.Model], set[str]] = defaultdict(set)
    for obj in objects:
        keys[type(obj)].add(str(obj.pk))
    if not keys:
        return []
    condition = Q()
    for model, pks in keys.items():
        condition |= Q(content_type=ContentType.objects.get_for_model(model), object_pk__in=pks)
    entries = LogEntry.objects.filter(condition)
    if accesses is not None:
        is_access = Q(action=LogEntry.Action.ACCESS)
        entries = entries.filter(is_access if accesses else ~is_access)
    return lines_of(entries.select_related("actor", "content_type").order_by("-timestamp", "-pk")[:limit])


def entries_about(keys: Iterable[Any], *, accesses: bool | None = None) -> models.QuerySet[LogEntry]:
    """The entries about the rows that have these keys (unique across tables, being UUIDs), the latest first.

    The caller has checked that the rows may be seen. Cut a page out of it, and read it with :func:`lines_of`.
    """
    entries = LogEntry.objects.filter(object_pk__in=[str(key) for key in keys])
    if accesses is not None:
        is_access = Q(action=LogEntry.Action.ACCESS)
        entries = entries.filter(is_access if accesses else ~is_access)
    found: models.QuerySet[LogEntry] = entries.select_related("actor", "content_type").order_by("-timestamp", "-pk")
    return found


@dataclass(frozen=True, slots=True)
class FirstEntry:
    """Who wrote a row down first (the machine: nobody), and when."""

    actor_id: Any
    at: datetime


def first_entries(keys: Iterable[Any]) -> dict[str, FirstEntry]:
    """Who wrote each of these rows down, by key; a row that the trail has not seen begin is left out. One statement."""
    created = LogEntry.objects.filter(object_pk__in=[str(key) for key in keys], action=LogEntry.Action.CREATE)
    found = created.order_by("-timestamp").values_list("object_pk", "actor_id", "timestamp")
    return {key: FirstEntry(actor, at) for key, actor, at in found}


def lines_of(entries: Iterable[LogEntry], known: Iterable[models.Model] = ()) -> list[HistoryLine]:
    """The entries in words. Rows among ``known`` need no query for their name; the others one query per model."""
    found = list(entries)
    names = _names_of_related(found, known)
    return [_line(entry, names) for entry in found]


def _line(entry: LogEntry, names: dict[tuple[type[models.Model], str], str]) -> HistoryLine:
    model = entry.content_type.model_class()
    access = (entry.additional_data or {}).get("access", "")
    return HistoryLine(
        at=entry.timestamp,
        actor=entry.actor.get_full_name() if entry.actor else entry.actor_email or "",
        verb=str(ACCESS_VERBS.get(access) or VERBS[entry.action]),
        kind=str(model._meta.verbose_name) if model else entry.content_type.model,
        subject=entry.object_repr,
        is_access=entry.action == LogEntry.Action.ACCESS,
        changes=tuple(_changes(entry, model, names)),
        model=model,
        action=entry.action,
        reason=(entry.additional_data or {}).get("reason", ""),
        confirmed=tuple((entry.additional_data or {}).get("confirmed", {}).values()),
        access=access,
    )


def _changes(
    entry: LogEntry, model: type[models.Model] | None, names: dict[tuple[type[models.Model], str], str]
) -> Iterable[Change]:
    for name, (before, after) in sorted((entry.changes or {}).items()):
        field = _field(model, name)
        if field is None or field.primary_key or name == "organisation":
            continue
        change = Change(str(field.verbose_name), _shown(field, before, names), _shown(field, after, names), name)
        if change.before or change.after:
            yield change


def _field(model: type[models.Model] | None, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _shown(field: Any, value: str, names: dict[tuple[type[models.Model], str], str]) -> str:
    """A stored value in the words of the screen."""
    if value in {"None", ""}:
        return ""
    if field.is_relation:
        return names.get((field.related_model, value), _("supprimé"))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField):
        return _("oui") if value == "True" else _("non")
    if isinstance(field, models.DateTimeField):
        return formats.date_format(timezone.localtime(datetime.fromisoformat(value).replace(tzinfo=UTC)), "d/m/Y H:i")
    if isinstance(field, models.DateField):
        return formats.date_format(date.fromisoformat(value), "d/m/Y")
    if isinstance(field, models.DecimalField):
        return value.replace(".", ",")
    if value.startswith("["):
        return _shown_list(value)
    return value


def _shown_list(value: str) -> str:
    try:
        return ", ".join(str(item) for item in ast.literal_eval(value))
    except (SyntaxError, ValueError):
        return value


def _names_of_related(
    entries: Iterable[LogEntry], known: Iterable[models.Model] = ()
) -> dict[tuple[type[models.Model], str], str]:
    """Names of the rows that changes point to: one query per model, whatever the number of entries."""
    names = {(type(row), str(row.pk)): str(row) for row in known}
    wanted: dict[type[models.Model], set[str]] = defaultdict(set)
    for entry in entries:
        model = entry.content_type.model_class()
        for name, values in (entry.changes or {}).items():
            field = _field(model, name)
            if field is not None and field.is_relation and name != "organisation":
                wanted[field.related_model].update(
                    value for value in values if value not in {"None", ""} and (field.related_model, value) not in names
                )
    for model, pks in wanted.items():
        if pks:
            names |= {(model, str(pk)): str(row) for pk, row in model._base_manager.in_bulk(list(pks)).items()}
    return names
