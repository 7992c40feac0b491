"""Days of the 24 months that the person had already used at another organisation, with their proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.files.base import File
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.enums import EvidenceKind
from beneficiaries.models import CoachingCase
from beneficiaries.services.papers import PaperStatement, files_of_the_act, keep_paper
from beneficiaries.services.steps import PathRefused, begin_step
from foundation.persistence import save_checked
from privacy.audit import act, correcting


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsewhereStatement:
    """Where, from the first to the last day there (both included), how many of these days counted, and what proves it:
    a paper of a date, with its scan. `reason` says why what was written before changes.
    """

    at: str
    first: date
    last: date
    days: int
    proof_on: date
    file: File[bytes] | None = None
    reason: str = ""


@act
def note_days_elsewhere(*, case: CoachingCase, statement: ElsewhereStatement, actor: User) -> CoachingCase:
    """Write how many days of the 24 months another organisation used, once the case is open; the clock follows.

    Raises:
        NotAllowed: the case is not the actor's.
        PathRefused: the case is closed, a date is impossible, more days are told than there were, nobody is named, or
            what was written before is changed without a reason.
        PaperRefused: the paper cannot be kept.
    """
    case = begin_step(case, actor, statement.proof_on, "elsewhere_proof_on")
    write_days_elsewhere(case, statement, actor)
    return case


def write_days_elsewhere(case: CoachingCase, statement: ElsewhereStatement, actor: User) -> None:
    """The same, as part of an act that holds the case: the opening itself.

    Raises:
        PathRefused, PaperRefused: as for `note_days_elsewhere`.
    """
    if not statement.at.strip():
        raise PathRefused("at", _("Nommez l’organisme."), field="elsewhere_at")
    if statement.last < statement.first:
        raise PathRefused("order", _("Le dernier jour précède le premier."), field="elsewhere_until")
    if statement.last >= case.opened_on:
        raise PathRefused(
            "after_opening", _("Ces jours précèdent l’ouverture de ce dossier-ci."), field="elsewhere_until"
        )
    if not 0 < statement.days <= (statement.last - statement.first).days + 1:
        raise PathRefused("days", _("Il n’y a pas autant de jours entre ces dates."), field="elsewhere_days")
    if case.elsewhere_days and not statement.reason.strip():
        raise PathRefused("reason", _("Dites pourquoi ce qui était noté change."), field="reason")
    with files_of_the_act(), correcting(statement.reason.strip()):
        label = _("Jours utilisés chez %(name)s") % {"name": statement.at.strip()}
        paper = PaperStatement(
            kind=EvidenceKind.OTHER, dated_on=statement.proof_on, label=label[:150], file=statement.file
        )
        case.elsewhere_proof = keep_paper(case, paper, actor)
        case.elsewhere_at, case.elsewhere_days = statement.at.strip(), statement.days
        case.elsewhere_from, case.elsewhere_until = statement.first, statement.last
        save_checked(case)
