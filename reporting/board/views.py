"""The coordinator's page, and the sheet of the team's meeting."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.permissions import allows
from accounts.views.mixins import PermissionRequiredMixin
from foundation.clock import today
from foundation.views import PageView
from reporting.board.selectors import Dashboard, dashboard, lines
from tables.renderers.pdf import html_to_pdf


def shown(board: Dashboard) -> dict[str, Any]:
    """What the page and the sheet say of a board."""
    return {
        "board": board,
        "today": board.on,
        "figures": lines.figures(board),
        "load_lines": lines.load_lines(board),
        "funnel": lines.funnel(board),
        "obstacles": lines.obstacles(board),
        "phases": lines.phases(board),
        "gaps": lines.gaps(board),
        "waiting": lines.waiting_words(board),
        "silent_url": lines.cases_url(watch="silencieux", sort="last"),
        "late_url": lines.cases_url(urgency="retard", sort="due"),
    }


class DashboardView(PermissionRequiredMixin, PageView):
    """Loads, lateness and deadlines of the organisation."""

    template_name = "reporting/dashboard.html"
    permission = "reporting.view_dashboard"
    page_title = gettext_lazy("Tableau de bord")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        board = dashboard(self.actor, today(), after=self.request.GET.get("apres", ""))
        return super().get_context_data(
            **shown(board),
            may_hand_over=allows(self.actor, "beneficiaries.hand_over"),
            may_decide=allows(self.actor, "placements.decide_clock"),
            **kwargs,
        )


class MeetingSheetView(PermissionRequiredMixin, View):
    """The board on paper, for the team's meeting: A4, what is decided first."""

    permission = "reporting.view_dashboard"

    def get(self, request: HttpRequest) -> HttpResponse:
        board = dashboard(self.actor, today())
        place = {"organisation": self.actor.current_organisation}
        html = render_to_string("reporting/pdf/meeting.html", shown(board) | place)
        response = HttpResponse(html_to_pdf(html), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="reunion-{board.on:%Y-%m-%d}.pdf"'
        return response
