"""What is kept apart from a contact, by its author."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beneficiaries.views.case_file import CaseActView, to_case
from followup.forms.confidential import ConfidentialNoteForm
from followup.models import ConfidentialNote, Contact
from followup.selectors.confidential import own_note
from followup.services.confidential import keep_note


class ConfidentialNoteView(CaseActView):
    form_class = ConfidentialNoteForm
    permission = "beneficiaries.view_case"
    page_title = gettext_lazy("Note confidentielle")
    submit_label = gettext_lazy("Garder à part")
    leads_to = to_case("followup:case_summary")
    contact: Contact

    def prepare(self) -> None:
        """Find the contact of this case, and refuse whoever has nothing to keep apart from it."""
        self.contact = get_object_or_404(Contact, case=self.case, pk=self.kwargs["contact_id"])
        self.contact.case = self.case
        self.ask("followup.keep_confidential", self.contact)

    def get_page_lead(self) -> str:
        return _(
            "%(contact)s. Lue par vous, par le jobcoach principal (et qui le remplace) et par la coordination ; "
            "jamais dans un rapport, une impression ni une recherche."
        ) % {"contact": self.contact}

    def get_initial(self) -> dict[str, Any]:
        note = own_note(self.contact, self.actor)
        return {"words": note.content if note else ""}

    def act(self, form: ConfidentialNoteForm) -> ConfidentialNote | None:
        return keep_note(contact=self.contact, words=form.cleaned_data["words"], actor=self.actor)

    def get_success_message(self, form: ConfidentialNoteForm) -> str:
        if self.result is None:
            return _("Rien n’est gardé à part de ce contact.")
        return _("La note confidentielle est gardée à part.")
