"""Planning from the agenda, where the moment is known first; and the team's day side by side."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.views.mixins import PermissionRequiredMixin
from followup.forms.slots import SlotForm
from followup.models import Appointment
from followup.selectors.team import hours_of, team_day
from followup.services.contacts import plan_appointment
from foundation.clock import today
from foundation.dates import day_of_address
from foundation.formatting import date_words, named_day_words
from foundation.rules.periods import ONE_DAY
from foundation.views import ActFormView, PageView
from foundation.ways import Way

#: how many people stand side by side before the next page
SIDE_BY_SIDE = 8


class SlotPlanView(PermissionRequiredMixin, ActFormView):
    """A moment was pressed (`?jour=2026-12-01&heure=10:00`): whom one meets then."""

    permission = "followup.record"
    form_class = SlotForm
    page_title = gettext_lazy("Fixer un rendez-vous")
    submit_label = gettext_lazy("Fixer le rendez-vous")
    leads_to = Way("followup:agenda", words=gettext_lazy("Agenda"), next_wins=True)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Among the open cases that the user may plan for."""
        return super().get_form_kwargs() | {"viewer": self.actor}

    def get_initial(self) -> dict[str, Any]:
        """The day and the hour that were pressed; a moment that makes no sense is left to type."""
        asked: date = day_of_address(self.request.GET.get("jour", ""), today())
        found: dict[str, Any] = {"next_on": asked} if "jour" in self.request.GET else {}
        try:
            return found | {"next_at": time.fromisoformat(self.request.GET.get("heure", ""))}
        except ValueError:
            return found

    def act(self, form: SlotForm) -> Appointment:
        return plan_appointment(case=form.cleaned_data["case"], plan=form.plan(), actor=self.actor)

    def get_success_message(self, form: SlotForm) -> str | Promise:
        words = {"person": self.result.case.beneficiary.full_name, "date": date_words(self.result.on)}
        if self.result.at is None:
            return _("Rendez-vous fixé avec %(person)s le %(date)s.") % words
        words["hour"] = f"{self.result.at:%H:%M}"
        return _("Rendez-vous fixé avec %(person)s le %(date)s à %(hour)s.") % words


class TeamDayView(PermissionRequiredMixin, PageView):
    """One day of everybody, side by side (`?jour=`): who is free then. Names stand where the reader may read them."""

    permission = "followup.view_my_day"
    template_name = "followup/agenda_team.html"
    page_title = gettext_lazy("L’équipe côte à côte")
    leads_to = Way("followup:agenda", words=gettext_lazy("Agenda"), query=lambda page: {"jour": page.day_asked})

    @property
    def day_asked(self) -> date:
        """The day of the address; today when it makes no sense."""
        return day_of_address(self.request.GET.get("jour", ""), today())

    def get_page_lead(self) -> str | Promise:
        words = named_day_words(self.day_asked)
        return f"{words[:1].upper()}{words[1:]}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        on, now = self.day_asked, timezone.localtime()
        pages = Paginator(team_day(self.actor, on, now), SIDE_BY_SIDE)
        page = pages.get_page(self.request.GET.get("page"))
        columns = list(page.object_list)
        first, last = hours_of(columns)
        return super().get_context_data(
            today=today(),
            now=now,
            read_at=now,
            now_past=now.minute // 5 * 5,
            day=on,
            previous=on - ONE_DAY,
            following=on + ONE_DAY,
            page_obj=page,
            columns=columns,
            hours=(first, last, range(first, last)),
            **kwargs,
        )
