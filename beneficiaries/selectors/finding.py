"""Finding people by what they say of themselves: a name, a telephone, an address, a birth date."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q, Value
from django.db.models.functions import Upper
from django.db.models.lookups import Exact

from foundation.clock import today
from foundation.fields import FrenchDateField
from foundation.phones import e164
from foundation.rules.text import search_key

_SIX_DIGITS = re.compile(r"\d{6}")
_CENTURY = 100


def answering(typed: str, path: str = "") -> Q:
    """The people whom these words describe; `path` leads from the rows to the person (« case__beneficiary__ »).

    A telephone however it is written, an e-mail address, a birth date (as a date, or as the first six digits of a
    national number), else every word of a name, present or former, in one word or in several.
    """
    typed = typed.strip()
    if "@" in typed:
        # As the index says it: the comparison of Django that ignores case has none on SQLite.
        return Q(Exact(Upper(f"{path}email"), Upper(Value(typed))))
    born = birth_typed(typed)
    if born is not None:
        return Q(**{f"{path}birth_date": born})
    if e164(typed):
        return Q(**{f"{path}phone": typed})
    return named(typed, path)


def named(typed: str, path: str = "") -> Q:
    """The people of whom every word typed is in one of the names."""
    return Q(**{f"{path}known_as__holds": search_key(typed)})


def birth_typed(typed: str) -> date | None:
    """The day of birth that was typed: 04/03/1985, 4.3.85, 850304; None for anything else."""
    if _SIX_DIGITS.fullmatch(typed):
        year, month, day = (int(typed[start : start + 2]) for start in range(0, 6, 2))
        century = today().year // _CENTURY * _CENTURY
        typed = f"{day}/{month}/{century + year if century + year <= today().year else century - _CENTURY + year}"
    if not any(character.isdigit() for character in typed):
        return None
    try:
        born: date | None = FrenchDateField(required=False, not_future=True).clean(typed)
    except ValidationError:
        return None
    return born
