"""Who a MIRE may support: the closed list of the decree of 13 December 2023.

Source: regulation file, section 1.3, MIRE-ELIG-01 to 12.

The list of the decree is not valid before it: until the end of 2023 the decree of 11 March 2004 held (section 2), whose
duration counts months with benefits and not of registration. Three doors (foreign origin, FOREM referral, derogation)
were to be deleted by a draft of September 2025 whose adoption was not seen: they stay open until somebody closes them
from a date on (``EligibilityPolicy.closed``).
"""

from dataclasses import dataclass
from datetime import date

from accounts.rules.decree import DECREE_FROM, FORMER_DECREE_LAST
from beneficiaries.rules.eligibility.base import (
    AT_MOST_CESS,
    BELOW_CESS,
    Criterion,
    EligibilityPolicy,
    EligibilityResult,
    Mode,
    Profile,
    Verdict,
    age_verdict,
    check,
    diploma_in,
    registered_long_enough,
    registered_without_break,
)
from beneficiaries.rules.eligibility.situations import (
    benefits_verdict,
    inactive_verdict,
    income_support_verdict,
    residence_verdict,
)
from foundation.rules.saying import say, sentence

DEROGATION = "derogation"

_DECREE = sentence("Décret wallon du 13 décembre 2023, article 3 ; questions fréquentes du SPW Emploi")
_FORMER = sentence("Décret wallon du 11 mars 2004 ; réponse à la question parlementaire 466 (2011-2012)")
_BOTH = sentence("Décrets wallons du 11 mars 2004 et du 13 décembre 2023, article 3")


@dataclass(frozen=True, slots=True, kw_only=True)
class MirePolicy(EligibilityPolicy):
    """Thresholds of the MIRE list, in months and years (regulation file, section 0.1)."""

    registered_months: int = 24
    window_months: int = 36
    young_under_age: int = 25
    young_registered_months: int = 12
    senior_age: int = 55
    inactive_months: int = 36

    @property
    def reference_months(self) -> int:
        """The longest of the windows of the list, in months."""
        return max(self.window_months, self.young_registered_months, self.inactive_months)


def _no_cess(profile: Profile, on: date, policy: MirePolicy) -> Verdict:
    return diploma_in(profile, BELOW_CESS, say("secondaire inférieur"))


def _registered(profile: Profile, on: date, policy: MirePolicy) -> Verdict:
    return registered_long_enough(profile, on, policy.registered_months, policy.window_months)


def _young(profile: Profile, on: date, policy: MirePolicy) -> Verdict:
    parts = (
        age_verdict(profile, on, under=policy.young_under_age),
        registered_without_break(profile, on, policy.young_registered_months),
        diploma_in(profile, AT_MOST_CESS, "CESS"),
    )
    return Verdict(
        all(part.met for part in parts),
        " ".join(part.reason for part in parts),
        # Nothing needs verifying when a part that is known already fails.
        to_verify=any(part.to_verify for part in parts) and all(part.met or part.to_verify for part in parts),
    )


def _inactive(profile: Profile, on: date, policy: MirePolicy) -> Verdict:
    return inactive_verdict(profile, on, policy.inactive_months)


def _income_support(profile: Profile, on: date, policy: MirePolicy) -> Verdict:
    return income_support_verdict(profile, on)


def _residence(profile: Profile, on: date, policy: MirePolicy) -> Verdict:
    return residence_verdict(profile, on)


def _benefits(profile: Profile, on: date, policy: MirePolicy) -> Verdict:
    return benefits_verdict(profile, on, policy.registered_months, policy.window_months)


def _senior(profile: Profile, on: date, policy: MirePolicy) -> Verdict:
    return age_verdict(profile, on, at_least=policy.senior_age)


