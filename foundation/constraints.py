"""Constraints that Django does not have: spans of days that may not overlap.

On PostgreSQL the database itself refuses two overlapping rows, whoever writes and however many write at once. SQLite,
the embedded database of trials, has no such constraint: there, and before every save, the model's own check speaks.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Func, Q, Value

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class NoOverlap(ExclusionConstraint):
    """No two rows of the same ``scope`` share a day; a null ``end`` is open, an empty span shares nothing.

    ``scope`` is one field or several, all of which must be the same. The span is ``[start, end)``, or ``[start, end]``
    with ``inclusive``. ``condition`` limits which rows count.
    """

    def __init__(
        self,
        *,
        name: str,
        scope: str | tuple[str, ...],
        start: str,
        end: str,
        inclusive: bool = False,
        condition: Q | None = None,
        violation_error_code: str | None = None,
        violation_error_message: "str | StrPromise | None" = None,
    ) -> None:
        """Build the exclusion that PostgreSQL holds; `btree_gist` lets it compare the scope too."""
        self.scope, self.start, self.end, self.inclusive = scope, start, end, inclusive
        self.scopes = (scope,) if isinstance(scope, str) else tuple(scope)
        span = Func(F(start), F(end), Value("[]" if inclusive else "[)"), function="daterange")
        super().__init__(
            name=name,
            expressions=[*((one, "=") for one in self.scopes), (span, "&&")],
            condition=condition,
            violation_error_code=violation_error_code,
            violation_error_message=cast(str, violation_error_message),
        )

    @staticmethod
    def is_held_by(connection: BaseDatabaseWrapper) -> bool:
        """Whether the database itself refuses overlapping rows, whoever writes them."""
        return connection.vendor == "postgresql"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """What a migration writes: the words of this class, not the expressions made of them."""
        path, args, kwargs = super().deconstruct()
        del kwargs["expressions"]
        kwargs |= {"scope": self.scope, "start": self.start, "end": self.end}
        if self.inclusive:
            kwargs["inclusive"] = True
        return path, args, kwargs

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """The clause of a table, nothing where the database knows none."""
        return super().constraint_sql(model, schema_editor) if _knows(schema_editor) else None

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """The statement that adds the constraint, nothing where the database knows none."""
        return super().create_sql(model, schema_editor) if _knows(schema_editor) else None

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """The statement that drops the constraint, nothing where the database knows none."""
        return super().remove_sql(model, schema_editor) if _knows(schema_editor) else None

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Iterable[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Refuse a row that shares a day with another one, on every database.

        Raises:
            ValidationError: with the sentence of the constraint.
        """
        unknown = set(exclude or ())
        if {*self.scopes, self.start, self.end} & unknown:
            return
        start: date = getattr(instance, self.start)
        end: date | None = getattr(instance, self.end)
        if end is not None and (end < start if self.inclusive else end <= start):
            return
        others = model._default_manager.using(using).filter(**{one: getattr(instance, one) for one in self.scopes})
        if self.condition is not None:
            values = instance._get_field_expression_map(model._meta, unknown)  # type: ignore[attr-defined]
            if not self.condition.check(values, using=using):
                return
            others = others.filter(self.condition)
        if others.exclude(pk=instance.pk).filter(self._shares_a_day(start, end)).exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def _shares_a_day(self, start: date, end: date | None) -> Q:
        """Rows of which at least one day lies in the span."""
        before, after = ("__lte", "__gte") if self.inclusive else ("__lt", "__gt")
        found = Q(**{f"{self.end}__isnull": True}) | Q(**{f"{self.end}{after}": start})
        if end is not None:
            found &= Q(**{f"{self.start}{before}": end})
        if not self.inclusive:
            found &= Q(**{f"{self.end}__isnull": True}) | Q(**{f"{self.end}__gt": F(self.start)})
        return found


def _knows(schema_editor: BaseDatabaseSchemaEditor) -> bool:
    """Whether the database has exclusion constraints."""
    return NoOverlap.is_held_by(schema_editor.connection)
