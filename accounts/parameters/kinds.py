"""The shapes that a parameter's value can have: how it is typed, checked, kept and shown.

A value has three forms: the words typed and shown, the JSON kept in the database, the immutable Python value that
rules receive.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

# What says that no code is meant, in the three languages: a code is never one of these.
_NONE = ("aucun", "geen", "keine", "keiner")


class InvalidParameterValue(ValueError):
    """What was typed is not a value of this kind; the text is a French sentence."""


class CadenceStep(NamedTuple):
    """One contact every ``every_days`` days until month ``until_month`` of the window; None: until its end."""

    until_month: int | None
    every_days: int


class Kind(ABC):
    """One shape of value."""

    #: how many lines the field of the form has
    lines = 1

    @abstractmethod
    def parse(self, typed: str) -> Any:
        """The JSON value of what was typed. Raises ``InvalidParameterValue``."""

    @abstractmethod
    def to_python(self, stored: Any) -> Any:
        """The immutable value of a JSON value."""

    @abstractmethod
    def show(self, stored: Any) -> str:
        """The words of a JSON value; ``parse`` reads them back."""


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number within bounds, both included."""

    at_least: int = 0
    at_most: int = 1000

    def parse(self, typed: str) -> int:
        text = typed.strip()
        if not re.fullmatch(r"\d{1,6}", text):
            raise InvalidParameterValue(_("Écrivez un nombre entier, en chiffres."))
        if not self.at_least <= int(text) <= self.at_most:
            raise InvalidParameterValue(
                _("Le nombre doit aller de %(low)s à %(high)s.") % {"low": self.at_least, "high": self.at_most}
            )
        return int(text)

    def to_python(self, stored: Any) -> int:
        return int(stored)

    def show(self, stored: Any) -> str:
        return str(stored)


@dataclass(frozen=True)
class WholeList(Kind):
    """Different whole numbers, kept from the greatest to the smallest."""

    at_most: int = 1000

    def parse(self, typed: str) -> list[int]:
        """Read numbers separated by commas."""
        numbers = [Whole(at_most=self.at_most).parse(part) for part in re.split(r"[,;]", typed)]
        if len(set(numbers)) != len(numbers):
            raise InvalidParameterValue(_("Le même nombre est écrit deux fois."))
        return sorted(numbers, reverse=True)

    def to_python(self, stored: Any) -> tuple[int, ...]:
        return tuple(int(number) for number in stored)

    def show(self, stored: Any) -> str:
        """Numbers separated by commas."""
        return ", ".join(str(number) for number in stored)


@dataclass(frozen=True)
class Codes(Kind):
    """A set of codes of a closed list; the app that owns the list names it with ``closed_lists``.

    ``may_be_empty``: no code at all is a value too, written « aucun » or as the other languages say it. ``lower``: the
    codes are in small letters.
    """

    may_be_empty: bool = False
    lower: bool = False

    def parse(self, typed: str) -> list[str]:
        """Read codes separated by commas, in any case."""
        cased = typed.lower() if self.lower else typed.upper()
        codes = [part.strip() for part in re.split(r"[,;]", cased) if part.strip()]
        if self.may_be_empty and [code.lower() for code in codes] in ([], *([none] for none in _NONE)):
            return []
        if not codes:
            raise InvalidParameterValue(_("Écrivez au moins un code, par exemple CDI, CDD."))
        if unreadable := [code for code in codes if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", code)]:
            raise InvalidParameterValue(_("« %(code)s » n’est pas un code.") % {"code": unreadable[0]})
        return sorted(set(codes))

    def to_python(self, stored: Any) -> frozenset[str]:
        """A frozen set of codes."""
        return frozenset(stored)

    def show(self, stored: Any) -> str:
        """Codes separated by commas."""
        return ", ".join(stored) or _("aucun")


@dataclass(frozen=True)
class Steps(Kind):
    """Intervals that change with time: one line each, the last one open."""

    lines = 4

    def parse(self, typed: str) -> list[dict[str, int | None]]:
        """Read "jusqu’au mois 2 : 7 jours" on each line but the last, which reads "ensuite : 31 jours"."""
        lines = [line for line in typed.splitlines() if line.strip()]
        steps = [self._parse_line(line) for line in lines]
        months = [step.until_month for step in steps[:-1] if step.until_month]
        if not steps or steps[-1].until_month is not None or len(months) != len(steps) - 1:
            raise InvalidParameterValue(_("Seule la dernière ligne vaut pour la suite : « ensuite : 31 jours »."))
        if months != sorted(set(months)):
            raise InvalidParameterValue(_("Les mois doivent aller en croissant d’une ligne à l’autre."))
        return [step._asdict() for step in steps]

    def _parse_line(self, line: str) -> CadenceStep:
        numbers = [int(number) for number in re.findall(r"\d{1,4}", line)]
        if not 1 <= len(numbers) <= 2 or not all(1 <= number <= 1000 for number in numbers):
            raise InvalidParameterValue(
                _("« %(line)s » ne se lit pas. Écrivez par exemple « jusqu’au mois 2 : 7 jours ».")
                % {"line": line.strip()}
            )
        return CadenceStep(numbers[0] if len(numbers) == 2 else None, numbers[-1])

    def to_python(self, stored: Any) -> tuple[CadenceStep, ...]:
        """A tuple of ``CadenceStep``."""
        return tuple(CadenceStep(step["until_month"], step["every_days"]) for step in stored)

    def show(self, stored: Any) -> str:
        """One line per step."""
        return "\n".join(self._show_step(step) for step in self.to_python(stored))

    def _show_step(self, step: CadenceStep) -> str:
        if step.until_month is None:
            return _("ensuite : %(days)s jours") % {"days": step.every_days}
        return _("jusqu’au mois %(month)s : %(days)s jours") % {"month": step.until_month, "days": step.every_days}


def check_choices(codes: Sequence[str], choices: Sequence[tuple[str, Any]]) -> None:
    """Refuse codes that are not of the closed list. An empty list closes nothing."""
    known = {code for code, _label in choices}
    if known and (unknown := sorted(set(codes) - known)):
        raise InvalidParameterValue(
            _("Code inconnu : %(codes)s. Codes possibles : %(known)s.")
            % {"codes": ", ".join(unknown), "known": ", ".join(sorted(known))}
        )
