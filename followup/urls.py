"""Addresses of the followup app."""

from django.urls import URLPattern, path

from followup.views import agenda, appointments, cases, contacts, corrections, mails, my_day, reminders, summary

app_name = "followup"

urlpatterns: list[URLPattern] = [
    path("ma-journee/", my_day.MyDayView.as_view(), name="my_day"),
    path("agenda/", agenda.AgendaView.as_view(), name="agenda"),
    path("agenda/jour/", agenda.DayView.as_view(), name="agenda_day"),
    path("agenda/telephone/", agenda.FeedView.as_view(), name="calendar_feed"),
    path("agenda/telephone/renouveler/", agenda.RenewFeedView.as_view(), name="calendar_renew"),
    path("agenda/telephone/revoquer/", agenda.RevokeFeedView.as_view(), name="calendar_revoke"),
    path("agenda/flux/<str:secret>.ics", agenda.calendar, name="calendar"),
    path("rappels/", reminders.ReminderListView.as_view(), name="reminder_list"),
    path("compte/rappels/", reminders.ReminderPreferencesView.as_view(), name="reminder_preferences"),
    path("parametres/courriels/", mails.MailListView.as_view(), name="mail_list"),
    path("parametres/courriels/<uuid:mail_id>/renvoyer/", mails.MailSendAgainView.as_view(), name="mail_send_again"),
    path("contacts/nouveau/", contacts.ContactPickView.as_view(), name="contact_pick"),
    path("dossiers/", cases.CaseListView.as_view(), name="case_list"),
    path("dossiers/dossiers.csv", cases.CaseExportView.as_view(), name="case_export"),
    path("dossiers/<uuid:case_id>/", summary.CaseSummaryView.as_view(), name="case_summary"),
    path("dossiers/<uuid:case_id>/contacts/nouveau/", contacts.ContactCreateView.as_view(), name="contact_create"),
    path(
        "dossiers/<uuid:case_id>/contacts/<uuid:contact_id>/",
        corrections.ContactCorrectView.as_view(),
        name="contact_correct",
    ),
    path("dossiers/<uuid:case_id>/contacts/brouillon/", contacts.ContactDraftView.as_view(), name="contact_draft"),
    path(
        "dossiers/<uuid:case_id>/contacts/brouillon/effacer/",
        contacts.ContactDraftDiscardView.as_view(),
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
