"""What the inspection brings to the pages of others: a tab of the case, a section of the settings."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import allows
from accounts.views.base import register_section
from beneficiaries.registries import CaseTab, register_tab
from inspection.report import INSPECTION
from tables.engine.registry import register_report


def register_inspection() -> None:
    """Declare the report, the tab and the section; called once, from `AppConfig.ready`."""
    register_report(INSPECTION)
    register_tab(
        CaseTab(
            label=_("Inspection"),
            url_name="inspection:file",
            order=90,
            visible=lambda user, case: allows(user, "inspection.read_inspection_file", case),
        )
    )
    register_section((_("Inspection"), "inspection:reads", "inspection.view_inspection_reads"))
