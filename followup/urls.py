"""Addresses of the followup app."""

from django.urls import URLPattern, path

from followup.views import (
    agenda,
    appointments,
    case_batches,
    case_views,
    cases,
    contacts,
    corrections,
    drafts,
    mails,
    my_day,
    phrases,
    planning,
    reminders,
    row_acts,
    series,
    sessions,
    summary,
)

app_name = "followup"

SERIES = "seances/cycles/<uuid:series_id>/"
VIEW = "dossiers/vues/<uuid:view_id>/"
SESSION = "seances/<uuid:session_id>/"

urlpatterns: list[URLPattern] = [
    path("ma-journee/", my_day.MyDayView.as_view(), name="my_day"),
    path("ma-journee/<uuid:case_id>/", row_acts.RowActView.as_view(), name="row_act"),
    path("ma-journee/<uuid:case_id>/reporter/", row_acts.RowPostponeView.as_view(), name="row_postpone"),
    path("ma-journee/<uuid:case_id>/note/", row_acts.RowNoteView.as_view(), name="row_note"),
    path("ma-journee/annuler/<uuid:act_id>/", row_acts.RowUndoView.as_view(), name="row_undo"),
    path("agenda/", agenda.AgendaView.as_view(), name="agenda"),
    path("agenda/fixer/", planning.SlotPlanView.as_view(), name="agenda_plan"),
    path("agenda/equipe/", planning.TeamDayView.as_view(), name="agenda_team"),
    path("agenda/jour/", agenda.DayView.as_view(), name="agenda_day"),
    path("agenda/telephone/", agenda.FeedView.as_view(), name="calendar_feed"),
    path("agenda/telephone/renouveler/", agenda.RenewFeedView.as_view(), name="calendar_renew"),
    path("agenda/telephone/revoquer/", agenda.RevokeFeedView.as_view(), name="calendar_revoke"),
    path("agenda/flux/<str:secret>.ics", agenda.calendar, name="calendar"),
    path("seances/", series.SessionListView.as_view(), name="session_list"),
    path("seances/nouvelle/", series.SeriesCreateView.as_view(), name="series_create"),
    path(SERIES, series.SeriesDetailView.as_view(), name="series_detail"),
    path(f"{SERIES}modifier/", series.SeriesEditView.as_view(), name="series_edit"),
    path(f"{SERIES}ajouter/", series.SessionAddView.as_view(), name="session_add"),
    path(SESSION, sessions.SessionDetailView.as_view(), name="session_detail"),
    path(f"{SESSION}modifier/", sessions.SessionEditView.as_view(), name="session_edit"),
    path(f"{SESSION}annuler/", sessions.SessionCancelView.as_view(), name="session_cancel"),
    path(f"{SESSION}inscrire/", sessions.RegisterView.as_view(), name="session_register"),
    path(f"{SESSION}presences/", sessions.AttendanceView.as_view(), name="session_attendance"),
    path(f"{SESSION}feuille/", sessions.SessionSheetView.as_view(), name="session_sheet"),
    path(
        f"{SESSION}inscriptions/<uuid:attendance_id>/retirer/",
        sessions.WithdrawView.as_view(),
        name="session_withdraw",
    ),
    path("rappels/", reminders.ReminderListView.as_view(), name="reminder_list"),
    path("compte/rappels/", reminders.ReminderPreferencesView.as_view(), name="reminder_preferences"),
    path("compte/phrases/", phrases.PhrasesView.as_view(), name="phrases"),
    path("parametres/courriels/", mails.MailListView.as_view(), name="mail_list"),
    path("parametres/courriels/<uuid:mail_id>/renvoyer/", mails.MailSendAgainView.as_view(), name="mail_send_again"),
    path("contacts/nouveau/", contacts.ContactPickView.as_view(), name="contact_pick"),
    path("dossiers/", cases.CaseListView.as_view(), name="case_list"),
    path("dossiers/dossiers.csv", cases.CaseExportView.as_view(), name="case_export"),
    path("dossiers/a-imprimer/", case_batches.CasePrintView.as_view(), name="case_print"),
    path("dossiers/a-transmettre/", case_batches.BatchHandOverView.as_view(), name="case_batch_hand_over"),
    path("dossiers/a-rappeler/", case_batches.BatchRemindView.as_view(), name="case_batch_remind"),
    path("dossiers/vues/", case_views.CaseViewsView.as_view(), name="case_views"),
    path("dossiers/vues/nouvelle/", case_views.CaseViewCreateView.as_view(), name="case_view_create"),
    path(f"{VIEW}", case_views.CaseViewEditView.as_view(), name="case_view_edit"),
    path(f"{VIEW}supprimer/", case_views.CaseViewDeleteView.as_view(), name="case_view_delete"),
    path(f"{VIEW}deplacer/", case_views.CaseViewMoveView.as_view(), name="case_view_move"),
    path(f"{VIEW}depart/", case_views.CaseViewStartView.as_view(), name="case_view_start"),
    path("dossiers/<uuid:case_id>/", summary.CaseSummaryView.as_view(), name="case_summary"),
    path("dossiers/<uuid:case_id>/contacts/nouveau/", contacts.ContactCreateView.as_view(), name="contact_create"),
    path(
        "dossiers/<uuid:case_id>/contacts/<uuid:contact_id>/",
        corrections.ContactCorrectView.as_view(),
        name="contact_correct",
    ),
    path(
        "dossiers/<uuid:case_id>/contacts/<uuid:contact_id>/deplacer/",
        corrections.ContactMoveView.as_view(),
        name="contact_move",
    ),
    path("dossiers/<uuid:case_id>/contacts/brouillon/", drafts.ContactDraftView.as_view(), name="contact_draft"),
    path(
        "dossiers/<uuid:case_id>/contacts/brouillon/effacer/",
        drafts.ContactDraftDiscardView.as_view(),
        name="contact_draft_discard",
    ),
    path(
        "dossiers/<uuid:case_id>/rendez-vous/nouveau/",
        appointments.AppointmentCreateView.as_view(),
        name="appointment_create",
    ),
    path(
        "dossiers/<uuid:case_id>/rendez-vous/<uuid:appointment_id>/",
        appointments.AppointmentChangeView.as_view(),
        name="appointment_change",
    ),
]
