"""Keys of rows as addresses and forms give them."""

from uuid import UUID


def key_of(text: str) -> UUID | None:
    """The identifier that an address or a form gives, none when it is not one."""
    try:
        return UUID(text)
    except ValueError:
        return None
