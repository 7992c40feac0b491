"""Secrets at rest: AES-256-GCM with named keys, and keyed fingerprints for look-ups.

A stored value reads ``v1:<key id>:<base64url(nonce ‖ ciphertext ‖ tag)>``. The context (which table and column the
value belongs to) is authenticated with it, so a value copied into another column is refused. Decryption either gives
back exactly what was encrypted or raises: it never hands out the ciphertext instead.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_VERSION = "v1"
_NONCE_BYTES = 12
_KEY_BYTES = 32


class TamperedValue(Exception):
    """A stored value was altered, truncated, moved to another column, or encrypted with a key we do not have."""


@dataclass(frozen=True)
class Keyring:
    """The keys of the installation: ``primary`` encrypts, all of them decrypt."""

    primary: str
    keys: dict[str, bytes]


def _decode_key(name: str, encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured(f"{name}: the key is not valid base64.") from error
    if len(key) != _KEY_BYTES:
        raise ImproperlyConfigured(f"{name}: the key must be {_KEY_BYTES} bytes long, encoded in base64.")
    return key


@lru_cache(maxsize=8)
def _parse_keyring(setting: str) -> Keyring:
    keys: dict[str, bytes] = {}
    for entry in filter(None, (part.strip() for part in setting.split(","))):
        key_id, separator, encoded = entry.partition(":")
        if not separator or not key_id or key_id in keys:
            raise ImproperlyConfigured('ANCRAGE_ENCRYPTION_KEYS must read "id:base64key,id2:base64key", ids differing.')
        keys[key_id] = _decode_key("ANCRAGE_ENCRYPTION_KEYS", encoded)
    if not keys:
        raise ImproperlyConfigured("ANCRAGE_ENCRYPTION_KEYS is empty: nothing secret could be stored.")
    return Keyring(primary=next(iter(keys)), keys=keys)


@lru_cache(maxsize=8)
def _parse_index_key(setting: str) -> bytes:
    return _decode_key("ANCRAGE_BLIND_INDEX_KEY", setting)


def keyring() -> Keyring:
    """The keys of the settings. Raises ImproperlyConfigured when they are missing or malformed."""
    return _parse_keyring(settings.ANCRAGE_ENCRYPTION_KEYS)


def encrypt(clear: str, context: str) -> str:
    """Encrypt with the primary key; twice the same text gives two different values."""
    sealed = _seal(clear.encode(), context)
    return f"{_prefix()}{base64.urlsafe_b64encode(sealed).decode()}"


def decrypt(stored: str, context: str) -> str:
    """Give back the text encrypted under the same ``context``. Raises ``TamperedValue``."""
    version, _, rest = stored.partition(":")
    key_id, _, payload = rest.partition(":")
    try:
        raw = base64.b64decode(payload.encode(), altchars=b"-_", validate=True)
        return _open(version, key_id, raw, context).decode()
    except ValueError as error:
        # broken base64, or bytes that are not text
        raise _altered(context) from error


def encrypt_bytes(clear: bytes, context: str) -> bytes:
    """Encrypt the content of a file: ``v1:<key id>:`` and then nonce, ciphertext and tag as they are."""
    return _prefix().encode() + _seal(clear, context)


def decrypt_bytes(stored: bytes, context: str) -> bytes:
    """Give back the content encrypted under the same ``context``. Raises ``TamperedValue``."""
    version, _, rest = stored.partition(b":")
    key_id, _, raw = rest.partition(b":")
    return _open(version.decode(errors="replace"), key_id.decode(errors="replace"), raw, context)


def _prefix() -> str:
    return f"{_VERSION}:{keyring().primary}:"


def _seal(clear: bytes, context: str) -> bytes:
    ring = keyring()
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(ring.keys[ring.primary]).encrypt(nonce, clear, context.encode())


def _open(version: str, key_id: str, raw: bytes, context: str) -> bytes:
    key = keyring().keys.get(key_id)
    if version != _VERSION or key is None:
        raise TamperedValue(f"Unreadable secret in {context}: unknown version or key.")
    try:
        return AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError) as error:
        # ValueError: a nonce cut short
        raise _altered(context) from error


def _altered(context: str) -> TamperedValue:
    return TamperedValue(f"Unreadable secret in {context}: the value was altered.")


def uses_primary_key(stored: str | bytes) -> bool:
    """Whether a stored value or file is already encrypted with the key that encrypts today."""
    return stored.startswith(_prefix()) if isinstance(stored, str) else stored.startswith(_prefix().encode())


def blind_index(value: str, context: str) -> str:
    """Fingerprint by which an encrypted value can be found again or kept unique: 64 hexadecimal digits.

    Two equal values of the same context give the same fingerprint; without the key nothing can be tried out against
    it. Give it the normalised form of the value. "" stays "".
    """
    if not value:
        return ""
    key = _parse_index_key(settings.ANCRAGE_BLIND_INDEX_KEY)
    return hmac.new(key, context.encode() + b"\x00" + value.encode(), hashlib.sha256).hexdigest()
