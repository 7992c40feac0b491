"""Who an organisation may support to which no law gives a list: it decides by rules of its own, and says so.

A CPAS, an association or a network is neither a MIRE nor a CISP: the lists of their decrees are not its own. It answers
to the list of the CISP when it was marked so; otherwise compulsory schooling alone keeps somebody out, and the decision
is ticked with the paper seen (an assumption: no text was seen; regulation file, sections 1.3 and 3).
"""

from datetime import date

from beneficiaries.rules.eligibility.base import (
    Criterion,
    EligibilityPolicy,
    EligibilityResult,
    Mode,
    Profile,
    check,
)
from foundation.rules.saying import sentence

CRITERIA: tuple[Criterion[EligibilityPolicy], ...] = (
    Criterion(
        code="house_decision",
        rule="",
        words=sentence("Admise selon les règles de l’organisme : aucune liste légale ne s’applique à lui"),
        evidence=frozenset({"CPAS_CERTIFICATE", "FOREM_EXTRACT", "DECLARATION", "OTHER"}),
        mode=Mode.TICKED,
        source=sentence("Règles de l’organisme ; aucun texte vu"),
    ),
)


def check_house(profile: Profile, on: date, policy: EligibilityPolicy | None = None) -> EligibilityResult:
    """Return whether the organisation may support the person from the day ``on``; nobody need be registered."""
    return check(
        CRITERIA, profile, on, policy or EligibilityPolicy(), derogation_allowed=False, registration_needed=False
    )
