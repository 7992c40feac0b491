"""The papers of a case: added, and read by whoever may read the case."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from beneficiaries.forms.papers import EvidenceForm
from beneficiaries.models import Evidence
from beneficiaries.services.papers import PaperStatement, add_evidence
from beneficiaries.views.case_file import CaseActView, CaseMixin, to_case
from privacy.audit import record_access


class EvidenceCreateView(CaseActView):
    """A paper was seen."""

    form_class = EvidenceForm
    page_title = gettext_lazy("Ajouter une pièce")
    leads_to = to_case("beneficiaries:case_situation").at("pieces")

    def act(self, form: EvidenceForm) -> Evidence:
        data = form.cleaned_data
        return add_evidence(
            case=self.case,
            paper=PaperStatement(
                kind=data["kind"],
                dated_on=data["dated_on"],
                label=data["label"],
                file=data["file"] or data["photo"],
            ),
            actor=self.actor,
            submission_id=data["submission_id"],
        )

    def get_success_message(self, form: Any) -> str:
        return _("Pièce ajoutée : %(paper)s.") % {"paper": self.result}


class EvidenceFileView(CaseMixin, View):
    """The file of a paper, to be kept by whoever may read the case; each reading is written down."""

    evidence: Evidence

    def prepare(self) -> None:
        """Find the paper of this case, with a file."""
        self.evidence = get_object_or_404(
            Evidence.objects.exclude(file=""), pk=self.kwargs["evidence_id"], case=self.case
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send the file as an attachment that no browser guesses at and none keeps."""
        try:
            with self.evidence.file.open("rb") as file:
                content = file.read()
        except FileNotFoundError as error:
            raise Http404 from error
        record_access(self.actor, self.evidence, "download")
        response = HttpResponse(content, content_type=self.evidence.content_type)
        response["Content-Disposition"] = f'attachment; filename="{self.evidence.download_name}"'
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response
