"""The tab « Documents » of a case: what can be made, what was made, and each document handed out as it was."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.permissions import allows
from beneficiaries.enums import PaperLanguage
from beneficiaries.models import Evidence
from beneficiaries.views.case_file import CaseActView, CaseFileMixin, CaseMixin, to_case
from documents.forms import DocumentForm
from documents.models import ProducedDocument
from documents.paper.build import Wording
from documents.paper.drawing import Paper
from documents.paper.kinds import BY_KIND, BY_SLUG, KindSpec
from documents.paper.values import company_address, person_address
from documents.rules.languages import FRENCH, code_of
from documents.selectors import documents_of, followed_jobs, offers, refusal_of
from documents.services.documents import prepare_document, produce_document, read_copy
from foundation.errors import DomainError
from placements.models import Employment
from placements.selectors.jobs import load_jobs
from privacy.audit import record_access


def instead_words(asked: str) -> str:
    """Why a paper that was wanted in another language speaks French."""
    return _("Votre organisme a son propre texte et ne l’a pas en %(language)s : le document est en français.") % {
        "language": PaperLanguage(asked).label
    }


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A document as an attachment that no browser guesses at and none keeps."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


class CaseDocumentsView(CaseFileMixin, TemplateView):
    """What was made for a case, what can be made, and the papers that were handed in."""

    template_name = "documents/case_documents.html"
    case_prefetch = (
        "agreements",
        # With who handed them in, in one statement.
        Prefetch("evidences", Evidence.objects.exclude(file="").select_related("uploaded_by")),
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_write = allows(self.actor, "beneficiaries.change_case", self.case)
        signed = {agreement.kind for agreement in self.case.agreements.all()}
        sign = reverse("beneficiaries:agreement", args=[self.case.pk])
        documents = [
            {
                "document": document,
                "sign_url": f"{sign}?document={agreement}"
                if may_write
                and self.case.is_open
                and (agreement := BY_KIND[document.kind].agreement)
                and agreement not in signed
                else "",
            }
            for document in documents_of(self.case)
        ]
        return super().get_context_data(
            documents=documents,
            offers=offers(self.case, load_jobs(self.case), self.on, may_write=may_write),
            papers=self.case.evidences.all(),
            **kwargs,
        )


class DocumentCreateView(CaseActView):
    """A document is looked at, then made and kept."""

    template_name = "documents/document_form.html"
    form_class = DocumentForm
    leads_to = to_case("documents:case_documents")
    after = leads_to.at("faits")
    submit_label = ""
    spec: KindSpec
    paper: Paper | None = None
    wording: Wording | None = None

    def prepare(self) -> None:
        """Find the kind that the address names, among those of a case."""
        spec = BY_SLUG.get(self.kwargs["kind"])
        if spec is None or spec.of_session:
            raise Http404
        self.spec = spec

    @cached_property
    def jobs(self) -> list[Employment]:
        """The contracts that the document may be about, or whose employer may be written to."""
        return followed_jobs(self.case, load_jobs(self.case), self.on)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send back, with the reason, when this document has no place in the case."""
        refusal = refusal_of(self.spec, self.case, load_jobs(self.case), self.on)
        if refusal:
            messages.warning(request, refusal)
            return redirect("documents:case_documents", self.case.pk)
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str | Promise:
        label = str(self.spec.kind.label)
        return label[:1].upper() + label[1:]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "spec": self.spec, "jobs": self.jobs}

    @cached_property
    def addressee(self) -> Employment | None:
        """The contract whose employer a letter goes to, when the address of the page says so."""
        asked = self.request.GET.get("employeur", "")
        return next((job for job in self.jobs if str(job.pk) == asked), None)

    def get_initial(self) -> dict[str, Any]:
        """Today, and the address of the person or of the employer."""
        lines, language = person_address(self.case), self.case.beneficiary.language
        if self.addressee is not None:
            language = FRENCH
            agreement = getattr(self.addressee, "followup_agreement", None)
            contact = agreement.contact if agreement else None
            lines = company_address(self.addressee, to=contact.name if contact else "")
        return {"dated_on": self.on, "address": "\n".join(lines), "language": language}

    def form_valid(self, form: Any) -> HttpResponse:
        """Show the document as it would be, or make it."""
        if "preview" not in self.request.POST:
            return super().form_valid(form)
        try:
            prepared = prepare_document(case=self.case, spec=self.spec, order=form.order(), actor=self.actor)
        except DomainError as error:
            self.add_refusal(form, error)
            return self.form_invalid(form)
        self.paper, self.wording = prepared.composed.paper, prepared.wording
        return self.render_to_response(self.get_context_data(form=form))

    def act(self, form: DocumentForm) -> ProducedDocument:
        return produce_document(
            case=self.case,
            spec=self.spec,
            order=form.order(),
            actor=self.actor,
            submission_id=form.cleaned_data["submission_id"],
        )

    def get_success_message(self, form: Any) -> str:
        made = _("Document fait et gardé : %(document)s.") % {"document": self.result}
        # Whoever did not look at it first learns here that it speaks French all the same.
        asked = form.cleaned_data["language"] or self.case.beneficiary.language
        return made if code_of(self.result.language) == asked else f"{made} {instead_words(asked)}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the preview, and to whom else a letter may go."""
        here = reverse("documents:document_create", args=[self.case.pk, self.spec.slug])
        letter = self.spec.is_letter
        employers = [
            {"url": f"{here}?employeur={job.pk}", "label": job.company.name, "current": job == self.addressee}
            for job in (self.jobs if letter else [])
        ]
        return super().get_context_data(
            spec=self.spec,
            paper=self.paper,
            instead=instead_words(self.wording.asked) if self.wording and self.wording.is_instead else "",
            employers=employers,
            to_person={"url": here, "current": self.addressee is None},
            **kwargs,
        )


class DocumentFileView(CaseMixin, View):
    """A document as it was made, verified; each reading is written down."""

    archive = False
    document: ProducedDocument

    def prepare(self) -> None:
        """Find the document of this case."""
        self.document = get_object_or_404(ProducedDocument, pk=self.kwargs["document_id"], case=self.case)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hand it out, or say that it is no longer what was made."""
        try:
            content = read_copy(self.document, archive=self.archive)
        except FileNotFoundError as error:
            raise Http404 from error
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("documents:case_documents", self.case.pk)
        record_access(self.actor, self.document, "download")
        return pdf_response(content, file_name(self.document, archive=self.archive))


def file_name(document: ProducedDocument, *, archive: bool) -> str:
    """The name under which a browser keeps the file: what it is and of when, never whose."""
    kept = "-archive" if archive else ""
    return f"{BY_KIND[document.kind].slug}-{document.dated_on:%Y-%m-%d}-{document.reference.lower()}{kept}.pdf"
