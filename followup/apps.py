"""The followup app, as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def _rebuild(sender: Any, case: Any, **kwargs: Any) -> None:
    """Keep appointments and status true, in the transaction of the act that changed the case."""
    from followup.services.contacts import follow_the_case
    from followup.services.sessions import free_places_after_exit
    from followup.services.status import rebuild_status

    follow_the_case(case)
    if case.closed_on is not None:
        free_places_after_exit(case)
    rebuild_status(case)
    # A person who came back keeps the days that this case had used, and takes them along when they come back again.
    later = list(case.next_cases.order_by("opened_on"))
    while later:
        following = later.pop(0)
        rebuild_status(following)
        later += following.next_cases.order_by("opened_on")


def _rebuild_all(sender: Any, **kwargs: Any) -> None:
    """A new dated value changes what is due of the cases whose events it applies to, in the same transaction."""
    from followup.services.status import rebuild_all

    rebuild_all()


class FollowupConfig(AppConfig):
    """Contacts, cadence, collective sessions, agenda, reminders, case status."""

    name = "followup"
    verbose_name = _("suivi")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what changes a case, declare audited rows and this app's parts of the case file."""
        from accounts.registries import departure_checks, impact_checks, sections
        from accounts.signals import parameter_added
        from beneficiaries.registries import (
            CaseTab,
            HeaderPanel,
            HistorySource,
            coherence_checks,
            header_panels,
            history_sources,
            tabs,
        )
        from beneficiaries.signals import case_changed
        from employers.registries import talk_providers
        from followup import models, permissions  # noqa: F401  (declares the permissions)
        from followup.contributions.coherence import contact_coherence
        from followup.contributions.history import FOLLOWUP_WORDS, followup_rows
        from followup.contributions.panels import next_contact_panel, talks
        from followup.selectors.sessions import sessions_left_behind
        from followup.services.impact import impact_on_cases
        from privacy.audit import register_audited

        register_audited(models.Contact, exclude=("submission_id",))
        register_audited(models.Appointment)
        register_audited(models.SessionSeries, exclude=("submission_id",))
        register_audited(models.CollectiveSession)
        register_audited(models.Attendance)
        register_audited(models.MutedRule)
        # The text stays where admins do not read it; who had a mail sent again is told.
        register_audited(models.OutboxMail, exclude=("body", "dedupe_key", "message_id"))
        case_changed.connect(_rebuild, dispatch_uid="followup.status")
        impact_checks.add(impact_on_cases)
        parameter_added.connect(_rebuild_all, dispatch_uid="followup.status.parameters")
        coherence_checks.add(contact_coherence)
        history_sources.add(HistorySource(rows=followup_rows, words=FOLLOWUP_WORDS))
        tabs.add(CaseTab(label=_("Synthèse"), url_name="followup:case_summary", order=10))
        header_panels.add(
            HeaderPanel(template="followup/next_contact_panel.html", order=30, context=next_contact_panel)
        )
        talk_providers.add(talks)
        departure_checks.add(sessions_left_behind)
        sections.add((_("Courriels"), "followup:mail_list", "followup.manage_mails"))
