"""The papers of a case: added, and read by whoever may read the case."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from accounts.registries import Reach
from accounts.selectors.records import record_of
from accounts.views.frozen import FrozenMixin
from beneficiaries.contributions.taking_back import reach_of
from beneficiaries.forms.papers import EvidenceForm, EvidenceReplaceForm
from beneficiaries.models import Evidence
from beneficiaries.services.papers import PaperStatement, add_evidence
from beneficiaries.services.taking_back import replace_paper
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


class EvidenceReplaceView(FrozenMixin, CaseActView):
    """The paper was the wrong one: what it proved is proved by the right one from now on."""

    template_name = "beneficiaries/case_correction.html"
    form_class = EvidenceReplaceForm
    permission = "beneficiaries.view_case"
    page_title = gettext_lazy("Remplacer une pièce")
    submit_label = gettext_lazy("Remplacer")
    success_message = gettext_lazy("La pièce est remplacée ; l’historique garde la trace de l’autre.")
    leads_to = to_case("beneficiaries:case_situation").at("pieces")
    evidence: Evidence

    def prepare(self) -> None:
        """Find the paper of this case, and refuse whoever neither added it today nor coordinates."""
        self.evidence = get_object_or_404(Evidence, pk=self.kwargs["evidence_id"], case=self.case)
        self.evidence.case = self.case
        self.ask("accounts.take_back", record_of(self.evidence, self.case.organisation_id))

    def get_reach(self) -> Reach:
        return reach_of(self.case, self.evidence.dated_on, self.evidence.dated_on)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.evidence, name) for name in ("kind", "dated_on", "label")}

    def act(self, form: EvidenceReplaceForm) -> Evidence:
        data = form.cleaned_data
        statement = PaperStatement(
            kind=data["kind"], dated_on=data["dated_on"], label=data["label"], file=data["file"] or data["photo"]
        )
        return replace_paper(paper=self.evidence, statement=statement, reason=data["reason"], actor=self.actor)


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
