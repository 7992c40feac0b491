"""What happens to a contract: how it is followed, its first day, its end, a hiring that falls through."""

from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beneficiaries.views.case_file import CaseActView
from foundation.formatting import date_words, days_words
from foundation.forms import AncrageForm
from foundation.views import ConfirmActView
from placements.enums import REFUSED_MODES, FollowUpMode
from placements.forms.hiring import DatedReasonForm, EndForm, FollowUpForm
from placements.models import Employment, FollowUpAgreement
from placements.selectors.clocks import clock_facts
from placements.selectors.jobs import agreement_of, loaded_clock_facts
from placements.services import hiring as services
from placements.views.base import TO_JOBS, EmploymentMixin, JobActView


class FollowUpView(EmploymentMixin, JobActView):
    """How a job is followed: agreed now, later, or changed."""

    form_class = FollowUpForm
    page_title = gettext_lazy("Convenir du suivi")
    submit_label = gettext_lazy("Enregistrer l’accord")
    leads_to = TO_JOBS.at("contrats")

    def get_page_lead(self) -> str:
        return str(self.employment)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The people offered are those of the firm."""
        return {
            **super().get_form_kwargs(),
            "company": self.employment.company,
            "user_company": self.employment.user_company,
        }

    def get_initial(self) -> dict[str, Any]:
        """What was agreed before; else the person of reference, today."""
        agreement = agreement_of(self.employment)
        if agreement is not None:
            return {
                "mode": agreement.mode,
                "agreed_on": agreement.agreed_on,
                "contact": agreement.contact_id,
                "terms": agreement.terms,
                "reason": agreement.refusal_reason if agreement.mode in REFUSED_MODES else "",
            }
        reference = self.employment.company.people.filter(is_reference=True).first()
        return {"agreed_on": self.on, "contact": reference.pk if reference else None}

    def act(self, form: FollowUpForm) -> FollowUpAgreement:
        followup = form.followup()
        if followup is None:
            raise LookupError("an agreement is not left for later on its own page")
        return services.agree_followup(employment=self.employment, followup=followup, actor=self.actor)

    def get_success_message(self, form: Any) -> str:
        if self.result.mode == FollowUpMode.DISCREET:
            return _("Suivi discret : rien, ici, ne proposera plus de joindre l’employeur.")
        if self.result.mode in REFUSED_MODES:
            return _("Le refus du suivi est noté : rien n’est dû de ce qui est refusé.")
        return _("L’accord de suivi est enregistré.")


class ConfirmStartView(EmploymentMixin, CaseActView, ConfirmActView):
    """A job planned earlier has begun."""

    template_name = "beneficiaries/case_confirm.html"
    form_class = AncrageForm
    leads_to = TO_JOBS.at("contrats")
    page_title = gettext_lazy("La personne a commencé ?")
    submit_label = gettext_lazy("Oui, elle a commencé")
    danger = False

    def get_consequences(self) -> tuple[str | Promise, ...]:
        return (
            _("Le dossier passe en suivi en entreprise depuis le %(date)s, premier jour de travail.")
            % {"date": date_words(self.employment.starts_on)},
            _("Si elle n’est pas venue, annulez l’embauche ou enregistrez la fin du contrat."),
        )

    def act(self, form: Any) -> Employment:
        return services.confirm_start(employment=self.employment, actor=self.actor)

    def get_success_message(self, form: Any) -> str:
        return _("Bonne route : le dossier est en suivi en entreprise.")


class EndView(EmploymentMixin, JobActView):
    """The end of a job: the person bounces back the day after, with the days left."""

    form_class = EndForm
    template_name = "placements/end.html"
    page_title = gettext_lazy("Enregistrer la fin du contrat")
    submit_label = gettext_lazy("Enregistrer la fin")
    leads_to = TO_JOBS.at("contrats")

    def get_page_lead(self) -> str:
        return str(self.employment)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The reasons fit the contract."""
        return {**super().get_form_kwargs(), "employment": self.employment}

    def get_initial(self) -> dict[str, Any]:
        """The planned last day once it is reached, else today."""
        planned = self.employment.ends_on
        reached = planned is not None and planned <= self.on
        return {"ended_on": planned if reached else self.on, "reason": "TERM" if reached else ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(consequences=self.what_will_happen(), **kwargs)

    def what_will_happen(self) -> list[str]:
        """What ending this job will do, with the days left on the 24-month clock."""
        facts = loaded_clock_facts(self.case)
        clock = facts.prehire(self.on)
        others = [
            job
            for job in self.case.employments.all()
            if job.pk != self.employment.pk
            and job.cancelled_on is None
            and job.contract_type in facts.policy.followed_types
            and (job.last_day is None or job.last_day >= self.on)
        ]
        if not self.case.is_open:
            return [_("Le dossier est sorti : la fin est notée à sa date, et ce qui est compté la suit.")]
        if self.employment.contract_type not in facts.policy.followed_types:
            return [_("La fin est notée. Ce type de contrat ne change ni la phase ni les horloges.")]
        if others:
            return [
                _("Un autre contrat court ou est prévu (%(job)s) : le dossier reste en suivi en entreprise.")
                % {"job": others[0]}
            ]
        if clock is None or clock.remaining_days == 0:
            return [
                _("Les 24 mois sont épuisés : la fin est notée, et seule une prolongation ou une sortie est possible.")
            ]
        return [
            _("Le lendemain du dernier jour, la personne revient en pré-embauche."),
            _("L’horloge des 24 mois repart ce jour-là : il lui reste %(days)s.")
            % {"days": days_words(clock.remaining_days)},
            _("Si le dernier jour est à venir, le dossier reste en suivi jusque-là."),
        ]

    def act(self, form: EndForm) -> Employment:
        return services.end_employment(employment=self.employment, actor=self.actor, **form.cleaned_data)

    def get_success_message(self, form: Any) -> str:
        """Say where the person stands, and the days left."""
        spell = self.result.case.open_spell()
        back_on: date = self.result.ended_on + timedelta(days=1)
        if spell.phase == "PRE_HIRE" and spell.starts_on >= back_on:
            clock = clock_facts(self.result.case).prehire(self.on)
            left = days_words(clock.remaining_days) if clock else ""
            return _(
                "La fin du contrat est enregistrée : retour en pré-embauche le %(date)s, avec %(days)s devant soi."
            ) % {"date": date_words(spell.starts_on), "days": left}
        return _("La fin du contrat est enregistrée.")


class CancelView(EmploymentMixin, JobActView):
    """A hiring that falls through before its first day, or to which nobody came."""

    form_class = DatedReasonForm
    page_title = gettext_lazy("Annuler l’embauche")
    submit_label = gettext_lazy("Annuler l’embauche")
    success_message = gettext_lazy("L’embauche est annulée, avec son motif.")
    danger = True
    leads_to = TO_JOBS.at("contrats")

    def get_page_lead(self) -> str:
        return str(self.employment)

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.on}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what will happen."""
        begun = [
            _("Personne n’est venu travailler : aucun jour n’est compté, et personne n’est mis à l’emploi."),
            _("Le suivi que ce contrat avait ouvert est annulé. Si un jour a été presté, enregistrez la fin."),
        ]
        consequences = [
            _("Le contrat reste dans l’historique, marqué « annulé », avec son motif."),
            *(begun if self.employment.starts_on <= self.on else []),
            _("Sans autre contrat prévu, la personne revient en pré-embauche ce jour-là."),
        ]
        return super().get_context_data(consequences=consequences, **kwargs)

    def act(self, form: DatedReasonForm) -> Employment:
        return services.cancel_hiring(employment=self.employment, actor=self.actor, **form.cleaned_data)


class ReturnView(JobActView):
    """Back to pre-hire, when the last job is over or the hiring fell through."""

    form_class = DatedReasonForm
    page_title = gettext_lazy("Revenir en pré-embauche")
    submit_label = gettext_lazy("Revenir en pré-embauche")
    success_message = gettext_lazy("La personne est de nouveau en pré-embauche.")
    consequences = (gettext_lazy("Le contact redevient hebdomadaire, et des postes peuvent de nouveau être proposés."),)

    def get_initial(self) -> dict[str, Any]:
        """The day after the last job, when it is known and has come."""
        ends = [contract.worked.end for contract in loaded_clock_facts(self.case).followed()]
        known = [end for end in ends if end is not None and end <= self.on]
        started = [spell.starts_on for spell in self.case.spells.all()]
        return {"on": max([*known, *started], default=self.on)}

    def act(self, form: DatedReasonForm) -> None:
        services.return_to_prehire(case=self.case, actor=self.actor, **form.cleaned_data)
