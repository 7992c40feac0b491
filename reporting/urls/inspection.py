"""Addresses of the inspection: the cases, the file of each, and what was read."""

from django.urls import path

from reporting.views import inspection_file

urlpatterns = [
    path("inspection/", inspection_file.InspectionCasesView.as_view(), name="inspection_cases"),
    path("parametres/lectures-inspection/", inspection_file.InspectionReadsView.as_view(), name="inspection_reads"),
    path("dossiers/<uuid:case_id>/inspection/", inspection_file.InspectionFileView.as_view(), name="inspection_file"),
    path(
        "dossiers/<uuid:case_id>/inspection/dossier.pdf",
        inspection_file.InspectionPdfView.as_view(),
        name="inspection_pdf",
    ),
    path(
        "dossiers/<uuid:case_id>/inspection/dossier.zip",
        inspection_file.InspectionZipView.as_view(),
        name="inspection_zip",
    ),
]
