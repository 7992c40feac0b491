"""The tab « Parcours »: what opens pre-hire, the phases gone through, what is worked on."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.views.generic import TemplateView

from accounts.selectors.records import takable_rows, with_todays_author
from beneficiaries.models import ExceptionRequest, Objective, Obstacle, TrustAgreement
from beneficiaries.selectors.belonging import shown_belongings, told_of_belonging
from beneficiaries.selectors.exceptions import exceptions_of
from beneficiaries.selectors.path import OBJECTIVE_LOOKS, OBSTACLE_LOOKS, path_page
from beneficiaries.views.case_file import CaseFileMixin


class CasePathView(CaseFileMixin, TemplateView):
    """The path of one case."""

    template_name = "beneficiaries/case_path.html"
    case_select = ("eligibility__checked_by", "coachability__checked_by")
    case_prefetch = (
        Prefetch(
            "agreements", TrustAgreement.objects.select_related("recorded_by").order_by("signed_on", "created_at")
        ),
    )

    def get_case_queryset(self) -> Any:
        """With the plan, each row of it saying whether this reader wrote it today, and whether more is to be read."""
        plan = (
            Prefetch("obstacles", with_todays_author(Obstacle.objects.all(), self.actor)),
            Prefetch("objectives", with_todays_author(Objective.objects.all(), self.actor)),
        )
        asked = ExceptionRequest.objects.filter(case=OuterRef("pk"))
        return (
            super()
            .get_case_queryset()
            .prefetch_related(*plan)
            .annotate(**told_of_belonging(), has_exceptions=Exists(asked))
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tasks, the obstacles and the goals, open ones first."""
        obstacles = sorted(self.case.obstacles.all(), key=lambda row: list(OBSTACLE_LOOKS).index(row.state))
        objectives = sorted(self.case.objectives.all(), key=lambda row: list(OBJECTIVE_LOOKS).index(row.state))
        # The header first: what it reads of the jobs is not read again to say what lacks.
        context = super().get_context_data(**kwargs)
        context["path"] = path_page(self.case, self.actor, self.on)
        written = [*self.case.agreements.all(), *obstacles, *objectives]
        context["takable"] = takable_rows(written, self.case.organisation_id, self.actor)
        context["exceptions"] = exceptions_of(self.case, self.actor) if self.case.has_exceptions else []  # type: ignore[attr-defined]
        context["belongings"] = shown_belongings(self.case)
        context["obstacles"] = [(row, *OBSTACLE_LOOKS[row.state]) for row in obstacles]
        context["objectives"] = [(row, *OBJECTIVE_LOOKS[row.state]) for row in objectives]
        return context
