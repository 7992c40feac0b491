"""The followup app, as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def _rebuild(sender: Any, case: Any, **kwargs: Any) -> None:
    """Keep the status row true, in the transaction of the act that changed the case."""
    from followup.services.status import rebuild_status

    rebuild_status(case)


class FollowupConfig(AppConfig):
    """Contacts, cadence, collective sessions, agenda, reminders, case status."""

    name = "followup"
    verbose_name = _("suivi")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what changes a case, declare audited rows and this app's parts of the case file."""
        from beneficiaries.panels import CaseTab, register_tab
        from beneficiaries.signals import case_changed
        from followup import models
        from privacy.audit import register_audited

        register_audited(models.Contact, exclude=("submission_id",))
        register_audited(models.Appointment)
        case_changed.connect(_rebuild, dispatch_uid="followup.status")
        register_tab(CaseTab(label=_("Synthèse"), url_name="followup:case_summary", order=10))
