"""The inspection app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionConfig(AppConfig):
    """What an inspector checks, the inspection file, the inspector’s door."""

    name = "inspection"
    verbose_name = _("inspection")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare permissions, the report, and this app's parts of the case file and of the settings."""
        from inspection import permissions  # noqa: F401  (declares the permissions)
        from inspection.contributions import register_inspection

        register_inspection()
