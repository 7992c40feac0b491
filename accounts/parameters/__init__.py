"""Numbers of the law and of the method, dated: ``value_on(Key.PREHIRE_MONTHS, on)``; of the house, for an
organisation: ``value_on(Key.CASELOAD_NORM, on, organisation_id)``."""

from accounts.parameters import catalogue, weights  # noqa: F401  (declare the parameters of the method)
from accounts.parameters.keys import Key
from accounts.parameters.kinds import CadenceStep, InvalidParameterValue
from accounts.parameters.registry import Definition, choices_of, closed_lists, definitions, first_values, law_days
from accounts.parameters.store import OrganisationMissing, installation_value, trying, value_on

__all__ = [
    "CadenceStep",
    "Definition",
    "InvalidParameterValue",
    "Key",
    "OrganisationMissing",
    "choices_of",
    "closed_lists",
    "definitions",
    "first_values",
    "installation_value",
    "law_days",
    "trying",
    "value_on",
]
