"""Under which keys a person is found: names in one word or in several, in any order, present and former.

Pure functions. A key has neither spaces nor accents: « Van den Berghe » and « Vandenberghe » are one.
"""

import re

from foundation.rules.text import search_key

EDGE = "|"
_BETWEEN = re.compile(r"[,;\n]+")


def compact(text: str) -> str:
    """Return a name as a key: its letters and digits, without case, accents, spaces or punctuation."""
    return search_key(text).replace(" ", "")


def whole(key: str) -> str:
    """Return what `known_as` holds when one of its keys is this one and not merely holds it."""
    return f"{EDGE}{key}{EDGE}"


def said_names(other_names: str) -> list[str]:
    """Return the other names of a person, written with commas between them."""
    return [name.strip() for name in _BETWEEN.split(other_names) if name.strip()]


def name_keys(first_name: str, last_name: str, other_names: str = "") -> list[str]:
    """Return every key of a person: the full name in either order, and each other name with the first name, alone
    when it may be a full one.
    """
    keys = [compact(f"{last_name} {first_name}"), compact(f"{first_name} {last_name}")]
    for name in said_names(other_names):
        keys += [compact(f"{name} {first_name}"), compact(f"{first_name} {name}")]
        # One word is a last name, which many people share.
        keys += [compact(name)] if " " in name else []
    return [key for key in dict.fromkeys(keys) if key]


def known_as(first_name: str, last_name: str, other_names: str = "") -> str:
    """Return the keys of a person as one text, each between two edges."""
    keys = name_keys(first_name, last_name, other_names)
    return f"{EDGE}{EDGE.join(keys)}{EDGE}" if keys else ""


def with_former(other_names: str, former: tuple[str, str], present: tuple[str, str], longest: int) -> str:
    """Return the other names once a person changed name; both names are (first, last).

    The former last name is added when the first name stayed, else the whole former name. What is now the name is no
    other name; the oldest go when there is no more room. A change of accents or spaces alone adds nothing.
    """
    (first, last), (new_first, new_last) = former, present
    if compact(f"{last} {first}") == compact(f"{new_last} {new_first}"):
        return other_names
    same_first = compact(first) == compact(new_first) and last
    added = last if same_first else f"{last} {first}".strip()
    present_keys = {compact(new_last), compact(f"{new_last} {new_first}"), compact(f"{new_first} {new_last}")}
    names = {compact(name): name for name in (*said_names(other_names), added.replace(",", " "))}
    kept = [name for key, name in names.items() if key and key not in present_keys]
    while kept and len(", ".join(kept)) > longest:
        kept.pop(0)
    return ", ".join(kept)
