"""What is pressed on a row: with htmx the row answers, without it the page is shown again with the row at its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.selectors.workdays import working_days_of
from accounts.views.mixins import PermissionRequiredMixin
from beneficiaries.models import CoachingCase
from beneficiaries.views.case_file import CaseActView, CaseMixin
from followup.forms.row_acts import NoteForm, PostponeForm, PressForm
from followup.models import Appointment, CaseTask, RowAct
from followup.rules.row_acts import OUTCOMES, postponements
from followup.selectors.day_rows import next_planned, read_rows, see
from followup.services.planning import clashes_of
from followup.services.row_acts import Press, keep_note, note_no_reply, postpone, say_outcome, tick_task, undo
from followup.services.tasks import gone_task
from foundation.asking import Unconfirmed
from foundation.clock import today
from foundation.errors import DomainError
from foundation.keys import key_of
from foundation.undoing import undone_by
from foundation.views import safe_next
from foundation.ways import Way

_FIELDS = tuple(PressForm.base_fields)
# What opens a form of one more question, and which.
_ASKING = {"other_day": "followup:row_postpone", "note": "followup:row_note"}


def is_part(request: HttpRequest) -> bool:
    """Whether the row alone is asked."""
    return bool(request.htmx)  # type: ignore[attr-defined]


def day_address(page: Any, case: Any) -> str:
    """Back to the page on which something was pressed, at the row."""
    return f"{reverse('followup:my_day')}?{urlencode({'page': page})}#p-{case}"


def back_from(request: HttpRequest, page: Any, case: Any) -> str:
    """The page that said where it is, or Ma journée."""
    return safe_next(request) or day_address(page, case)


def undo_address(done: RowAct) -> str:
    """Where an act is undone."""
    return reverse("followup:row_undo", args=[done.pk])


def row_context(request: HttpRequest, case: CoachingCase, page: Any, done: RowAct | None = None) -> dict[str, Any]:
    """What the template of a row needs, when it answers by itself."""
    on = today()
    user: Any = request.user
    rows = read_rows(user, on, acts=[done] if done else (), case=case).rows
    row = rows[0] if rows else None
    return {
        "row": row,
        "page": page,
        "today": on,
        "postponements": offered(on, case.organisation_id),
        "alone": True,
        "now": timezone.localtime().time(),
    }


def offered(on: date, organisation_id: Any) -> Any:
    """The days that one press puts off to, in an organisation."""
    return postponements(on, working_days_of(organisation_id, on))


class RowMixin(CaseMixin):
    """An act on the row of a case."""

    permission = "beneficiaries.tell_of_case"

    @cached_property
    def press(self) -> Press:
        """What the form of the row carried."""
        form = PressForm(self.request.POST if self.request.method == "POST" else self.request.GET)
        form.full_clean()
        return form.press()

    def appointment(self, key: str) -> Appointment:
        """The appointment of the case that the row names; anything else is not found."""
        return get_object_or_404(Appointment.objects.filter(case=self.case), pk=key)

    def answer(self, done: RowAct) -> HttpResponse:
        """The row, green, or the line of the appointment with the row beside it; otherwise the page again, where the
        message can be undone when it is not the page of rows.
        """
        if not is_part(self.request):
            if safe_next(self.request):
                words = f"{self.case.beneficiary.full_name} : {done.get_kind_display()}"
                messages.success(self.request, words, extra_tags=undone_by(undo_address(done)))
            return redirect(back_from(self.request, done.page, self.case.pk))
        told = done.kind in OUTCOMES
        context = row_context(self.request, self.case, done.page, None if told else done)
        if not told:
            return render(self.request, "followup/day_row.html", context)
        return render(self.request, "followup/told_line.html", context | {"act": done})

    def refuse(self, error: DomainError) -> HttpResponse:
        """The row says why, and how to read again; nothing was written."""
        if not is_part(self.request):
            messages.error(self.request, str(error))
            return redirect(back_from(self.request, self.press.page, self.case.pk))
        template = "told_refused" if self.request.POST.get("appointment") else "row_refused"
        context = row_context(self.request, self.case, self.press.page) | {"case": self.case, "error": error}
        return render(self.request, f"followup/{template}.html", context, status=422)


class RowActView(RowMixin, View):
    """One press: a call without an answer, a postponement to a day that is offered, the outcome of an appointment. By
    GET, the row as it is now.
    """

    def get(self, request: HttpRequest, case_id: str) -> HttpResponse:
        """The row, read again."""
        if not is_part(request):
            return redirect(day_address(self.press.page, self.case.pk))
        return render(request, "followup/day_row.html", row_context(request, self.case, self.press.page))

    def post(self, request: HttpRequest, case_id: str) -> HttpResponse:
        """Do what the button says; an unlikely day is asked about in the form of another day."""
        asked, _colon, value = request.POST.get("act", "").partition(":")
        if asked in _ASKING:
            return redirect(self._asking(_ASKING[asked]))
        acts: Mapping[str, Callable[[str], RowAct]] = {
            "no_reply": self._no_reply,
            "day": self._day,
            "task": self._task,
            **dict.fromkeys(OUTCOMES, self._outcome),
        }
        if asked not in acts:
            return self.refuse(DomainError("unknown", _("Choisissez ce qui est à noter.")))
        try:
            done = acts[asked](value)
        except Unconfirmed:
            return redirect(self._asking(_ASKING["other_day"], next_on=value))
        except DomainError as error:
            return self.refuse(error)
        return self.answer(done)

    def _asking(self, name: str, **more: str) -> str:
        carried = {field: self.request.POST.get(field, "") for field in _FIELDS}
        return f"{reverse(name, args=[self.case.pk])}?{urlencode(carried | more)}"

    def _no_reply(self, _value: str) -> RowAct:
        return note_no_reply(case=self.case, press=self.press, actor=self.actor)

    def _day(self, value: str) -> RowAct:
        days = offered(self.on, self.case.organisation_id)
        day = next((one.day for one in days if one.day.isoformat() == value), self.on - timedelta(days=1))
        return postpone(
            case=self.case, day=day, appointment=_next_of(self.case, self.on), press=self.press, actor=self.actor
        )

    def _task(self, value: str) -> RowAct:
        key = key_of(value)
        task = CaseTask.objects.filter(case=self.case, pk=key).first() if key else None
        if task is None:
            raise gone_task()
        return tick_task(task=task, press=self.press, actor=self.actor)

    def _outcome(self, value: str) -> RowAct:
        kind = self.request.POST["act"].partition(":")[0]
        return say_outcome(
            appointment=self.appointment(self.request.POST.get("appointment", "")),
            kind=kind,
            cancelled_by=value,
            press=self.press,
            actor=self.actor,
        )


def _next_of(case: CoachingCase, on: date) -> Appointment | None:
    """The appointment that a postponement moves: the next one."""
    planned = Appointment.objects.planned().filter(case=case, on__gte=on).order_by("on", "at", "created_at")
    return next_planned(planned[:1], on)


class RowFormView(RowMixin, CaseActView):
    """One more question before the act: a page by itself, or the row while it asks."""

    leads_to = Way("followup:my_day", words=gettext_lazy("Ma journée"))
    part_template = "followup/row_form.html"

    def get_initial(self) -> dict[str, Any]:
        """What the row carried."""
        return {name: self.request.GET.get(name, "") for name in _FIELDS}

    def get_template_names(self) -> list[str]:
        """The row alone with htmx."""
        return [self.part_template] if is_part(self.request) else super().get_template_names()

    def get_page_lead(self) -> str | Promise:
        return self.case.beneficiary.full_name

    def get_cancel_url(self) -> str:
        return day_address(self.press.page, self.case.pk)

    def form_valid(self, form: Any) -> HttpResponse:
        """Perform the act; a refusal stays in the form, with what was typed."""
        try:
            done = self.act(form)
        except DomainError as error:
            self.add_refusal(form, error)
            return self.form_invalid(form)
        return self.answer(done)


class RowPostponeView(RowFormView):
    """Another day, with a reason; by GET with a day, that day is asked about at once."""

    form_class = PostponeForm
    page_title = gettext_lazy("Reporter à un autre jour")
    submit_label = gettext_lazy("Reporter")
    permission = "beneficiaries.change_case"

    def get_initial(self) -> dict[str, Any]:
        """The day that was pressed, and the hour of the appointment."""
        planned = _next_of(self.case, self.on)
        hour = {"next_at": planned.at} if planned is not None and planned.at else {}
        day = self.request.GET.get("next_on", "")
        try:
            return super().get_initial() | hour | ({"next_on": date.fromisoformat(day)} if day else {})
        except ValueError:
            return super().get_initial() | hour

    def act(self, form: PostponeForm) -> RowAct:
        data = form.cleaned_data
        return postpone(
            case=self.case,
            day=data["next_on"],
            at=data["next_at"],
            reason=data["reason"],
            appointment=_next_of(self.case, self.on),
            confirmed=form.said_yes_to,
            press=form.press(),
            actor=self.actor,
        )


class RowNoteView(RowFormView):
    """A few words, kept for the next contact."""

    form_class = NoteForm
    page_title = gettext_lazy("Une note courte")
    submit_label = gettext_lazy("Garder la note")

    def act(self, form: NoteForm) -> RowAct:
        return keep_note(case=self.case, words=form.cleaned_data["words"], press=form.press(), actor=self.actor)


class RowUndoView(PermissionRequiredMixin, View):
    """Undo what one pressed oneself, on the row where it was pressed."""

    permission = "followup.view_my_day"
    http_method_names = ["post"]

    @cached_property
    def found(self) -> RowAct:
        """One's own press; anything else is not found."""
        mine = RowAct.objects.visible_to(self.actor).filter(author=self.actor)
        return get_object_or_404(mine.select_related("case__beneficiary", "case__coach"), pk=self.kwargs["act_id"])

    def get_permission_object(self) -> Any:
        return self.found

    def post(self, request: HttpRequest, act_id: str) -> HttpResponse:
        """Bring back what was there, or say why not."""
        found = self.found
        told = found.kind in OUTCOMES
        try:
            undo(row_act=found, actor=self.actor)
        except DomainError as error:
            if not is_part(request):
                messages.error(request, str(error))
                return redirect(back_from(request, found.page, found.case_id))
            context = row_context(request, found.case, found.page) | {"case": found.case, "error": error}
            return render(request, f"followup/{'told' if told else 'row'}_refused.html", context, status=422)
        if not is_part(request):
            messages.success(request, _("Annulé : tout est comme avant."))
            _tell_clashes(request, found)
            return redirect(back_from(request, found.page, found.case_id))
        context = row_context(request, found.case, found.page) | {"undone": True}
        if not told:
            return render(request, "followup/day_row.html", context)
        appointment = Appointment.objects.select_related("case__beneficiary", "case__coach").get(
            pk=found.made["changed"]
        )
        see(appointment, context["row"].seen if context["row"] else None)
        return render(request, "followup/told_again.html", context | {"appointment": appointment})


def _tell_clashes(request: HttpRequest, undone: RowAct) -> None:
    """What an appointment that is back where it was clashes with there, as when it was planned."""
    appointment = Appointment.objects.planned().filter(pk=undone.made.get("changed")).first()
    if appointment is not None and appointment.on >= today():
        for words in clashes_of(appointment):
            messages.warning(request, words)
