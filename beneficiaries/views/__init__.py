"""Pages about people, their cases and their path."""

from beneficiaries.views.corrections import ExitUndoView, PhaseCorrectView
from beneficiaries.views.handover import CaseloadListView, HandOverManyView
from beneficiaries.views.history import CaseHistoryView
from beneficiaries.views.opening import CaseReopenView, NewCaseView
from beneficiaries.views.papers import EvidenceCreateView, EvidenceFileView
from beneficiaries.views.partners import PartnerCreateView, PartnerEditView, PartnerListView
from beneficiaries.views.path import CasePathView
from beneficiaries.views.people import PersonEditView, PersonNumberView
from beneficiaries.views.phases import CaseExitView, HandOverView, PrehireView
from beneficiaries.views.plan import (
    ObjectiveChangeView,
    ObjectiveCreateView,
    ObstacleChangeView,
    ObstacleCreateView,
)
from beneficiaries.views.preparation import AgreementView, CoachabilityView, EligibilityView, FrozenEligibilityView
from beneficiaries.views.situations import (
    CaseSituationView,
    SituationChangeView,
    SituationCreateView,
    SituationEndView,
)

__all__ = [
    "AgreementView",
    "CaseExitView",
    "CaseHistoryView",
    "CasePathView",
    "CaseReopenView",
    "CaseSituationView",
    "CaseloadListView",
    "CoachabilityView",
    "EligibilityView",
    "EvidenceCreateView",
    "EvidenceFileView",
    "ExitUndoView",
    "FrozenEligibilityView",
    "HandOverManyView",
    "HandOverView",
    "NewCaseView",
    "ObjectiveChangeView",
    "ObjectiveCreateView",
    "ObstacleChangeView",
    "ObstacleCreateView",
    "PartnerCreateView",
    "PartnerEditView",
    "PartnerListView",
    "PersonEditView",
    "PersonNumberView",
    "PhaseCorrectView",
    "PrehireView",
    "SituationChangeView",
    "SituationCreateView",
    "SituationEndView",
]
