"""Writing down a contact, from anywhere, without ever losing what was typed."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import allows
from accounts.views.first_steps import first_visit
from accounts.views.mixins import PermissionRequiredMixin
from beneficiaries.views.case_file import CaseActView, to_case
from employers.models import Company
from followup.enums import Outcome, Party, Place
from followup.forms.contacts import ContactForm
from followup.models import Appointment, Contact, ContactDraft
from followup.selectors.phrases import phrases_of
from followup.selectors.recording import (
    appointment_asked,
    drafts_of,
    firms_to_meet,
    first_values,
    is_offered,
    is_out_of_mandate,
    last_words,
    planned_appointment,
    recordable_cases,
)
from followup.services.contacts import record_contact, refusals_of_all, settled_words
from followup.services.discretion import meets_there
from followup.views.drafts import WORTH_KEEPING
from foundation.clock import today
from foundation.errors import DomainError
from foundation.views import PageView, paginate


class ContactCreateView(CaseActView):
    template_name = "followup/contact_form.html"
    form_class = ContactForm
    permission = "beneficiaries.tell_of_case"
    page_title = gettext_lazy("Consigner un contact")
    submit_label = gettext_lazy("Consigner")
    leads_to = to_case("followup:case_summary")
    case_select = ("status",)

    @cached_property
    def carries(self) -> bool:
        """Whether the user may plan, and speak for others; who carried the case before tells what they held then."""
        return allows(self.actor, "beneficiaries.change_case", self.case)

    @cached_property
    def asks_holder(self) -> bool:
        """Whether somebody else held it: asked for by the address, so that a contact of one's own asks nothing more."""
        asked = self.request.GET.get("mene-par") == "collegue" or "held_by" in self.request.POST
        return self.carries and asked

    @cached_property
    def appointment(self) -> Appointment | None:
        """The appointment that the contact comes from, if it still waits for its outcome."""
        asked = self.request.POST.get("appointment") or self.request.GET.get("rendez-vous", "")
        return planned_appointment(self.case, asked) if asked else None

    @cached_property
    def drafts(self) -> list[ContactDraft]:
        """What the author had begun to write about the person, the last first."""
        return drafts_of(self.case, self.actor)

    @cached_property
    def draft(self) -> ContactDraft | None:
        """The one that the page goes on with: that of the address, or the last; none for a new beginning."""
        asked = self.request.GET.get("brouillon", "")
        if asked:
            return next((draft for draft in self.drafts if str(draft.submission_id) == asked), None)
        return self.drafts[0] if self.drafts else None

    @cached_property
    def last(self) -> Contact | None:
        """The last time that the person was spoken to."""
        return last_words(self.case)

    @cached_property
    def firms(self) -> QuerySet[Company]:
        """The firms that may be spoken to about the person."""
        return firms_to_meet(self.case)

    @cached_property
    def may_meet_there(self) -> bool:
        """Whether somebody may be met at the firm: the employer knows of the follow-up, or there is none."""
        return not meets_there(self.case, Place.COMPANY, "", self.on)

    @cached_property
    def out_of_mandate(self) -> bool:
        """Whether a contact of today lies outside the mandate."""
        return is_out_of_mandate(self.case, self.case.status, self.on)

    def get_page_lead(self) -> str:
        """Nothing: the person stands first in the form."""
        return ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say of the appointment that the address names what became of it meanwhile, in another tab perhaps."""
        asked = request.GET.get("rendez-vous", "")
        if asked and self.appointment is None and (other := appointment_asked(self.case, asked)) is not None:
            messages.info(request, settled_words(other))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add the case, who asks, and whether something may still be planned."""
        extra = {"case": self.case, "viewer": self.actor, "may_plan": self.carries and not self.out_of_mandate}
        extra["asks_holder"] = self.asks_holder
        extra["at_the_firm"] = self.may_meet_there
        return super().get_form_kwargs() | extra

    def get_initial(self) -> dict[str, Any]:
        """The last contact's habits or the appointment; over them, what had been typed and was not recorded."""
        values = first_values(self.case, self.appointment, self.on, self.last) | {"held_by": self.actor.pk}
        if self.request.GET.get("issue") == "absente":
            values["outcome"] = Outcome.NO_SHOW
        asked = self.request.GET.get("entreprise", "")
        # A firm that may not hear of the person is not offered, whatever the address says.
        if self.request.GET.get("avec") == "employeur" and is_offered(asked, self.firms):
            values |= {"party": Party.EMPLOYER, "company": asked}
        return values | self._typed_before()

    def _typed_before(self) -> dict[str, Any]:
        """The words of the draft; an appointment asked for keeps its own date and place."""
        typed: dict[str, Any] = self.draft.words if self.draft else {}
        if self.appointment and str(typed.get("appointment", "")) != str(self.appointment.pk):
            typed = {name: value for name, value in typed.items() if name in WORTH_KEEPING}
        return typed

    def act(self, form: ContactForm) -> Contact:
        return record_contact(
            case=self.case,
            statement=form.statement(),
            actor=self.actor,
            appointment=self.appointment,
            next_appointment=form.next_appointment(),
            submission_id=form.cleaned_data["submission_id"],
        )

    def refused_besides(self, form: ContactForm) -> Iterable[DomainError]:
        """What is missing, and what the next appointment asks, beside what could not be read."""
        return refusals_of_all(self.case, form.readable_statement(), form.next_appointment())

    def add_refusal(self, form: Any, error: DomainError) -> None:
        """A form that has served already can serve once more: pressed again, it is another contact."""
        super().add_refusal(form, error)
        if error.code == "already_recorded":
            form.data = form.data.copy()
            form.data[form.add_prefix("submission_id")] = str(uuid4())

    def get_success_message(self, form: ContactForm) -> str | Promise:
        person = self.case.beneficiary.full_name
        if form.cleaned_data.get("next_on"):
            return _("Contact avec %(person)s consigné. Prochain rendez-vous le %(date)s.") % {
                "person": person,
                "date": f"{form.cleaned_data['next_on']:%d/%m/%Y}",
            }
        return _("Contact avec %(person)s consigné.") % {"person": person}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the draft, the appointment and what the mandate says."""
        context = super().get_context_data(**kwargs)
        objectives = context["form"].fields.get("objectives")
        fresh = self.request.method == "GET"
        shown = self.draft if fresh else None
        return context | {
            "draft": shown,
            "other_drafts": [draft for draft in self.drafts if draft is not shown] if fresh else [],
            "page_id": self.request.POST.get("page") or uuid4(),
            "took_over_from": self.request.POST.get("took_over_from") or (shown.page if shown else ""),
            "appointment": self.appointment,
            "out_of_mandate": self.out_of_mandate,
            "last": self.last,
            "phrases": phrases_of(self.actor),
            "objectives": list(objectives.queryset)[:3] if objectives else [],
            "is_discreet": not self.may_meet_there,
            "offers_holder": self.carries and not self.asks_holder,
        }


class ContactPickView(PermissionRequiredMixin, PageView):
    """Consigner un contact: with whom?"""

    template_name = "followup/contact_pick.html"
    permission = "followup.record"
    page_title = gettext_lazy("Consigner un contact")
    page_lead = gettext_lazy("Avec qui avez-vous eu contact ?")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        typed = self.request.GET.get("q", "").strip()[:100]
        found = recordable_cases(self.actor, typed, today())
        page = paginate(self.request, found, 30)
        visit = None if typed or page.paginator.count else first_visit(self.actor)[0]
        return context | {"today": today(), "typed": typed, "page_obj": page, "first_visit": visit}
