"""The situation of the person and the papers of the case: a page of the tab « Parcours », and its acts."""

from typing import Any

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.selectors.records import takable_rows
from beneficiaries.forms.situations import NewSituationForm, SituationEndForm, SituationForm
from beneficiaries.models import Evidence, Situation
from beneficiaries.selectors.eligibility import late_registration
from beneficiaries.services.situations import (
    SituationStatement,
    add_situation,
    correct_situation,
    end_situation,
)
from beneficiaries.views.case_file import CaseActView, CaseFileMixin, to_case


class CaseSituationView(CaseFileMixin, TemplateView):
    """What the person lives on, since when, and the papers seen."""

    template_name = "beneficiaries/case_situation.html"
    tab_name = "beneficiaries:case_path"
    case_select = ("eligibility",)
    case_prefetch = (
        "beneficiary__situations",
        Prefetch("evidences", Evidence.objects.select_related("uploaded_by").order_by("-dated_on", "created_at")),
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the situations, those that run first, and the papers."""
        situations = list(self.case.beneficiary.situations.all())
        running = [one for one in situations if one.as_period().contains(self.on)]
        return super().get_context_data(
            running=running,
            past=[one for one in situations if one not in running],
            papers=self.case.evidences.all(),
            takable=takable_rows(self.case.evidences.all(), self.case.organisation_id, self.actor),
            register_by=late_registration(situations, self.on),
            frozen=hasattr(self.case, "eligibility"),
            **kwargs,
        )


class SituationActView(CaseActView):
    """An act on a situation of the person."""

    leads_to = to_case("beneficiaries:case_situation").at("situation")
    situation: Situation

    def prepare(self) -> None:
        """Find the situation, when the address names one."""
        if "situation_id" in self.kwargs:
            person = self.case.beneficiary
            self.situation = get_object_or_404(Situation, pk=self.kwargs["situation_id"], beneficiary=person)


class SituationCreateView(SituationActView):
    form_class = NewSituationForm
    page_title = gettext_lazy("Noter une situation")

    def get_initial(self) -> dict[str, Any]:
        """The kind that the link names."""
        return {"kind": self.request.GET.get("situation", "")}

    def act(self, form: NewSituationForm) -> Situation:
        data = dict(form.cleaned_data)
        sent = data.pop("submission_id")
        statement = SituationStatement(**data)
        return add_situation(case=self.case, statement=statement, actor=self.actor, submission_id=sent)

    def get_success_message(self, form: Any) -> str:
        return _("Situation notée : %(kind)s.") % {"kind": self.result.get_kind_display()}


class SituationChangeView(SituationActView):
    """A situation was noted wrong."""

    form_class = SituationForm
    page_title = gettext_lazy("Corriger une situation")
    page_lead = gettext_lazy("L’historique garde ce qui était noté. Une éligibilité déjà figée ne change pas.")
    success_message = gettext_lazy("La situation est corrigée.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.situation, name) for name in ("kind", "starts_on", "ends_on", "detail")}

    def act(self, form: SituationForm) -> Situation:
        statement = SituationStatement(**form.cleaned_data)
        return correct_situation(case=self.case, situation=self.situation, statement=statement, actor=self.actor)


class SituationEndView(SituationActView):
    form_class = SituationEndForm
    success_message = gettext_lazy("C’est noté.")

    def get_page_title(self) -> str:
        return _("Fin : %(kind)s") % {"kind": self.situation.get_kind_display()}

    def get_initial(self) -> dict[str, Any]:
        """The day already known, or today."""
        return {"ends_on": self.situation.ends_on or self.on}

    def act(self, form: SituationEndForm) -> Situation:
        return end_situation(
            case=self.case, situation=self.situation, ends_on=form.cleaned_data["ends_on"], actor=self.actor
        )
