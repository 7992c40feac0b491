"""A time sheet as a file, on paper with its signatures."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.views import View

from foundation.clock import today
from privacy.audit import record_access
from tables.engine.tables import Document
from tables.renderers.csv import report_csv
from tables.renderers.pdf import PdfUnavailable, html_to_pdf
from tables.renderers.xlsx import report_xlsx
from timesheets.reports.sheet import sheet_document
from timesheets.views.sheets import SheetMixin, sheet_address

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLES: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "xlsx": (report_xlsx, XLSX),
    "csv": (report_csv, "text/csv; charset=utf-8"),
}


class SheetFileView(SheetMixin, View):
    """The sheet as PDF, XLSX or CSV; that it was taken away is recorded."""

    def get(self, request: HttpRequest, extension: str, **kwargs: object) -> HttpResponse:
        """Compute and render; an extension that is none of the three is 404."""
        if extension not in {"pdf", *TABLES}:
            raise Http404
        document = sheet_document(self.sheet, self.projects)
        if extension in TABLES:
            render, content_type = TABLES[extension]
            content = render(document)
        else:
            content_type = "application/pdf"
            context = {"document": document, "sheet": self.sheet, "made_on": today()}
            try:
                content = html_to_pdf(render_to_string("timesheets/pdf/sheet.html", context), is_signed=True)
            except PdfUnavailable as refusal:
                messages.error(request, str(refusal))
                return redirect(sheet_address(self.coach, self.month))
        record_access(self.actor, self.coach, "export")
        response = HttpResponse(content, content_type=content_type)
        filename = f"{document.name}-{slugify(self.coach.get_full_name())}.{extension}"
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        return response
