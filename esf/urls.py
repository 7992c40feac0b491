"""Addresses of the ESF+: the record of a participant, the participant file and its columns."""

from django.urls import path

from esf.views import file as esf_file
from esf.views import record as esf

app_name = "esf"

urlpatterns = [
    path("dossiers/<uuid:case_id>/fse/", esf.EsfRecordView.as_view(), name="record"),
    path("dossiers/<uuid:case_id>/fse/entree/", esf.EsfEntryView.as_view(), name="entry"),
    path("dossiers/<uuid:case_id>/fse/sortie/", esf.EsfExitView.as_view(), name="exit"),
    path("dossiers/<uuid:case_id>/fse/six-mois/", esf.EsfSixMonthsView.as_view(), name="six_months"),
    path("parametres/fichier-fse/", esf_file.LayoutListView.as_view(), name="layouts"),
    path("parametres/fichier-fse/nouveau/", esf_file.LayoutCreateView.as_view(), name="layout_create"),
    path("parametres/fichier-fse/<uuid:layout_id>/", esf_file.LayoutView.as_view(), name="layout"),
    path(
        "parametres/fichier-fse/<uuid:layout_id>/supprimer/",
        esf_file.LayoutRemoveView.as_view(),
        name="layout_remove",
    ),
    path(
        "parametres/fichier-fse/<uuid:layout_id>/colonnes/nouvelle/",
        esf_file.ColumnAddView.as_view(),
        name="column_add",
    ),
    path(
        "parametres/fichier-fse/colonnes/<uuid:column_id>/",
        esf_file.ColumnEditView.as_view(),
        name="column_edit",
    ),
    path(
        "parametres/fichier-fse/colonnes/<uuid:column_id>/retirer/",
        esf_file.ColumnRemoveView.as_view(),
        name="column_remove",
    ),
]
