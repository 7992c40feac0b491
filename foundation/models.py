"""What each row has, whatever it stands for."""

import uuid
from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class UuidModel(models.Model):
    """Base of every model: a key that tells nothing and can stand in an address, and when the row was written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    _as_read: tuple[Collection[str], Collection[Any]]

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any) -> Self:
        """Build a row from what was read, and keep what was read beside it."""
        row = super().from_db(db, field_names, values, **kwargs)
        row._as_read = (field_names, values)
        return row


def given_by_database(row: models.Model, column: str) -> Any:
    """The value of a column (`attname`) when the row was read; none for a row that was never read, or not in full."""
    names, values = getattr(row, "_as_read", ((), ()))
    return dict(zip(names, values, strict=True)).get(column)
