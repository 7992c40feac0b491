"""The bounds of dates in words, and the doors that hold them: addresses, statements of acts.

The form field and `save_checked` hold the same bounds (:mod:`foundation.rules.dates`).
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.clock import today
from foundation.errors import DomainError
from foundation.formatting import date_words
from foundation.rules.dates import DEFAULT, WITHOUT_END, DateBounds, DateFault

# What the last day of something is called everywhere; one that may be absent has None by default.
_LAST_DAY = "ends_on"


class ImpossibleDate(DomainError):
    """No one can mean this day."""


def fault_words(fault: DateFault, bounds: DateBounds) -> str:
    """Why a day is refused, and which ones are not."""
    if fault is DateFault.WITHOUT_END:
        return _("Le 31/12/9999 n’est pas un jour : s’il n’y a pas de fin, laissez la date vide là où c’est permis.")
    if fault is DateFault.TOO_EARLY:
        first = {"date": date_words(bounds.earliest)}
        return _("Cette date est antérieure au %(date)s : vérifiez l’année.") % first
    years = bounds.months_ahead // 12
    if not years:
        return _("Cette date n’est pas encore venue.")
    words = ngettext(
        "Cette date est à plus d’un an d’ici : vérifiez l’année.",
        "Cette date est à plus de %(years)s ans d’ici : vérifiez l’année.",
        years,
    )
    return words % {"years": years}


def refuse_impossible(day: date, *, field: str | None = None, bounds: DateBounds = DEFAULT) -> None:
    """Refuse a day that no one can mean.

    Raises:
        ImpossibleDate: it is outside the bounds.
    """
    fault = bounds.fault_of(day, today())
    if fault is not None:
        raise ImpossibleDate("impossible_date", fault_words(fault, bounds), field=field)


def day_of_address(typed: str, default: date) -> date:
    """The day that an address asks for (yyyy-mm-dd); the default when it is none, the nearest when it is too far."""
    try:
        asked = date.fromisoformat(typed)
    except ValueError:
        return default
    return min(max(asked, DEFAULT.earliest), DEFAULT.latest(today()))


def month_of_address(typed: str, default: date) -> date:
    """The first day of the month that an address asks for (yyyy-mm); otherwise as :func:`day_of_address`."""
    return day_of_address(f"{typed}-01", default).replace(day=1)


def with_possible_dates(stated: Mapping[str, Any]) -> dict[str, Any]:
    """What an act is told, by argument: dates, and statements (data classes) that hold dates.

    A last day of 31/12/9999 that may be absent is made absent.

    Raises:
        ImpossibleDate: one of the others is outside the widest bounds; what a rule computes from it would be none.
    """
    return {name: _possible(name, value) for name, value in stated.items()}


def _possible(name: str, value: Any) -> Any:
    if _is_day(value):
        refuse_impossible(value, field=name)
    elif isinstance(value, list | tuple):
        kept = [_possible(name, one) for one in value]
        return value if all(one is known for one, known in zip(kept, value, strict=True)) else kept
    elif isinstance(value, dict):
        return {key: _possible(str(key), one) for key, one in value.items()}
    elif _is_statement(value):
        return _possible_statement(value)
    return value


def _possible_statement(statement: Any) -> Any:
    changed: dict[str, Any] = {}
    for field in fields(statement):
        if not field.init:
            continue
        value = getattr(statement, field.name)
        # A statement may know better whether what it states can go on for ever.
        endless = field.default is not MISSING and getattr(statement, "may_be_endless", True)
        if value == WITHOUT_END and field.name == _LAST_DAY and endless:
            changed[field.name] = None
            continue
        kept = _possible(field.name, value)
        if kept is not value:
            changed[field.name] = kept
    return replace(statement, **changed) if changed else statement


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_statement(value: Any) -> bool:
    return is_dataclass(value) and not isinstance(value, type)
