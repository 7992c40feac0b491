"""How somebody likes to work, wherever they log in."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from foundation.errors import DomainError
from privacy.audit import act


@act
def choose_language(*, language: str, actor: User) -> None:
    """Have pages and mails speak one of ``settings.LANGUAGES`` to the actor.

    Raises:
        DomainError: none of them.
    """
    if language not in dict(settings.LANGUAGES):
        raise DomainError("unknown_language", _("Choisissez une langue de la liste."), field="language")
    if actor.language == language:
        return
    actor.language = language
    actor.save(update_fields=("language", "updated_at"))


@act
def choose_single_keys(*, on: bool, actor: User) -> None:
    """Let single letters act for the actor, or switch them off; pages read it as `data-single-keys`."""
    if actor.single_key_shortcuts == on:
        return
    actor.single_key_shortcuts = on
    actor.save(update_fields=("single_key_shortcuts", "updated_at"))
