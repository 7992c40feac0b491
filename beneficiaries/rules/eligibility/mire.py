"""Who a MIRE may support: the closed list of the decree of 13 December 2023.

Source: regulation file, section 1.3, MIRE-ELIG-01 to 12.

Three doors (foreign origin, FOREM referral, derogation) were to be deleted by a draft of September 2025 whose adoption
was not seen: they stay open until an administrator closes them from a date on (``EligibilityPolicy.closed``).
"""

from dataclasses import dataclass
from datetime import date

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
from beneficiaries.rules.eligibility.situations import inactive_verdict, income_support_verdict, residence_verdict

DEROGATION = "derogation"


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
    return diploma_in(profile, BELOW_CESS, "secondaire inférieur")


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


def _senior(profile: Profile, on: date, policy: MirePolicy) -> Verdict:
    return age_verdict(profile, on, at_least=policy.senior_age)


CRITERIA: tuple[Criterion[MirePolicy], ...] = (
    Criterion(
        code="no_cess",
        rule="MIRE-ELIG-02",
        label="N’a pas le certificat d’enseignement secondaire supérieur (CESS) ni d’équivalent",
        evidence=frozenset({"DIPLOMA", "FOREM_EXTRACT", "DECLARATION"}),
        mode=Mode.COMPUTED,
        test=_no_cess,
    ),
    Criterion(
        code="registered_24_of_36",
        rule="MIRE-ELIG-03",
        label="Inscrit·e comme demandeur d’emploi inoccupé au moins 24 mois au cours des 36 derniers mois",
        evidence=frozenset({"FOREM_EXTRACT"}),
        mode=Mode.COMPUTED,
        test=_registered,
    ),
    Criterion(
        code="inactive_36_months",
        rule="MIRE-ELIG-04",
        label="Sans activité professionnelle, allocation de chômage ni revenu d’intégration depuis 36 mois",
        evidence=frozenset({"DECLARATION", "FOREM_EXTRACT", "CPAS_CERTIFICATE"}),
        mode=Mode.PROPOSED,
        test=_inactive,
    ),
    Criterion(
        code="integration_income",
        rule="MIRE-ELIG-05",
        label="Bénéficie du revenu d’intégration ou d’une aide sociale financière équivalente",
        evidence=frozenset({"CPAS_CERTIFICATE"}),
        mode=Mode.PROPOSED,
        test=_income_support,
    ),
    Criterion(
        code="foreign_origin",
        rule="MIRE-ELIG-06",
        label="Personne d’origine étrangère en séjour légal, y compris pendant un recours",
        evidence=frozenset({"RESIDENCE"}),
        mode=Mode.PROPOSED,
        test=_residence,
    ),
    Criterion(
        code="young_12_months",
        rule="MIRE-ELIG-07",
        label="Moins de 25 ans, inoccupé·e depuis au moins 12 mois, au plus le CESS",
        evidence=frozenset({"FOREM_EXTRACT"}),
        mode=Mode.COMPUTED,
        test=_young,
    ),
    Criterion(
        code="senior_55",
        rule="MIRE-ELIG-08",
        label="55 ans ou plus",
        evidence=frozenset({"IDENTITY", "FOREM_EXTRACT"}),
        mode=Mode.COMPUTED,
        test=_senior,
    ),
    Criterion(
        code="aviq_referral",
        rule="MIRE-ELIG-09",
        label="Orienté·e par l’AVIQ",
        evidence=frozenset({"AVIQ"}),
        mode=Mode.TICKED,
    ),
    Criterion(
        code="forem_referral",
        rule="MIRE-ELIG-09b",
        label="Adressé·e par le FOREM",
        evidence=frozenset({"FOREM_REFERRAL"}),
        mode=Mode.TICKED,
    ),
)

# Not a criterion of the list but a way around it, counted apart; its quota was not seen.
DEROGATION_CRITERION: Criterion[MirePolicy] = Criterion(
    code=DEROGATION,
    rule="MIRE-ELIG-09c",
    label="Dérogation pour une personne hors de la liste",
    evidence=frozenset({"DECISION"}),
    mode=Mode.TICKED,
)


def check_mire(profile: Profile, on: date, policy: MirePolicy | None = None) -> EligibilityResult:
    """Return whether a MIRE may support the person from the day ``on``, with every criterion and its reason."""
    policy = policy or MirePolicy()
    return check(CRITERIA, profile, on, policy, derogation_allowed=DEROGATION_CRITERION.in_force(on, policy))
