"""Which facts open a change of phase, each told by the app that owns it.

The rules state what a change needs; a provider says whether it is there. Upper apps register theirs in `ready()`, so
that one
service and one list on the screen serve every change.
"""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from beneficiaries.case_facts import read_once
from beneficiaries.models import CoachingCase
from beneficiaries.registries import fact_providers
from beneficiaries.rules.agreements import opening_sentence, opens_prehire
from beneficiaries.rules.phases import Requirement, TransitionFacts, allowed_targets, missing_requirements
from method.rules.phases import Phase

_SENTENCES = {
    Requirement.ELIGIBILITY: _("L’éligibilité doit être vérifiée, avec sa pièce, ou une dérogation accordée."),
    Requirement.COACHABILITY: _(
        "Les quatre conditions de coachabilité doivent être réunies : "
        "volontaire, informée, disponible, vers un emploi ordinaire."
    ),
    Requirement.ACCEPTED_MATCH_OR_OWN_JOB: _(
        "Il faut une adéquation acceptée par la personne et l’employeur, ou un emploi trouvé par la personne seule."
    ),
    Requirement.REASON: _("Un motif est nécessaire."),
    Requirement.OUTCOME: _("La situation à la sortie est nécessaire."),
    Requirement.EMPLOYMENT_STARTED: _("Le contrat de travail doit avoir commencé."),
    Requirement.FOLLOWUP_AGREED: _("Le suivi doit être convenu avec la personne, ou son refus noté."),
    Requirement.EMPLOYMENT_ENDED: _("Le contrat de travail doit être terminé, avec son motif."),
    Requirement.CLOCK_NOT_EXPIRED: _("Les 24 mois d’accompagnement sont épuisés."),
}

# What can be done instead, where something can.
REQUIREMENT_HINTS = {
    Requirement.CLOCK_NOT_EXPIRED: _("Clôturez le dossier, ou demandez une prolongation à la coordination."),
}


def requirement_sentence(need: Requirement, on: date) -> str:
    """What a change of phase on the day ``on`` still lacks, in words."""
    return opening_sentence(on) if need is Requirement.AGREEMENTS else str(_SENTENCES[need])


def facts_of(case: CoachingCase, on: date, **given: bool) -> TransitionFacts:
    """Everything the apps know of the case on a day, completed by what the act itself states (a reason, an outcome)."""
    known: dict[str, bool] = {}
    for provider in fact_providers:
        known |= provider(case, on)
    return TransitionFacts(**(known | given))


def path_facts(case: CoachingCase, on: date) -> Mapping[str, bool]:
    """What this app knows: eligibility, coachability and signed agreements, each no later than the day asked."""
    read_once(case, "agreements")
    eligibility = getattr(case, "eligibility", None)
    coachability = getattr(case, "coachability", None)
    signed = {agreement.kind for agreement in case.agreements.all() if agreement.signed_on <= on}
    if eligibility is not None and eligibility.checked_on > on:
        eligibility = None
    if coachability is not None and coachability.checked_on > on:
        coachability = None
    return {
        "eligibility_checked": eligibility is not None and bool(eligibility.criteria),
        "derogation_granted": eligibility is not None and eligibility.is_derogation,
        "volunteer": coachability is not None and coachability.volunteer,
        "informed": coachability is not None and coachability.informed,
        "available": coachability is not None and coachability.available,
        "ordinary_job_possible": coachability is not None and coachability.ordinary_job,
        "agreements_signed": opens_prehire(signed, on),
    }


def missing_by_target(case: CoachingCase, phase: Phase, on: date) -> dict[Phase, list[str]]:
    """For each phase that can follow, the sentences that say what is still missing; what the act itself states is
    assumed.
    """
    facts = facts_of(case, on, reason_given=True, outcome_given=True)
    return {
        target: [requirement_sentence(need, on) for need in missing_requirements(phase, target, facts)]
        for target in allowed_targets(phase)
    }
