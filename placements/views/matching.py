"""Proposing a job, and recording both decisions: the person first."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placements.enums import Decision
from placements.forms.matching import DecisionForm, ProposeForm
from placements.models import Match
from placements.selectors import adequacy
from placements.selectors.jobs import matches_of
from placements.services import matching as services
from placements.views.base import TO_JOBS, JobActView


class ProposeView(JobActView):
    """« Proposer un poste », chosen among the open jobs that were not proposed to this person yet."""

    form_class = ProposeForm
    template_name = "placements/propose.html"
    page_title = gettext_lazy("Proposer un poste")
    submit_label = gettext_lazy("Enregistrer la proposition")
    success_message = gettext_lazy("La proposition est enregistrée. C’est à la personne de dire ce qu’elle en pense.")
    leads_to = TO_JOBS.at("propositions")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The jobs offered are those of the organisation."""
        return {**super().get_form_kwargs(), "viewer": self.actor, "case": self.case}

    def get_initial(self) -> dict[str, Any]:
        """Today, and the job that the address names."""
        return {"proposed_on": self.on, "vacancy": self.request.GET.get("poste", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say when there is no job to choose from."""
        return super().get_context_data(
            nothing_to_propose=not adequacy.proposable(self.actor, self.case).exists(), **kwargs
        )

    def act(self, form: ProposeForm) -> Match:
        data = form.cleaned_data
        return services.propose_match(
            case=self.case,
            vacancy=data["vacancy"],
            on=data["proposed_on"],
            rationale=data["rationale"],
            actor=self.actor,
        )


class DecisionView(JobActView):
    """The answer of one party to a proposal."""

    form_class = DecisionForm
    submit_label = gettext_lazy("Enregistrer la réponse")
    leads_to = TO_JOBS.at("propositions")
    template_name = "placements/decision.html"

    @cached_property
    def match(self) -> Match:
        """The proposal that the address names, in this case."""
        found: Match = get_object_or_404(matches_of(self.case), pk=self.kwargs["match_id"])
        return found

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.on}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(match=self.match, **kwargs)

    def record(self, **answer: Any) -> Match:
        """Write the answer."""
        raise NotImplementedError

    def act(self, form: DecisionForm) -> Match:
        return self.record(match=self.match, actor=self.actor, **form.cleaned_data)


class PersonDecisionView(DecisionView):
    """The person's answer, which comes first."""

    page_title = gettext_lazy("La décision de la personne")

    def record(self, **answer: Any) -> Match:
        return services.record_person_decision(**answer)

    def get_success_message(self, form: Any) -> str:
        if self.result.person_decision == Decision.ACCEPTED:
            return _("La personne est d’accord. Il reste à connaître la réponse de l’employeur.")
        return _("Le refus est enregistré, avec son motif.")


class EmployerDecisionView(DecisionView):
    """The employer's answer, once the person has agreed."""

    page_title = gettext_lazy("La décision de l’employeur")

    def record(self, **answer: Any) -> Match:
        return services.record_employer_decision(**answer)

    def get_success_message(self, form: Any) -> str:
        if self.result.employer_decision == Decision.ACCEPTED:
            return _("Les deux sont d’accord : vous pouvez enregistrer l’embauche.")
        return _("Le refus de l’employeur est enregistré, avec son motif.")
