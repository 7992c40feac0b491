"""The reporting app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Reports, their sending, the coordinator's board, search: one package a topic."""

    name = "reporting"
    verbose_name = _("rapports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare permissions and the reports of this room; the worker's tasks listen to what waits."""
        from accounts.registries import FrozenSource, frozen_sources
        from privacy.audit import register_audited
        from reporting import models, permissions  # noqa: F401  (declares the permissions)
        from reporting.activity import ACTIVITY
        from reporting.board import tasks as board_tasks  # noqa: F401  (declares its task)
        from reporting.network import CONSOLIDATED
        from reporting.sending import tasks  # noqa: F401  (listens to services)
        from reporting.sending.selectors import SENT, frozen_runs, told_of_run
        from reporting.trajectories import TRAJECTORIES
        from tables.engine.registry import reports

        for report in (ACTIVITY, CONSOLIDATED, TRAJECTORIES):
            reports.add(report)
        frozen_sources.add(FrozenSource(name=SENT, rows=frozen_runs, tell=told_of_run))
        # The computing itself is nobody's act: who asked for a report, sent it or threw it away is told.
        computed = ("progress", "step", "claimed_at", "attempts", "error", "coverage", "parameters", "gaps")
        register_audited(models.ReportRun, exclude=computed)
        # Taken by the clock: nobody's name stands beside it.
        register_audited(models.BoardReading)
