"""Addresses of the beneficiaries app. The list of cases and the summary of one are those of the followup app."""

from django.urls import URLPattern, path

from beneficiaries import views

app_name = "beneficiaries"

CASE = "dossiers/<uuid:case_id>/"

urlpatterns: list[URLPattern] = [
    path("dossiers/nouveau/", views.NewCaseView.as_view(), name="case_new"),
    path("personnes/<uuid:person_id>/dossier/nouveau/", views.CaseReopenView.as_view(), name="case_reopen"),
    path(f"{CASE}parcours/", views.CasePathView.as_view(), name="case_path"),
    path(f"{CASE}historique/", views.CaseHistoryView.as_view(), name="case_history"),
    path(f"{CASE}personne/", views.PersonEditView.as_view(), name="person_edit"),
    path(f"{CASE}personne/numero-national/", views.PersonNumberView.as_view(), name="person_number"),
    path(f"{CASE}eligibilite/", views.EligibilityView.as_view(), name="eligibility"),
    path(f"{CASE}eligibilite-figee/", views.FrozenEligibilityView.as_view(), name="eligibility_frozen"),
    path(f"{CASE}situation/", views.CaseSituationView.as_view(), name="case_situation"),
    path(f"{CASE}situation/nouvelle/", views.SituationCreateView.as_view(), name="situation_create"),
    path(f"{CASE}situation/<uuid:situation_id>/", views.SituationChangeView.as_view(), name="situation_change"),
    path(f"{CASE}situation/<uuid:situation_id>/fin/", views.SituationEndView.as_view(), name="situation_end"),
    path(f"{CASE}pieces/nouvelle/", views.EvidenceCreateView.as_view(), name="evidence_create"),
    path(f"{CASE}pieces/<uuid:evidence_id>/fichier/", views.EvidenceFileView.as_view(), name="evidence_file"),
    path(f"{CASE}coachabilite/", views.CoachabilityView.as_view(), name="coachability"),
    path(f"{CASE}signatures/nouvelle/", views.AgreementView.as_view(), name="agreement"),
    path(f"{CASE}pre-embauche/", views.PrehireView.as_view(), name="case_prehire"),
    path(f"{CASE}sortie/", views.CaseExitView.as_view(), name="case_exit"),
    path(f"{CASE}sortie/annuler/", views.ExitUndoView.as_view(), name="exit_undo"),
    path(f"{CASE}phases/<uuid:spell_id>/", views.PhaseCorrectView.as_view(), name="phase_correct"),
    path(f"{CASE}transmettre/", views.HandOverView.as_view(), name="case_hand_over"),
    path(f"{CASE}freins/nouveau/", views.ObstacleCreateView.as_view(), name="obstacle_create"),
    path(f"{CASE}freins/<uuid:obstacle_id>/", views.ObstacleChangeView.as_view(), name="obstacle_change"),
    path(f"{CASE}objectifs/nouveau/", views.ObjectiveCreateView.as_view(), name="objective_create"),
    path(f"{CASE}objectifs/<uuid:objective_id>/", views.ObjectiveChangeView.as_view(), name="objective_change"),
    path("passations/", views.CaseloadListView.as_view(), name="caseload_list"),
    path("passations/<uuid:user_id>/", views.HandOverManyView.as_view(), name="hand_over_many"),
    path("partenaires/", views.PartnerListView.as_view(), name="partner_list"),
    path("partenaires/nouveau/", views.PartnerCreateView.as_view(), name="partner_create"),
    path("partenaires/<uuid:partner_id>/", views.PartnerEditView.as_view(), name="partner_edit"),
]
