"""What I am reminded of, and what of it I receive by mail."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import allows
from accounts.views.mixins import PermissionRequiredMixin
from followup.forms.reminders import ReminderPreferencesForm
from followup.selectors import reminders as selectors
from followup.services.preferences import choose_reminders
from foundation.clock import today
from foundation.keyset import SortKey
from foundation.views import ActFormView, PageView, paginate_by_key
from foundation.ways import Way

COORDINATION, MINE = "coordination", "miens"


class ReminderListView(PermissionRequiredMixin, PageView):
    """Everything that still waits for me; for coordinators, what was passed on to them.

    It opens where something waits: with nothing of one's own, on what the coordination was told of.
    """

    permission = "followup.view_reminders"
    template_name = "followup/reminder_list.html"
    page_title = _("Rappels")
    page_lead = _("Un rappel disparaît de lui-même dès que ce qu’il demande est fait.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One of the two lists, by pages."""
        read_at = timezone.now()
        may_coordinate = allows(self.actor, "followup.view_escalated")
        asked = self.request.GET.get("voir")
        mine = selectors.my_reminders(self.actor)
        told = selectors.coordination_reminders(self.actor) if may_coordinate else mine.none()
        nothing_of_mine = may_coordinate and asked != MINE and not mine.exists()
        coordination = may_coordinate and (asked == COORDINATION or (nothing_of_mine and told.exists()))
        page = paginate_by_key(self.request, told if coordination else mine, (SortKey("due_on", told=True),))
        address = reverse("followup:reminder_list")
        sections = [
            {"label": _("Les miens"), "url": f"{address}?voir={MINE}", "current": not coordination},
            {
                "label": _("Signalés à la coordination"),
                "url": f"{address}?voir={COORDINATION}",
                "current": coordination,
            },
        ]
        return super().get_context_data(
            page_obj=page,
            today=today(),
            read_at=read_at,
            rows=selectors.rows_of(list(page.object_list), today(), self.actor.current_organisation_id),
            coordination=coordination,
            sections=sections if may_coordinate else [],
            **kwargs,
        )


class ReminderPreferencesView(PermissionRequiredMixin, ActFormView):
    """Choosing what comes by mail."""

    permission = "followup.choose_reminders"
    template_name = "followup/reminder_preferences.html"
    form_class = ReminderPreferencesForm
    page_title = _("Mes rappels par e-mail")
    page_lead = _("Un seul e-mail, les matins ouvrables, et seulement s’il y a du nouveau.")
    success_message = _("Vos choix sont enregistrés.")
    leads_to = Way("followup:reminder_list", words=_("Rappels"))
    stays = True

    def get_initial(self) -> dict[str, Any]:
        chosen = selectors.preferences_of(self.actor).optional
        return {"mailed": [rule.code.value for rule, mailed in chosen if mailed]}

    def act(self, form: ReminderPreferencesForm) -> None:
        choose_reminders(muted=form.muted, actor=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the reminders that always come."""
        return super().get_context_data(compulsory=selectors.preferences_of(self.actor).compulsory, **kwargs)
