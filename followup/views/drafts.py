"""What is being typed about a contact is kept as it is typed, and thrown away when its author says so."""

from copy import deepcopy
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from beneficiaries.views.case_file import CaseMixin
from followup.forms.contacts import ContactForm
from followup.selectors.recording import drafts_of
from followup.services.drafts import Opening, discard_draft, save_draft
from foundation.kept_words import forget
from foundation.keys import key_of
from foundation.views import safe_next

# What makes a draft worth keeping: the rest is filled in by the page itself.
WORTH_KEEPING = ("summary", "apart", "objectives", "next_on", "next_at", "company")
SEVERAL = ("objectives",)


class ContactDraftView(CaseMixin, View):
    """Keeps what is being typed: every fifteen seconds and at each field left with htmx, by a button without."""

    permission = "beneficiaries.tell_of_case"
    tells_expired = "followup/draft_logged_out.html"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, case_id: str) -> HttpResponse:
        """Keep, unless nothing was typed, nothing changed or its contact is recorded already."""
        content: dict[str, str | list[str]] = {
            name: request.POST.getlist(name) if name in SEVERAL else _sent(request, name, field)
            # Of its own: the fields of the class are those of everybody's next form.
            for name, field in deepcopy(ContactForm.base_fields).items()
            if name in request.POST
        }
        form = _form_of(request, "submission_id") or uuid4()
        known = next((draft for draft in drafts_of(self.case, self.actor) if draft.submission_id == form), None)
        worth = known is not None or any(_typed(content.get(name, "")) for name in WORTH_KEEPING)
        partial = bool(request.htmx)  # type: ignore[attr-defined]
        draft = known
        if worth and not (known and known.words == content):
            opening = Opening(form, request.POST.get("page", "")[:36], request.POST.get("took_over_from", "")[:36])
            draft = save_draft(case=self.case, content=content, actor=self.actor, opening=opening)
            forget(str(self.actor.pk), reverse("followup:contact_create", args=[self.case.pk]))
        elif partial:
            return HttpResponse(status=204)
        if partial:
            return self._kept(request, draft, apart=draft is not None and draft.submission_id != form)
        if draft is not None:
            words = _("Brouillon enregistré à %(time)s : il vous attend ici.")
            messages.success(request, words % {"time": f"{timezone.localtime():%H:%M}"})
        return redirect(_form_address(request, self.case.pk, draft.submission_id if draft else None))

    @staticmethod
    def _kept(request: HttpRequest, draft: Any, apart: bool) -> HttpResponse:
        if draft is None:
            return HttpResponse(status=204)
        context = {"saved_at": timezone.localtime(), "form_id": draft.submission_id if apart else None}
        return render(request, "followup/draft_saved.html", context)


class ContactDraftDiscardView(CaseMixin, View):
    """Throws away what was typed."""

    permission = "beneficiaries.tell_of_case"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, case_id: str) -> HttpResponse:
        """Discard, and begin again."""
        form = _form_of(request, "brouillon")
        if form is not None:
            discard_draft(case=self.case, actor=self.actor, form=form)
            messages.success(request, _("Brouillon effacé."))
        return redirect(_form_address(request, self.case.pk))


def _form_of(request: HttpRequest, name: str) -> UUID | None:
    return key_of(request.POST.get(name, ""))


def _sent(request: HttpRequest, name: str, field: Field) -> str:
    """What was typed in a field, as its widget reads it: a duration is pressed or typed."""
    return str(field.widget.value_from_datadict(request.POST, request.FILES, name) or "")


def _typed(value: str | list[str]) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _form_address(request: HttpRequest, case_id: Any, draft: UUID | None = None) -> str:
    """Back to the form, which keeps its own way back."""
    address = reverse("followup:contact_create", args=[case_id])
    asked = {"brouillon": str(draft) if draft else "", "next": safe_next(request)}
    query = urlencode({name: value for name, value in asked.items() if value}, safe="/")
    return f"{address}?{query}" if query else address
