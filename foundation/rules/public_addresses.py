"""Which addresses of the network our worker may ask for on somebody's behalf: public ones, over https, nothing else.

Whoever types an address must not be able to make us knock at doors that only we can reach (the database, the broker,
the machine's own pages): the name is resolved by us, every answer must be public, and that very answer is connected to.
"""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

HTTPS_PORT = 443
LONGEST = 2000


class NotPublic(ValueError):
    """The address is none that may be asked for."""


@dataclass(frozen=True, slots=True)
class PublicAddress:
    """An https address: the machine and what is asked of it."""

    host: str
    target: str


def public_address(typed: str) -> PublicAddress:
    """Read an address; `webcal:` is what calendars call https.

    Raises:
        NotPublic: it is not https, names no machine, another port, or somebody (a user before the name).
    """
    text = typed.strip()
    if len(text) > LONGEST or any(sign.isspace() or not sign.isprintable() for sign in text):
        raise NotPublic
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise NotPublic from error
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in ("https", "webcal", "webcals") or port not in (None, HTTPS_PORT) or "@" in parts.netloc:
        raise NotPublic
    if not host.isascii() or not (text.isascii()) or not ("." in host or ":" in host):
        raise NotPublic
    target = parts.path or "/"
    return PublicAddress(host, f"{target}?{parts.query}" if parts.query else target)


def is_public(number: str) -> bool:
    """Whether a number of the network is one that anybody could reach."""
    try:
        address = ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        # Numbers of the former network, dressed as others: what they hide counts.
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            address = inner
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
