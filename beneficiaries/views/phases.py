"""Moving a case along: into pre-hire, to another coach, out."""

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beneficiaries.forms.cases import ExitForm, HandOverForm, PrehireForm
from beneficiaries.models import CaseAssignment, PhaseSpell
from beneficiaries.selectors.transitions import missing_by_target
from beneficiaries.services.cases import hand_over
from beneficiaries.services.phases import exit_case, start_prehire
from beneficiaries.views.case_file import CaseActView
from foundation.formatting import of_name
from method.rules.phases import Phase


class PrehireView(CaseActView):
    """The path starts, and the 24 months with it."""

    form_class = PrehireForm
    template_name = "beneficiaries/prehire.html"
    page_title = gettext_lazy("Passer en pré-embauche")
    submit_label = gettext_lazy("Passer en pré-embauche")
    success_message = gettext_lazy("Le dossier est en pré-embauche : l’horloge des 24 mois a démarré.")
    case_select = ("eligibility", "coachability")
    case_prefetch = ("agreements",)

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.on}

    def act(self, form: PrehireForm) -> PhaseSpell:
        return start_prehire(case=self.case, on=form.cleaned_data["on"], actor=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is still missing today."""
        phase = Phase(list(self.case.spells.all())[-1].phase)
        missing = missing_by_target(self.case, phase, self.on).get(Phase.PRE_HIRE, [])
        return super().get_context_data(missing=missing if phase is Phase.PREPARATORY else [], **kwargs)


class CaseExitView(CaseActView):
    """The path ends. Asked once, after saying what will happen."""

    form_class = ExitForm
    template_name = "beneficiaries/case_confirm.html"
    page_title = gettext_lazy("Clôturer le dossier")
    submit_label = gettext_lazy("Clôturer le dossier")
    danger = True

    def get_form_kwargs(self) -> dict[str, Any]:
        """What is asked depends on the case."""
        return {**super().get_form_kwargs(), "case": self.case, "on": self.on}

    def get_initial(self) -> dict[str, Any]:
        """Today; the situation is never guessed."""
        return {"on": self.on}

    def act(self, form: ExitForm) -> PhaseSpell:
        data = form.cleaned_data
        return exit_case(
            case=self.case,
            on=data["on"],
            exit_reason=data["exit_reason"],
            exit_outcome=data["exit_outcome"],
            note=data["note"],
            answers=form.answers(),
            confirmed=form.said_yes_to,
            actor=self.actor,
        )

    def get_success_message(self, form: Any) -> str:
        return _("Le dossier %(of_name)s est clôturé.") % {"of_name": of_name(self.case.beneficiary.full_name)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        consequences = (
            _("Le dossier sort du parcours à la date indiquée, quelle que soit la phase ; les horloges s’arrêtent."),
            _("Plus aucune adéquation ni embauche ne s’y ajoute. Ce qui a eu lieu peut encore s’y noter."),
            _("Un contact peut encore être consigné ; il ne compte plus dans les heures subsidiées."),
            _("Celui du jour même de la sortie n’y compte pas non plus : s’il doit compter, sortez le lendemain."),
            _("En cas de décès, la date de sortie est celle du décès : le contrat en cours se termine ce jour-là."),
            _("Si la personne revient, un nouveau dossier s’ouvre, relié à celui-ci."),
        )
        return super().get_context_data(consequences=consequences, **kwargs)


class HandOverView(CaseActView):
    """Another coach takes over; who carried the case before stays known."""

    form_class = HandOverForm
    template_name = "beneficiaries/hand_over.html"
    permission = "beneficiaries.hand_over"
    page_title = gettext_lazy("Transmettre le dossier")
    submit_label = gettext_lazy("Transmettre")
    case_prefetch = (
        Prefetch("assignments", CaseAssignment.objects.select_related("coach").order_by("starts_on", "id")),
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        """Anyone who coaches here, but the present coach."""
        return {**super().get_form_kwargs(), "viewer": self.actor, "present": self.case.coach}

    def act(self, form: HandOverForm) -> CaseAssignment:
        data = form.cleaned_data
        return hand_over(case=self.case, coach=data["coach"], on=data["on"], note=data["note"], actor=self.actor)

    def get_success_message(self, form: Any) -> str:
        return _("Le dossier %(of_name)s est transmis à %(coach)s.") % {
            "of_name": of_name(self.case.beneficiary.full_name),
            "coach": self.result.coach.get_full_name(),
        }
