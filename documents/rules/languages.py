"""In which language a paper speaks: that of whoever signs it, as far as there is a text to speak with."""

from collections.abc import Iterable

#: the language of the source: every text exists in it
FRENCH = "fr-be"
#: the others in which Ancrage brings texts of its own; codes as Django writes them
OTHERS = ("nl-be", "de-be")
LANGUAGES = (FRENCH, *OTHERS)


def shared_language(languages: Iterable[str]) -> str:
    """The language of a paper that several people sign: theirs when they all share one, else French."""
    found = set(languages)
    return found.pop() if len(found) == 1 else FRENCH


def language_of_text(wanted: str, *, is_rewritten: bool, has_own_french: bool) -> str:
    """The language in which a text can be had when `wanted` is asked.

    `is_rewritten`: the organisation has its own text in that language. `has_own_french`: it has its own in French,
    whose terms the text of origin in another language would silently drop: then the paper speaks French.
    """
    if wanted == FRENCH or is_rewritten or not has_own_french:
        return wanted
    return FRENCH


def tag_of(language: str) -> str:
    """A code as documents state it (BCP 47): « nl-be » is « nl-BE »."""
    spoken, _, region = language.partition("-")
    return f"{spoken}-{region.upper()}" if region else spoken


def code_of(tag: str) -> str:
    """The code of what a document states: « nl-BE » is « nl-be »."""
    return tag.lower()
