"""Closed lists: what is stored and what is read stand in one place, and rules, models and forms share it."""

from enum import EnumMeta, StrEnum
from typing import Any, Self, cast

from foundation.rules.saying import label, say


class _ListMeta(EnumMeta):
    """Gives a list what models and forms ask of it, under the names that Django's own lists bear."""

    @property
    def choices(cls) -> list[tuple[str, Any]]:
        """The stored values with their labels, in order; a label speaks the language of whoever it is shown to."""
        return [(member.value, label(member.words)) for member in cls._members()]

    @property
    def values(cls) -> list[str]:
        """The stored values, in order."""
        return [member.value for member in cls._members()]

    def _members(cls) -> "list[ClosedList]":
        return list(cast("type[ClosedList]", cls))


class ClosedList(StrEnum, metaclass=_ListMeta):
    """A closed list that a rule reads: a member is its stored value, and carries its words in French.

    Rules know no Django, so that its ``TextChoices`` are out of their reach; a model takes ``choices=X.choices``.
    """

    words: str

    def __new__(cls, value: str, words: str = "") -> Self:
        """Take a stored value with its words; a list called with a value alone looks its member up."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member

    @property
    def label(self) -> str:
        """The words in the language of whoever reads now."""
        return say(self.words)
