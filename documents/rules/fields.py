"""The fields that a text may name: a closed list, forgiving about accents and capitals, helpful about slips."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from documents.rules.markup import STANDING_ALONE, Mention, Value, mentions
from foundation.rules.resemblance import most_alike
from foundation.rules.text import search_key

# Looser than for people's names: there are few fields, and a wrong suggestion harms nobody.
_NEAR = 0.5


@dataclass(frozen=True, slots=True)
class Misuse:
    """A field that a text may not use so: as it was written, the nearest known one, or `alone` when it is known but
    must stand alone on its line.
    """

    written: str
    nearest: str = ""
    alone: bool = False


class FieldNames:
    """The names of the fields of one kind of document."""

    def __init__(self, examples: Mapping[str, Value]) -> None:
        self._examples = examples
        self._names = {search_key(name): name for name in examples}

    def name_of(self, written: str) -> str:
        """The name of a field as the list writes it; "" when there is no such field."""
        return self._names.get(search_key(written), "")

    def nearest(self, written: str) -> str:
        """The known field that looks most like what was written; "" when none does."""
        key = search_key(written)
        if not key:
            return ""
        alike = most_alike(key, ((name, known) for known, name in self._names.items()), 1)
        if alike:
            return alike[0]
        close = get_close_matches(key, self._names, n=1, cutoff=_NEAR)
        return self._names[close[0]] if close else ""

    def misuses(self, text: str, *, one_line: bool = False) -> Sequence[Misuse]:
        """What is wrong with the fields that a text names, each fault once, in order.

        `one_line`: the text is a title, where no field makes blocks of its own.
        """
        faults = [self._misuse(replace(mention, alone=mention.alone and not one_line)) for mention in mentions(text)]
        return list(dict.fromkeys(fault for fault in faults if fault is not None))

    def _misuse(self, mention: Mention) -> Misuse | None:
        name = self.name_of(mention.written)
        if not name:
            return Misuse(mention.written, self.nearest(mention.written))
        if isinstance(self._examples[name], STANDING_ALONE) and not mention.alone:
            return Misuse(mention.written, alone=True)
        return None
