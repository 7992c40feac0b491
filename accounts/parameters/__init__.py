"""Numbers of the law and of the method, dated: ``value_on(Key.PREHIRE_MONTHS, on)``."""

from accounts.parameters.keys import Key
from accounts.parameters.kinds import CadenceStep, InvalidParameterValue
from accounts.parameters.registry import Definition, choices_of, closed_lists, definitions, first_values, law_days
from accounts.parameters.store import trying, value_on, values_on

__all__ = [
    "CadenceStep",
    "Definition",
    "InvalidParameterValue",
    "Key",
    "choices_of",
    "closed_lists",
    "definitions",
    "first_values",
    "law_days",
    "trying",
    "value_on",
    "values_on",
]
