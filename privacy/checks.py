"""Start-up checks: without its keys the application must not run."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from privacy import cipher


@checks.register(checks.Tags.security)
def keys_are_usable(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Report missing or malformed keys, and a blind index key that also encrypts."""
    try:
        ring = cipher.keyring()
        index_key = cipher._parse_index_key(settings.ANCRAGE_BLIND_INDEX_KEY)
    except (ImproperlyConfigured, AttributeError) as error:
        return [checks.Error(str(error), id="privacy.E001")]
    if index_key in ring.keys.values():
        return [checks.Error("ANCRAGE_BLIND_INDEX_KEY must differ from the encryption keys.", id="privacy.E002")]
    return []
