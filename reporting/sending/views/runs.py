"""Reports prepared and sent: their history, one of them with its progress and its frozen figures, its files."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django_filters import CharFilter
from django_htmx.http import HttpResponseClientRefresh

from accounts.permissions import allows
from accounts.views.mixins import PermissionRequiredMixin
from foundation.components import SummaryRow
from foundation.errors import DomainError
from foundation.filters import ListFilter
from foundation.formatting import number_words
from foundation.keyset import SortKey
from foundation.templatetags.ui import dt
from foundation.views import FilteredListMixin, PageView, PartialMixin
from foundation.ways import Way
from inspection.selectors.access import record_inspection
from privacy.audit import record_access
from reporting.models import ReportRun
from reporting.preview.views.figures import figure_context
from reporting.sending.enums import RunState
from reporting.sending.selectors import (
    content_of,
    figures_of,
    gaps_by_person,
    history,
    is_about_cases,
    is_stalled,
    runs_visible_to,
)
from tables.engine.registry import consolidated_names
from tables.engine.tables import Document
from tables.renderers.outputs import OUTPUTS


class RunsMixin(PermissionRequiredMixin):
    """403 to whoever reads no report at all."""

    permission = "reporting.view_reports"


TO_RUN = Way("reporting:run", "run.pk", words=lambda page: page.run.title)


class RunMixin(RunsMixin):
    """A page about one run: 404 when it is none that the user may see."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer; what an inspector was shown is written down."""
        response = super().dispatch(request, *args, **kwargs)
        record_inspection(self.actor, "inspection_report", self.run)
        return response

    @cached_property
    def run(self) -> ReportRun:
        """The run of the address."""
        runs = runs_visible_to(self.actor).select_related("figures", "site", "project", "coach")
        found: ReportRun = get_object_or_404(runs, pk=self.kwargs["run_id"])
        return found

    @cached_property
    def figures(self) -> Document | None:
        """The frozen report; `None` as long as there is none."""
        return figures_of(self.run) if hasattr(self.run, "figures") else None

    def frozen(self) -> Document:
        """The frozen report.

        Raises:
            Http404: there is none yet.
        """
        if self.figures is None:
            raise Http404
        return self.figures

    @property
    def is_consolidated(self) -> bool:
        """Whether it shows aggregates of several organisations, which open on nothing."""
        return self.run.report in consolidated_names()

    @property
    def opens_figures(self) -> bool:
        """Whether figures lead to names."""
        return not self.is_consolidated and allows(self.actor, "reporting.open_figures", self.run)


class RunFilter(ListFilter):
    rapport = CharFilter(field_name="report")


