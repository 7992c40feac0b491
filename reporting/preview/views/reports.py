"""Choosing a report, reading it, opening a figure, taking it away as a file."""

from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.models import Organisation
from accounts.permissions import allows
from accounts.views.first_steps import Link, first_visit, organisation_steps
from accounts.views.mixins import PermissionRequiredMixin
from foundation.clock import today
from foundation.formatting import own_words
from foundation.views import PageView
from foundation.ways import Way
from inspection.selectors.access import record_inspection
from privacy.audit import record_access
from reporting.preview.forms import ScopeForm
from reporting.preview.selectors.front import report_board
from reporting.preview.views.figures import figure_context
from tables.engine.registry import ReportDefinition, reports
from tables.engine.scope import Scope
from tables.renderers.outputs import OUTPUTS
from tables.renderers.pdf import PdfUnavailable


class ReportListView(PermissionRequiredMixin, PageView):
    """What waits to be done, and the reports the user may ask for, each with its last sending."""

    template_name = "reporting/report_list.html"
    permission = "reporting.view_reports"
    page_title = _("Rapports")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        board = report_board(self.actor, today())
        month = f"?mois={board.sheets.month:%Y-%m}" if board.sheets else ""
        # Whoever administers begins here; to whoever only reads figures, the page says what to ask for first.
        first = board.is_untouched and not allows(self.actor, "accounts.read_scopes", self.actor.organisation_here)
        visit, steps = first_visit(self.actor) if first else (None, organisation_steps(self.actor))
        if visit:
            offered = [one.report for one in board.reports[:1]]
            asked = [
                Link(reverse("reporting:report", args=[report.name]), own_words(report.title)) for report in offered
            ]
            visit = replace(visit, ways=[*asked, *visit.ways])
        return super().get_context_data(
            board=board,
            first_visit=visit,
            first_steps=steps,
            sheets_url=reverse("timesheets:sheet_list") + month,
            may_submit=allows(self.actor, "reporting.submit_report", self.actor.current_organisation),
            **kwargs,
        )


# Back to the report, over the same scope.
TO_REPORT = Way(
    "reporting:report",
    "report.name",
    words=lambda page: own_words(page.report.title),
    query=lambda page: page.request.GET,
)


class ReportMixin(PermissionRequiredMixin):
    """Finds the report, checks that the user may ask for it, and reads its scope from the address."""

    permission = "reporting.view_reports"

    def prepare(self) -> None:
        """Ask the report's own right; what an inspector reads of it names people, and is written down."""
        self.ask(self.report.permission)
        record_inspection(self.actor, "inspection_report")

    @cached_property
    def report(self) -> ReportDefinition:
        """The report of the address: 404 when unknown."""
        try:
            return reports[self.kwargs["name"]]
        except KeyError as error:
            raise Http404 from error

    @cached_property
    def form(self) -> ScopeForm:
        """The scope asked; without any, the year until today."""
        asked = self.request.GET
        data = asked if "first" in asked or "last" in asked else this_year(self.report.default_years)
        report = self.report
        return ScopeForm(data, user=self.actor, consolidated=report.consolidated, funder=report.project_funder)

    @cached_property
    def scope(self) -> Scope | None:
        """The scope, or `None` while the address does not state one that makes sense."""
        return self.form.scope(self.organisations()) if self.form.is_valid() else None

    def organisations(self) -> tuple[Organisation, ...]:
        """Every organisation for a consolidated report, else the user's."""
        if self.report.consolidated:
            return tuple(Organisation.objects.order_by("name"))
        present = self.actor.current_organisation_id
        return tuple(one for one in self.actor.organisations if one.pk == present)

    @property
    def opens_figures(self) -> bool:
        """Whether figures lead to names: never in a consolidated report."""
        return not self.report.consolidated and allows(self.actor, "reporting.open_figures")

    def query(self) -> str:
        """The scope as the end of an address."""
        return f"?{self.request.GET.urlencode()}" if self.request.GET else ""


def this_year(years: int = 1) -> dict[str, str]:
    """The default period, as typed: from 1 January, of this year or of one before it, until today."""
    on = today()
    return {"first": f"{date(on.year - years + 1, 1, 1):%d/%m/%Y}", "last": f"{on:%d/%m/%Y}"}


class ReportView(ReportMixin, PageView):
    """The report on screen; each figure opens on what it counts."""

    template_name = "reporting/report.html"
    leads_to = Way("reporting:report_list", words=_("Rapports"))

    def get_page_title(self) -> str:
        return own_words(self.report.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form and, when it makes sense, the computed document."""
        document = self.report.compute(self.scope) if self.scope else None
        formats = [
            (output.label, reverse("reporting:report_file", args=[self.report.name, extension]) + self.query())
            for extension, output in OUTPUTS.items()
        ]
        more_files = [
            (own_words(file.label), reverse("reporting:more_file", args=[self.report.name, file.code]) + self.query())
            for file in self.report.more_files
            if allows(self.actor, file.permission, self.actor.current_organisation)
        ]
        return super().get_context_data(
            report=self.report,
            form=self.form,
            document=document,
            formats=formats,
            more_files=more_files,
            prepare_url=reverse("reporting:run_create", args=[self.report.name]) + self.query()
            if allows(self.actor, "reporting.prepare_report") and allows(self.actor, self.report.drafting_permission)
            else "",
            history_url=reverse("reporting:run_list") + f"?rapport={self.report.name}",
            gaps_url=reverse("reporting:report_gaps", args=[self.report.name]) + self.query()
            if self.report.has_gaps
            else "",
            opens=self.opens_figures,
            query=self.query(),
            **kwargs,
        )


class ReportFileView(ReportMixin, View):
    """The report as a file; that it was taken away is recorded."""

    def get(self, request: HttpRequest, name: str, extension: str) -> HttpResponse:
        """Compute and render; a scope that makes no sense is 404, since no page links to it."""
        output = OUTPUTS[extension]
        report = self.report
        if self.scope is None:
            raise Http404
        document = report.compute(self.scope)
        try:
            content = output.render(document)
        except PdfUnavailable as refusal:
            messages.error(request, str(refusal))
            return redirect(reverse("reporting:report", args=[report.name]) + self.query())
        record_access(self.actor, self.scope.organisations[0], "export")
        response = HttpResponse(content, content_type=output.content_type)
        filename = f"{document.name}-{self.scope.first:%Y%m%d}-{self.scope.last:%Y%m%d}.{extension}"
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        return response


class FigureView(ReportMixin, PageView):
    """The rows behind one figure."""

    template_name = "reporting/figure.html"
    leads_to = TO_REPORT

    def get_page_title(self) -> Any:
        return _("Ce que compte ce chiffre")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the table, the cell's labels and its rows, one page at a time."""
        if not self.opens_figures:
            raise PermissionDenied
        if self.scope is None:
            raise Http404
        document = self.report.compute(self.scope)
        return super().get_context_data(**figure_context(document, kwargs, self.request, self.actor))