CRITERIA: tuple[Criterion[MirePolicy], ...] = (
    Criterion(
        code="no_cess",
        rule="MIRE-ELIG-02",
        words=sentence("N’a pas le certificat d’enseignement secondaire supérieur (CESS) ni d’équivalent"),
        evidence=frozenset({"DIPLOMA", "FOREM_EXTRACT", "DECLARATION"}),
        mode=Mode.COMPUTED,
        test=_no_cess,
        source=_BOTH,
    ),
    Criterion(
        code="registered_24_of_36",
        rule="MIRE-ELIG-03",
        words=sentence("Inscrit·e comme demandeur d’emploi inoccupé au moins 24 mois au cours des 36 derniers mois"),
        evidence=frozenset({"FOREM_EXTRACT"}),
        mode=Mode.COMPUTED,
        test=_registered,
        valid_from=DECREE_FROM,
        source=_DECREE,
    ),
    Criterion(
        code="inactive_36_months",
        rule="MIRE-ELIG-04",
        words=sentence("Sans activité professionnelle, allocation de chômage ni revenu d’intégration depuis 36 mois"),
        evidence=frozenset({"DECLARATION", "FOREM_EXTRACT", "CPAS_CERTIFICATE"}),
        mode=Mode.PROPOSED,
        test=_inactive,
        valid_from=DECREE_FROM,
        source=_DECREE,
    ),
    Criterion(
        code="integration_income",
        rule="MIRE-ELIG-05",
        words=sentence("Bénéficie du revenu d’intégration ou d’une aide sociale financière équivalente"),
        evidence=frozenset({"CPAS_CERTIFICATE"}),
        mode=Mode.PROPOSED,
        test=_income_support,
        source=_BOTH,
    ),
    Criterion(
        code="foreign_origin",
        rule="MIRE-ELIG-06",
        words=sentence("Personne d’origine étrangère en séjour légal, y compris pendant un recours"),
        evidence=frozenset({"RESIDENCE"}),
        mode=Mode.PROPOSED,
        test=_residence,
        valid_from=DECREE_FROM,
        source=_DECREE,
    ),
    Criterion(
        code="young_12_months",
        rule="MIRE-ELIG-07",
        words=sentence("Moins de 25 ans, inoccupé·e depuis au moins 12 mois, au plus le CESS"),
        evidence=frozenset({"FOREM_EXTRACT"}),
        mode=Mode.COMPUTED,
        test=_young,
        valid_from=DECREE_FROM,
        source=_DECREE,
    ),
    Criterion(
        code="senior_55",
        rule="MIRE-ELIG-08",
        words=sentence("55 ans ou plus"),
        evidence=frozenset({"IDENTITY", "FOREM_EXTRACT"}),
        mode=Mode.COMPUTED,
        test=_senior,
        valid_from=DECREE_FROM,
        source=_DECREE,
    ),
    Criterion(
        code="aviq_referral",
        rule="MIRE-ELIG-09",
        words=sentence("Orienté·e par l’AVIQ"),
        evidence=frozenset({"AVIQ"}),
        mode=Mode.TICKED,
        source=_BOTH,
    ),
    Criterion(
        code="forem_referral",
        rule="MIRE-ELIG-09b",
        words=sentence("Adressé·e par le FOREM"),
        evidence=frozenset({"FOREM_REFERRAL"}),
        mode=Mode.TICKED,
        valid_from=DECREE_FROM,
        source=_DECREE,
    ),
    Criterion(
        code="benefits_24_of_36",
        rule="MIRE 2004",
        words=sentence("Allocations de chômage ou d’attente pendant au moins 24 mois au cours des 36 derniers mois"),
        evidence=frozenset({"FOREM_EXTRACT", "DECLARATION"}),
        mode=Mode.PROPOSED,
        test=_benefits,
        valid_to=FORMER_DECREE_LAST,
        source=_FORMER,
    ),
    Criterion(
        code="refugee_or_regularised",
        rule="MIRE 2004",
        words=sentence("Réfugié·e reconnu·e, ou personne étrangère régularisée (loi du 22 décembre 1999)"),
        evidence=frozenset({"RESIDENCE"}),
        mode=Mode.TICKED,
        valid_to=FORMER_DECREE_LAST,
        source=_FORMER,
    ),
    Criterion(
        code="returning_to_market",
        rule="MIRE 2004",
        words=sentence("Revient sur le marché du travail"),
        evidence=frozenset({"DECLARATION", "FOREM_EXTRACT"}),
        mode=Mode.TICKED,
        valid_to=FORMER_DECREE_LAST,
        source=_FORMER,
    ),
)

# Not a criterion of the list but a way around it, counted apart; its quota was not seen.
DEROGATION_CRITERION: Criterion[MirePolicy] = Criterion(
    code=DEROGATION,
    rule="MIRE-ELIG-09c",
    words=sentence("Dérogation pour une personne hors de la liste"),
    evidence=frozenset({"DECISION"}),
    mode=Mode.TICKED,
    source=_BOTH,
)


def check_mire(profile: Profile, on: date, policy: MirePolicy | None = None) -> EligibilityResult:
    """Return whether a MIRE may support the person from the day ``on``, with every criterion and its reason."""
    policy = policy or MirePolicy()
    return check(CRITERIA, profile, on, policy, derogation_allowed=DEROGATION_CRITERION.in_force(on, policy))
