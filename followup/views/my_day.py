"""Ma journée."""

from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.views.first_steps import first_visit
from accounts.views.mixins import PermissionRequiredMixin
from followup.selectors.my_day import my_day
from followup.views.row_acts import offered
from foundation.clock import today
from foundation.formatting import named_day_words
from foundation.keys import key_of
from foundation.views import PageView


class MyDayView(PermissionRequiredMixin, PageView):
    """Who needs me, whom I meet, where my people stand."""

    template_name = "followup/my_day.html"
    permission = "followup.view_my_day"
    page_title = _("Ma journée")

    def get_page_lead(self) -> str | Promise:
        words = named_day_words(today(), "l j F")
        return f"{words[:1].upper()}{words[1:]}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        on = today()
        shown_again = key_of(self.request.GET.get("page", ""))
        day = my_day(self.actor, on, shown_again)
        visit, steps = (None, []) if day.groups or day.calm else first_visit(self.actor)
        return context | {
            "today": on,
            "now": timezone.localtime().time(),
            "day": day,
            "first_visit": visit,
            "first_steps": steps,
            "page": shown_again or uuid4(),
            "postponements": offered(on, self.actor.current_organisation_id),
        }
