"""A follow-up that never began: nobody came on the first day of the job that had opened it."""

from django.utils.translation import gettext as _

from beneficiaries.models import CoachingCase, PhaseSpell
from beneficiaries.services.corrections import move_spell, withdraw_spell
from foundation.clock import today
from method.rules.phases import Phase
from placements.models import Employment
from placements.rules.settling import followup_without
from placements.selectors.clocks import clock_facts
from placements.services.guards import PlacementRefused
from privacy.audit import correcting


def withdraw_followup(case: CoachingCase, employment: Employment, reason: str) -> None:
    """Take back the follow-up that a job opened when nobody came to it, or have it begin with the next job; part of the
    act that calls the hiring off, once the contract is marked. Nothing changes when another job was worked that day.

    Raises:
        PlacementRefused: the person went back to pre-hire from that job: its end was told.
    """
    spell = _followup_of(case, employment)
    if spell is None:
        return
    last = spell.ends_on or today()
    first = followup_without(clock_facts(case).followed(), spell.starts_on, last)
    with correcting(
        _("%(reason)s (personne n’est venu le %(day)s)")
        % {
            "reason": reason.strip(),
            "day": f"{employment.starts_on:%d/%m/%Y}",
        }
    ):
        if first is None:
            withdraw_spell(case, spell.sequence)
        elif first != spell.starts_on:
            move_spell(case, spell.sequence, first)


def _followup_of(case: CoachingCase, employment: Employment) -> PhaseSpell | None:
    """The follow-up, the last but for an exit, during which this job was to be worked."""
    worked = employment.as_contract().worked
    spells = sorted(case.spells.all(), key=lambda spell: spell.sequence)
    touched = [
        s
        for s in spells
        if s.phase == Phase.FOLLOW_UP
        and (s.ends_on is None or worked.start < s.ends_on)
        and (worked.end is None or worked.end > s.starts_on)
    ]
    lived = [spell for spell in spells if spell.phase != Phase.EXIT]
    if any(spell != lived[-1] for spell in touched):
        raise PlacementRefused(
            "already_started", _("Le contrat a déjà commencé : enregistrez plutôt sa fin."), field="on"
        )
    return touched[0] if touched else None
