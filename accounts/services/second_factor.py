"""Re-encryption of the second factor's secrets, which the login library keeps in its own rows."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from privacy.cipher import uses_primary_key

#: where the library keeps secrets: single values, and lists of them
_SECRETS = ("secret", "seed")
_SECRET_LISTS = ("migrated_codes",)


def reencrypt_authenticators(write: bool) -> int:
    """Re-encrypt with the primary key the secrets that another key protects; returns how many rows needed it.

    Raises:
        TamperedValue: a stored secret was altered.
    """
    count = 0
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            authenticator = Authenticator.objects.select_for_update().get(pk=pk)
            data = {key: _reencrypted(key, value) for key, value in authenticator.data.items()}
            if data == authenticator.data:
                continue
            count += 1
            if write:
                authenticator.data = data
                authenticator.save(update_fields=("data",))
    return count


def _reencrypted(key: str, value: Any) -> Any:
    if key in _SECRETS:
        return _renew(value)
    if key in _SECRET_LISTS:
        return [_renew(one) for one in value]
    return value


def _renew(stored: str) -> str:
    if uses_primary_key(stored):
        return stored
    adapter = get_adapter()
    renewed: str = adapter.encrypt(adapter.decrypt(stored))
    return renewed
