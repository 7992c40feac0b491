"""Addresses of the time sheets."""

from django.urls import path

from timesheets.views import files as sheet_files
from timesheets.views import sheets as time_sheets

app_name = "timesheets"

SHEET = "prestations/<uuid:user_id>/<str:month>/"
ENTRY = "prestations/lignes/<uuid:entry_id>/"

urlpatterns = [
    path("prestations/", time_sheets.SheetListView.as_view(), name="sheet_list"),
    path(SHEET, time_sheets.SheetView.as_view(), name="sheet"),
    path(f"{SHEET}ajouter/", time_sheets.EntryAddView.as_view(), name="entry_add"),
    path(f"{SHEET}signer/", time_sheets.SheetSignView.as_view(), name="sheet_sign"),
    path(f"{SHEET}viser/", time_sheets.SheetCountersignView.as_view(), name="sheet_countersign"),
    path(f"{SHEET}rouvrir/", time_sheets.SheetReopenView.as_view(), name="sheet_reopen"),
    path(f"{SHEET}feuille.<str:extension>", sheet_files.SheetFileView.as_view(), name="sheet_file"),
    path(ENTRY, time_sheets.EntryEditView.as_view(), name="entry_edit"),
    path(f"{ENTRY}retirer/", time_sheets.EntryRemoveView.as_view(), name="entry_remove"),
]
