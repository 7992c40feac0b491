"""Saving a fact: the model's own checks first, the database's word last, and one French sentence either way."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.constraints import NoOverlap
from foundation.dates import fault_words
from foundation.errors import DomainError
from foundation.models import given_by_database
from foundation.rules.dates import DEFAULT, DateBounds


class InvalidFact(DomainError):
    """A row breaks one of its own rules; `field` names the form field when the fault belongs to one."""

    def __init__(self, message: str, *, field: str | None = None, code: str = "invalid") -> None:
        super().__init__(code, message, field=field)


def save_checked(instance: models.Model, *, exclude: tuple[str, ...] = ()) -> None:
    """Validate and save one row.

    What the database cannot refuse by itself is checked first. Its constraints are asked once, by the write itself, in
    a savepoint: when one says no, the checks of the model run in full, since they speak well; a race that only the
    database saw (two clicks, two tabs) is told with the words of the constraint that was broken.

    Raises:
        InvalidFact: the row breaks a field's check or a constraint.
    """
    try:
        _check_what_no_constraint_holds(instance, exclude)
    except ValidationError as error:
        raise _first_fault(error, instance) from error
    try:
        with transaction.atomic():
            instance.save()
    except IntegrityError as error:
        try:
            instance.full_clean(exclude=exclude)
        except ValidationError as fault:
            raise _first_fault(fault, instance) from fault
        raise InvalidFact(_constraint_sentence(instance, str(error)), code="conflict") from error


def _check_what_no_constraint_holds(instance: models.Model, exclude: tuple[str, ...]) -> None:
    """Fields, the model's own words, and spans of days where the database cannot compare them.

    Whether a row that a foreign key names exists is not asked when it was read: the key that names it holds it.

    Raises:
        ValidationError: as `full_clean` does.
    """
    at_hand = {*exclude, *_known_to_exist(instance)}
    try:
        instance.clean_fields(exclude=at_hand)
        _refuse_impossible_dates(instance, exclude)
        instance.clean()
        for constraint in instance._meta.constraints:
            if isinstance(constraint, NoOverlap) and not NoOverlap.is_held_by(connection):
                constraint.validate(type(instance), instance, exclude)
    except ValidationError:
        # In full, so that the first fault told is the same whoever found it.
        instance.full_clean(exclude=exclude)
        raise


def _refuse_impossible_dates(instance: models.Model, exclude: tuple[str, ...]) -> None:
    """Days that no one can mean: outside the bounds of their column, or the widest. One that was read is left alone,
    so that what an older version let in can be put right one by one.

    Raises:
        ValidationError: by field.
    """
    narrower: Mapping[str, DateBounds] = getattr(instance, "date_bounds", {})
    on = today()
    for field in instance._meta.concrete_fields:
        day = getattr(instance, field.attname)
        if not isinstance(field, models.DateField) or isinstance(day, datetime) or not isinstance(day, date):
            continue
        if field.name in exclude or day == given_by_database(instance, field.attname):
            continue
        bounds = narrower.get(field.name, DEFAULT)
        fault = bounds.fault_of(day, on)
        if fault is not None:
            raise ValidationError({field.name: ValidationError(fault_words(fault, bounds), "impossible_date")})


def _known_to_exist(instance: models.Model) -> Iterator[str]:
    """The foreign keys whose row is at hand, or that are what the database gave."""
    for field in instance._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey):
            continue
        key = getattr(instance, field.attname)
        row = field.get_cached_value(instance, default=None)
        at_hand = row is not None and not row._state.adding and getattr(row, field.target_field.attname) == key
        if key is not None and (at_hand or given_by_database(instance, field.attname) == key):
            yield field.name


def contradiction() -> str:
    """What is said when a constraint that no service explains is broken: its name is for programs."""
    return _("Ces informations se contredisent : vérifiez les dates et les choix.")


def _first_fault(error: ValidationError, instance: models.Model) -> InvalidFact:
    """The first thing wrong, with its field."""
    field, faults = next(iter(error.error_dict.items()))
    first = faults[0]
    code = first.code or "invalid"
    if field == NON_FIELD_ERRORS:
        message = first.messages[0]
        nameless = not any(constraint.name in message for constraint in instance._meta.constraints)
        return InvalidFact(message if nameless else contradiction(), code=code)
    return InvalidFact(first.messages[0], field=field, code=code)


def _constraint_sentence(instance: models.Model, database_message: str) -> str:
    """The sentence of the constraint that the database names, or one that fits every lost race."""
    for constraint in instance._meta.constraints:
        columns = getattr(constraint, "fields", ())
        named = constraint.name in database_message
        # SQLite names the columns of a broken unique constraint, not the constraint.
        table = instance._meta.db_table
        fields = {field.name: field.column for field in instance._meta.concrete_fields}
        listed = columns and all(f"{table}.{fields[name]}" in database_message for name in columns)
        if named or listed:
            message = str(constraint.get_violation_error_message())
            return contradiction() if constraint.name in message else message
    return _("Cet enregistrement existe déjà ou vient d’être modifié par quelqu’un d’autre. Rechargez la page.")
