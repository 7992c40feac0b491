"""Writing down a contact, from anywhere, without ever losing what was typed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.permissions import allows
from accounts.views.mixins import PermissionRequiredMixin
from beneficiaries.selectors.cases import coaches
from beneficiaries.views.case_file import CaseActView, CaseMixin, to_case
from followup.enums import Outcome, Party, Place
from followup.forms.contacts import ContactForm
from followup.models import Appointment, Contact, ContactDraft
from followup.selectors.recording import (
    FirmChoices,
    draft_of,
    firm_choices,
    first_values,
    is_offered,
    is_out_of_mandate,
    planned_appointment,
    recordable_cases,
)
from followup.services.contacts import record_contact
from followup.services.discretion import meets_there
from followup.services.drafts import discard_draft, save_draft
from followup.views.kept_words import forget, recall
from foundation.clock import today
from foundation.views import PageView, paginate, safe_next

# What makes a draft worth keeping: the rest is filled in by the page itself.
TYPED = ("summary", "objectives", "next_on", "next_at", "company")
SEVERAL = ("objectives",)
# Never restored: they belong to the page that is shown, not to what was typed.
NOT_WORDS = ("csrfmiddlewaretoken", "next")


class ContactCreateView(CaseActView):
    template_name = "followup/contact_form.html"
    form_class = ContactForm
    permission = "beneficiaries.tell_of_case"
    page_title = gettext_lazy("Consigner un contact")
    submit_label = gettext_lazy("Consigner")
    leads_to = to_case("followup:case_summary")
    case_select = ("status",)
    keeps_typed_words = True

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
    def draft(self) -> ContactDraft | None:
        """What the author had begun to write."""
        return draft_of(self.case, self.actor)

    @cached_property
    def firms(self) -> FirmChoices:
        """The firms that may be spoken to about the person."""
        return firm_choices(self.case)

    @cached_property
    def out_of_mandate(self) -> bool:
        """Whether a contact of today lies outside the mandate."""
        return is_out_of_mandate(self.case, self.case.status, self.on)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add the case, its firms, and whether something may still be planned."""
        extra = {"case": self.case, "firms": self.firms, "may_plan": self.carries and not self.out_of_mandate}
        extra["holders"] = coaches(self.actor, self.on) if self.asks_holder else None
        extra["at_the_firm"] = not meets_there(self.case, Place.COMPANY, "", self.on)
        return super().get_form_kwargs() | extra

    def get_initial(self) -> dict[str, Any]:
        """The last contact's habits or the appointment; over them, what had been typed and was not recorded."""
        values = first_values(self.case, self.appointment, self.on) | {"held_by": self.actor.pk}
        if self.request.GET.get("issue") == "absente":
            values["outcome"] = Outcome.NO_SHOW
        asked = self.request.GET.get("entreprise", "")
        # A firm that may not hear of the person is not offered, whatever the address says.
        if self.request.GET.get("avec") == "employeur" and is_offered(asked, self.firms):
            values |= {"party": Party.EMPLOYER, "company": asked}
        return values | self._typed_before()

    def _typed_before(self) -> dict[str, Any]:
        """Words kept at the session's end, or else the draft; an appointment asked for keeps its own date and place."""
        kept: dict[str, Any] = {
            name: values if name in SEVERAL else values[-1]
            for name, values in recall(self.request, str(self.case.pk)).items()
            if values and name not in NOT_WORDS
        }
        typed = kept or (self.draft.words if self.draft else {})
        if self.appointment and str(typed.get("appointment", "")) != str(self.appointment.pk):
            typed = {name: value for name, value in typed.items() if name in TYPED}
        return typed

    def act(self, form: ContactForm) -> Contact:
        contact = record_contact(
            case=self.case,
            statement=form.statement(),
            actor=self.actor,
            appointment=self.appointment,
            next_appointment=form.next_appointment(),
            submission_id=form.cleaned_data["submission_id"],
        )
        forget(self.request)
        return contact

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
        restored = self.request.method == "GET" and self.draft
        return context | {
            "draft": self.draft if restored else None,
            "kept_words": self.request.method == "GET" and bool(recall(self.request, str(self.case.pk))),
            "appointment": self.appointment,
            "out_of_mandate": self.out_of_mandate,
            "offers_holder": self.carries and not self.asks_holder,
        }


class ContactDraftView(CaseMixin, View):
    """Keeps what is being typed: every fifteen seconds and at each field left with htmx, by a button without."""

    permission = "beneficiaries.tell_of_case"
    keeps_typed_words = True
    http_method_names = ["post"]

    def post(self, request: HttpRequest, case_id: str) -> HttpResponse:
        """Keep, unless nothing was typed or nothing changed."""
        names = [*ContactForm.base_fields]
        content: dict[str, str | list[str]] = {
            name: request.POST.getlist(name) if name in SEVERAL else request.POST.get(name, "")
            for name in names
            if name in request.POST
        }
        known = draft_of(self.case, self.actor)
        worth = known is not None or any(_typed(content.get(name, "")) for name in TYPED)
        partial = bool(request.htmx)  # type: ignore[attr-defined]
        if worth and not (known and known.words == content):
            known = save_draft(case=self.case, content=content, actor=self.actor)
            forget(request)
        elif partial:
            return HttpResponse(status=204)
        if partial:
            return render(request, "followup/draft_saved.html", {"saved_at": timezone.localtime()})
        if worth:
            words = _("Brouillon enregistré à %(time)s : il vous attend ici.")
            messages.success(request, words % {"time": f"{timezone.localtime():%H:%M}"})
        return redirect(_form_address(request, self.case.pk))


def _typed(value: str | list[str]) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _form_address(request: HttpRequest, case_id: Any) -> str:
    """Back to the form, which keeps its own way back."""
    address = reverse("followup:contact_create", args=[case_id])
    after = safe_next(request)
    return f"{address}?next={after}" if after else address


class ContactDraftDiscardView(CaseMixin, View):
    """Throws away what was typed."""

    permission = "beneficiaries.tell_of_case"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, case_id: str) -> HttpResponse:
        """Discard, and begin again."""
        discard_draft(case=self.case, actor=self.actor)
        forget(request)
        messages.success(request, _("Brouillon effacé."))
        return redirect(_form_address(request, self.case.pk))


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
        return context | {"today": today(), "typed": typed, "page_obj": paginate(self.request, found, 30)}
