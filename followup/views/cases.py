"""The list of cases, and the same list as a file."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.permissions import allows
from accounts.views.mixins import PermissionRequiredMixin
from followup.forms.case_filters import CaseFilter
from followup.models import CaseStatus
from followup.models.querysets import CaseStatusQuerySet
from followup.selectors.cases import CaseRow, case_rows, cases, export_header, export_rows
from foundation.clock import today
from foundation.spreadsheets import csv_file
from foundation.views import FilteredListMixin, PageView
from privacy.audit import record_accesses


class CaseListMixin(PermissionRequiredMixin, FilteredListMixin):
    """Whoever reads names sees the list; the address says which part of it."""

    permission = "followup.list_cases"
    filterset_class = CaseFilter

    @cached_property
    def on(self) -> date:
        """Today."""
        return today()

    def get_queryset(self) -> CaseStatusQuerySet:
        """In the order of the address."""
        return cases(self.actor, self.request.GET.get("sort", ""), self.on)


class CaseListView(CaseListMixin, PageView):
    """Cases with visible filters, orders and pages."""

    template_name = "followup/case_list.html"
    page_title = _("Dossiers")

    def get_rows(self, page: list[CaseStatus]) -> list[CaseRow]:
        """With the clock that each lives by."""
        return case_rows(page, self.on)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the address of the file, and whether a case may be opened."""
        query = self.request.GET.copy()
        query.pop("page", None)
        return super().get_context_data(
            today=self.on,
            export_url=f"{reverse('followup:case_export')}?{query.urlencode()}",
            may_open=allows(self.actor, "beneficiaries.open_case"),
            **kwargs,
        )


class CaseExportView(CaseListMixin, View):
    """The list as it is filtered and ordered, as a file; who took which cases away is kept."""

    def get(self, request: HttpRequest) -> HttpResponse:
        statuses = list(self.filters.qs)
        record_accesses(self.actor, [status.case for status in statuses], "export")
        response = HttpResponse(
            csv_file([export_header(), *export_rows(statuses)]), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="dossiers-{self.on:%Y-%m-%d}.csv"'
        return response
