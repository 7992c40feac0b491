"""« Engager »: from an accepted proposal, from a contract to renew, or for a job from elsewhere."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.enums import ContractType
from employers.forms.vacancies import CompanyChoiceForm
from employers.models import Company
from foundation.choosing import WORDS
from foundation.errors import DomainError
from foundation.formatting import date_words, days_words, number_words
from method.rules.phases import Phase
from placements.forms.hiring import HireForm
from placements.models import Employment, Match
from placements.rules.clocks import PrehireState
from placements.rules.windows import FollowUpState
from placements.selectors.clocks import ClockFacts, clock_facts
from placements.selectors.clocks_shown import contract_names
from placements.selectors.discretion import is_hidden
from placements.selectors.jobs import job_file, load_jobs, loaded_clock_facts, matches_of
from placements.selectors.terms import agreed_terms, proposed_by
from placements.services.hiring import hire
from placements.views.base import TO_JOBS, JobActView

# Two presses on one button are not further apart.
DOUBLE_CLICK = timedelta(minutes=2)


class HireView(JobActView):
    """A contract of employment; without a firm in the address, one chooses first where it comes from."""

    form_class = HireForm
    template_name = "placements/hire.html"
    page_title = gettext_lazy("Enregistrer l’embauche")
    submit_label = gettext_lazy("Enregistrer l’embauche")
    leads_to = TO_JOBS.at("contrats")

    @cached_property
    def matches(self) -> list[Match]:
        """The proposals made to this person."""
        return list(matches_of(self.case))

    @cached_property
    def renewed(self) -> Employment | None:
        """The contract to renew, named by the address, in this case."""
        asked = self.request.GET.get("contrat", "")
        return next((job for job in load_jobs(self.case) if str(job.pk) == asked and job.cancelled_on is None), None)

    @cached_property
    def match(self) -> Match | None:
        """The accepted proposal behind this contract: named by the address, or that of the contract renewed."""
        if self.renewed is not None:
            return next((match for match in self.matches if match.pk == self.renewed.match_id), None)
        asked = self.request.GET.get("adequation", "")
        if not asked:
            return None
        return next((match for match in self.matches if str(match.pk) == asked and match.is_accepted), None)

    @cached_property
    def choice(self) -> CompanyChoiceForm:
        """The firm that the address names for a job from elsewhere, among those that the user sees."""
        sent = self.request.GET if {"entreprise", WORDS.format("entreprise")} & self.request.GET.keys() else None
        return CompanyChoiceForm(sent, viewer=self.actor, create_url=self.create_url)

    @property
    def create_url(self) -> str:
        """The page that writes down a firm and comes back here with it."""
        return f"{reverse('employers:company_create')}?{urlencode({'next': self.request.path})}"

    @cached_property
    def company(self) -> Company | None:
        """The firm that hires, once known."""
        if self.renewed is not None:
            return self.renewed.company
        if self.match is not None:
            return self.match.vacancy.company
        return self.choice.cleaned_data["entreprise"] if self.choice.is_valid() else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask where the job comes from, as long as it is not known."""
        return self.ask_origin() if self.company is None else super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A contract without a firm is not written."""
        return self.ask_origin() if self.company is None else super().post(request, *args, **kwargs)

    def ask_origin(self) -> HttpResponse:
        """Show the accepted proposals, and the choice of a firm for a job from elsewhere."""
        file = job_file(self.case, self.on, can_change=True)
        lines = [line for line in file.matches if line.waits_for == "hire"]
        self.template_name = "placements/hire_origin.html"
        return self.render_to_response(
            self.get_context_data(form=self.choice, lines=lines, blocked=file.blocked, create_url=self.create_url)
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        """The people offered are those of the firm."""
        filled = self.match is not None and self.renewed is None
        return {
            **super().get_form_kwargs(),
            "company": self.company,
            "viewer": self.actor,
            "has_match": self.match is not None,
            # A firm that is no agency does not become one from one contract to the next.
            "may_be_agency": self.renewed is None or self.renewed.contract_type == ContractType.INTERIM,
            "has_vacancy": filled,
            "since": self.case.opened_on,
        }

    def get_initial(self) -> dict[str, Any]:
        """What the proposal or the former contract says; the person of reference; today."""
        initial: dict[str, Any] = {"agreed_on": self.on}
        if self.company is not None:
            proposed = proposed_by(self.company)
            initial |= {"joint_committee": proposed.joint_committee, "contact": proposed.reference}
        if self.renewed is not None:
            last = self.renewed.last_day
            terms = agreed_terms(self.renewed, last or self.on)
            if is_hidden(self.renewed):
                # What the person asked for goes on until they say otherwise.
                initial |= {"mode": self.renewed.followup_agreement.mode, "contact": None}
            return initial | {
                "job_title": terms.job_title,
                "contract_type": self.renewed.contract_type,
                "weekly_hours": number_words(terms.weekly_hours.normalize()) if terms.weekly_hours else "",
                "joint_committee": terms.joint_committee or initial.get("joint_committee", ""),
                "origin": self.renewed.origin,
                "user_company": self.renewed.user_company_id,
                "starts_on": last + timedelta(days=1) if last else None,
            }
        if self.match is not None:
            vacancy = self.match.vacancy
            return initial | {
                "job_title": vacancy.title,
                "contract_type": vacancy.contract_type,
                "weekly_hours": vacancy.hours,
                "starts_on": self.on,
                "fill_vacancy": vacancy.positions == 1,
            }
        return initial | {"contract_type": "CDD", "starts_on": self.on}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the firm, and what will happen."""
        return super().get_context_data(
            company=self.company,
            match=self.match,
            renewed=self.renewed,
            consequences=consequences(loaded_clock_facts(self.case), self.on),
            **kwargs,
        )

    def act(self, form: HireForm) -> Employment:
        """Write the contract and how it is followed."""
        if self.company is None:
            raise LookupError("the firm is asked before the contract")
        return hire(
            case=self.case,
            company=self.company,
            terms=form.employment_terms(),
            followup=form.followup(),
            match=self.match,
            fill_vacancy=form.cleaned_data.get("fill_vacancy", False),
            actor=self.actor,
        )

    def form_refused(self, form: HireForm, error: DomainError) -> HttpResponse:
        """A contract that one has just written from another tab is not refused: one comes back to it."""
        if error.code == "already_hired" and self.just_hired(form):
            messages.info(self.request, error.message)
            return redirect(self.leads_to.address(self))
        return super().form_refused(form, error)

    def just_hired(self, form: HireForm) -> bool:
        """Whether this very contract was written by this user a moment ago."""
        terms = form.employment_terms()
        twins = Employment.objects.effective().filter(
            case=self.case,
            company=self.company,
            contract_type=terms.contract_type,
            job_title=terms.job_title.strip(),
            starts_on=terms.starts_on,
            ends_on=terms.ends_on,
            weekly_hours=terms.weekly_hours,
            recorded_by=self.actor,
            created_at__gte=timezone.now() - DOUBLE_CLICK,
        )
        return bool(twins.exists())

    def get_success_message(self, form: Any) -> str:
        """Say what happened to both clocks and to the phase."""
        return outcome(self.result, self.on)


