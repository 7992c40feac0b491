"""Re-encryption of everything stored with an older key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Cast

from foundation.registry import Registry
from privacy.cipher import decrypt, uses_primary_key
from privacy.fields import EncryptedTextField


@dataclass(frozen=True, slots=True)
class Rotation:
    """Secrets stored elsewhere than in an ``EncryptedTextField``: ``run(write)`` re-encrypts them when ``write`` is
    true, and returns how many needed it.
    """

    label: str
    run: Callable[[bool], int]


rotations: Registry[Rotation] = Registry(key=lambda rotation: rotation.label)


def encrypted_fields() -> list[tuple[type[models.Model], EncryptedTextField]]:
    """Every encrypted column of the installation, in a stable order."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    ]


def rotate(*, write: bool) -> dict[str, int]:
    """Re-encrypt with the primary key whatever another key encrypted; returns the count by column.

    Safe while people work, and safe to interrupt and run again: each value is replaced only if it is still the one
    that was read. Not audited, since what people see does not change.
    """
    counts: dict[str, int] = {}
    for model, field in encrypted_fields():
        counts[f"{model._meta.label_lower}.{field.name}"] = _rotate_column(model, field, write=write)
    for rotation in rotations:
        counts[rotation.label] = rotation.run(write)
    return counts


def _rotate_column(model: type[models.Model], field: EncryptedTextField, *, write: bool) -> int:
    stored = model._base_manager.annotate(stored_secret=Cast(field.name, models.TextField()))
    count = 0
    for pk, secret in stored.order_by("pk").values_list("pk", "stored_secret").iterator(chunk_size=500):
        if not secret or uses_primary_key(secret):
            continue
        count += 1
        if write:
            clear = decrypt(secret, field.context)
            with transaction.atomic():
                stored.filter(pk=pk, stored_secret=secret).update(**{field.name: clear})
    return count