class RunListView(RunsMixin, FilteredListMixin, PageView):
    """What was prepared and sent, the latest first; of one report when the address names it."""

    template_name = "reporting/run_list.html"
    page_title = gettext_lazy("Historique des envois")
    page_lead = gettext_lazy(
        "Un rapport envoyé est conservé tel qu’il est parti : ses chiffres, ses fichiers et leurs empreintes."
    )
    filterset_class = RunFilter
    per_page = 20
    keys = (SortKey("requested_at", backwards=True),)
    leads_to = Way("reporting:report_list", words=gettext_lazy("Rapports"))

    def get_queryset(self) -> QuerySet[ReportRun]:
        """The latest first."""
        return history(self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = sorted(set(self.get_queryset().order_by().values_list("report", "title")))
        chosen = self.filters.form["rapport"].value() or ""
        return super().get_context_data(reports=known, chosen=chosen, outputs=OUTPUTS, **kwargs)


class RunView(RunMixin, PartialMixin, PageView):
    """One run: how far it is, then what it found, what it lacks, its files; asked again by itself while it works."""

    template_name = "reporting/run.html"
    partial_template_name = "reporting/run_progress.html"
    leads_to = Way(
        "reporting:run_list",
        words=gettext_lazy("Historique des envois"),
        query=lambda page: {"rapport": page.run.report},
    )

    def get_page_title(self) -> str:
        return self.run.title

    def get_page_lead(self) -> str:
        return _("du %(first)s au %(last)s") % {
            "first": f"{self.run.first:%d/%m/%Y}",
            "last": f"{self.run.last:%d/%m/%Y}",
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Once the work is over, whoever watched it gets the whole page."""
        if self.wants_partial() and not self.run.is_working:
            return HttpResponseClientRefresh()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the state of the run lets one read and do."""
        run = self.run
        done = run.state == RunState.DONE
        may_prepare = allows(self.actor, "reporting.prepare_report", run)
        return super().get_context_data(
            run=run,
            frozen_run=run,
            document=self.figures,
            opens=self.opens_figures,
            query="",
            facts=_facts(run),
            files=_files(run) if done else [],
            gaps=gaps_by_person(run, self.actor) if run.gap_count else [],
            gap_people=len({gap["case_id"] for gap in run.gaps}),
            gaps_of_cases=is_about_cases(run),
            may_submit=done and not run.is_submitted and allows(self.actor, "reporting.submit_report", run),
            may_discard=not run.is_submitted and allows(self.actor, "reporting.discard_run", run),
            may_compare=done and may_prepare,
            may_retry=may_prepare and (run.state == RunState.FAILED or is_stalled(run)),
            is_stalled=is_stalled(run),
            parameters=[one | {"since": date.fromisoformat(one["valid_from"])} for one in run.parameters],
            **kwargs,
        )


def _facts(run: ReportRun) -> list[SummaryRow]:
    """Who prepared it, when it was computed, and, once it left, to whom."""
    facts = [
        SummaryRow(
            _("Préparé"),
            _("par %(who)s, le %(at)s") % {"who": run.requested_by.get_full_name(), "at": dt(run.requested_at)},
        )
    ]
    if run.computed_at:
        words = _("le %(at)s, par Ancrage %(version)s") % {"at": dt(run.computed_at), "version": run.version}
        facts.append(SummaryRow(_("Chiffres calculés"), words))
    if run.submitted_by and run.submitted_at:
        who = {"who": run.submitted_by.get_full_name(), "at": dt(run.submitted_at)}
        facts.append(SummaryRow(_("Envoyé"), _("par %(who)s, le %(at)s") % who))
        facts.append(SummaryRow(_("Destinataire"), run.recipient))
        if run.reference:
            facts.append(SummaryRow(_("Référence"), run.reference))
    return facts


def _files(run: ReportRun) -> list[dict[str, Any]]:
    """Each kind of file, in the order in which reports offer them; `file` is `None` where none could be made."""
    made = {file.extension: file for file in run.files.all()}
    return [
        {
            "label": output.label,
            "file": made.get(extension),
            "size": _size(made[extension].size) if extension in made else "",
            "url": reverse("reporting:run_file", args=[run.pk, extension]),
        }
        for extension, output in OUTPUTS.items()
    ]


def _size(octets: int) -> str:
    """A size in kilobytes of a thousand, as people know them."""
    return _("%(n)s Ko") % {"n": number_words(-(-octets // 1000))}


class RunFigureView(RunMixin, PageView):
    """The rows behind a figure as they were when it was computed."""

    template_name = "reporting/figure.html"
    page_title = gettext_lazy("Ce que comptait ce chiffre")
    leads_to = TO_RUN

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the cell and its rows, one page at a time; those that no longer exist are not shown."""
        if not self.opens_figures:
            raise PermissionDenied
        return super().get_context_data(**figure_context(self.frozen(), kwargs, self.request, self.actor))


class RunFileView(RunMixin, View):
    """A kept file, the very bytes that were made; that it was taken away is recorded."""

    def get(self, request: HttpRequest, run_id: UUID, extension: str) -> HttpResponse:
        """Verify the fingerprint, then send."""
        file = get_object_or_404(self.run.files, extension=extension)
        try:
            content = content_of(file)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("reporting:run", self.run.pk)
        record_access(self.actor, self.run, "download")
        output = OUTPUTS.get(extension)
        response = HttpResponse(content, content_type=output.content_type if output else "application/octet-stream")
        name = f"{self.run.report}-{self.run.first:%Y%m%d}-{self.run.last:%Y%m%d}.{extension}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response
