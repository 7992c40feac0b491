"""Visits and calls to firms: written down in under a minute, corrected with a reason."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Project
from accounts.registries import Reach
from accounts.views.frozen import FrozenMixin
from employers import selectors
from employers.contributions import VISIT
from employers.enums import ProspectionChannel, ProspectionResult
from employers.forms.visits import VisitCorrectionForm, VisitForm
from employers.models import ProspectionContact
from employers.rules.projects import Proposal
from employers.services import companies as services
from employers.views.base import VIEW
from employers.views.companies import CompanyActView
from foundation.clock import today

DEFAULT_VISIT_MINUTES = 30


class VisitCreateView(CompanyActView):
    """« Consigner une visite »: in under a minute, after a look at who of ours came before."""

    form_class = VisitForm
    template_name = "employers/visit_form.html"
    page_title = gettext_lazy("Consigner une visite ou un appel")
    submit_label = gettext_lazy("Consigner")

    def get_page_lead(self) -> str:
        return self.company.name

    @cached_property
    def projects(self) -> QuerySet[Project]:
        """The projects whose hours it may be."""
        return selectors.visit_projects(self.actor, today())

    @cached_property
    def proposal(self) -> Proposal[UUID]:
        """The project that is proposed, and why."""
        return selectors.proposal_for(self.actor, self.company.organisation, list(self.projects), today())

    def get_form_kwargs(self) -> dict[str, Any]:
        """The people offered are those of the firm; the project that is proposed says why it is."""
        offered = {"company": self.company, "projects": self.projects, "why": self.proposal.why}
        return {**super().get_form_kwargs(), **offered}

    def get_initial(self) -> dict[str, Any]:
        """Today, a visit, half an hour, with the person of reference, for the project that is proposed."""
        reference = self.company.people.filter(is_reference=True).first()
        return {
            "project": self.proposal.project,
            "on": today(),
            "channel": ProspectionChannel.VISIT,
            "minutes": DEFAULT_VISIT_MINUTES,
            "met": reference.pk if reference else None,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the colleagues who spoke to the firm lately."""
        talks = selectors.talks_with([self.company.pk])
        return super().get_context_data(
            colleagues=selectors.recent_colleagues(talks, self.actor, today()),
            one_door_days=selectors.ONE_DOOR_DAYS,
            **kwargs,
        )

    def act(self, form: VisitForm) -> ProspectionContact:
        """Write the visit, once however often it is sent."""
        return services.record_prospection(
            company=self.company,
            visit=form.visit(),
            actor=self.actor,
            submission_id=form.cleaned_data["submission_id"],
        )

    def announces_job(self) -> bool:
        """Whether the firm announced a job: the next page then describes it."""
        return bool(self.result.result == ProspectionResult.VACANCY)

    def get_success_message(self, form: Any) -> str:
        if self.announces_job():
            return _("La visite est consignée. Décrivez maintenant le poste annoncé.")
        return _("La visite est consignée.")

    def get_success_url(self) -> str:
        """To the firm, or to the description of the job that it announced."""
        if self.announces_job():
            return f"{reverse('employers:vacancy_create')}?{urlencode({'entreprise': self.company.pk})}"
        return super().get_success_url()


class VisitCorrectView(FrozenMixin, CompanyActView):
    """A visit that was written wrongly: its day, its minutes, its project…"""

    form_class = VisitCorrectionForm
    template_name = "employers/visit_correct.html"
    permission = VIEW
    page_title = gettext_lazy("Corriger une visite ou un appel")
    submit_label = gettext_lazy("Corriger")
    success_message = gettext_lazy("La visite est corrigée ; ce qui était écrit reste dans l’historique.")
    visit: ProspectionContact

    def prepare(self) -> None:
        """Find the visit of this firm, and refuse whoever neither made it nor coordinates."""
        rows = self.company.prospections.select_related("company")
        self.visit = get_object_or_404(rows, pk=self.kwargs["visit_id"])
        self.ask("employers.correct_visit", self.visit)

    def get_reach(self) -> Reach:
        return VISIT.told(self.visit).reach

    def get_page_lead(self) -> str:
        return f"{self.company.name} – {self.visit.coach.get_full_name()}"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The people offered are those of the firm; the projects, those of today and of that day."""
        projects = selectors.visit_projects(self.actor, self.visit.on, self.visit.project_id)
        return {**super().get_form_kwargs(), "company": self.company, "projects": projects}

    def get_initial(self) -> dict[str, Any]:
        """As it was written."""
        visit = self.visit
        known = {name: getattr(visit, name) for name in ("on", "channel", "minutes", "result", "summary")}
        return {**known, "met": visit.met_id, "project": visit.project_id}

    def act(self, form: VisitCorrectionForm) -> ProspectionContact:
        """Rewrite it, keeping what was there in the trail."""
        return services.correct_prospection(
            prospection=self.visit, visit=form.visit(), reason=form.cleaned_data["reason"], actor=self.actor
        )
