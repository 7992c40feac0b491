"""Addresses of the ESF+: the record of a participant, the participant file and its columns."""

from django.urls import path

from reporting.views import esf, esf_file

urlpatterns = [
    path("dossiers/<uuid:case_id>/fse/", esf.EsfRecordView.as_view(), name="esf_record"),
    path("dossiers/<uuid:case_id>/fse/entree/", esf.EsfEntryView.as_view(), name="esf_entry"),
    path("dossiers/<uuid:case_id>/fse/sortie/", esf.EsfExitView.as_view(), name="esf_exit"),
    path("dossiers/<uuid:case_id>/fse/six-mois/", esf.EsfSixMonthsView.as_view(), name="esf_six_months"),
    path(
        "rapports/fse/participants.xlsx",
        esf_file.ParticipantFileView.as_view(),
        {"name": "fse"},
        name="esf_participants",
    ),
    path("parametres/fichier-fse/", esf_file.LayoutListView.as_view(), name="esf_layouts"),
    path("parametres/fichier-fse/nouveau/", esf_file.LayoutCreateView.as_view(), name="esf_layout_create"),
    path("parametres/fichier-fse/<uuid:layout_id>/", esf_file.LayoutView.as_view(), name="esf_layout"),
    path(
        "parametres/fichier-fse/<uuid:layout_id>/supprimer/",
        esf_file.LayoutRemoveView.as_view(),
        name="esf_layout_remove",
    ),
    path(
        "parametres/fichier-fse/<uuid:layout_id>/colonnes/nouvelle/",
        esf_file.ColumnAddView.as_view(),
        name="esf_column_add",
    ),
    path(
        "parametres/fichier-fse/colonnes/<uuid:column_id>/",
        esf_file.ColumnEditView.as_view(),
        name="esf_column_edit",
    ),
    path(
        "parametres/fichier-fse/colonnes/<uuid:column_id>/retirer/",
        esf_file.ColumnRemoveView.as_view(),
        name="esf_column_remove",
    ),
]
