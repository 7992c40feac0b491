"""Addresses of the beneficiaries app. The list of cases and the summary of one are those of the followup app."""

from django.urls import URLPattern, path

from beneficiaries.views import (
    belonging,
    corrections,
    exceptions,
    handover,
    history,
    opening,
    papers,
    partners,
    people,
    phases,
    plan,
    preparation,
    situations,
)
from beneficiaries.views import (
    path as path_views,
)

app_name = "beneficiaries"

CASE = "dossiers/<uuid:case_id>/"
EXCEPTION = f"{CASE}exceptions/<uuid:exception_id>/"

urlpatterns: list[URLPattern] = [
    path("dossiers/nouveau/", opening.NewCaseView.as_view(), name="case_new"),
    path("personnes/<uuid:person_id>/dossier/nouveau/", opening.CaseReopenView.as_view(), name="case_reopen"),
    path(f"{CASE}parcours/", path_views.CasePathView.as_view(), name="case_path"),
    path(f"{CASE}historique/", history.CaseHistoryView.as_view(), name="case_history"),
    path(f"{CASE}personne/", people.PersonEditView.as_view(), name="person_edit"),
    path(f"{CASE}personne/numero-national/", people.PersonNumberView.as_view(), name="person_number"),
    path(f"{CASE}eligibilite/", preparation.EligibilityView.as_view(), name="eligibility"),
    path(f"{CASE}eligibilite-figee/", preparation.FrozenEligibilityView.as_view(), name="eligibility_frozen"),
    path(f"{CASE}exceptions/", exceptions.ExceptionListView.as_view(), name="exception_list"),
    path(f"{CASE}exceptions/derogation/", exceptions.DerogationAskView.as_view(), name="derogation_ask"),
    path(f"{EXCEPTION}decision/", exceptions.ExceptionDecideView.as_view(), name="exception_decide"),
    path(f"{EXCEPTION}accorder/", exceptions.ExceptionGrantView.as_view(), name="exception_grant"),
    path(f"{EXCEPTION}retrait/", exceptions.ExceptionWithdrawView.as_view(), name="exception_withdraw"),
    path(f"{EXCEPTION}reprise/", exceptions.ExceptionTakeBackView.as_view(), name="exception_take_back"),
    path(f"{EXCEPTION}lue/", exceptions.AnswerReadView.as_view(), name="exception_read"),
    path(f"{CASE}situation/", situations.CaseSituationView.as_view(), name="case_situation"),
    path(f"{CASE}situation/nouvelle/", situations.SituationCreateView.as_view(), name="situation_create"),
    path(f"{CASE}situation/<uuid:situation_id>/", situations.SituationChangeView.as_view(), name="situation_change"),
    path(f"{CASE}situation/<uuid:situation_id>/fin/", situations.SituationEndView.as_view(), name="situation_end"),
    path(f"{CASE}pieces/nouvelle/", papers.EvidenceCreateView.as_view(), name="evidence_create"),
    path(f"{CASE}pieces/<uuid:evidence_id>/fichier/", papers.EvidenceFileView.as_view(), name="evidence_file"),
    path(f"{CASE}pieces/<uuid:evidence_id>/remplacer/", papers.EvidenceReplaceView.as_view(), name="evidence_replace"),
    path(f"{CASE}coachabilite/", preparation.CoachabilityView.as_view(), name="coachability"),
    path(f"{CASE}signatures/nouvelle/", preparation.AgreementView.as_view(), name="agreement"),
    path(
        f"{CASE}signatures/<uuid:agreement_id>/",
        corrections.AgreementCorrectView.as_view(),
        name="agreement_correct",
    ),
    path(f"{CASE}pre-embauche/", phases.PrehireView.as_view(), name="case_prehire"),
    path(f"{CASE}sortie/", phases.CaseExitView.as_view(), name="case_exit"),
    path(f"{CASE}sortie/annuler/", corrections.ExitUndoView.as_view(), name="exit_undo"),
    path(f"{CASE}phases/<uuid:spell_id>/", corrections.PhaseCorrectView.as_view(), name="phase_correct"),
    path(f"{CASE}transmettre/", phases.HandOverView.as_view(), name="case_hand_over"),
    path(f"{CASE}rattachement/", belonging.BelongingChangeView.as_view(), name="belonging_change"),
    path(
        f"{CASE}rattachement/<uuid:belonging_id>/", belonging.BelongingCorrectView.as_view(), name="belonging_correct"
    ),
    path(
        f"{CASE}rattachement/<uuid:belonging_id>/retirer/",
        belonging.BelongingWithdrawView.as_view(),
        name="belonging_withdraw",
    ),
    path(f"{CASE}orientation/", belonging.ReferralCorrectView.as_view(), name="referral_correct"),
    path(f"{CASE}freins/nouveau/", plan.ObstacleCreateView.as_view(), name="obstacle_create"),
    path(f"{CASE}freins/<uuid:obstacle_id>/", plan.ObstacleChangeView.as_view(), name="obstacle_change"),
    path(f"{CASE}objectifs/nouveau/", plan.ObjectiveCreateView.as_view(), name="objective_create"),
    path(f"{CASE}objectifs/<uuid:objective_id>/", plan.ObjectiveChangeView.as_view(), name="objective_change"),
    path("passations/", handover.CaseloadListView.as_view(), name="caseload_list"),
    path("passations/<uuid:user_id>/", handover.HandOverManyView.as_view(), name="hand_over_many"),
    path("passations/projets/<uuid:project_id>/", belonging.MoveCasesView.as_view(), name="move_cases"),
    path("partenaires/", partners.PartnerListView.as_view(), name="partner_list"),
    path("partenaires/nouveau/", partners.PartnerCreateView.as_view(), name="partner_create"),
    path("partenaires/<uuid:partner_id>/", partners.PartnerEditView.as_view(), name="partner_edit"),
]
