"""The tab « Emploi » of a case, and the jobs compared with a person."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.permissions import allows
from accounts.selectors.records import takable_rows
from beneficiaries.views.case_file import CaseFileMixin, CaseMixin
from employers.models import Vacancy
from employers.views.base import VacancyMixin
from foundation.views import FilteredListMixin, PageView, paginate
from foundation.ways import Way
from placements.forms.matching import JobFilter
from placements.selectors import adequacy
from placements.selectors.clocks_shown import clocks_of
from placements.selectors.insertion import insertion_of
from placements.selectors.jobs import job_file, load_jobs, openness
from placements.views.base import TO_JOBS

PER_PAGE = 20

CHANGE_CASE = "beneficiaries.change_case"


class CaseJobsView(CaseFileMixin, TemplateView):
    """Proposals, contracts, follow-up, and the acts that they call for."""

    template_name = "placements/case_jobs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        can_change = allows(self.actor, CHANGE_CASE, self.case)
        file = job_file(self.case, self.on, can_change=can_change)
        return super().get_context_data(
            file=file,
            takable=takable_rows(file.written, self.case.organisation_id, self.actor),
            insertion=insertion_of(load_jobs(self.case), self.on),
            clocks=clocks_of(self.case, self.on),
            **kwargs,
        )


class CaseAdequacyView(CaseMixin, FilteredListMixin, PageView):
    """The open jobs, compared with what is known of the person."""

    filterset_class = JobFilter
    per_page = PER_PAGE
    template_name = "placements/case_adequacy.html"
    case_prefetch = ("obstacles",)
    leads_to = TO_JOBS

    def get_page_title(self) -> str:
        return _("Quel poste pour %(name)s ?") % {"name": self.case.beneficiary.full_name}

    def get_queryset(self) -> QuerySet[Vacancy]:
        """The jobs that may be compared."""
        return adequacy.jobs_to_compare(self.actor, self.case)

    def get_found(self) -> list[adequacy.JobOffer]:
        """Those that the filters leave, compared: in order of what the comparison says."""
        return adequacy.job_offers(self.case, self.filters.qs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what may be proposed, and what stands in the way."""
        can_change = allows(self.actor, CHANGE_CASE, self.case)
        open_to = openness(self.case, self.on, can_change=can_change)
        return super().get_context_data(
            obstacles=adequacy.open_obstacles(self.case),
            blocked=open_to.blocked,
            can_propose=open_to.propose,
            **kwargs,
        )


class VacancyAdequacyView(VacancyMixin, PageView):
    """The people in pre-hire, compared with what is known of the job."""

    template_name = "placements/vacancy_adequacy.html"
    leads_to = Way("employers:vacancy_detail", "vacancy.pk", words=lambda page: page.vacancy.title)

    def get_page_title(self) -> str:
        return _("Qui pour ce poste ?")

    def get_page_lead(self) -> str:
        return str(self.vacancy)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = adequacy.candidates(self.actor, self.vacancy)
        return super().get_context_data(page_obj=paginate(self.request, found, PER_PAGE), **kwargs)
