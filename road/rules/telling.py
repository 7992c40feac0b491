"""What a telephone may hold of a day, and what changed between the moment it was read and the moment it answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

OFFLINE, FULL_NAMES, DICTATION = "hors_ligne", "noms", "dictee"
#: what a conflict is about, in the order in which it is told
FACTS = ("coach", "open", "appointment", "contact")
#: what one talk written twice may differ in; each is chosen apart
FIELDS = ("outcome", "channel", "minutes", "summary")
#: of which the two are kept, one after the other, when somebody wants both
JOINED = "summary"


class Pick(StrEnum):
    """Which of two writings of a field is kept."""

    THEIRS = "theirs"
    TYPED = "typed"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an organisation lets a telephone do; whole names and dictation are nothing without writing offline."""

    offline: bool
    full_names: bool
    dictation: bool


def allowed_by(codes: Collection[str]) -> Allowed:
    """Read the codes of the parameter."""
    offline = OFFLINE in codes
    return Allowed(offline, offline and FULL_NAMES in codes, offline and DICTATION in codes)


def shown_name(first: str, last: str, *, in_full: bool) -> str:
    """The name that a telephone holds: whole, or the initials of each of its parts."""
    if in_full:
        return f"{first} {last}".strip()
    parts = f"{first} {last}".replace("-", " ").split()
    return " ".join(f"{part[0].upper()}." for part in parts)


def differences(seen: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Which facts are no longer those that the writer had seen; one that was never seen is no difference."""
    return [name for name in FACTS if name in seen and seen[name] != now[name]]


def apart(theirs: Mapping[str, str], typed: Mapping[str, str]) -> list[str]:
    """Return the fields in which two writings of one talk differ."""
    return [name for name in FIELDS if theirs[name] != typed[name]]


def merged(theirs: Mapping[str, str], typed: Mapping[str, str], picks: Mapping[str, str]) -> dict[str, str]:
    """Return one talk of two writings, field by field.

    What nobody chose stays as the server has it. Words that are kept beside others are not added again, so that the
    same choice sent twice changes nothing the second time.
    """
    found = {name: typed[name] if picks.get(name) == Pick.TYPED else theirs[name] for name in FIELDS}
    if picks.get(JOINED) == Pick.BOTH and typed[JOINED] not in theirs[JOINED]:
        found[JOINED] = f"{theirs[JOINED]}\n\n{typed[JOINED]}".strip()
    return found
