"""What helps writing a contact down: phrases of one's own, and what a draft adds to what is recorded."""

#: A dozen lie under the text on a screen; more is a search again.
MOST_PHRASES = 12
LONGEST_PHRASE = 120


def missing_answers(*, held: bool, minutes: int, summary: str, with_employer: bool, has_firm: bool) -> list[str]:
    """Which answers a contact lacks, in the order of the page; an absence says neither how long nor what about."""
    found = ["no_duration"] if held and minutes <= 0 else []
    found += ["no_content"] if held and not summary.strip() else []
    return found + (["no_company"] if with_employer and not has_firm else [])


def phrases_in(typed: str) -> list[str]:
    """The phrases of a text, one a line, in order: without blanks, and each once."""
    lines = (" ".join(line.split()) for line in typed.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def fault_of(phrases: list[str]) -> str | None:
    """What is wrong with a list of phrases: ``too_many``, ``too_long``, or nothing."""
    if len(phrases) > MOST_PHRASES:
        return "too_many"
    return "too_long" if any(len(phrase) > LONGEST_PHRASE for phrase in phrases) else None


def adds_to(typed: str, recorded: str) -> bool:
    """Whether what a draft holds says more than the contact which that form became.

    A request that left before the contact was recorded arrives after it with the beginning of the same words.
    """
    return not " ".join(recorded.split()).startswith(" ".join(typed.split()))
