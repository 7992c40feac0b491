"""The followup app, as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def _rebuild_all(sender: Any, organisation_id: Any, **kwargs: Any) -> None:
    """A dated value changes what is due of the cases whose events it applies to, in the same transaction: those of the
    organisation that set it for itself, or of all of them.
    """
    from followup.services.status import rebuild_all

    rebuild_all(organisation_id=organisation_id)


def _rebuild_first_meetings(sender: Any, organisation_id: Any, **kwargs: Any) -> None:
    """Which days are worked changes one thing that is stored: by when somebody who was sent to us is met first."""
    from beneficiaries.models import CoachingCase
    from followup.services.status import rebuild_all
    from method.rules.phases import Phase

    waiting = CoachingCase.objects.filter(
        organisation=organisation_id,
        closed_on__isnull=True,
        referred_on__isnull=False,
        status__phase=Phase.PREPARATORY,
        status__last_contact_on__isnull=True,
    )
    if found := list(waiting.only("pk")):
        rebuild_all(found)


def _fill_what_is_new(apps: Any, **kwargs: Any) -> None:
    """After an upgrade: cases whose status does not tell yet which days an extension came too late for, how often the
    person is seen, nor what the 24 months do day by day.
    """
    if "prehire_course" not in {field.name for field in apps.get_model("followup", "CaseStatus")._meta.fields}:
        return
    from django.db.models import Q

    from beneficiaries.models import CoachingCase
    from followup.services.status import rebuild_all

    missing = (
        Q(status__prehire_lapses__isnull=True) | Q(status__pace__isnull=True) | Q(status__prehire_course__isnull=True)
    )
    waiting = list(CoachingCase.objects.filter(missing, status__isnull=False).only("pk"))
    if waiting:
        rebuild_all(waiting)


def declare_facts() -> None:
    """Tell which rows of this app something is derived from, and why nothing is from the others."""
    from beneficiaries.case_facts import declare_fact, declare_no_fact
    from followup import models

    declare_fact(models.Contact)
    declare_fact(models.Appointment)
    declare_fact(models.CaseAsk)
    declare_fact(models.CaseTask)
    declare_no_fact(models.Attendance, "group work never counts for the cadence")
    declare_no_fact(models.ConfidentialNote, "words kept apart count for nothing", path="contact__case")
    declare_no_fact(models.ContactDraft, "a draft is no contact yet")
    declare_no_fact(models.RowAct, "the facts that it wrote are declared themselves")
    for derived in (models.CaseStatus, models.Deadline):
        declare_no_fact(derived, "it is what is derived")
    declare_no_fact(models.Reminder, "it is made of the deadlines that are derived")
    declare_no_fact(models.ReminderNotice, "it tells who was sent a reminder", path="reminder__case")


class FollowupConfig(AppConfig):
    """Contacts, cadence, collective sessions, agenda, reminders, case status."""

    name = "followup"
    verbose_name = _("suivi")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what changes a case, declare audited rows and this app's parts of the case file."""
        from accounts.registries import Section, departure_checks, impact_checks, sections, takables
        from accounts.signals import closing_days_changed, parameter_changed
        from beneficiaries.case_facts import CASES
        from beneficiaries.registries import (
            CaseTab,
            HeaderPanel,
            HistorySource,
            coherence_checks,
            header_panels,
            history_sources,
            tabs,
            undone_exit_words,
        )
        from employers.registries import habit_providers, talk_providers
        from followup import models, permissions  # noqa: F401  (declares the permissions)
        from followup.contributions.choices import FIRMS_TO_MEET, OPEN_CASES, TOLD_CASES
        from followup.contributions.coherence import contact_coherence
        from followup.contributions.history import FOLLOWUP_WORDS, followup_rows
        from followup.contributions.news import last_talk
        from followup.contributions.panels import cases_by_project, next_contact_panel, talks
        from followup.contributions.taking_back import FOLLOWUP_KINDS
        from followup.contributions.undone_exit import appointments_after_undoing
        from followup.selectors.sessions import sessions_left_behind
        from followup.services import invitations
        from followup.services.impact import impact_on_cases
        from followup.services.settling import settle_cases
        from foundation.choosing import sources
        from foundation.finding import SearchedColumn, searched_columns
        from placements.registries import last_talks
        from privacy.audit import register_audited

        searched_columns.add(SearchedColumn("followup_contact", "words"))
        register_audited(models.Contact, exclude=("submission_id", "words"))
        register_audited(models.ConfidentialNote)
        register_audited(models.Appointment)
        register_audited(models.SessionSeries, exclude=("submission_id",))
        register_audited(models.CollectiveSession)
        register_audited(models.Attendance)
        register_audited(models.MutedRule)
        register_audited(models.QuickPhrases, exclude=("content",))
        register_audited(models.CaseAsk)
        register_audited(models.CaseTask, exclude=("submission_id",))
        register_audited(models.ChecklistLine)
        register_audited(models.TeamMeeting, exclude=("submission_id",))
        register_audited(models.CaseView)
        register_audited(models.CaseListStart)
        # The text stays where admins do not read it; who had a mail sent again is told.
        register_audited(models.OutboxMail, exclude=("body", "dedupe_key", "message_id", "address", "calendar"))
        register_audited(models.OwnCalendar, exclude=("address", "tried_at", "read_at", "trouble"))
        declare_facts()
        post_migrate.connect(_fill_what_is_new, sender=self, dispatch_uid="followup.status.new")
        CASES.settlers.add(settle_cases)
        invitations.PLACES.settlers.add(invitations.settle_places)
        invitations.INVITATIONS.settlers.add(invitations.settle_invitations)
        invitations.listen()
        impact_checks.add(impact_on_cases)
        parameter_changed.connect(_rebuild_all, dispatch_uid="followup.status.parameters")
        closing_days_changed.connect(_rebuild_first_meetings, dispatch_uid="followup.status.closing_days")
        coherence_checks.add(contact_coherence)
        sources.add(FIRMS_TO_MEET)
        sources.add(TOLD_CASES)
        sources.add(OPEN_CASES)
        history_sources.add(HistorySource(rows=followup_rows, words=FOLLOWUP_WORDS))
        tabs.add(CaseTab(label=_("Synthèse"), url_name="followup:case_summary", order=10))
        header_panels.add(
            HeaderPanel(template="followup/next_contact_panel.html", order=30, context=next_contact_panel)
        )
        talk_providers.add(talks)
        habit_providers.add(cases_by_project)
        undone_exit_words.add(appointments_after_undoing)
        for kind in FOLLOWUP_KINDS:
            takables.add(kind)
        last_talks.add(last_talk)
        departure_checks.add(sessions_left_behind)
        sections.add(Section(_("Listes par phase"), "followup:checklists", "followup.manage_checklists", 85))
        sections.add(Section(_("E-mails"), "followup:mail_list", "followup.manage_mails", 90))
