"""Taking back what was typed wrong: one act for every kind (docs/decisions, 0024).

The row leaves its table, so that no reader ever counts it; the trail keeps what it said, and a row apart says that it
was there, who took it back and why.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import TakenBack, User
from accounts.permissions import require
from accounts.registries import Takable
from accounts.selectors.records import record_of, rows_naming
from accounts.services.reasons import require_reason
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act, correcting


class TakeBackRefused(DomainError):
    """Something rests on what would be taken back; the hint says what to do first."""


def gone() -> TakeBackRefused:
    """Somebody was faster, in another tab perhaps."""
    return TakeBackRefused("gone", _("Cela vient d’être retiré : rien n’a changé de plus."))


@act
def take_back(*, kind: Takable, row: Any, reason: str, actor: User) -> TakenBack:
    """Take back a row of a kind, with what goes with it, and say why.

    Raises:
        NotAllowed: neither its author on the same day, nor a coordinator.
        CorrectionRefused: no reason is given.
        TakeBackRefused: something rests on it, or it is gone already.
    """
    require(actor, "accounts.take_back", record_of(row, kind.told(row).reach.organisation))
    why = require_reason(reason)
    with correcting(why):
        return _take(kind, row, why, actor)


def _take(kind: Takable, row: Any, why: str, actor: User) -> TakenBack:
    kind.refuse(row, actor)
    for other, dependent in kind.along(row):
        _take(other, dependent, why, actor)
    trace = keep_trace(kind=kind, row=row, why=why, actor=actor)
    kind.remove(row, actor)
    return trace


def keep_trace(*, kind: Takable, row: Any, why: str, actor: User, moved: bool = False) -> TakenBack:
    """Say that a row was there; part of an act that removes or moves it."""
    told = kind.told(row)
    trace = TakenBack(
        organisation_id=told.reach.organisation,
        kind=kind.name,
        row=row.pk,
        subject=told.subject,
        words=told.words[:300],
        fact_on=told.reach.first,
        reason=why,
        taken_on=today(),
        taken_by=actor,
        moved=moved,
    )
    save_checked(trace)
    return trace


def remove_row(row: Any) -> None:
    """Take a row out of its table, and nothing with it: what else names it was settled before.

    Raises:
        TakeBackRefused: it is gone already, or something still names it.
    """
    found = type(row)._base_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise gone()
    for other in rows_naming(found):
        raise TakeBackRefused(
            "named",
            _("Autre chose s’y rattache encore : %(what)s.") % {"what": other._meta.verbose_name},
            hint=_("Retirez ou corrigez cela d’abord."),
        )
    found.delete()
