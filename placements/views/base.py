"""What the pages of acts on a person's jobs share: back to the tab « Emploi », the contract of the address."""

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property

from beneficiaries.case_file import CaseActView
from foundation.views import PageMixin
from placements.job_file import load_jobs
from placements.models import Employment

JOBS_TAB = "placements:case_jobs"


class JobActView(CaseActView):
    """The page of one act on a person's jobs or proposals."""

    template_name = "placements/act.html"
    done_url_name = JOBS_TAB
    consequences: Any = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what will happen."""
        kwargs.setdefault("consequences", self.consequences)
        return super().get_context_data(**kwargs)


class EmploymentMixin(PageMixin):
    """A page about one contract of the case: `self.employment`; the contract of another case is a 404."""

    case: Any
    kwargs: dict[str, Any]

    @cached_property
    def employment(self) -> Employment:
        """The contract that the address names."""
        found = next((job for job in load_jobs(self.case) if job.pk == self.kwargs["employment_id"]), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the contract."""
        return super().get_context_data(employment=self.employment, **kwargs)
