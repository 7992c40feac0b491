"""What documents bring to the pages of others: the tab of the case, its history, a section of the settings."""

from django.utils.translation import gettext_lazy as _


def register_documents() -> None:
    """Declare audited rows, words of the history, tab and section; called once, from `AppConfig.ready`."""
    from accounts.views.base import register_section
    from beneficiaries.registries import CaseTab, register_tab
    from beneficiaries.selectors.history import RowWords, register_history
    from documents.models import DocumentTemplate, Letterhead, ProducedDocument
    from documents.selectors import case_document_rows
    from privacy.audit import register_audited

    register_audited(Letterhead)
    register_audited(DocumentTemplate, exclude=("submission_id",))
    register_audited(ProducedDocument, exclude=("submission_id", "file", "archive"))
    register_history(
        case_document_rows,
        {ProducedDocument: RowWords(created=_("a fait un document"), changed=_("a modifié un document"))},
    )
    register_tab(CaseTab(label=_("Documents"), url_name="documents:case_documents", order=40))
    register_section((_("Documents"), "documents:text_list", "documents.manage_templates"))
