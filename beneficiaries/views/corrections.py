"""A coordinator mends what was typed wrong: the day of a phase, an exit that did not take place."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beneficiaries.forms.corrections import PhaseStartForm, ReasonForm
from beneficiaries.models import CoachingCase, PhaseSpell
from beneficiaries.services.corrections import correct_phase_start, undo_exit
from beneficiaries.views.case_file import TO_PATH, CaseActView


class PhaseCorrectView(CaseActView):
    """The day a phase began was typed wrong."""

    form_class = PhaseStartForm
    permission = "beneficiaries.correct_case"
    submit_label = gettext_lazy("Corriger")
    success_message = gettext_lazy("La date est corrigée ; l’ancienne reste dans l’historique.")
    leads_to = TO_PATH.at("phases")
    spell: PhaseSpell

    def prepare(self) -> None:
        """Find the phase of this case."""
        self.spell = get_object_or_404(PhaseSpell, pk=self.kwargs["spell_id"], case=self.case)
        self.spell.case = self.case

    def get_page_title(self) -> str:
        return _("Corriger la date : %(phase)s") % {"phase": self.spell.get_phase_display()}

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": self.spell.starts_on}

    def act(self, form: PhaseStartForm) -> PhaseSpell:
        """Move the day, unless something else no longer holds."""
        return correct_phase_start(spell=self.spell, actor=self.actor, **form.cleaned_data)


class ExitUndoView(CaseActView):
    """The exit was a mistake."""

    form_class = ReasonForm
    template_name = "forms/confirm.html"
    permission = "beneficiaries.correct_case"
    page_title = gettext_lazy("Annuler la sortie")
    submit_label = gettext_lazy("Annuler la sortie")
    success_message = gettext_lazy("La sortie est annulée : le dossier est de nouveau ouvert.")

    def act(self, form: ReasonForm) -> CoachingCase:
        return undo_exit(case=self.case, reason=form.cleaned_data["reason"], actor=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        consequences = (
            _("Le dossier reprend là où il était, comme si la sortie n’avait pas eu lieu ; les compteurs aussi."),
            _("Les rendez-vous que la sortie avait annulés reviennent ; un autre a-t-il pris l’heure, il le dit."),
            _("La sortie et votre motif restent dans l’historique."),
            _("Si la personne est vraiment partie puis revenue, ouvrez plutôt un nouveau dossier."),
        )
        return super().get_context_data(consequences=consequences, **kwargs)
