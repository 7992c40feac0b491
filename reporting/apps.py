"""The reporting app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Dashboards, indicators, reports, exports, documents."""

    name = "reporting"
    verbose_name = _("rapports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare permissions and the reports that exist."""
        from reporting import permissions  # noqa: F401  (declares the permissions)
        from reporting.engine.registry import register_report
        from reporting.reports.activity import ACTIVITY, CONSOLIDATED
        from reporting.reports.inspection import INSPECTION

        for report in (ACTIVITY, CONSOLIDATED, INSPECTION):
            register_report(report)
