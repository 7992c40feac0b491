"""One's own calendar, kept elsewhere."""

from typing import Any, cast

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.views.mixins import PermissionRequiredMixin
from followup.forms.own_calendar import OwnCalendarForm
from followup.models import OwnCalendar
from followup.selectors.busy import OwnCalendarState, own_calendar_of
from followup.services.own_calendar import choose_calendar
from foundation.views import ActFormView
from foundation.ways import Way


class OwnCalendarView(PermissionRequiredMixin, ActFormView):
    permission = "followup.view_my_day"
    form_class = OwnCalendarForm
    template_name = "followup/own_calendar.html"
    page_title = gettext_lazy("Mon propre agenda")
    success_message = gettext_lazy("Vos choix sont enregistrés.")
    leads_to = Way("followup:agenda", words=gettext_lazy("Agenda"))
    stays = True

    @cached_property
    def state(self) -> OwnCalendarState:
        """What is known of it."""
        return own_calendar_of(cast(User, self.request.user))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"is_known": bool(self.state.server)}

    def get_initial(self) -> dict[str, Any]:
        return {"is_invited": self.state.is_invited}

    def act(self, form: OwnCalendarForm) -> OwnCalendar:
        return choose_calendar(
            is_invited=form.cleaned_data["is_invited"],
            address=form.address_given(),
            actor=cast(User, self.request.user),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is known of the calendar, and how fresh that is."""
        return super().get_context_data(own=self.state, **kwargs)
