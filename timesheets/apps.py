"""The timesheets app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TimesheetsConfig(AppConfig):
    """Hours by person, project and day, signed."""

    name = "timesheets"
    verbose_name = _("prestations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare permissions, audited rows and the report of hours."""
        from accounts.registries import FrozenSource, frozen_sources
        from privacy.audit import register_audited
        from tables.engine.registry import reports
        from timesheets import models, permissions  # noqa: F401  (declares the permissions)
        from timesheets.reports.hours import HOURS
        from timesheets.selectors.signed import SIGNED, signed_sheets, told_of_sheet

        reports.add(HOURS)
        frozen_sources.add(FrozenSource(name=SIGNED, rows=signed_sheets, tell=told_of_sheet))
        register_audited(models.TimeSheet)
        register_audited(models.TimeEntry, exclude=("submission_id",))
        # The lines themselves are kept with the signature; the trail tells their fingerprint.
        register_audited(models.SheetSignature, exclude=("lines", "signed_at"))
