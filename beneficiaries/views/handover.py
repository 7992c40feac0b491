"""Handing over a whole caseload: whose, then which cases to whom, then what becomes of the loads, then the act."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.views.mixins import PermissionRequiredMixin
from beneficiaries.forms.handover import HandOverManyForm, ticked_in
from beneficiaries.models import CaseAssignment
from beneficiaries.rules.caseload import Load, shifts
from beneficiaries.selectors.belonging import projects_with_cases
from beneficiaries.selectors.caseloads import Caseload, caseloads, cases_to_hand_over, loads_of
from beneficiaries.services.handover import hand_over_many
from foundation.clock import today
from foundation.formatting import of_name
from foundation.views import ActFormView, PageView
from foundation.ways import Way


class CaseloadListView(PermissionRequiredMixin, PageView):
    template_name = "beneficiaries/caseload_list.html"
    permission = "beneficiaries.hand_over"
    page_title = gettext_lazy("Transmettre des dossiers")
    page_lead = gettext_lazy("De qui viennent les dossiers à transmettre ?")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        on = today()
        people = [one for one in caseloads(self.actor, on).values() if one.load.cases]
        projects = projects_with_cases(self.actor)
        return super().get_context_data(people=people, projects=projects, today=on, **kwargs)


class HandOverManyView(PermissionRequiredMixin, ActFormView):
    """The cases of one coach, ticked and given to others."""

    template_name = "beneficiaries/hand_over_many.html"
    form_class = HandOverManyForm
    permission = "beneficiaries.hand_over"
    submit_label = gettext_lazy("Voir ce que ça change")
    leads_to = Way("beneficiaries:caseload_list", words=gettext_lazy("Transmettre des dossiers"))

    @cached_property
    def giver(self) -> User:
        """Somebody who works or worked here."""
        found: User = get_object_or_404(User.objects.visible_to(self.actor), pk=self.kwargs["user_id"])
        return found

    @cached_property
    def people(self) -> dict[UUID, Caseload]:
        """Who may receive, and the giver whatever they carry."""
        found = caseloads(self.actor, today())
        if self.giver.pk not in found:
            found[self.giver.pk] = Caseload(self.giver, False, Decimal(0), Load(0, Decimal(0)))
        return found

    def get_page_title(self) -> str | Promise:
        return _("Transmettre les dossiers %(of_name)s") % {"of_name": of_name(self.giver.get_full_name())}

    def get_form_kwargs(self) -> dict[str, Any]:
        """The open cases of the giver, and those that were ticked before somebody else handed them over."""
        cases = cases_to_hand_over(self.actor, self.giver, ticked_in(self.request.POST))
        return {**super().get_form_kwargs(), "giver": self.giver, "cases": cases, "people": self.people}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("preview", None)
        return super().get_context_data(giver=self.giver, **kwargs)

    def form_valid(self, form: HandOverManyForm) -> HttpResponse:
        """Show what becomes of the loads, until it is confirmed or corrected."""
        if "correct" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if form.cleaned_data["confirmed"]:
            return super().form_valid(form)
        return self.render_to_response(self.get_context_data(form=form, preview=self.preview(form)))

    def preview(self, form: HandOverManyForm) -> dict[str, Any]:
        """Who takes which cases, and every load before and after."""
        receivers = form.receivers()
        loads = loads_of(self.people)
        moved = shifts(loads, self.giver.pk, [receiver.pk for receiver in receivers.values()])
        return {
            "number": len(receivers),
            "on": form.cleaned_data["on"],
            "shifts": [(self.people[shift.coach], shift.before, shift.after) for shift in moved],
            "cases": [(case, receivers[case.pk]) for case in form.cases if case.pk in receivers],
        }

    def act(self, form: HandOverManyForm) -> list[CaseAssignment]:
        data = form.cleaned_data
        return hand_over_many(
            coach=self.giver,
            receivers=form.receivers(),
            on=data["on"],
            note=data["note"],
            actor=self.actor,
            submission_id=data["submission_id"],
        )

    def get_success_message(self, form: Any) -> str | Promise:
        number = len(self.result)
        return ngettext(
            "%(n)s dossier %(of_name)s est transmis.", "%(n)s dossiers %(of_name)s sont transmis.", number
        ) % {"n": number, "of_name": of_name(self.giver.get_full_name())}
