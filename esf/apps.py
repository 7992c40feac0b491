"""The esf app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EsfConfig(AppConfig):
    """ESF+ participants, indicators, participant file."""

    name = "esf"
    verbose_name = _("FSE+")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare permissions, audited rows, the report, and this app's parts of the case file and of the settings."""
        from esf import permissions  # noqa: F401  (declares the permissions)
        from esf.contributions import register_esf
        from esf.parameters import register_parameters

        register_parameters()
        register_esf()
