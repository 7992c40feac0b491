"""What a telephone may hold of a day, and what changed between the moment it was read and the moment it answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

OFFLINE, FULL_NAMES = "hors_ligne", "noms"
#: what a conflict is about, in the order in which it is told
FACTS = ("coach", "open", "appointment", "contact")


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an organisation lets a telephone do; whole names are nothing without writing offline."""

    offline: bool
    full_names: bool


def allowed_by(codes: Collection[str]) -> Allowed:
    """Read the codes of the parameter."""
    offline = OFFLINE in codes
    return Allowed(offline, offline and FULL_NAMES in codes)


def shown_name(first: str, last: str, *, in_full: bool) -> str:
    """The name that a telephone holds: whole, or the initials of each of its parts."""
    if in_full:
        return f"{first} {last}".strip()
    parts = f"{first} {last}".replace("-", " ").split()
    return " ".join(f"{part[0].upper()}." for part in parts)


def differences(seen: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Which facts are no longer those that the writer had seen; one that was never seen is no difference."""
    return [name for name in FACTS if name in seen and seen[name] != now[name]]
