"""What the inspection brings to the pages of others: a tab of the case, a section of the settings."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import allows
from accounts.views.base import register_section
from beneficiaries.panels import CaseTab, register_tab


def register_inspection() -> None:
    """Declare the tab and the section; called once, from `AppConfig.ready`."""
    register_tab(
        CaseTab(
            label=_("Inspection"),
            url_name="reporting:inspection_file",
            order=90,
            visible=lambda user, case: allows(user, "reporting.read_inspection_file", case),
        )
    )
    register_section((_("Inspection"), "reporting:inspection_reads", "reporting.view_inspection_reads"))
