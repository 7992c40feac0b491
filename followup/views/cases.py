"""The list of cases, and the same list as a file."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.models import User
from accounts.permissions import allows
from followup.forms.case_filters import CaseFilterForm
from followup.selectors.cases import case_rows, cases, export_header, export_rows
from foundation.clock import today
from foundation.spreadsheets import csv_file
from foundation.views import PageView, paginate
from privacy.audit import record_accesses


class CaseListMixin:
    """Whoever reads names sees the list; the address says which part of it."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who see no name."""
        self.user = cast(User, request.user)
        if not allows(self.user, "followup.list_cases"):
            raise PermissionDenied
        self.on = today()
        self.form = CaseFilterForm(request.GET, user=self.user)
        self.found = cases(self.user, self.form.chosen(), request.GET.get("sort", ""), self.on)
        return cast(HttpResponseBase, super().dispatch(request, *args, **kwargs))  # type: ignore[misc]


class CaseListView(CaseListMixin, PageView):
    """Cases with visible filters, orders and pages."""

    template_name = "followup/case_list.html"
    page_title = _("Dossiers")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page asked for."""
        context = super().get_context_data(**kwargs)
        page = paginate(self.request, self.found)
        query = self.request.GET.copy()
        query.pop("page", None)
        return context | {
            "today": self.on,
            "form": self.form,
            "tags": self.form.tags(self.request),
            "clear_url": self.form.clear_url(self.request),
            "page_obj": page,
            "rows": case_rows(page.object_list, self.on),
            "export_url": f"{reverse('followup:case_export')}?{query.urlencode()}",
            "may_open": allows(self.user, "beneficiaries.open_case"),
        }


class CaseExportView(CaseListMixin, View):
    """The list as it is filtered and ordered, as a file; who took which cases away is kept."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer the file."""
        statuses = list(self.found)
        record_accesses(self.user, [status.case for status in statuses], "export")
        response = HttpResponse(
            csv_file([export_header(), *export_rows(statuses)]), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="dossiers-{self.on:%Y-%m-%d}.csv"'
        return response
