"""A coordinator mends what was typed wrong: the day of a phase, an exit that did not take place."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.registries import Reach
from accounts.selectors.records import record_of
from accounts.views.frozen import FrozenMixin
from beneficiaries.contributions.taking_back import reach_of
from beneficiaries.forms.corrections import PhaseStartForm, ReasonForm, SignatureForm
from beneficiaries.models import CoachingCase, PhaseSpell, TrustAgreement
from beneficiaries.registries import undone_exit_words
from beneficiaries.services.corrections import correct_phase_start, undo_exit
from beneficiaries.services.taking_back import correct_signature
from beneficiaries.views.case_file import TO_PATH, CaseActView


class PhaseCorrectView(FrozenMixin, CaseActView):
    """The day a phase began was typed wrong."""

    template_name = "beneficiaries/case_correction.html"
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

    def get_reach(self) -> Reach:
        """From the eve of what is written: the phase before ends when this one begins."""
        return reach_of(self.case, self.spell.starts_on, self.spell.ends_on)

    def get_page_title(self) -> str:
        return _("Corriger la date : %(phase)s") % {"phase": self.spell.get_phase_display()}

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": self.spell.starts_on}

    def act(self, form: PhaseStartForm) -> PhaseSpell:
        """Move the day, unless something else no longer holds."""
        return correct_phase_start(spell=self.spell, actor=self.actor, confirmed=form.said_yes_to, **form.cleaned_data)


class AgreementCorrectView(FrozenMixin, CaseActView):
    """The day of a signature, or who signed, was typed wrong."""

    template_name = "beneficiaries/case_correction.html"
    form_class = SignatureForm
    permission = "beneficiaries.view_case"
    page_title = gettext_lazy("Corriger une signature")
    submit_label = gettext_lazy("Corriger")
    success_message = gettext_lazy("La signature est corrigée ; ce qui était écrit reste dans l’historique.")
    leads_to = TO_PATH.at("preparation")
    agreement: TrustAgreement

    def prepare(self) -> None:
        """Find the signature of this case, and refuse whoever neither wrote it today nor coordinates."""
        self.agreement = get_object_or_404(TrustAgreement, pk=self.kwargs["agreement_id"], case=self.case)
        self.agreement.case = self.case
        self.ask("accounts.take_back", record_of(self.agreement, self.case.organisation_id))

    def get_reach(self) -> Reach:
        return reach_of(self.case, self.agreement.signed_on, self.agreement.signed_on)

    def get_page_lead(self) -> str:
        return str(self.agreement)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.agreement, name) for name in ("signed_on", "third_party", "signatories")}

    def act(self, form: SignatureForm) -> TrustAgreement:
        return correct_signature(agreement=self.agreement, actor=self.actor, **form.cleaned_data)


class ExitUndoView(FrozenMixin, CaseActView):
    """The exit was a mistake."""

    form_class = ReasonForm
    template_name = "beneficiaries/exit_undo.html"
    permission = "beneficiaries.correct_case"
    page_title = gettext_lazy("Annuler la sortie")
    submit_label = gettext_lazy("Annuler la sortie")
    success_message = gettext_lazy("La sortie est annulée : le dossier est de nouveau ouvert.")

    def get_reach(self) -> Reach:
        return reach_of(self.case, self.case.closed_on or self.on)

    def act(self, form: ReasonForm) -> CoachingCase:
        return undo_exit(case=self.case, reason=form.cleaned_data["reason"], actor=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        consequences = (
            _("Le dossier reprend là où il était, comme si la sortie n’avait pas eu lieu ; les horloges aussi."),
            *(words for source in undone_exit_words for words in source(self.case, self.on)),
            _("La sortie et votre motif restent dans l’historique."),
            _("Si la personne est vraiment partie puis revenue, ouvrez plutôt un nouveau dossier."),
        )
        return super().get_context_data(consequences=consequences, **kwargs)
