"""The coordinator's page, what is pressed on it, and the sheet of the team's meeting."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.permissions import allows
from accounts.views.first_steps import first_visit
from accounts.views.mixins import PermissionRequiredMixin
from beneficiaries.models import ExceptionRequest
from followup.forms.row_acts import PressForm
from followup.models import RowAct
from followup.services.row_acts import answer_request, undo
from foundation.clock import today
from foundation.errors import DomainError
from foundation.keys import key_of
from foundation.views import PageView
from reporting.board.rules.mondays import WEEK
from reporting.board.selectors import Dashboard, dashboard, lines
from reporting.board.selectors.comparing import readings
from reporting.board.selectors.mondays import past_week
from tables.renderers.pdf import html_to_pdf

#: absences that are shown, those that leave people alone first
ABSENCES_SHOWN = 10
#: coaches whose late tasks are shown; the list has them all
OVERDUE_SHOWN = 8
#: what is pressed on the row of a request, and whether it grants
ANSWERS = {"accorder": True, "refuser": False}


def board_address(page: UUID, request: Any) -> str:
    """Back to the page on which an answer was pressed, at its row."""
    return f"{reverse('reporting:dashboard')}?{urlencode({'page': page})}#d-{request}"


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
        "late_chart": lines.late_chart(board),
        "gaps": lines.gaps(board),
        "compared": lines.compared_words(board),
        "waiting": lines.waiting_words(board),
        "absences": board.absences[:ABSENCES_SHOWN],
        "overdue": board.overdue[:OVERDUE_SHOWN],
        "overdue_total": sum(one.number for one in board.overdue),
        "silent_url": lines.cases_url(watch="silencieux", sort="last"),
        "late_url": lines.cases_url(urgency="retard", sort="due"),
    }


class DashboardView(PermissionRequiredMixin, PageView):
    """Loads, lateness and deadlines of the organisation."""

    template_name = "reporting/dashboard.html"
    permission = "reporting.view_dashboard"
    page_title = gettext_lazy("Tableau de bord")

    @cached_property
    def page_key(self) -> UUID:
        """What tells this opening of the page from another: what is pressed on it stays shown, and can be undone."""
        return key_of(self.request.POST.get("page") or self.request.GET.get("page", "")) or uuid4()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = "page" in self.request.GET or self.request.method == "POST"
        after = self.request.GET.get("apres", "")
        board = dashboard(self.actor, today(), after=after, page=self.page_key if asked else None)
        visit, steps = (None, []) if board.open_cases else first_visit(self.actor)
        # Where every case is closed there is still something to look after: reviews, requests, absences.
        if visit and visit.has_people:
            visit = None
        return super().get_context_data(
            **shown(board),
            page_key=self.page_key,
            weeks=lines.week_tabs(board.readings),
            first_visit=visit,
            first_steps=steps,
            may_hand_over=allows(self.actor, "beneficiaries.hand_over"),
            may_decide=allows(self.actor, "beneficiaries.decide_exception"),
            **kwargs,
        )


class MondayView(PermissionRequiredMixin, PageView):
    """The reading of a past Monday, as it was."""

    template_name = "reporting/monday.html"
    permission = "reporting.view_dashboard"
    page_title = gettext_lazy("Tableau de bord")

    def prepare(self) -> None:
        """Any day but a Monday is not found, nor one that has not come."""
        try:
            self.week = date.fromisoformat(self.kwargs["day"])
        except ValueError as error:
            raise Http404 from error
        if self.week.weekday() or self.week > today():
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        on = today()
        past = past_week(self.actor, self.week, on, self.request.GET.get("apres", ""))
        return super().get_context_data(
            past=past,
            today=on,
            figures=lines.past_figures(past),
            moved=lines.past_words(past),
            weeks=lines.week_tabs(readings(self.actor, on), self.week),
            earlier=self.week - WEEK,
            later=self.week + WEEK if self.week + WEEK <= on else None,
            **kwargs,
        )


class DecisionView(DashboardView):
    """A request is answered on its row: the page again, with what was said at its place; a refusal of ours leaves the
    row open, with what was typed.
    """

    permission = "beneficiaries.decide_exception"

    @cached_property
    def exception(self) -> ExceptionRequest:
        """The request that the address names, of a case that may be seen."""
        rows = ExceptionRequest.objects.visible_to(self.actor).select_related("case__beneficiary", "case__coach")
        found: ExceptionRequest = get_object_or_404(rows, pk=self.kwargs["exception_id"])
        return found

    def get_permission_object(self) -> Any:
        return self.exception.case

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A page that is loaded again after a refusal."""
        return redirect("reporting:dashboard")

    def post(self, request: HttpRequest, exception_id: UUID) -> HttpResponse:
        """Answer it."""
        form = PressForm(request.POST)
        form.full_clean()
        note = request.POST.get("note", "")
        try:
            if (asked := request.POST.get("act", "")) not in ANSWERS:
                raise DomainError("unknown", _("Choisissez ce qui est à noter."))
            press = form.press()
            answer_request(request=self.exception, granted=ANSWERS[asked], note=note, press=press, actor=self.actor)
        except DomainError as error:
            told = {"refused": self.exception.pk, "refusal": error, "typed": note}
            return self.render_to_response(self.get_context_data(**told), status=422)
        return HttpResponseRedirect(board_address(press.page, self.exception.pk))


class DecisionUndoView(PermissionRequiredMixin, View):
    """An answer that one pressed oneself is undone on its row."""

    permission = "reporting.view_dashboard"
    http_method_names = ["post"]

    @cached_property
    def found(self) -> RowAct:
        """One's own press; anything else is not found."""
        mine = RowAct.objects.visible_to(self.actor).filter(author=self.actor, made__has_key="request")
        found: RowAct = get_object_or_404(mine.select_related("case"), pk=self.kwargs["act_id"])
        return found

    def get_permission_object(self) -> Any:
        return self.found

    def post(self, request: HttpRequest, act_id: UUID) -> HttpResponse:
        """Have the request wait again, or say why not."""
        found = self.found
        try:
            undo(row_act=found, actor=self.actor)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Annulé : la demande attend de nouveau."))
        return HttpResponseRedirect(board_address(found.page, found.made["request"]))


class MeetingSheetView(PermissionRequiredMixin, View):
    """The board on paper, for the team's meeting: A4, what is decided first."""

    permission = "reporting.view_dashboard"

    def get(self, request: HttpRequest) -> HttpResponse:
        board = dashboard(self.actor, today())
        place = {"organisation": self.actor.current_organisation}
        drawn = {"funnel_chart": lines.funnel_chart(board), "phases_chart": lines.phases_chart(board)}
        html = render_to_string("reporting/pdf/meeting.html", shown(board) | drawn | place)
        response = HttpResponse(html_to_pdf(html), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="reunion-{board.on:%Y-%m-%d}.pdf"'
        return response
