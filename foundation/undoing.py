"""A message that offers to bring back what was there before: its form stands beside the words and goes with them."""

_MARK = "undo:"


def undone_by(address: str) -> str:
    """The tag of a message whose act is undone by posting to an address of ours; none for no address."""
    return f"{_MARK}{address}" if address else ""


def undo_address_of(tags: str | None) -> str:
    """The address that a tag of a message carries; an empty string for one that cannot be undone."""
    tags = tags or ""
    return tags.removeprefix(_MARK) if tags.startswith(_MARK) else ""
