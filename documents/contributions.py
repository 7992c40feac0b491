"""What documents bring to the pages of others: the tab of the case, its history, a section of the settings."""

from django.utils.translation import gettext_lazy as _


def register_documents() -> None:
    """Declare audited rows, words of the history, tab and section; called once, from `AppConfig.ready`."""
    from accounts.registries import Section, sections
    from beneficiaries.case_facts import declare_fact
    from beneficiaries.registries import CaseTab, HistorySource, RowWords, history_sources, tabs
    from documents.models import DocumentTemplate, Letterhead, ProducedDocument
    from documents.selectors import case_document_rows, unsigned_since
    from followup.registries import PaperSource, paper_sources
    from privacy.audit import register_audited

    declare_fact(ProducedDocument)
    paper_sources.add(PaperSource(unsigned_since=unsigned_since))
    register_audited(Letterhead)
    register_audited(DocumentTemplate, exclude=("submission_id",))
    register_audited(ProducedDocument, exclude=("submission_id", "file", "archive"))
    history_sources.add(
        HistorySource(
            rows=case_document_rows,
            words={ProducedDocument: RowWords(created=_("a fait un document"), changed=_("a modifié un document"))},
        )
    )
    tabs.add(CaseTab(label=_("Documents"), url_name="documents:case_documents", order=45))
    sections.add(Section(_("Documents"), "documents:text_list", "documents.manage_templates", 70))
