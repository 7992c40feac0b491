"""The coordinator's page."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import allows
from accounts.views.first_steps import first_visit
from accounts.views.mixins import PermissionRequiredMixin
from foundation.clock import today
from foundation.formatting import number_words
from foundation.views import PageView
from reporting.board.selectors import Dashboard, dashboard
from tables.charts import Bar, BarChart


class DashboardView(PermissionRequiredMixin, PageView):
    """Loads, lateness and deadlines of the organisation."""

    template_name = "reporting/dashboard.html"
    permission = "reporting.view_dashboard"
    page_title = gettext_lazy("Tableau de bord")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        board = dashboard(self.actor, today())
        visit, steps = (None, []) if board.open_cases else first_visit(self.actor)
        # Where every case is closed there is still something to look after: reviews, requests, absences.
        if visit and visit.has_people:
            visit = None
        return super().get_context_data(
            board=board,
            first_visit=visit,
            first_steps=steps,
            today=board.on,
            load_chart=_load_chart(board),
            may_hand_over=allows(self.actor, "beneficiaries.hand_over"),
            may_decide=allows(self.actor, "placements.decide_clock"),
            **kwargs,
        )


def _load_chart(board: Dashboard) -> BarChart:
    """Open cases of each coach against the norm for their time at work."""
    return BarChart(
        title=_("Dossiers ouverts par jobcoach"),
        bars=[
            Bar(
                label=f"{load.coach.get_full_name()} ({number_words(load.fte.normalize())} ETP)",
                value=load.cases,
                mark=load.norm,
                tone="warn" if load.over_by else "accent",
                note=_("%(over)s au-dessus de la norme") % {"over": number_words(load.over_by.normalize())}
                if load.over_by
                else "",
            )
            for load in board.coaches
        ],
        label_column=_("Jobcoach"),
        value_column=_("Dossiers ouverts"),
        mark_label=_("norme : %(norm)s dossiers par équivalent temps plein") % {"norm": board.norm},
    )
