"""The reporting app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Dashboards, indicators, reports, exports, documents."""

    name = "reporting"
    verbose_name = _("rapports")
    default_auto_field = "django.db.models.BigAutoField"
