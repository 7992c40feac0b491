"""A coordinator mends a contract that was typed wrong."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.registries import Reach
from accounts.views.frozen import FrozenMixin
from beneficiaries.contributions.taking_back import reach_of
from placements.forms.corrections import EmploymentCorrectionForm
from placements.models import Employment
from placements.selectors.clocks import ClockFacts
from placements.selectors.what_if import Shift, with_contract
from placements.services.corrections import correct_employment
from placements.views.base import TO_JOBS, EffectActView, EmploymentMixin


class EmploymentCorrectView(FrozenMixin, EmploymentMixin, EffectActView):
    """The contract as it is written, to be written as it is."""

    form_class = EmploymentCorrectionForm
    permission = "beneficiaries.correct_case"
    page_title = gettext_lazy("Corriger le contrat")
    submit_label = gettext_lazy("Corriger")
    success_message = gettext_lazy("Le contrat est corrigé ; l’ancienne version reste dans l’historique.")
    leads_to = TO_JOBS.at("contrats")
    consequences = (
        gettext_lazy("Les phases que le premier et le dernier jour ont ouvertes se déplacent avec eux."),
        gettext_lazy("Les deux horloges et les échéances sont recalculées."),
        gettext_lazy("Si un autre fait du dossier ne tient plus, la correction est refusée et rien ne change."),
        gettext_lazy("L’ancienne valeur, la nouvelle et votre motif restent dans l’historique."),
    )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A hiring that was called off is not corrected."""
        if self.employment.cancelled_on is not None:
            messages.info(request, _("Cette embauche a été annulée : elle ne se corrige plus."))
            return redirect(self.leads_to.address(self))
        return super().get(request, *args, **kwargs)

    def get_reach(self) -> Reach:
        """Its days as they are written, to the last one known."""
        return reach_of(self.case, self.employment.starts_on, self.employment.last_day)

    def get_page_lead(self) -> str:
        return str(self.employment)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers the aids of the days around the contract."""
        return {**super().get_form_kwargs(), "employment": self.employment, "viewer": self.actor}

    def get_initial(self) -> dict[str, Any]:
        days = ("starts_on", "ends_on", "ended_on", "end_reason")
        names = ("job_title", "contract_type", *days, "aid", "joint_committee", "origin", "user_company")
        return {name: getattr(self.employment, name) for name in names} | {"weekly_hours": self.employment.hours}

    def effect(self, form: Any) -> Shift | None:
        """Once something is typed."""
        return super().effect(form) if form.is_bound else None

    def trial(self, facts: ClockFacts, values: dict[str, Any]) -> ClockFacts | None:
        """With the contract as it is typed."""
        if not values.get("contract_type") or not values.get("starts_on"):
            return None
        written = self.employment.as_contract()
        typed = replace(
            written,
            type=values["contract_type"],
            starts_on=values["starts_on"],
            ends_on=values["ends_on"],
            ended_on=values["ended_on"],
            idle=written.idle,
        )
        return with_contract(facts, typed, instead_of=written) if written in facts.contracts else None

    def act(self, form: EmploymentCorrectionForm) -> Employment:
        """Correct it, unless something else no longer holds."""
        return correct_employment(
            employment=self.employment, terms=form.terms(), reason=form.cleaned_data["reason"], actor=self.actor
        )
