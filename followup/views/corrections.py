"""Mending a contact that was written wrongly: its author, or a coordinator, with the reason."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from beneficiaries.selectors.cases import coaches
from beneficiaries.views.case_file import CaseActView, to_case
from followup.forms.contacts import ContactCorrectionForm
from followup.models import Contact
from followup.selectors.recording import firm_choices, values_of
from followup.services.corrections import correct_contact


class ContactCorrectView(CaseActView):
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

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add the case, its firms, and the goals already served."""
        extra = {"case": self.case, "firms": firm_choices(self.case, self.contact.company_id), "contact": self.contact}
        extra["holders"] = coaches(self.actor, self.contact.on)
        return super().get_form_kwargs() | extra

    def get_initial(self) -> dict[str, Any]:
        return values_of(self.contact)

    def act(self, form: ContactCorrectionForm) -> Contact:
        """Rewrite it, keeping what was there in the trail."""
        return correct_contact(
            contact=self.contact, statement=form.statement(), reason=form.cleaned_data["reason"], actor=self.actor
        )
