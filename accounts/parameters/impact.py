"""What a new value would move: asked of the apps above before it is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accounts.models import User

#: given the key, the new JSON value, its first day and who asks: a sentence for the screen, or "" when nothing moves
ImpactCheck = Callable[[str, Any, date, "User"], str]

_checks: list[ImpactCheck] = []


def register_impact(check: ImpactCheck) -> None:
    """Have ``check`` asked before a value is confirmed. To be called from ``apps.ready()``; twice is once."""
    if check not in _checks:
        _checks.append(check)


def impacts(key: str, value: Any, valid_from: date, actor: User) -> list[str]:
    """The sentences of all checks."""
    return [sentence for check in _checks if (sentence := check(key, value, valid_from, actor))]
