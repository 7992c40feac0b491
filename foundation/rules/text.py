"""Text normalisation for stored search keys."""

import unicodedata

# Letters that Unicode does not decompose into a base letter and an accent.
_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def search_key(text: str) -> str:
    """Return ``text`` as a search key: lower case, no accents, every run of punctuation or space as one space.

    Letters and digits of any alphabet are kept. Idempotent; the empty string gives the empty string. « Éloïse
    D'Hœur-Petit » becomes « eloise d hoeur petit ».
    """
    folded = text.casefold().translate(_LIGATURES)
    decomposed = unicodedata.normalize("NFKD", folded)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().translate(_LIGATURES)
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())
