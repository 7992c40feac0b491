"""Facts about people and their paths."""

from beneficiaries.models.cases import CaseAssignment, CoachingCase, PhaseSpell
from beneficiaries.models.path import CoachabilityCheck, EligibilityCheck, Objective, Obstacle, TrustAgreement
from beneficiaries.models.people import Beneficiary, Partner

__all__ = [
    "Beneficiary",
    "CaseAssignment",
    "CoachabilityCheck",
    "CoachingCase",
    "EligibilityCheck",
    "Objective",
    "Obstacle",
    "Partner",
    "PhaseSpell",
    "TrustAgreement",
]
