"""The files that a report gives besides its tables, taken away from its page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views import View

from foundation.clock import today
from reporting.preview.views.reports import ReportMixin

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class MoreFileView(ReportMixin, View):
    """A file of the scope asked; the act that makes it writes down who takes it away."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, name: str, code: str) -> HttpResponse:
        """Make the file; a scope that makes no sense is 404, since no page asks for it."""
        file = next((one for one in self.report.more_files if one.code == code), None)
        if file is None:
            raise Http404
        self.ask(file.permission, self.actor.current_organisation)
        if self.scope is None or (self.report.project_funder and self.scope.project is None):
            raise Http404
        content, stem = file.make(scope=self.scope.observed(today()), actor=self.actor)
        response = HttpResponse(content, content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="{stem}.xlsx"'
        response["Cache-Control"] = "private, no-store"
        return response
