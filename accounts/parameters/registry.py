"""What a dated parameter is, and where each is declared: those of the method here beside (``catalogue``), those of an
app above in its own ``parameters``, from ``apps.ready()``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import Owner, ParameterStatus
from accounts.parameters.kinds import Codes, Kind, check_choices
from foundation.registry import Registry

MONTHS = _("mois")
DAYS = _("jours")
WORKING_DAYS = _("jours ouvrables")
NO_UNIT = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a parameter means.

    ``stated`` is the JSON value in force from the beginning, unless the app that owns its list of codes says which.
    ``owner`` has no default: a value of the law moves every organisation's cases and belongs to the steward; one of the
    house may be set by each organisation for itself, and is never read without one.
    """

    key: str
    group: str | Promise
    label: str | Promise
    kind: Kind
    unit: str | Promise
    stated: Any
    source: str
    status: ParameterStatus
    owner: Owner

    @property
    def is_of_the_house(self) -> bool:
        """Whether each organisation may have its own value."""
        return self.owner is Owner.HOUSE

    @property
    def default(self) -> Any:
        """The JSON value in force from the beginning."""
        return list(first_values[self.key][1]) if self.key in first_values else self.stated

    def parse(self, typed: str) -> Any:
        """The JSON value of what was typed. Raises ``InvalidParameterValue``."""
        value = self.kind.parse(typed)
        if isinstance(self.kind, Codes):
            check_choices(value, choices_of(self.key))
        return value

    def show(self, stored: Any) -> str:
        """The value in words, with its unit."""
        return f"{self.kind.show(stored)} {self.unit}".strip()


#: every parameter, in the order of the page; its first value is written at the next ``migrate``
definitions: Registry[Definition] = Registry(key=lambda definition: definition.key)
#: the codes of a closed list with their labels, by parameter: brought by the app that owns the list
closed_lists: Registry[tuple[str, Sequence[tuple[str, Any]]]] = Registry(key=itemgetter(0))
#: of these codes, those in force from the beginning, by parameter: brought by that app too
first_values: Registry[tuple[str, Sequence[str]]] = Registry(key=itemgetter(0))

#: of a test that a text brought: its first day, and what is known of the days before, on which it is an assumption
law_days: Registry[tuple[str, date, str]] = Registry(key=itemgetter(0))


def choices_of(key: str) -> Sequence[tuple[str, Any]]:
    """The codes that a parameter may hold, with their labels; empty when its list is open."""
    return closed_lists[key][1] if key in closed_lists else ()
