"""Belgian postcodes and communes: which place a code and a name are, and what is asked about a pair of them.

The table is written down in `foundation/places`, one commune a line, and handed in: a name of the commune, the
postcodes of it, its other places (in Flanders its French names), and which commune it became part of, on which day.
Names are compared without case, accents or punctuation. What the table does not know is never refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from foundation.rules.text import search_key

_SHORT = {"st": "saint", "ste": "sainte", "ss": "sous", "s": "sur", "lez": "les", "lz": "les"}


class PlaceDoubt(StrEnum):
    """Why a postcode and a town are asked about."""

    UNKNOWN_CODE = "unknown_code"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Merger:
    """The commune that a commune became part of, and the first day."""

    into: str
    on: date


@dataclass(frozen=True, slots=True)
class Places:
    """The table: by postcode and key the spelling of a place, by both the commune that it is in, and the mergers."""

    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    communes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    by_code: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    commune_named: Mapping[str, str] = field(default_factory=dict)
    mergers: Mapping[str, Merger] = field(default_factory=dict)

    def knows_code(self, code: str) -> bool:
        """Whether the postcode exists."""
        return code in self.by_code

    def spelling(self, code: str, town: str) -> str:
        """The one spelling of a town that stands in the table under its code, of a commune without one; any other as it
        was typed.
        """
        code, key = code.strip(), place_key(town)
        commune = self.commune_named.get(key, "") if not code else ""
        return self.names.get((code, key), commune if place_key(commune) == key else town.strip())

    def doubt(self, code: str, town: str) -> PlaceDoubt | None:
        """Why this pair is asked about: the code does not exist, or the town is elsewhere. Half a pair is no doubt.

        A name that the table does not know may be a hamlet.
        """
        code, key = code.strip(), place_key(town)
        if not code:
            return None
        if not self.knows_code(code):
            return PlaceDoubt.UNKNOWN_CODE
        codes = self.codes_of.get(key)
        return PlaceDoubt.CONTRADICTION if codes is not None and code not in codes else None

    def commune(self, code: str, town: str, on: date) -> str:
        """The commune of an address as it is called on a day; the town itself where the table does not know it.

        A town that contradicts its code was confirmed by whoever wrote it, and wins.
        """
        code, key = code.strip(), place_key(town)
        found = self.communes.get((code, key))
        if found is None and key in self.commune_named and code not in self.codes_of.get(key, ()):
            found = self.commune_named[key]
        if found is None and code in self.by_code:
            found = self.by_code[code][0]
        return self.name_on(found, on) if found is not None else town.strip()

    def name_on(self, commune: str, on: date) -> str:
        """What a commune is part of on a day: itself before its merger."""
        merger = self.mergers.get(commune)
        return merger.into if merger is not None and merger.on <= on else commune


def place_key(town: str) -> str:
    """One key for the spellings of a place: « St-Hubert » is « Saint-Hubert », « Liege » is « Liège »."""
    words = search_key(town).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def read_places(lines: Iterable[str]) -> Places:
    """Read the table. The commune whose own name bears a code comes first among those that share it.

    Raises:
        ValueError: a line is no row of the table.
    """
    names: dict[tuple[str, str], str] = {}
    communes: dict[tuple[str, str], str] = {}
    own: dict[str, list[str]] = {}
    shared: dict[str, list[str]] = {}
    codes_of: dict[str, list[str]] = {}
    named: dict[str, str] = {}
    mergers: dict[str, Merger] = {}

    def add(code: str, place: str, commune: str) -> None:
        key = place_key(place)
        names.setdefault((code, key), place)
        communes.setdefault((code, key), commune)
        codes_of.setdefault(key, []).append(code)

    for line in filter(None, (raw.strip() for raw in lines)):
        if line.startswith("#"):
            continue
        commune, codes, others, *merged = line.split("|")
        named.setdefault(place_key(commune), commune)
        for code in codes.split():
            add(code, commune, commune)
            own.setdefault(code, []).append(commune)
        for other in filter(None, others.split(",")):
            first, _space, rest = other.partition(" ")
            # A place with a postcode of its own, or another name of the commune under all of its codes.
            pairs = [(first, rest)] if first.isdigit() else [(code, other) for code in codes.split()]
            for code, place in pairs:
                add(code, place, commune)
                # The commune's own name is written beside the code of any of its places.
                add(code, commune, commune)
                shared.setdefault(code, []).append(commune)
            if not first.isdigit():
                named.setdefault(place_key(other), commune)
        words = " ".join(merged).split()
        if words:
            mergers[commune] = Merger(" ".join(words[:-1]), date.fromisoformat(words[-1]))
    # Since a merger, its name too is that of its places.
    for commune, merger in mergers.items():
        named.setdefault(place_key(merger.into), merger.into)
        for code in [code for code, communes_there in own.items() if commune in communes_there]:
            add(code, merger.into, commune)
    by_code = {code: tuple(dict.fromkeys(own.get(code, []) + shared.get(code, []))) for code in {**own, **shared}}
    return Places(names, communes, by_code, {key: tuple(codes) for key, codes in codes_of.items()}, named, mergers)
