"""The method app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MethodConfig(AppConfig):
    """Phases, clocks and urgency, as every room shows them."""

    name = "method"
    verbose_name = _("méthode")
    default_auto_field = "django.db.models.BigAutoField"
