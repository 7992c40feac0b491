"""What is kept of a form that could not be judged, and what never is."""

# Log-in, passwords, second factor: what is typed there is never kept, sealed or not.
SECRET_PAGES = ("account_", "mfa_")
SECRET_FIELDS = ("password", "csrfmiddlewaretoken")
# What belongs to the page that was shown, not to what somebody typed in it.
OF_THE_PAGE = ("redige_par", "ouverture", "page", "took_over_from")
# Alone, these say nothing: a button was pressed, and is pressed again.
NO_ANSWER = frozenset({"next", "submission_id"})
#: Characters kept of one form: a text pasted ten times too long still comes back whole.
MOST_CHARACTERS = 400_000
# Shorter than this, or without a space, it is an answer to choose again, not words to write again.
FEWEST_CHARACTERS = 12


def may_be_kept(address_name: str) -> bool:
    """Whether what is sent to the address of this name may be kept at all."""
    return not address_name.startswith(SECRET_PAGES)


def words_of(sent: dict[str, list[str]]) -> dict[str, list[str]]:
    """What may be kept of the fields that were sent; nothing when there is more than anybody types."""
    kept = {
        name: values
        for name, values in sent.items()
        if name not in OF_THE_PAGE and not any(secret in name.lower() for secret in SECRET_FIELDS)
    }
    size = sum(len(name) + len(value) for name, values in kept.items() for value in values)
    return kept if size <= MOST_CHARACTERS and kept.keys() - NO_ANSWER else {}


def texts_of(words: dict[str, list[str]]) -> list[str]:
    """What somebody wrote among the fields: shown to be copied where no form takes it back."""
    return [
        value.strip()
        for values in words.values()
        for value in values
        if len(value.strip()) >= FEWEST_CHARACTERS and " " in value.strip()
    ]
