"""Addresses of the documents: those of a case or a session, and the settings of their texts."""

from django.urls import path

from documents.views import documents, sessions
from documents.views import texts as document_texts

app_name = "documents"

CASE = "dossiers/<uuid:case_id>/documents/"
SESSION = "seances/<uuid:session_id>/feuilles/"
TEXTS = "parametres/documents/"

urlpatterns = [
    path("seances/<uuid:session_id>/feuille.pdf", sessions.SessionSheetView.as_view(), name="session_sheet"),
    path(CASE, documents.CaseDocumentsView.as_view(), name="case_documents"),
    path(f"{CASE}nouveau/<slug:kind>/", documents.DocumentCreateView.as_view(), name="document_create"),
    path(f"{CASE}<uuid:document_id>/document.pdf", documents.DocumentFileView.as_view(), name="document_file"),
    path(
        f"{CASE}<uuid:document_id>/archive.pdf",
        documents.DocumentFileView.as_view(archive=True),
        name="document_archive",
    ),
    path(SESSION, sessions.SessionDocumentsView.as_view(), name="session_documents"),
    path(
        f"{SESSION}<uuid:kept_sheet_id>/feuille.pdf",
        sessions.SessionDocumentFileView.as_view(),
        name="session_document_file",
    ),
    path(
        f"{SESSION}<uuid:kept_sheet_id>/archive.pdf",
        sessions.SessionDocumentFileView.as_view(archive=True),
        name="session_document_archive",
    ),
    path(TEXTS, document_texts.TextListView.as_view(), name="text_list"),
    path(f"{TEXTS}entete/", document_texts.LetterheadView.as_view(), name="letterhead"),
    path(f"{TEXTS}<slug:kind>/", document_texts.TextDetailView.as_view(), name="text_detail"),
    path(f"{TEXTS}<slug:kind>/modifier/", document_texts.TextEditView.as_view(), name="text_edit"),
    path(f"{TEXTS}<slug:kind>/origine/", document_texts.TextRestoreView.as_view(), name="text_restore"),
    path(f"{TEXTS}<slug:kind>/exemple.pdf", document_texts.TextExampleView.as_view(), name="text_example"),
    path(f"{TEXTS}versions/<uuid:template_id>/", document_texts.TextVersionView.as_view(), name="text_version"),
]
