"""Tasks of a case: written, ticked and corrected; those of the team that wait."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.permissions import allows
from accounts.views.mixins import PermissionRequiredMixin
from beneficiaries.views.case_file import CaseActView, CaseMixin, to_case
from followup.forms.tasks import TaskChangeForm, TaskForm
from followup.models import CaseTask, ChecklistLine
from followup.selectors.tasks import team_tasks
from followup.services.tasks import add_task, change_task, finish_task, remove_task, reopen_task, tick_line
from foundation.clock import today
from foundation.errors import DomainError
from foundation.keys import key_of
from foundation.views import ConfirmActView, PageView, paginate, safe_next

_TO_THREAD = to_case("followup:case_summary").at("taches")


class TaskCreateView(CaseActView):
    form_class = TaskForm
    page_title = gettext_lazy("Nouvelle tâche")
    submit_label = gettext_lazy("Ajouter la tâche")
    success_message = gettext_lazy("La tâche est ajoutée.")
    leads_to = _TO_THREAD

    def act(self, form: TaskForm) -> CaseTask:
        return add_task(
            case=self.case,
            statement=form.statement(),
            submission_id=form.cleaned_data["submission_id"],
            actor=self.actor,
        )


class TaskMixin(CaseMixin):
    """A page about one task of a case."""

    permission = "beneficiaries.change_case"
    task: CaseTask

    def prepare(self) -> None:
        """Find the task among those of the case."""
        among = CaseTask.objects.visible_to(self.actor).filter(case=self.case)
        self.task = get_object_or_404(among, pk=self.kwargs["task_id"])


class TaskChangeView(TaskMixin, CaseActView):
    """Other words, another day, or on which day it was done: the true one, told late or not."""

    template_name = "followup/task_change.html"
    form_class = TaskChangeForm
    page_title = gettext_lazy("Tâche")
    success_message = gettext_lazy("La tâche est enregistrée.")
    leads_to = _TO_THREAD

    def get_initial(self) -> dict[str, Any]:
        """What is known of it."""
        return {name: getattr(self.task, name) for name in ("words", "doer", "turn", "due_on", "done_on")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(task=self.task, **kwargs)

    def act(self, form: TaskChangeForm) -> CaseTask:
        done_on = form.cleaned_data["done_on"]
        return change_task(task=self.task, statement=form.statement(), done_on=done_on, actor=self.actor)


class TaskRemoveView(TaskMixin, ConfirmActView):
    """Taking out a task that was written by mistake."""

    template_name = "beneficiaries/case_confirm.html"
    page_title = gettext_lazy("Retirer cette tâche ?")
    submit_label = gettext_lazy("Retirer")
    success_message = gettext_lazy("La tâche est retirée.")
    leads_to = _TO_THREAD

    def get_consequences(self) -> tuple[str, ...]:
        return (self.task.words,)

    def act(self, form: Any) -> None:
        remove_task(task=self.task, actor=self.actor)


class TickView(CaseMixin, View):
    """One press, back to where it was made."""

    permission = "beneficiaries.change_case"
    http_method_names = ["post"]

    def do(self) -> None:
        """What the press does."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say why not."""
        try:
            self.do()
        except DomainError as error:
            messages.error(request, str(error))
        here = reverse("followup:case_summary", args=[self.case.pk])
        return redirect(safe_next(request) or f"{here}#taches")


class TaskTickView(TaskMixin, TickView):
    """Done today, or not done after all: what the button says, so that pressed twice it is once."""

    def do(self) -> None:
        if self.request.POST.get("fait") == "non":
            reopen_task(task=self.task, actor=self.actor)
        else:
            finish_task(task=self.task, actor=self.actor)


class LineTickView(TickView):
    """What the house asks in the phase of the case is done: the form names the line."""

    def do(self) -> None:
        key = key_of(self.request.POST.get("line", ""))
        line = ChecklistLine.objects.visible_to(self.actor).filter(pk=key).first() if key else None
        if line is None:
            raise DomainError("unknown", _("Cette ligne n’est plus demandée dans ce dossier."))
        tick_line(case=self.case, line=line, actor=self.actor)


class TaskListView(PermissionRequiredMixin, PageView):
    """The tasks of the team that wait, the latest first; `?retard` shows those whose day is past."""

    permission = "followup.view_tasks"
    template_name = "followup/task_list.html"
    page_title = gettext_lazy("Tâches")

    @cached_property
    def asked(self) -> dict[str, str]:
        """What the address asks: those that are late, those of the cases of one coach."""
        return {name: value for name in ("retard", "jobcoach") if (value := self.request.GET.get(name, ""))}

    def get_page_lead(self) -> str | Promise:
        return _("Celles dont le jour est passé.") if "retard" in self.asked else _("Celles qui attendent.")

    def kinds(self) -> list[dict[str, Any]]:
        """The lists that are offered: an address, its words, whether it is the one that is shown."""
        own = {"jobcoach": str(self.actor.pk)}
        lists: list[tuple[str, dict[str, str]]] = [(_("Toutes"), {}), (_("En retard"), {"retard": "1"})]
        if allows(self.actor, "followup.view_my_day"):
            lists += [(_("De mes dossiers"), own), (_("De mes dossiers, en retard"), own | {"retard": "1"})]
        here = reverse("followup:task_list")
        return [
            {"href": f"{here}?{urlencode(asked)}" if asked else here, "label": label, "here": asked == self.asked}
            for label, asked in lists
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of them."""
        on = today()
        found = team_tasks(self.actor)
        if "retard" in self.asked:
            found = found.filter(due_on__lt=on)
        if "jobcoach" in self.asked:
            found = found.filter(case__coach=key_of(self.asked["jobcoach"]))
        page = paginate(self.request, found)
        return super().get_context_data(page_obj=page, kinds=self.kinds(), today=on, **kwargs)
