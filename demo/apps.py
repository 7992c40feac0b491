"""The demo app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """Invented people, for trying out and for the suite; never installed in production."""

    name = "demo"
    verbose_name = _("démonstration")
    default_auto_field = "django.db.models.BigAutoField"
