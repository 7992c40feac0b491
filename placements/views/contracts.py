"""The page of one contract: what it says on a day, and what happened to it while it ran."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.permissions import allows
from accounts.selectors.records import takable_rows
from beneficiaries.views.case_file import CaseFileMixin
from employers.enums import ContractType
from foundation.dates import day_of_address
from foundation.errors import DomainError
from foundation.ways import Way
from placements.enums import Origin
from placements.forms.terms import AmendmentForm, IdlenessEndForm, IdlenessForm, OriginForm, WeeksForm
from placements.models import Amendment, Employment, TemporaryUnemployment
from placements.selectors.discretion import is_hidden
from placements.selectors.jobs import CANCELLED, job_state
from placements.selectors.terms import contract_file, load_terms, week_lines
from placements.services.amendments import amend
from placements.services.corrections import tell_origin
from placements.services.idleness import end_idleness, record_idleness
from placements.services.weeks import WrittenMeanwhile, write_weeks
from placements.views.base import JOBS_TAB, EmploymentMixin, JobActView

TO_CONTRACT = Way(
    "placements:contract", "case.pk employment.pk", words=gettext_lazy("Retour au contrat"), next_wins=True
)


class ContractView(EmploymentMixin, CaseFileMixin, TemplateView):
    """One contract: the terms of a day, amendments, temporary unemployment, weeks."""

    template_name = "placements/contract.html"
    tab_name = JOBS_TAB

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page, and what may be done on it."""
        file = contract_file(self.employment, day_of_address(self.request.GET.get("le", ""), self.on))
        state = job_state(self.employment, self.on)
        can_change = allows(self.actor, "beneficiaries.change_case", self.case) and state != CANCELLED
        return super().get_context_data(
            file=file,
            state=state,
            hidden=is_hidden(self.employment),
            can_amend=can_change,
            can_tell_origin=can_change and self.employment.origin == Origin.UNKNOWN,
            weekly=self.employment.contract_type == ContractType.INTERIM,
            takable=takable_rows(file.written, self.case.organisation_id, self.actor),
            **kwargs,
        )


class ContractActView(EmploymentMixin, JobActView):
    """An act on one contract, back to its page."""

    leads_to = TO_CONTRACT

    def get_page_lead(self) -> str:
        return str(self.employment)


class AmendView(ContractActView):
    """An amendment, whenever it was agreed and learnt."""

    form_class = AmendmentForm
    page_title = gettext_lazy("Enregistrer un avenant")
    submit_label = gettext_lazy("Enregistrer l’avenant")
    success_message = gettext_lazy("L’avenant est enregistré.")
    consequences = (
        gettext_lazy("Un nouveau dernier jour vaut pour tout : horloges, fenêtre de suivi, rappels, rapports."),
        gettext_lazy("Une prolongation reste le même emploi : pas de rebond, pas de nouvelle fenêtre."),
        gettext_lazy("Un CDD qui devient CDI se termine la veille ; le CDI ouvre six nouveaux mois de suivi."),
        gettext_lazy("Appris après la fin : la fin par terme et le retour en pré-embauche sont repris."),
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        """What may change depends on the type."""
        return {**super().get_form_kwargs(), "employment": self.employment}

    def get_initial(self) -> dict[str, Any]:
        return {"effective_on": self.on, "learnt_on": self.on}

    def act(self, form: AmendmentForm) -> Amendment:
        return amend(employment=self.employment, stated=form.stated(), actor=self.actor)


IDLENESS_CONSEQUENCES = (
    gettext_lazy("Le contrat continue : la personne reste employée."),
    gettext_lazy("L’horloge des 24 mois reste arrêtée : aucun jour n’est perdu."),
    gettext_lazy("La fenêtre de suivi et le rappel avant la fin ne bougent pas."),
)


class IdlenessView(ContractActView):
    """Temporary unemployment under the contract."""

    form_class = IdlenessForm
    page_title = gettext_lazy("Noter un chômage temporaire")
    success_message = gettext_lazy("Le chômage temporaire est noté ; le contrat continue, aucune horloge ne bouge.")
    consequences = IDLENESS_CONSEQUENCES

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": self.on, "learnt_on": self.on}

    def act(self, form: IdlenessForm) -> TemporaryUnemployment:
        return record_idleness(employment=self.employment, stated=form.stated(), actor=self.actor)


class IdlenessEndView(ContractActView):
    """The last day without work."""

    form_class = IdlenessEndForm
    page_title = gettext_lazy("Dernier jour du chômage temporaire")
    submit_label = gettext_lazy("Enregistrer")
    success_message = gettext_lazy("Le dernier jour du chômage temporaire est noté.")
    consequences = IDLENESS_CONSEQUENCES

    @cached_property
    def row(self) -> TemporaryUnemployment:
        """What the address names, of this contract."""
        rows = TemporaryUnemployment.objects.select_related("employment__case").filter(employment=self.employment)
        return get_object_or_404(rows, pk=self.kwargs["idleness_id"])

    def get_page_lead(self) -> str:
        return str(self.row)

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": self.row.ends_on or self.on}

    def act(self, form: IdlenessEndForm) -> TemporaryUnemployment:
        return end_idleness(row=self.row, ends_on=form.cleaned_data["ends_on"], actor=self.actor)


class OriginView(ContractActView):
    """Where the job came from, which nobody had said."""

    form_class = OriginForm
    page_title = gettext_lazy("D’où vient cet emploi ?")
    success_message = gettext_lazy("L’origine est notée.")

    def act(self, form: OriginForm) -> Employment:
        return tell_origin(employment=self.employment, origin=form.cleaned_data["origin"], actor=self.actor)


class WeeksView(ContractActView):
    """The weeks of a job through an agency, in one grid."""

    form_class = WeeksForm
    template_name = "placements/weeks.html"
    page_title = gettext_lazy("Semaines prestées")
    submit_label = gettext_lazy("Enregistrer les semaines")

    def get_form_kwargs(self) -> dict[str, Any]:
        """A line for each week that has begun."""
        load_terms([self.employment])
        return {**super().get_form_kwargs(), "lines": week_lines(self.employment, self.on)}

    def act(self, form: WeeksForm) -> Any:
        return write_weeks(employment=self.employment, weeks=form.typed(), seen=form.seen(), actor=self.actor)

    def add_refusal(self, form: Any, error: DomainError) -> None:
        """Say beside each week what another one wrote meanwhile."""
        super().add_refusal(form, error)
        if isinstance(error, WrittenMeanwhile):
            form.tell_written_meanwhile(error.weeks)

    def get_success_message(self, form: Any) -> str:
        """How many weeks were written."""
        number = len(self.result)
        if not number:
            return _("Rien n’a changé : ces semaines étaient déjà enregistrées.")
        return _("Les semaines sont enregistrées.") if number > 1 else _("La semaine est enregistrée.")

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only work through an agency is told by the week."""
        if self.employment.contract_type != ContractType.INTERIM:
            raise Http404
        return super().get(request, *args, **kwargs)
