"""Facts about people and their paths."""

from beneficiaries.models.cases import CaseAssignment, CaseBelonging, CoachingCase, PhaseSpell
from beneficiaries.models.evidence import CriterionProof, Evidence
from beneficiaries.models.exceptions import ExceptionRequest
from beneficiaries.models.path import CoachabilityCheck, EligibilityCheck, Objective, Obstacle, TrustAgreement
from beneficiaries.models.people import OTHER_NAMES_LENGTH, Beneficiary, FormerNumber, Partner
from beneficiaries.models.situations import Situation

__all__ = [
    "OTHER_NAMES_LENGTH",
    "Beneficiary",
    "CaseAssignment",
    "CaseBelonging",
    "CoachabilityCheck",
    "CoachingCase",
    "CriterionProof",
    "EligibilityCheck",
    "Evidence",
    "ExceptionRequest",
    "FormerNumber",
    "Objective",
    "Obstacle",
    "Partner",
    "PhaseSpell",
    "Situation",
    "TrustAgreement",
]
