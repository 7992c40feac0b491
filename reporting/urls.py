"""Addresses of the reporting app."""

from django.urls import path, re_path

from reporting.board import views as dashboard
from reporting.preview.views import gaps, more_files, reports
from reporting.search import views as search
from reporting.sending import urls as runs

app_name = "reporting"

urlpatterns = [
    path("tableau-de-bord/", dashboard.DashboardView.as_view(), name="dashboard"),
    path("tableau-de-bord/feuille.pdf", dashboard.MeetingSheetView.as_view(), name="dashboard_sheet"),
    path("tableau-de-bord/decisions/<uuid:exception_id>/", dashboard.DecisionView.as_view(), name="board_decision"),
    path(
        "tableau-de-bord/decisions/<uuid:act_id>/annuler/",
        dashboard.DecisionUndoView.as_view(),
        name="board_decision_undo",
    ),
    path("tableau-de-bord/lundis/<str:day>/", dashboard.MondayView.as_view(), name="dashboard_monday"),
    path("recherche/", search.SearchView.as_view(), name="search"),
    path("rapports/", reports.ReportListView.as_view(), name="report_list"),
    *runs.urlpatterns,
    path("rapports/<slug:name>/", reports.ReportView.as_view(), name="report"),
    path("rapports/<slug:name>/manques/", gaps.ReportGapsView.as_view(), name="report_gaps"),
    re_path(
        r"^rapports/(?P<name>[-\w]+)/fichier\.(?P<extension>pdf|xlsx|csv|json)$",
        reports.ReportFileView.as_view(),
        name="report_file",
    ),
    path("rapports/<slug:name>/<slug:code>.xlsx", more_files.MoreFileView.as_view(), name="more_file"),
    path(
        "rapports/<slug:name>/chiffre/<slug:table>/<str:row>/<str:column>/",
        reports.FigureView.as_view(),
        name="figure",
    ),
]
