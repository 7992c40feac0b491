"""Addresses of the reports that are prepared and sent."""

from django.urls import path, re_path

from reporting.sending.views import acts as run_acts
from reporting.sending.views import changes as run_changes
from reporting.sending.views import runs

RUN = "rapports/envois/<uuid:run_id>/"
FIGURE = "<slug:table>/<str:row>/<str:column>/"

urlpatterns = [
    path("rapports/envois/", runs.RunListView.as_view(), name="run_list"),
    path(RUN, runs.RunView.as_view(), name="run"),
    re_path(
        r"^rapports/envois/(?P<run_id>[-0-9a-f]{36})/fichier\.(?P<extension>[a-z]+)$",
        runs.RunFileView.as_view(),
        name="run_file",
    ),
    path(f"{RUN}chiffre/{FIGURE}", runs.RunFigureView.as_view(), name="run_figure"),
    path(f"{RUN}depuis/", run_changes.RunChangesView.as_view(), name="run_changes"),
    path(f"{RUN}depuis/{FIGURE}", run_changes.RunFigureChangeView.as_view(), name="run_figure_change"),
    path(f"{RUN}envoyer/", run_acts.RunSubmitView.as_view(), name="run_submit"),
    path(f"{RUN}relancer/", run_acts.RunRetryView.as_view(), name="run_retry"),
    path(f"{RUN}supprimer/", run_acts.RunDiscardView.as_view(), name="run_discard"),
    path("rapports/<slug:name>/envois/preparer/", run_acts.RunCreateView.as_view(), name="run_create"),
]
