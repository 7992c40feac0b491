"""Correcting the past of a case: what was typed wrong is changed, re-checked, and kept in the trail with its reason."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from accounts.services.reasons import CorrectionRefused, require_reason
from beneficiaries.models import CaseAssignment, CaseBelonging, CoachingCase, PhaseSpell
from beneficiaries.services.coherence import require_coherence
from beneficiaries.services.phases import locked_case
from foundation.asking import about_unlikely_date, ask
from foundation.clock import today
from foundation.persistence import save_checked
from foundation.rules.dates import OPENING
from method.rules.phases import Phase
from privacy.audit import act, correcting

# Why a correction is refused is told by whoever corrects, in rooms above too.
__all__ = ["CorrectionRefused", "correct_phase_start", "move_spell", "require_reason", "undo_exit", "withdraw_spell"]


@act
def correct_phase_start(
    *, spell: PhaseSpell, starts_on: date, reason: str, actor: User, confirmed: frozenset[str] = frozenset()
) -> PhaseSpell:
    """Change the day a phase began: the phase before ends that day; the case opens and leaves with its first and last.

    Raises:
        NotAllowed: only a coordinator corrects.
        CorrectionRefused: no reason, a day to come, or a day outside the phases before and after.
        Incoherent: something else that is recorded would no longer hold.
        Unconfirmed: the case would open so long ago that it is unlikely, and nobody said that it is meant.
    """
    require(actor, "beneficiaries.correct_case", spell.case)
    why = require_reason(reason)
    case = locked_case(spell.case)
    if spell.sequence == 1 and starts_on != spell.starts_on:
        # The case opens with its first phase: what is asked when it is opened is asked again.
        ask(about_unlikely_date(starts_on, "starts_on", OPENING), confirmed)
    with correcting(why):
        moved = move_spell(case, spell.sequence, starts_on)
        require_coherence(case)
    return moved


def move_spell(case: CoachingCase, sequence: int, starts_on: date) -> PhaseSpell:
    """Move the beginning of a spell between its neighbours; part of a correction, inside its transaction.

    Raises:
        CorrectionRefused: the day has not come, or lies before the phase before or after the end of this one.
    """
    if starts_on > today():
        raise CorrectionRefused("future", _("Cette date n’est pas encore venue."), field="starts_on")
    spells = {spell.sequence: spell for spell in case.spells.all()}
    spell, before = spells[sequence], spells.get(sequence - 1)
    if before is not None and starts_on < before.starts_on:
        raise CorrectionRefused(
            "before_previous",
            _("La phase précédente a commencé le %(date)s.") % {"date": f"{before.starts_on:%d/%m/%Y}"},
            field="starts_on",
        )
    if spell.ends_on is not None and starts_on > spell.ends_on:
        raise CorrectionRefused(
            "after_next",
            _("La phase suivante a commencé le %(date)s.") % {"date": f"{spell.ends_on:%d/%m/%Y}"},
            field="starts_on",
        )
    earlier = starts_on < spell.starts_on
    spell.starts_on = starts_on
    if before is None:
        _open_on(case, starts_on)
        save_checked(spell)
    else:
        before.ends_on = starts_on
        # The one that gives up days goes first: two phases never share one, not even inside a transaction.
        for changed in (before, spell) if earlier else (spell, before):
            save_checked(changed)
    if spell.phase == Phase.EXIT:
        case.closed_on = starts_on
    save_checked(case)
    return spell


def withdraw_spell(case: CoachingCase, sequence: int) -> None:
    """Take back a phase that never began: the one before lasts until the one after; part of an act, inside its
    transaction. The trail keeps it.
    """
    spells = {spell.sequence: spell for spell in case.spells.all()}
    gone, before = spells[sequence], spells[sequence - 1]
    ends_on = gone.ends_on
    gone.delete()
    before.ends_on = ends_on
    save_checked(before)
    for later in sorted(number for number in spells if number > sequence):
        spells[later].sequence = later - 1
        save_checked(spells[later])


def _open_on(case: CoachingCase, day: date) -> None:
    """Make the case and its first assignment begin on a day.

    Raises:
        CorrectionRefused: the case had changed hands, or project, by then.
    """
    case.opened_on = day
    first: CaseAssignment = case.assignments.earliest("starts_on", "created_at")
    if first.ends_on is not None and day > first.ends_on:
        raise CorrectionRefused(
            "after_hand_over",
            _("Le dossier a été transmis le %(date)s : il était ouvert.") % {"date": f"{first.ends_on:%d/%m/%Y}"},
            field="starts_on",
        )
    first.starts_on = day
    save_checked(first)
    belonged: CaseBelonging = case.belongings.earliest("starts_on")
    if belonged.ends_on is not None and day >= belonged.ends_on:
        raise CorrectionRefused(
            "after_belonging",
            _("Le dossier a changé de rattachement le %(date)s : il était ouvert.")
            % {"date": f"{belonged.ends_on:%d/%m/%Y}"},
            field="starts_on",
        )
    belonged.starts_on = day
    save_checked(belonged)


@act
def undo_exit(*, case: CoachingCase, reason: str, actor: User) -> CoachingCase:
    """Take back an exit made by mistake: the phase before runs on as if nothing had happened; the trail keeps both.

    Raises:
        NotAllowed: only a coordinator undoes an exit.
        CorrectionRefused: the case is open, no reason is given, or the person has come back since.
        Incoherent: something else that is recorded would no longer hold.
    """
    require(actor, "beneficiaries.correct_case", case)
    why = require_reason(reason)
    case = locked_case(case)
    if case.is_open:
        raise CorrectionRefused("open", _("Ce dossier n’est pas sorti."))
    later = case.next_cases.order_by("opened_on").first()
    if later is not None:
        raise CorrectionRefused(
            "came_back",
            _("La personne est revenue depuis : un autre dossier s’est ouvert le %(date)s.")
            % {"date": f"{later.opened_on:%d/%m/%Y}"},
        )
    last: PhaseSpell = case.open_spell()
    undone = f"{last.get_exit_reason_display()}, {last.starts_on:%d/%m/%Y}"
    with correcting(_("%(reason)s (sortie annulée : %(exit)s)") % {"reason": why, "exit": undone}):
        withdraw_spell(case, last.sequence)
        case.closed_on = None
        save_checked(case)
        require_coherence(case)
    return case
