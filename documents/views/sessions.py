"""The attendance sheet of a collective session as an accessible PDF: drawn to be signed, or kept as it was."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.views.mixins import PermissionRequiredMixin
from documents.forms import KeepSheetForm
from documents.models import ProducedDocument
from documents.paper.drawing import drawn
from documents.services.documents import prepare_sheet, produce_sheet, read_copy
from documents.views.documents import file_name, pdf_response
from followup.models import CollectiveSession
from foundation.errors import DomainError
from foundation.views import ActFormView
from foundation.ways import Way
from privacy.audit import record_access, record_accesses
from tables.renderers.pdf import PdfUnavailable


class ManagedSessionMixin(PermissionRequiredMixin):
    """A page about one session, for whoever manages sessions."""

    permission = "followup.manage_sessions"

    @cached_property
    def session(self) -> CollectiveSession:
        """The session that the address names."""
        sessions = CollectiveSession.objects.visible_to(self.actor).select_related("series", "leader", "organisation")
        found: CollectiveSession = get_object_or_404(sessions, pk=self.kwargs["session_id"])
        return found

    def get_permission_object(self) -> Any:
        return self.session


class SessionSheetView(ManagedSessionMixin, View):
    """The sheet to sign; that names were taken away is recorded."""

    def get(self, request: HttpRequest, session_id: UUID, **kwargs: Any) -> HttpResponse:
        """Draw it; without Pango, the page to print does the same."""
        user, session = self.actor, self.session
        prepared, lines = prepare_sheet(session=session, actor=user)
        try:
            content = drawn(prepared.composed.paper)
        except PdfUnavailable as refusal:
            messages.error(request, refusal.message)
            return redirect("followup:session_sheet", session.pk)
        record_accesses(user, [line.case for line in lines], "print")
        return pdf_response(content, f"presences-{session.on:%Y%m%d}.pdf")


class SessionDocumentsView(ManagedSessionMixin, ActFormView):
    """The sheets of a session that were kept; one more is made and kept."""

    template_name = "documents/session_documents.html"
    form_class = KeepSheetForm
    page_title = gettext_lazy("Feuilles de présence gardées")
    submit_label = gettext_lazy("Faire et garder une feuille")
    leads_to = Way("followup:session_detail", "session.pk", words=gettext_lazy("La séance"))
    stays = True

    def get_page_lead(self) -> str:
        return str(self.session)

    def act(self, form: Any) -> ProducedDocument:
        """Make and keep; that names were taken is recorded."""
        document, lines = produce_sheet(
            session=self.session, actor=self.actor, submission_id=form.cleaned_data["submission_id"]
        )
        record_accesses(self.actor, [line.case for line in lines], "print")
        return document

    def get_success_message(self, form: Any) -> str:
        return _("Feuille faite et gardée, réf. %(reference)s.") % {"reference": self.result.reference}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = ProducedDocument.objects.filter(session=self.session).select_related("made_by", "template")
        return super().get_context_data(session=self.session, documents=kept.order_by("-created_at", "id"), **kwargs)


class SessionDocumentFileView(ManagedSessionMixin, View):
    """A sheet as it was made, verified; each reading is written down."""

    archive = False

    def get(self, request: HttpRequest, session_id: UUID, kept_sheet_id: UUID, **kwargs: Any) -> HttpResponseBase:
        """Hand it out, or say that it is no longer what was made."""
        user, session = self.actor, self.session
        document = get_object_or_404(ProducedDocument, pk=kept_sheet_id, session=session)
        try:
            content = read_copy(document, archive=self.archive)
        except FileNotFoundError as error:
            raise Http404 from error
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("documents:session_documents", session.pk)
        record_access(user, document, "download")
        return pdf_response(content, file_name(document, archive=self.archive))
