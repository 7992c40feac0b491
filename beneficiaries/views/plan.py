"""What is worked on: obstacles and objectives."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beneficiaries.forms.path import ObjectiveForm, ObjectiveStateForm, ObstacleForm, ObstacleStateForm
from beneficiaries.models import Objective, Obstacle
from beneficiaries.services.path import add_obstacle, change_obstacle, set_objective, settle_objective
from beneficiaries.views.case_file import TO_PATH, CaseActView


class ObstacleCreateView(CaseActView):
    """Something stands in the way."""

    form_class = ObstacleForm
    page_title = gettext_lazy("Noter un frein")
    leads_to = TO_PATH.at("freins")

    def get_initial(self) -> dict[str, Any]:
        return {"identified_on": self.on}

    def act(self, form: ObstacleForm) -> Obstacle:
        return add_obstacle(case=self.case, actor=self.actor, **form.cleaned_data)

    def get_success_message(self, form: Any) -> str:
        return _("Frein noté : %(kind)s.") % {"kind": self.result.get_kind_display()}


class ObstacleChangeView(CaseActView):
    """Work on an obstacle moved on."""

    form_class = ObstacleStateForm
    success_message = gettext_lazy("C’est noté.")
    leads_to = TO_PATH.at("freins")
    obstacle: Obstacle

    def prepare(self) -> None:
        """Find the obstacle of this case."""
        self.obstacle = get_object_or_404(Obstacle, pk=self.kwargs["obstacle_id"], case=self.case)
        self.obstacle.case = self.case

    def get_page_title(self) -> str:
        return _("Frein : %(kind)s") % {"kind": self.obstacle.get_kind_display()}

    def get_initial(self) -> dict[str, Any]:
        return {"state": self.obstacle.state, "note": self.obstacle.note, "on": self.on}

    def act(self, form: ObstacleStateForm) -> Obstacle:
        return change_obstacle(obstacle=self.obstacle, actor=self.actor, **form.cleaned_data)


class ObjectiveCreateView(CaseActView):
    """A goal joins the action plan."""

    form_class = ObjectiveForm
    page_title = gettext_lazy("Fixer un objectif")
    success_message = gettext_lazy("L’objectif est fixé.")
    leads_to = TO_PATH.at("objectifs")

    def get_initial(self) -> dict[str, Any]:
        return {"set_on": self.on}

    def act(self, form: ObjectiveForm) -> Objective:
        return set_objective(case=self.case, actor=self.actor, **form.cleaned_data)


class ObjectiveChangeView(CaseActView):
    """A goal is reached, dropped, or taken up again."""

    form_class = ObjectiveStateForm
    success_message = gettext_lazy("C’est noté.")
    leads_to = TO_PATH.at("objectifs")
    objective: Objective

    def prepare(self) -> None:
        """Find the goal of this case."""
        self.objective = get_object_or_404(Objective, pk=self.kwargs["objective_id"], case=self.case)
        self.objective.case = self.case

    def get_page_title(self) -> str:
        return _("Objectif : %(title)s") % {"title": self.objective.title}

    def get_initial(self) -> dict[str, Any]:
        return {"state": self.objective.state, "on": self.on}

    def act(self, form: ObjectiveStateForm) -> Objective:
        return settle_objective(objective=self.objective, actor=self.actor, **form.cleaned_data)
