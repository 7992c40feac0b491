"""Facts about people and their paths."""

from beneficiaries.models.cases import CaseAssignment, CoachingCase, PhaseSpell
from beneficiaries.models.evidence import CriterionProof, Evidence
from beneficiaries.models.path import CoachabilityCheck, EligibilityCheck, Objective, Obstacle, TrustAgreement
from beneficiaries.models.people import Beneficiary, Partner
from beneficiaries.models.situations import Situation

__all__ = [
    "Beneficiary",
    "CaseAssignment",
    "CoachabilityCheck",
    "CoachingCase",
    "CriterionProof",
    "EligibilityCheck",
    "Evidence",
    "Objective",
    "Obstacle",
    "Partner",
    "PhaseSpell",
    "Situation",
    "TrustAgreement",
]
