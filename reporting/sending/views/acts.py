"""Preparing a report, sending it, asking again, throwing a draft away."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from foundation.errors import DomainError
from foundation.formatting import own_words
from foundation.views import ActFormView, ConfirmActView
from foundation.ways import Way
from reporting.models import ReportRun
from reporting.preview.forms import PrepareForm, SubmitForm
from reporting.preview.views.reports import TO_REPORT, ReportMixin
from reporting.sending.selectors import provisional_until
from reporting.sending.services import discard_run, request_run, require_draft, require_sendable, retry_run, submit_run
from reporting.sending.views.runs import TO_RUN, RunMixin


class RunCreateView(ReportMixin, ActFormView):
    """Asking for the figures and the files of a report, over the scope that the address carries."""

    template_name = "reporting/run_create.html"
    permission = "reporting.prepare_report"
    form_class = PrepareForm
    submit_label = gettext_lazy("Préparer l’envoi")
    result: ReportRun
    leads_to = TO_REPORT
    after = Way("reporting:run", "result.pk")

    def prepare(self) -> None:
        """Reading a report is not yet preparing it."""
        self.ask(self.report.drafting_permission)
        super().prepare()

    def get_page_title(self) -> str:
        return _("Préparer l’envoi : %(report)s") % {"report": own_words(self.report.title)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way to what is missing, where something may be."""
        gaps_url = reverse("reporting:report_gaps", args=[self.report.name]) + self.query()
        return super().get_context_data(gaps_url=gaps_url if self.report.has_gaps else "", **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whose sites, projects and coaches are offered."""
        asked = {"consolidated": self.report.consolidated, "funder": self.report.project_funder}
        return super().get_form_kwargs() | {"user": self.actor, **asked}

    def get_initial(self) -> dict[str, Any]:
        """The scope of the report that was being read."""
        return {name: self.form.data.get(name) for name in self.form.fields}

    def act(self, form: PrepareForm) -> ReportRun:
        """Ask; a worker does the rest."""
        return request_run(
            report=self.report,
            scope=form.scope(self.organisations()),
            actor=self.actor,
            submission_id=form.cleaned_data["submission_id"],
        )


def led_back(page: RunMixin, requirement: Callable[[ReportRun], None]) -> HttpResponse | None:
    """The way back to a run, with the reason, when what the page is for would be refused."""
    try:
        requirement(page.run)
    except DomainError as refusal:
        messages.error(page.request, str(refusal))
        return redirect("reporting:run", page.run.pk)
    return None


class RunSubmitView(RunMixin, ActFormView):
    """Noting that a report was sent, which freezes it."""

    template_name = "reporting/run_submit.html"
    permission = "reporting.submit_report"
    form_class = SubmitForm
    page_title = gettext_lazy("Envoyer ce rapport")
    submit_label = gettext_lazy("Envoyer et figer")
    success_message = gettext_lazy("Rapport envoyé : il est conservé tel quel.")
    leads_to = TO_RUN

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Offer nothing that would be refused: somebody sent it meanwhile, or something is missing in it."""
        return led_back(self, require_sendable) or super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is about to be sent, and what one may want to know before."""
        return super().get_context_data(run=self.run, provisional_until=provisional_until(self.run), **kwargs)

    def act(self, form: SubmitForm) -> ReportRun:
        data = form.cleaned_data
        return submit_run(
            run=self.run,
            recipient=data["recipient"],
            reference=data["reference"],
            actor=self.actor,
            confirmed=form.said_yes_to,
        )


class RunDiscardView(RunMixin, ConfirmActView):
    page_title = gettext_lazy("Supprimer ce brouillon ?")
    submit_label = gettext_lazy("Supprimer le brouillon")
    success_message = gettext_lazy("Brouillon supprimé.")
    leads_to = Way("reporting:run", "run.pk")
    after = Way("reporting:run_list", query=lambda page: {"rapport": page.run.report})

    def prepare(self) -> None:
        """One's own, or whoever administers."""
        self.ask("reporting.discard_run", self.run)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Offer nothing that would be refused: it was sent meanwhile."""
        return led_back(self, require_draft) or super().get(request, *args, **kwargs)

    def get_consequences(self) -> tuple[str, ...]:
        number = self.run.files.count()
        files = ngettext("son fichier", "ses %(n)s fichiers", number) % {"n": number} if number else _("sa demande")
        return (
            _("%(run)s : ses chiffres et %(files)s disparaissent.") % {"run": self.run, "files": files},
            _("Les dossiers ne changent pas ; le rapport peut être préparé à nouveau."),
        )

    def act(self, form: Any) -> None:
        discard_run(run=self.run, actor=self.actor)


class RunRetryView(RunMixin, View):
    """Asking once more for what failed."""

    permission = "reporting.prepare_report"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask again, and go where the progress is seen."""
        try:
            retry_run(run=self.run, actor=self.actor)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return redirect("reporting:run", self.run.pk)
