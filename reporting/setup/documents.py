"""What documents bring to the pages of others: the tab of the case, its history, a section of the settings."""

from django.utils.translation import gettext_lazy as _


def register_documents() -> None:
    """Declare audited rows, words of the history, tab and section; called once, from `AppConfig.ready`."""
    from accounts.views.base import register_section
    from beneficiaries.history_page import RowWords, register_history
    from beneficiaries.panels import CaseTab, register_tab
    from privacy.audit import register_audited
    from reporting.models import DocumentTemplate, Letterhead, ProducedDocument
    from reporting.selectors.documents import case_document_rows

    register_audited(Letterhead)
    register_audited(DocumentTemplate, exclude=("submission_id",))
    register_audited(ProducedDocument, exclude=("submission_id", "file", "archive"))
    register_history(
        case_document_rows,
        {ProducedDocument: RowWords(created=_("a fait un document"), changed=_("a modifié un document"))},
    )
    register_tab(CaseTab(label=_("Documents"), url_name="reporting:case_documents", order=40))
    register_section((_("Documents"), "reporting:text_list", "reporting.manage_templates"))
