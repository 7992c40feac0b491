"""Eligibility: one engine per law, and what they share."""

from beneficiaries.rules.eligibility.base import (
    Criterion,
    Diploma,
    EligibilityPolicy,
    EligibilityResult,
    Finding,
    Mode,
    Profile,
    Status,
    blocking_words,
)
from beneficiaries.rules.eligibility.cisp import CispPolicy, check_cisp
from beneficiaries.rules.eligibility.house import check_house
from beneficiaries.rules.eligibility.known_work import (
    Contradiction,
    KnownWork,
    contradiction,
    in_reference,
    without_work,
)
from beneficiaries.rules.eligibility.mire import MirePolicy, check_mire
from beneficiaries.rules.eligibility.registration import RegistrationDuty, registration_due

__all__ = [
    "CispPolicy",
    "Contradiction",
    "Criterion",
    "Diploma",
    "EligibilityPolicy",
    "EligibilityResult",
    "Finding",
    "KnownWork",
    "MirePolicy",
    "Mode",
    "Profile",
    "RegistrationDuty",
    "Status",
    "blocking_words",
    "check_cisp",
    "check_house",
    "check_mire",
    "contradiction",
    "in_reference",
    "registration_due",
    "without_work",
]
