"""Addresses of the ESF+ record of a participant."""

from django.urls import path

from reporting.views import esf

urlpatterns = [
    path("dossiers/<uuid:case_id>/fse/", esf.EsfRecordView.as_view(), name="esf_record"),
    path("dossiers/<uuid:case_id>/fse/entree/", esf.EsfEntryView.as_view(), name="esf_entry"),
    path("dossiers/<uuid:case_id>/fse/sortie/", esf.EsfExitView.as_view(), name="esf_exit"),
    path("dossiers/<uuid:case_id>/fse/six-mois/", esf.EsfSixMonthsView.as_view(), name="esf_six_months"),
]
