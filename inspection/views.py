"""The inspection file of a case: its page, its PDF, its archive; the cases to inspect; what an inspection has read."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView

from accounts.permissions import allows
from accounts.views.base import SettingsMixin
from accounts.views.first_steps import first_visit
from accounts.views.mixins import PermissionRequiredMixin
from beneficiaries.models import CoachingCase
from beneficiaries.views.case_file import CaseFileMixin, CaseMixin
from followup.models import Attendance
from followup.selectors.trail import trail_on_paper
from foundation.formatting import date_words
from foundation.views import FilteredListMixin, PageView, paginate
from foundation.ways import Way
from inspection.file.archive import archive
from inspection.file.document import file_name, inspection_document
from inspection.file.facts import CASE_RELATIONS, InspectionFacts, page_facts, whole_facts
from inspection.file.gaps import contents, gaps
from inspection.file.paper import inspection_pdf
from inspection.file.readings import in_words, reading_entries
from inspection.forms import InspectedCaseFilter
from inspection.selectors.access import (
    access_ends_on,
    cases_by_name,
    inspectable_cases,
    only_inspects,
    record_inspection,
)
from tables.renderers.pdf import PdfUnavailable


class InspectedCaseMixin(CaseMixin):
    """A page about a case that is open to an inspection. Each reading is written down under its own name."""

    permission = "inspection.read_inspection_file"
    case_select = CASE_RELATIONS
    access: ClassVar[str] = "inspection"

    def get_readable_cases(self) -> Any:
        """Those to inspect; for who may inspect none, those that they read, and are refused."""
        if allows(self.actor, self.permission):
            return inspectable_cases(self.actor)
        return super().get_readable_cases()


class InspectionFileView(InspectedCaseMixin, CaseFileMixin, TemplateView):
    """What the file will hold, what is missing, and the two ways to take it away.

    A tab of the case for the team; a page of its own for an inspector, who sees nothing else of the case.
    """

    leads_to = Way("inspection:cases", words=gettext_lazy("Dossiers à inspecter"))

    def get_template_names(self) -> list[str]:
        """A tab, or a page."""
        alone = only_inspects(self.actor)
        return ["inspection/case.html" if alone else "inspection/tab.html"]

    def get_case_queryset(self) -> Any:
        """Count the places in collective sessions and the documents made with the case."""
        places = Attendance.objects.filter(case=OuterRef("pk")).order_by().values("case").annotate(n=Count("pk"))
        return (
            super()
            .get_case_queryset()
            .annotate(
                session_places=Coalesce(Subquery(places.values("n")), 0),
                documents_made=Count("documents", distinct=True),
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the contents and the gaps; the header and the tabs are the team's."""
        if only_inspects(self.actor):
            context = super(CaseFileMixin, self).get_context_data(**kwargs)
        else:
            context = super().get_context_data(**kwargs)
        known = page_facts(self.case, self.on)
        return context | {
            "contents": contents(
                known, getattr(self.case, "session_places", 0), getattr(self.case, "documents_made", 0)
            ),
            "gaps": gaps(known, self.actor),
            "phase": known.spells[-1].get_phase_display(),
        }


class _MadeFileView(InspectedCaseMixin, View):
    """A file made of the case on the spot."""

    def make(self, known: InspectionFacts, pdf: bytes) -> HttpResponseBase:
        """Answer the file."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Read the case, make the PDF, answer; without Pango, the page says that none can be made."""
        known = whole_facts(self.case, self.on)
        document = inspection_document(known, self.actor.get_full_name())
        person = self.case.beneficiary.full_name
        try:
            trail = trail_on_paper(self.case, self.on)
            pdf = inspection_pdf(document, person, self.case.organisation.name, trail)
        except PdfUnavailable as refusal:
            messages.error(request, refusal.message)
            return redirect("inspection:file", self.case.pk)
        response = self.make(known, pdf)
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response


class InspectionPdfView(_MadeFileView):
    """The file as one PDF."""

    access = "inspection_pdf"

    def make(self, known: InspectionFacts, pdf: bytes) -> HttpResponseBase:
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{file_name(known, "pdf")}"'
        return response


class InspectionZipView(_MadeFileView):
    """The PDF with its papers, each under a number, and a summary of what they prove."""

    access = "inspection_zip"

    def make(self, known: InspectionFacts, pdf: bytes) -> HttpResponseBase:
        """The archive, sent as it is made: memory holds one paper at a time."""
        response = StreamingHttpResponse(archive(known, pdf), content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{file_name(known, "zip")}"'
        return response


# --- the cases --------------------------------------------------------------------------------------------------------


class InspectionCasesView(PermissionRequiredMixin, FilteredListMixin, PageView):
    """The cases of the organisation: name, phase, opened, closed, and nothing more."""

    filterset_class = InspectedCaseFilter
    template_name = "inspection/cases.html"
    permission = "inspection.read_inspection_file"
    page_title = gettext_lazy("Dossiers à inspecter")

    def get_page_lead(self) -> str:
        """What each line opens; to an inspector, until when."""
        lead = _("Chaque dossier ouvre sur son dossier d’inspection. Chaque consultation est enregistrée.")
        until = access_ends_on(self.actor)
        if until is None:
            return lead
        return f"{lead} {_('Votre accès se termine le %(day)s.') % {'day': date_words(until)}}"

    def get_queryset(self) -> QuerySet[CoachingCase]:
        """By name."""
        return cases_by_name(self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page of cases asked for; that it was read is recorded."""
        record_inspection(self.actor, "inspection_list")
        context = super().get_context_data(**kwargs)
        # A search that found nothing is not a first visit.
        empty = not context["page_obj"].paginator.count and not self.request.GET
        visit, steps = first_visit(self.actor, only_inspects=only_inspects(self.actor)) if empty else (None, [])
        return context | {"first_visit": visit, "first_steps": steps}


class InspectionReadsView(SettingsMixin, PageView):
    """What the inspection has read: who, what, when. For who administers."""

    template_name = "inspection/reads.html"
    page_title = gettext_lazy("Lectures de l’inspection")
    page_lead = gettext_lazy("Tout ce que les inspecteurs et inspectrices ont lu ou emporté dans votre organisme.")
    permission = "inspection.view_inspection_reads"
    section = "inspection:reads"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of readings, the latest first."""
        page = paginate(self.request, reading_entries(self.actor))
        lines = [in_words(entry) for entry in page.object_list]
        return super().get_context_data(page_obj=page, readings=lines, **kwargs)
