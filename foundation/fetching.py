"""Asking a public server for a text, on behalf of whoever typed its address; by the worker only, never in a request.

Bounds: https, public numbers (`foundation.rules.public_addresses`), a certificate that holds, so many bytes, so many
seconds over all, so many leaps; each leap is judged as the first address was.
"""

import http.client
import socket
import ssl
import time
from urllib.parse import urljoin

from foundation.rules.public_addresses import HTTPS_PORT, NotPublic, PublicAddress, is_public, public_address

MOST_BYTES = 5 * 1024 * 1024
SECONDS = 20.0
LEAPS = 3
_CHUNK = 64 * 1024
_MOVED = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({401, 403, 404, 410})


class FetchFailed(Exception):
    """Nothing was read. Its message never holds the address, which is a secret."""


class AddressRefused(FetchFailed):
    """The address, or one that it leads to, is none that may be asked for."""


class NotThere(FetchFailed):
    """The server answers that there is nothing there, or not for us."""


class TooLarge(FetchFailed):
    """There is more than is read of anything."""


class _Connection(http.client.HTTPSConnection):
    """A connection to a number that was judged, under the name that its certificate must bear."""

    def __init__(self, host: str, number: str, timeout: float) -> None:
        self._secure = ssl.create_default_context()
        super().__init__(host, HTTPS_PORT, timeout=timeout, context=self._secure)
        self.number = number

    def connect(self) -> None:
        """Reach the number, and nothing that the name may mean a moment later."""
        plain = socket.create_connection((self.number, HTTPS_PORT), self.timeout)
        try:
            self.sock = self._secure.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


def fetch(address: str) -> bytes:
    """What stands at an address.

    Raises:
        AddressRefused: it is not public, not https, or leads elsewhere than to public addresses.
        NotThere: the server says so.
        TooLarge: more than `MOST_BYTES`.
        FetchFailed: no answer within `SECONDS`, no certificate that holds, or an error of the server.
    """
    until = time.monotonic() + SECONDS
    for _leap in range(LEAPS + 1):
        try:
            asked = public_address(address)
        except NotPublic:
            raise AddressRefused from None
        moved, content = _ask(asked, until)
        if not moved:
            return content
        address = urljoin(f"https://{asked.host}{asked.target}", moved)
    raise AddressRefused


def _ask(asked: PublicAddress, until: float) -> tuple[str, bytes]:
    """Where it leads, or what stands there."""
    connection = _Connection(asked.host, _number_of(asked.host), _left(until))
    try:
        connection.request("GET", asked.target, headers={"Accept": "text/calendar", "User-Agent": "Ancrage"})
        answer = connection.getresponse()
        if answer.status in _MOVED:
            return answer.getheader("Location") or "/", b""
        if answer.status in _GONE:
            raise NotThere
        if answer.status != http.client.OK:
            raise FetchFailed
        return "", _content(connection, answer, until)
    except (OSError, http.client.HTTPException, ValueError):
        # Their words would name the address.
        raise FetchFailed from None
    finally:
        connection.close()


def _content(connection: _Connection, answer: http.client.HTTPResponse, until: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        if connection.sock is not None:
            connection.sock.settimeout(_left(until))
        part = answer.read1(_CHUNK)
        if not part:
            return b"".join(parts)
        size += len(part)
        if size > MOST_BYTES:
            raise TooLarge
        parts.append(part)


def _left(until: float) -> float:
    """The seconds that are left."""
    left = until - time.monotonic()
    if left <= 0:
        raise FetchFailed
    return left


def _number_of(host: str) -> str:
    """The number of a machine; all those that it has are public, so that none can be chosen by whoever named it."""
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise FetchFailed from None
    if not found or not all(is_public(number) for number in found):
        raise AddressRefused
    return found[0]
