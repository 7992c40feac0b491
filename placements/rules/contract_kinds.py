"""What each type of contract is: one row a type, read by guards, forms, constraints, clocks and reports.

Source: domain, sections 2, 5, 6 and 9. The types and their names are ``employers.enums.ContractType``, which the room
below needs for its jobs: a type is added there and here, and nowhere else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class LastDay(StrEnum):
    """Whether a contract is written with a last day."""

    NEVER = "never"
    """Open-ended: only its real end is known, once it is there."""
    ALWAYS = "always"
    EITHER = "either"


class LastDayFault(StrEnum):
    """Why a last day does not fit a type."""

    UNEXPECTED = "unexpected"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractKind:
    """What is true of a type. The first four are what their dated parameters begin with; the house may decide else.

    Attributes:
        stops_clock: the 24 months stand still while it runs.
        is_followed: it opens a follow-up in the firm.
        is_durable: it counts towards a durable insertion.
        is_employment: a contract of employment: what every report calls a contract, and what places a person.
        is_training: training in a firm, no employment.
        last_day: whether it is written with one.
    """

    stops_clock: bool = False
    is_followed: bool = False
    is_durable: bool = False
    is_employment: bool = False
    is_training: bool = False
    last_day: LastDay = LastDay.ALWAYS


# A replacement, or a clearly defined work, is written without a last day: nobody knows it yet (law of 3 July 1978,
# article 11ter; law of 24 July 1987 for interim). Work under article 60 or 61 ends when a right is open, on a day not
# known either.
_ORDINARY_FIXED_TERM = ContractKind(
    stops_clock=True, is_followed=True, is_durable=True, is_employment=True, last_day=LastDay.EITHER
)
_OTHER_EMPLOYMENT = ContractKind(is_employment=True, last_day=LastDay.EITHER)

CONTRACT_KINDS: Mapping[str, ContractKind] = MappingProxyType(
    {
        "CDI": ContractKind(
            stops_clock=True, is_followed=True, is_durable=True, is_employment=True, last_day=LastDay.NEVER
        ),
        "CDD": _ORDINARY_FIXED_TERM,
        "INTERIM": _ORDINARY_FIXED_TERM,
        "ART_60": _OTHER_EMPLOYMENT,
        "ART_61": _OTHER_EMPLOYMENT,
        "PFI": ContractKind(is_training=True),
        "STAGE": ContractKind(is_training=True),
        "FREELANCE": ContractKind(last_day=LastDay.EITHER),
        "OTHER": _OTHER_EMPLOYMENT,
    }
)


def _types(holds: Callable[[ContractKind], bool]) -> tuple[str, ...]:
    return tuple(code for code, kind in CONTRACT_KINDS.items() if holds(kind))


# Each in the order of the list.
STOPPING_TYPES = _types(lambda kind: kind.stops_clock)
FOLLOWED_TYPES = _types(lambda kind: kind.is_followed)
DURABLE_TYPES = _types(lambda kind: kind.is_durable)
EMPLOYMENT_TYPES = _types(lambda kind: kind.is_employment)
APART_TYPES = _types(lambda kind: not kind.is_employment)
TRAINING_TYPES = _types(lambda kind: kind.is_training)
PERMANENT_TYPES = _types(lambda kind: kind.last_day is LastDay.NEVER)
FREE_TERM_TYPES = _types(lambda kind: kind.last_day is LastDay.EITHER)


def is_employment(contract_type: str) -> bool:
    """Return whether a type is a contract of employment: what every report means by « contrat ».

    Internships, training in a firm and self-employment stand apart (domain, section 9).
    """
    return CONTRACT_KINDS[contract_type].is_employment


def last_day_fault(contract_type: str, ends_on: date | None) -> LastDayFault | None:
    """Return why the planned last day does not fit the type, or ``None``; ``ends_on is None`` is without one."""
    expected = CONTRACT_KINDS[contract_type].last_day
    if expected is LastDay.NEVER and ends_on is not None:
        return LastDayFault.UNEXPECTED
    if expected is LastDay.ALWAYS and ends_on is None:
        return LastDayFault.MISSING
    return None
