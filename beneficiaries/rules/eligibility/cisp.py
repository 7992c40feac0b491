"""Who a CISP may train: decree of 10 July 2013, article 5 (regulation file, section 3, CISP-ELIG).

Confirmed: past compulsory schooling, registered as an inoccupied jobseeker, and one of the first three doors below.
The others are from memory: they are listed with the status of assumption and open nothing until
``EligibilityPolicy.accepted_assumptions`` names them. CISP and MIRE have different thresholds: neither engine may
stand in for the other.
"""

from dataclasses import dataclass
from datetime import date

from beneficiaries.rules.eligibility.base import (
    BELOW_CESS,
    Criterion,
    EligibilityPolicy,
    EligibilityResult,
    Mode,
    Profile,
    Status,
    Verdict,
    check,
    diploma_in,
    registered_long_enough,
)
from beneficiaries.rules.eligibility.situations import income_support_verdict, residence_verdict
from foundation.rules.saying import say, sentence

DEROGATION = "derogation"

_DECREE = sentence("Décret wallon du 10 juillet 2013, article 5")
_MEMORY = sentence("Décret wallon du 10 juillet 2013 : catégorie citée de mémoire, à vérifier")


@dataclass(frozen=True, slots=True, kw_only=True)
class CispPolicy(EligibilityPolicy):
    """Thresholds of the CISP list, in months (regulation file, section 0.1)."""

    registered_months: int = 18
    window_months: int = 24

    @property
    def reference_months(self) -> int:
        """The longest of the windows of the list, in months."""
        return self.window_months


def _at_most_cesdd(profile: Profile, on: date, policy: CispPolicy) -> Verdict:
    return diploma_in(profile, BELOW_CESS, say("secondaire du deuxième degré (CESDD)"))


def _registered(profile: Profile, on: date, policy: CispPolicy) -> Verdict:
    return registered_long_enough(profile, on, policy.registered_months, policy.window_months)


def _income_support(profile: Profile, on: date, policy: CispPolicy) -> Verdict:
    return income_support_verdict(profile, on)


def _residence(profile: Profile, on: date, policy: CispPolicy) -> Verdict:
    return residence_verdict(profile, on)


CRITERIA: tuple[Criterion[CispPolicy], ...] = (
    Criterion(
        code="at_most_cesdd",
        rule="CISP-ELIG 1°",
        words=sentence("Au plus le certificat d’enseignement secondaire du deuxième degré (CESDD)"),
        evidence=frozenset({"DIPLOMA", "FOREM_EXTRACT", "DECLARATION"}),
        mode=Mode.COMPUTED,
        test=_at_most_cesdd,
        source=_DECREE,
    ),
    Criterion(
        code="registered_18_of_24",
        rule="CISP-ELIG 2°",
        words=sentence("Inscrit·e comme demandeur d’emploi inoccupé au moins 18 mois au cours des 24 derniers mois"),
        evidence=frozenset({"FOREM_EXTRACT"}),
        mode=Mode.COMPUTED,
        test=_registered,
        source=_DECREE,
    ),
    Criterion(
        code="disability",
        rule="CISP-ELIG 3°",
        words=sentence(
            "Handicap reconnu (AVIQ avec intervention) ou incapacité d’au moins 30 %, apte à suivre la formation"
        ),
        evidence=frozenset({"AVIQ"}),
        mode=Mode.TICKED,
        source=_DECREE,
    ),
    Criterion(
        code="integration_income",
        rule="CISP-ELIG",
        words=sentence("Bénéficie du revenu d’intégration, ou article 60"),
        evidence=frozenset({"CPAS_CERTIFICATE"}),
        mode=Mode.PROPOSED,
        test=_income_support,
        status=Status.ASSUMPTION,
        source=_MEMORY,
    ),
    Criterion(
        code="after_detention",
        rule="CISP-ELIG",
        words=sentence("En réinsertion après une détention"),
        evidence=frozenset({"DECLARATION"}),
        mode=Mode.TICKED,
        status=Status.ASSUMPTION,
        source=_MEMORY,
    ),
    Criterion(
        code="foreign_origin",
        rule="CISP-ELIG",
        words=sentence("Personne étrangère en séjour légal"),
        evidence=frozenset({"RESIDENCE"}),
        mode=Mode.PROPOSED,
        test=_residence,
        status=Status.ASSUMPTION,
        source=_MEMORY,
    ),
    Criterion(
        code="returning_to_work",
        rule="CISP-ELIG",
        words=sentence("Souhaite reprendre une activité après une interruption"),
        evidence=frozenset({"DECLARATION"}),
        mode=Mode.TICKED,
        status=Status.ASSUMPTION,
        source=_MEMORY,
    ),
)


def check_cisp(profile: Profile, on: date, policy: CispPolicy | None = None) -> EligibilityResult:
    """Return whether a CISP may train the person from the day ``on``, with every criterion and its reason.

    The derogation of the CISP (20 %) is an assumption: it is allowed only when ``accepted_assumptions`` names
    ``"derogation"``.
    """
    policy = policy or CispPolicy()
    return check(CRITERIA, profile, on, policy, derogation_allowed=derogation_allowed(policy))


def derogation_allowed(policy: CispPolicy) -> bool:
    """Return whether the way around the list was accepted, and not closed since."""
    return DEROGATION in policy.accepted_assumptions - policy.closed
