"""What must hold of a case after a correction, each part told by the app that owns it.

An act is checked against what comes before it; a correction changes the past, and so must be checked against everything
that was built on it. Each room registers what it can see; the first thing that no longer holds refuses the correction.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from beneficiaries.case_facts import case_key, read_once
from beneficiaries.models import CoachingCase
from beneficiaries.registries import coherence_checks
from beneficiaries.rules.agreements import contradicts_entry
from beneficiaries.rules.phases import Spell, spells_problem
from beneficiaries.selectors.transitions import path_facts
from foundation.errors import DomainError
from foundation.unit_of_work import kept_already
from method.rules.phases import Phase


class Incoherent(DomainError):
    """A correction would contradict something else that is recorded; the message says what."""

    def __init__(self, sentence: str) -> None:
        super().__init__("incoherent", sentence, hint=_("Corrigez d’abord l’autre fait, ou choisissez une autre date."))


def require_coherence(case: CoachingCase) -> None:
    """Refuse what was just changed when it contradicts anything known of the case; to be called inside the transaction.

    Raises:
        Incoherent: the first contradiction found.
    """
    case = kept_already(case_key(case.pk)) or CoachingCase.objects.get(pk=case.pk)
    for check in coherence_checks:
        for sentence in check(case):
            raise Incoherent(sentence)


def path_coherence(case: CoachingCase) -> Iterator[str]:
    """Spells are contiguous and in order, and what opened pre-hire was there that day."""
    read_once(case, "spells", "agreements")
    spells = sorted(case.spells.all(), key=lambda spell: spell.sequence)
    if spells_problem([Spell(Phase(s.phase), s.starts_on, s.ends_on) for s in spells]):
        yield _("Les phases ne se suivraient plus dans l’ordre.")
        return
    if case.referred_on is not None and case.referred_on > case.opened_on:
        yield _("Le dossier s’ouvrirait avant l’orientation.")
    born = case.beneficiary.birth_date
    if born is not None and case.opened_on <= born:
        yield _("Le dossier s’ouvrirait avant la naissance de la personne.")
    if any(agreement.signed_on < case.opened_on for agreement in case.agreements.all()):
        yield _("Un document serait signé avant l’ouverture du dossier.")
    prehire = next((spell for spell in spells if spell.phase == Phase.PRE_HIRE), None)
    if prehire is not None:
        facts = path_facts(case, prehire.starts_on)
        if not (facts["eligibility_checked"] or facts["derogation_granted"]):
            yield _("L’éligibilité n’était pas encore vérifiée ce jour-là.")
        signed = {agreement.kind: agreement.signed_on for agreement in case.agreements.all()}
        if contradicts_entry(signed, prehire.starts_on):
            yield _("Les conventions n’étaient pas encore signées ce jour-là.")
    former = case.previous_case
    if former is not None and former.closed_on is not None and case.opened_on < former.closed_on:
        yield _("Le dossier précédent n’était pas encore sorti ce jour-là.")