def consequences(facts: ClockFacts, on: date) -> list[str]:
    """What hiring will do, in sentences, with the days left today."""
    policy = facts.policy
    clock = facts.prehire(on)
    left = _(" (il lui reste %(days)s)") % {"days": days_words(clock.remaining_days)} if clock else ""
    return [
        _("L’horloge des %(months)s mois%(left)s s’arrête le premier jour de travail : %(types)s.")
        % {"months": policy.prehire_months, "left": left, "types": contract_names(policy.stopping_types)},
        _("Le dossier passe en embauche ; le premier jour venu et le suivi convenu, il passe en suivi en entreprise."),
        _("Le suivi dure au plus %(months)s mois, à partir du premier jour.") % {"months": policy.followup_months},
        _("Un stage ou un PFI s’enregistre aussi, mais n’arrête pas l’horloge et n’ouvre pas de suivi."),
    ]


def outcome(employment: Employment, on: date) -> str:
    """What recording a contract changed, in one or two sentences."""
    case = employment.case
    facts = clock_facts(case)
    if employment.contract_type not in facts.policy.followed_types:
        return _("Le contrat est enregistré. Ce type de contrat n’arrête pas l’horloge et n’ouvre pas de suivi.")
    if employment.starts_on > on:
        return _("L’embauche est enregistrée. Premier jour le %(date)s : l’horloge s’arrêtera ce jour-là.") % {
            "date": date_words(employment.starts_on)
        }
    clock, followup = facts.prehire(on), facts.followup(on)
    stopped = clock is not None and clock.state is PrehireState.STOPPED
    if case.open_spell().phase_code is Phase.HIRE:
        first = _("L’embauche est enregistrée.") + " "
        return first + _("Il reste à convenir du suivi avec la personne pour passer en suivi en entreprise.")
    if stopped and followup.state is FollowUpState.RUNNING and followup.deadline is not None:
        return _(
            "L’embauche est enregistrée : l’horloge des 24 mois est arrêtée, le suivi en entreprise court "
            "jusqu’au %(date)s."
        ) % {"date": date_words(followup.deadline - timedelta(days=1))}
    return _("Le contrat est enregistré.")
