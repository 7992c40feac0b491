"""Mending a contact that was written wrongly: its author, or a coordinator, with the reason."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.registries import Reach
from accounts.selectors.records import record_of
from accounts.views.frozen import FrozenMixin
from beneficiaries.contributions.taking_back import reach_of
from beneficiaries.views.case_file import CaseActView, to_case
from followup.forms.contacts import ContactCorrectionForm
from followup.forms.moving import ContactMoveForm
from followup.models import Contact
from followup.selectors.recording import values_of
from followup.services.corrections import correct_contact
from followup.services.taking_back import move_contact
from foundation.formatting import of_name


class ContactCorrectView(FrozenMixin, CaseActView):
    template_name = "followup/contact_correct.html"
    form_class = ContactCorrectionForm
    permission = "beneficiaries.view_case"
    page_title = gettext_lazy("Corriger un contact")
    submit_label = gettext_lazy("Corriger")
    success_message = gettext_lazy("Le contact est corrigé ; ce qui était écrit reste dans l’historique.")
    leads_to = to_case("followup:case_summary")
    contact: Contact

    def prepare(self) -> None:
        """Find the contact of this case, and refuse whoever neither wrote it nor coordinates."""
        self.contact = get_object_or_404(Contact, case=self.case, pk=self.kwargs["contact_id"])
        self.contact.case = self.case
        self.ask("followup.correct_contact", self.contact)

    def get_reach(self) -> Reach:
        return reach_of(self.case, self.contact.on, self.contact.on, coach=self.contact.coach_id, hours=True)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add the case, its firms, and the goals already served."""
        extra: dict[str, Any] = {"case": self.case, "viewer": self.actor, "contact": self.contact}
        extra |= {"met_before": self.contact.company_id, "asks_holder": True, "held_on": self.contact.on}
        return super().get_form_kwargs() | extra

    def get_initial(self) -> dict[str, Any]:
        return values_of(self.contact)

    def act(self, form: ContactCorrectionForm) -> Contact:
        """Rewrite it, keeping what was there in the trail."""
        return correct_contact(
            contact=self.contact, statement=form.statement(), reason=form.cleaned_data["reason"], actor=self.actor
        )


class ContactMoveView(FrozenMixin, CaseActView):
    """A contact was written on the wrong person."""

    template_name = "followup/contact_move.html"
    form_class = ContactMoveForm
    permission = "beneficiaries.view_case"
    page_title = gettext_lazy("Déplacer un contact")
    submit_label = gettext_lazy("Déplacer")
    leads_to = to_case("followup:case_summary")
    contact: Contact

    def prepare(self) -> None:
        """Find the contact of this case, and refuse whoever neither wrote it today nor coordinates."""
        self.contact = get_object_or_404(Contact, case=self.case, pk=self.kwargs["contact_id"])
        self.contact.case = self.case
        self.ask("accounts.take_back", record_of(self.contact, self.case.organisation_id))

    def get_reach(self) -> Reach:
        return reach_of(self.case, self.contact.on, self.contact.on, coach=self.contact.coach_id, hours=True)

    def get_page_lead(self) -> str:
        return str(self.contact)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The cases in which the user may write."""
        return super().get_form_kwargs() | {"viewer": self.actor, "but": self.case}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        consequences = (
            _("Le contact, son jour, ses mots et qui l’a mené passent dans le bon dossier."),
            _("Ce dossier-ci garde seulement qu’un contact y avait été noté par erreur, jamais ce qu’il disait."),
            _("Les objectifs qu’il servait et le rendez-vous auquel il répondait restent ici, sans lui."),
            _("Échéances et cadence se recalculent dans les deux dossiers."),
        )
        return super().get_context_data(consequences=consequences, **kwargs)

    def act(self, form: ContactMoveForm) -> Contact:
        data = form.cleaned_data
        return move_contact(contact=self.contact, case=data["case"], reason=data["reason"], actor=self.actor)

    def get_success_message(self, form: ContactMoveForm) -> str:
        return _("Le contact est dans le dossier %(of_name)s.") % {
            "of_name": of_name(self.result.case.beneficiary.full_name)
        }
