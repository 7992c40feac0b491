"""The followup app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowupConfig(AppConfig):
    """Contacts, cadence, agenda, reminders, case status."""

    name = "followup"
    verbose_name = _("suivi")
    default_auto_field = "django.db.models.BigAutoField"
