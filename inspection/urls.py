"""Addresses of the inspection: the cases, the file of each, and what was read."""

from django.urls import path

from inspection import views as inspection_file

app_name = "inspection"

urlpatterns = [
    path("inspection/", inspection_file.InspectionCasesView.as_view(), name="cases"),
    path("parametres/lectures-inspection/", inspection_file.InspectionReadsView.as_view(), name="reads"),
    path("dossiers/<uuid:case_id>/inspection/", inspection_file.InspectionFileView.as_view(), name="file"),
    path(
        "dossiers/<uuid:case_id>/inspection/dossier.pdf",
        inspection_file.InspectionPdfView.as_view(),
        name="pdf",
    ),
    path(
        "dossiers/<uuid:case_id>/inspection/dossier.zip",
        inspection_file.InspectionZipView.as_view(),
        name="zip",
    ),
]
