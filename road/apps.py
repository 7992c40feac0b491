"""The road app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoadConfig(AppConfig):
    """The day on a telephone, and what is written there without network."""

    name = "road"
    verbose_name = _("sur la route")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what an organisation allows."""
        from road.parameters import register_parameters

        register_parameters()
