"""Meetings of the team, and what an organisation asks in each phase."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from accounts.permissions import allows
from accounts.views.base import SettingsMixin
from accounts.views.mixins import PermissionRequiredMixin
from followup.forms.tasks import LineChangeForm, LineForm, MeetingForm
from followup.models import ChecklistLine, TeamMeeting
from followup.selectors.tasks import lines_by_phase, meetings_of
from followup.services.tasks import add_line, change_line, record_meeting
from foundation.clock import today
from foundation.keyset import SortKey
from foundation.views import ActFormView, PageView, paginate_by_key
from foundation.ways import Way


class MeetingListView(PermissionRequiredMixin, PageView):
    """The meetings of the team, the latest first, each with what was decided."""

    permission = "followup.view_tasks"
    template_name = "followup/meeting_list.html"
    page_title = gettext_lazy("Réunions d’équipe")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of them."""
        return super().get_context_data(
            page_obj=paginate_by_key(
                self.request,
                meetings_of(self.actor),
                (SortKey("on", backwards=True, told=True), SortKey("created_at", backwards=True)),
            ),
            today=today(),
            may_record=allows(self.actor, "followup.record_meeting", self.actor.organisation_here),
            **kwargs,
        )


class MeetingCreateView(PermissionRequiredMixin, ActFormView):
    permission = "followup.record_meeting"
    form_class = MeetingForm
    page_title = gettext_lazy("Nouvelle réunion d’équipe")
    submit_label = gettext_lazy("Enregistrer la réunion")
    leads_to = Way("followup:meeting_list", words=gettext_lazy("Réunions d’équipe"))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.actor}

    def act(self, form: MeetingForm) -> TeamMeeting:
        return record_meeting(meeting=form.meeting(), decisions=form.decisions(), actor=self.actor)

    def get_success_message(self, form: MeetingForm) -> str | Promise:
        number = len(form.decisions())
        return ngettext(
            "La réunion est enregistrée, %(n)s tâche est née.",
            "La réunion est enregistrée, %(n)s tâches sont nées.",
            number,
        ) % {"n": number}


class ChecklistView(SettingsMixin, PageView):
    """What is asked in each phase: what stands, what will, what was retired."""

    permission = "followup.manage_checklists"
    section = "followup:checklists"
    template_name = "followup/checklists.html"
    page_title = gettext_lazy("Listes par phase")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The lines, phase by phase."""
        return super().get_context_data(phases=lines_by_phase(self.actor), today=today(), **kwargs)


class LineCreateView(SettingsMixin, ActFormView):
    permission = "followup.manage_checklists"
    section = "followup:checklists"
    form_class = LineForm
    page_title = gettext_lazy("Nouvelle ligne d’une liste")
    submit_label = gettext_lazy("Ajouter la ligne")
    success_message = gettext_lazy("La ligne est ajoutée aux dossiers de cette phase.")
    leads_to = Way("followup:checklists", words=gettext_lazy("Listes par phase"))

    def act(self, form: LineForm) -> ChecklistLine:
        data = form.cleaned_data
        return add_line(phase=data["phase"], words=data["words"], starts_on=data["starts_on"], actor=self.actor)


class LineChangeView(SettingsMixin, ActFormView):
    permission = "followup.manage_checklists"
    section = "followup:checklists"
    form_class = LineChangeForm
    page_title = gettext_lazy("Ligne d’une liste")
    success_message = gettext_lazy("La ligne est enregistrée.")
    leads_to = Way("followup:checklists", words=gettext_lazy("Listes par phase"))
    line: ChecklistLine

    def prepare(self) -> None:
        """Find the line among those of the organisation."""
        self.line = get_object_or_404(ChecklistLine.objects.visible_to(self.actor), pk=self.kwargs["line_id"])

    def get_initial(self) -> dict[str, Any]:
        return {"words": self.line.words, "ends_on": self.line.ends_on}

    def act(self, form: LineChangeForm) -> ChecklistLine:
        data = form.cleaned_data
        return change_line(line=self.line, words=data["words"], ends_on=data["ends_on"], actor=self.actor)
