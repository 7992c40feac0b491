"""Correcting what is known of a person."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from beneficiaries.forms.people import PersonEditForm
from beneficiaries.models import Beneficiary
from beneficiaries.services.doubles import LooksKnown
from beneficiaries.services.people import ChangedMeanwhile, update_beneficiary
from beneficiaries.views.case_file import TO_PATH, CaseActView, CaseMixin
from beneficiaries.views.opening import known_person
from foundation.errors import DomainError
from foundation.formatting import of_name
from foundation.ways import Way
from privacy.audit import record_access
from privacy.history import Change, history_of


class PersonEditView(CaseActView):
    """The person's record. Two tabs do not erase one another: the second one is told what the first one wrote."""

    form_class = PersonEditForm
    template_name = "beneficiaries/person_edit.html"
    page_title = gettext_lazy("Modifier la fiche")
    leads_to = TO_PATH.at("personne")

    changed: tuple[Change, ...] = ()
    version = ""
    # Who the correction makes this person look like.
    alike: tuple[Beneficiary, ...] = ()
    reason = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "beneficiary": self.case.beneficiary}

    def act(self, form: PersonEditForm) -> Beneficiary:
        """Write, unless somebody wrote meanwhile."""
        return update_beneficiary(
            case=self.case,
            actor=self.actor,
            version=form.cleaned_data["version"],
            other_than=form.cleaned_data["other_than"],
            confirmed=form.said_yes_to,
            **form.person(),
        )

    def add_refusal(self, form: Any, error: DomainError) -> None:
        """After a warning, what is sent next is sent knowingly: the page carries the new version."""
        super().add_refusal(form, error)
        if isinstance(error, LooksKnown):
            self.alike, self.reason = tuple(error.people), str(error)
        if isinstance(error, ChangedMeanwhile):
            since = form.cleaned_data["version"]
            lines = history_of([self.case.beneficiary], accesses=False)
            self.changed = tuple(change for line in lines if line.at >= since for change in line.changes)
            form.data = form.data.copy()
            form.data[form.add_prefix("version")] = self.case.beneficiary.updated_at.isoformat()

    def get_success_message(self, form: Any) -> str:
        return _("La fiche %(of_name)s est à jour.") % {"of_name": of_name(self.result.full_name)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what somebody else wrote, and whether there is a number to show."""
        return super().get_context_data(
            changed=self.changed,
            reason=self.reason,
            alike=[known_person(person) for person in self.alike],
            alike_keys=",".join(str(person.pk) for person in self.alike),
            has_number=bool(self.case.beneficiary.niss_index),
            reveal_url=reverse("beneficiaries:person_number", args=[self.case.pk]),
            **kwargs,
        )


class PersonNumberView(CaseMixin, TemplateView):
    """The national number, in clear, on demand: the demand is written down. GET asks, POST shows."""

    permission = "beneficiaries.change_case"
    template_name = "beneficiaries/person_number.html"
    page_title = gettext_lazy("Numéro national")
    number = ""
    leads_to = Way("beneficiaries:person_edit", "case.pk", words=gettext_lazy("Retour à la fiche"))

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the number, kept by no browser."""
        record_access(self.actor, self.case.beneficiary, "reveal")
        self.number = self.case.beneficiary.niss
        response = self.render_to_response(self.get_context_data(**kwargs))
        response["Cache-Control"] = "no-store"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the number once asked for."""
        shown = f"{self.number[:6]} {self.number[6:9]} {self.number[9:]}".strip()
        return super().get_context_data(number=shown, has_number=bool(self.case.beneficiary.niss_index), **kwargs)
