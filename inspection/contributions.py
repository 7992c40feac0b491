"""What the inspection brings to the pages of others: a tab of the case, a section of the settings."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import allows
from accounts.registries import Section, sections
from beneficiaries.registries import CaseTab, tabs
from inspection.report import INSPECTION
from tables.engine.registry import reports


def register_inspection() -> None:
    """Declare the report, the tab and the section; called once, from `AppConfig.ready`."""
    reports.add(INSPECTION)
    tabs.add(
        CaseTab(
            label=_("Inspection"),
            url_name="inspection:file",
            order=90,
            visible=lambda user, case: allows(user, "inspection.read_inspection_file", case),
        )
    )
    sections.add(Section(_("Inspection"), "inspection:reads", "inspection.view_inspection_reads", 80))
