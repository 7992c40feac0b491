"""Addresses of the reporting app."""

from django.urls import path, re_path

from reporting.urls import documents, esf, inspection, runs, time_sheets
from reporting.views import dashboard, gaps, reports, search, sessions

app_name = "reporting"

urlpatterns = [
    path("tableau-de-bord/", dashboard.DashboardView.as_view(), name="dashboard"),
    path("recherche/", search.SearchView.as_view(), name="search"),
    path("seances/<uuid:session_id>/feuille.pdf", sessions.SessionSheetView.as_view(), name="session_sheet"),
    *time_sheets.urlpatterns,
    *documents.urlpatterns,
    *esf.urlpatterns,
    *inspection.urlpatterns,
    path("rapports/", reports.ReportListView.as_view(), name="report_list"),
    *runs.urlpatterns,
    path("rapports/<slug:name>/", reports.ReportView.as_view(), name="report"),
    path("rapports/<slug:name>/manques/", gaps.ReportGapsView.as_view(), name="report_gaps"),
    re_path(
        r"^rapports/(?P<name>[-\w]+)/fichier\.(?P<extension>pdf|xlsx|csv|json)$",
        reports.ReportFileView.as_view(),
        name="report_file",
    ),
    path(
        "rapports/<slug:name>/chiffre/<slug:table>/<str:row>/<str:column>/",
        reports.FigureView.as_view(),
        name="figure",
    ),
]
