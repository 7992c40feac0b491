"""What the pages about firms and jobs share: the right, the firm or job of the address, the filtered list."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from accounts.permissions import allows
from accounts.views.mixins import PermissionRequiredMixin
from employers import selectors
from employers.models import Company, Vacancy
from foundation.clock import today

VIEW = "employers.view_company"
CHANGE = "employers.change_company"


class CompanyMixin(PermissionRequiredMixin):
    """A page about one firm: `self.company`; one that the user may not see is a 404, a refused act a 403."""

    permission = VIEW

    @cached_property
    def company(self) -> Company:
        """The firm whom the address names."""
        found: Company = get_object_or_404(
            Company.objects.visible_to(self.actor).select_related("organisation", "main", "taken_over_by"),
            pk=self.kwargs["company_id"],
        )
        return found

    def get_permission_object(self) -> Company:
        return self.company

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the firm, the day and whether the user may write."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context.setdefault("company", self.company)
        context.setdefault("today", today())
        context.setdefault("can_change", allows(self.actor, CHANGE, self.company))
        return context


class VacancyMixin(PermissionRequiredMixin):
    """A page about one job: `self.vacancy`; one that the user may not see is a 404, a refused act a 403."""

    permission = VIEW

    @cached_property
    def vacancy(self) -> Vacancy:
        """The job that the address names."""
        found: Vacancy = get_object_or_404(
            selectors.vacancy_for(self.actor),
            pk=self.kwargs["vacancy_id"],
        )
        return found

    def get_permission_object(self) -> Vacancy:
        return self.vacancy

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the job, the day and whether the user may write."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context.setdefault("vacancy", self.vacancy)
        context.setdefault("today", today())
        context.setdefault("can_change", allows(self.actor, CHANGE, self.vacancy))
        return context
