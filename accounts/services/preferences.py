"""How somebody likes to work, wherever they log in."""

from __future__ import annotations

from accounts.models import User
from privacy.audit import act


@act
def choose_single_keys(*, on: bool, actor: User) -> None:
    """Let single letters act for the actor, or switch them off; pages read it as `data-single-keys`."""
    if actor.single_key_shortcuts == on:
        return
    actor.single_key_shortcuts = on
    actor.save(update_fields=("single_key_shortcuts", "updated_at"))
