"""What an organisation holds of what it begins with; one statement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from accounts.models import Organisation, User
from accounts.registries import first_steps


def steps_done(user: User, on: date) -> Mapping[str, bool]:
    """Whether each of the first steps has been taken in the user's current organisation, by the step's name.

    Without an organisation nothing is. Not scoped by what the user may read: that something exists names nobody, and
    whoever may not see what the others hold still needs to know whether it is their turn.
    """
    if user.current_organisation_id is None:
        return {}
    asked = {step.name: step.done(on) for step in first_steps}
    row = Organisation.objects.filter(pk=user.current_organisation_id).annotate(**_named(asked))
    found = row.values(*_named(asked)).first() or {}
    return {name: bool(found.get(f"first_{name}")) for name in asked}


def _named(asked: Mapping[str, object]) -> dict[str, object]:
    """Under names that no column of an organisation bears."""
    return {f"first_{name}": exists for name, exists in asked.items()}
