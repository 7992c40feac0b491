"""Opening a case: for a person who comes for the first time, or who comes back."""

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import allows
from accounts.views.mixins import PermissionRequiredMixin
from beneficiaries.forms.cases import CaseForm, NewCaseForm
from beneficiaries.models import Beneficiary, CoachingCase
from beneficiaries.selectors import cases as selectors
from beneficiaries.services.cases import open_case
from beneficiaries.services.opening import LooksKnown, open_first_case
from beneficiaries.services.people import NationalNumberTaken
from foundation.errors import DomainError
from foundation.formatting import of_name
from foundation.views import ActFormView
from foundation.ways import Way


class OpeningView(PermissionRequiredMixin, ActFormView):
    """What both ways of opening a case share."""

    permission = "beneficiaries.open_case"
    submit_label = gettext_lazy("Ouvrir le dossier")
    leads_to = Way("followup:case_list", words=gettext_lazy("Dossiers"), next_wins=True)
    after = Way("beneficiaries:case_path", "result.pk")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The choices are those of the user's organisation."""
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def get_initial(self) -> dict[str, Any]:
        """A jobcoach opens their own cases; the address may name the partner who refers."""
        return {"coach": self.actor.pk} if allows(self.actor, "accounts.coach") else {}

    def get_success_message(self, form: Any) -> str:
        return _("Le dossier %(of_name)s est ouvert.") % {"of_name": of_name(self.result.beneficiary.full_name)}


class NewCaseView(OpeningView):
    """A person and their case in one page."""

    template_name = "beneficiaries/case_new.html"
    form_class = NewCaseForm
    page_title = gettext_lazy("Ouvrir un dossier")
    page_lead = gettext_lazy("Le nom suffit pour commencer : le reste se complète au fil des entretiens.")

    # Who the person looks like, when the service asks.
    alike: tuple[Beneficiary, ...] = ()
    same_number = False
    reason = ""

    def act(self, form: NewCaseForm) -> CoachingCase:
        """Open, unless the person looks known."""
        return open_first_case(
            person=form.person(),
            opening=form.opening(),
            actor=self.actor,
            submission_id=form.cleaned_data["submission_id"],
            other_than=form.cleaned_data["other_than"],
        )

    def add_refusal(self, form: Any, error: DomainError) -> None:
        """Keep whom the refusal speaks of, so that the page shows them with a link."""
        if isinstance(error, LooksKnown):
            self.alike, self.reason = tuple(error.people), str(error)
            form.add_error(None, str(error))
            return
        if isinstance(error, NationalNumberTaken):
            self.alike = (error.person,)
            self.same_number = True
        super().add_refusal(form, error)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the people who look like this one."""
        return super().get_context_data(
            alike=[known_person(person) for person in self.alike],
            alike_keys=",".join(str(person.pk) for person in self.alike),
            same_number=self.same_number,
            reason=self.reason,
            **kwargs,
        )


class CaseReopenView(OpeningView):
    """A known person comes back: a new case, linked to the former one."""

    form_class = CaseForm
    template_name = "beneficiaries/case_reopen.html"
    page_title = gettext_lazy("Rouvrir un dossier")

    @cached_property
    def person(self) -> Beneficiary:
        """The person, among those whom the organisation knows."""
        people = selectors.people(self.actor).prefetch_related("cases__coach")
        found: Beneficiary | None = people.filter(pk=self.kwargs["person_id"]).first()
        if found is None:
            raise Http404
        return found

    def get_permission_object(self) -> Any:
        return self.person

    def get_page_lead(self) -> str:
        return self.person.full_name

    def get_initial(self) -> dict[str, Any]:
        """Where and with whom the former path went, whatever of it can still be chosen."""
        initial = super().get_initial()
        former = known_person(self.person)["case"]
        if former is None:
            return initial
        return {**initial, "coach": former.coach_id, "site": former.site_id, "project": former.project_id}

    def act(self, form: CaseForm) -> CoachingCase:
        return open_case(
            beneficiary=self.person,
            opening=form.opening(),
            actor=self.actor,
            submission_id=form.cleaned_data["submission_id"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is known of the former path."""
        return super().get_context_data(known=known_person(self.person), **kwargs)


def known_person(person: Beneficiary) -> dict[str, Any]:
    """A known person with the last case, and what can be done: open it, or start a new one."""
    cases = sorted(person.cases.all(), key=lambda case: (case.is_open, case.opened_on), reverse=True)
    last = cases[0] if cases else None
    return {"person": person, "case": last, "can_reopen": last is None or not last.is_open}
