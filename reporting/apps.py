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
        from privacy.audit import register_audited
        from reporting import models, permissions, tasks  # noqa: F401  (declares the permissions, listens to services)
        from reporting.engine.registry import register_report
        from reporting.reports.activity import ACTIVITY, CONSOLIDATED
        from reporting.reports.hours import HOURS
        from reporting.reports.inspection import INSPECTION
        from reporting.reports.trajectories import TRAJECTORIES
        from reporting.setup.documents import register_documents
        from reporting.setup.esf import register_esf
        from reporting.setup.inspection import register_inspection

        for report in (ACTIVITY, CONSOLIDATED, INSPECTION, TRAJECTORIES, HOURS):
            register_report(report)
        register_esf()
        register_documents()
        register_inspection()
        # The computing itself is nobody's act: who asked for a report, sent it or threw it away is told.
        computed = ("progress", "step", "claimed_at", "attempts", "error", "coverage", "parameters", "gaps")
        register_audited(models.ReportRun, exclude=computed)
        register_audited(models.TimeSheet)
        register_audited(models.TimeEntry, exclude=("submission_id",))
        # The lines themselves are kept with the signature; the trail tells their fingerprint.
        register_audited(models.SheetSignature, exclude=("lines", "signed_at"))
