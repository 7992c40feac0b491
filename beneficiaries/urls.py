"""Addresses of the beneficiaries app."""

from django.urls import URLPattern, path

from beneficiaries import views

app_name = "beneficiaries"

urlpatterns: list[URLPattern] = [
    path("dossiers/<uuid:case_id>/parcours/", views.CasePathView.as_view(), name="case_path"),
    path("dossiers/<uuid:case_id>/historique/", views.CasePathView.as_view(), name="case_history"),
    path("dossiers/<uuid:case_id>/personne/", views.CasePathView.as_view(), name="person_edit"),
    path("dossiers/<uuid:case_id>/transmettre/", views.CasePathView.as_view(), name="case_hand_over"),
    path("dossiers/<uuid:case_id>/sortie/", views.CasePathView.as_view(), name="case_exit"),
    path("personnes/<uuid:case_id>/dossier/nouveau/", views.CasePathView.as_view(), name="case_reopen"),
]
