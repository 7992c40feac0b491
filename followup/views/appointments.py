"""Planning a contact, moving it, calling it off."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise, cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.selectors.records import takable_rows, with_todays_author
from beneficiaries.views.case_file import CaseActView, to_case
from followup.enums import AppointmentState, CancelledBy, Place
from followup.forms.appointments import AppointmentCancelForm, AppointmentForm, AppointmentMoveForm
from followup.models import Appointment, RowAct
from followup.rules.row_acts import RowActKind
from followup.selectors.guests import Offered, offered_guests
from followup.services.contacts import plan_appointment, settled_words
from followup.services.discretion import meets_there
from followup.services.row_acts import Press, postpone, say_outcome
from followup.views.row_acts import undo_address
from foundation.formatting import date_words
from foundation.forms import AncrageForm
from foundation.views import safe_next


class AppointmentCreateView(CaseActView):
    form_class = AppointmentForm
    page_title = gettext_lazy("Fixer un rendez-vous")
    submit_label = gettext_lazy("Fixer le rendez-vous")
    leads_to = to_case("followup:case_summary")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Nothing takes place at a firm that may not hear of the person."""
        at_the_firm = not (self.offered.has_hidden and meets_there(self.case, Place.COMPANY, "", self.on))
        return super().get_form_kwargs() | {"at_the_firm": at_the_firm, "offered": self.offered}

    @cached_property
    def offered(self) -> Offered:
        """Who may be invited."""
        return offered_guests(self.case)

    def get_initial(self) -> dict[str, Any]:
        """Who was invited the last time is again, unless the form says otherwise."""
        return super().get_initial() | self.offered.remembered

    def act(self, form: AppointmentForm) -> Appointment:
        return plan_appointment(case=self.case, plan=form.plan(), actor=self.actor)

    def get_success_message(self, form: AppointmentForm) -> str | Promise:
        return _("Rendez-vous fixé le %(date)s.") % {"date": date_words(self.result.on)}


class AppointmentChangeView(CaseActView):
    """Reporter ou annuler un rendez-vous : `?issue=annule` shows the second, one button for each who may cancel."""

    template_name = "followup/appointment_change.html"
    form_class = AppointmentMoveForm
    submit_label = gettext_lazy("Reporter le rendez-vous")
    leads_to = to_case("followup:case_summary")
    appointment: Appointment
    done: RowAct

    @cached_property
    def cancels(self) -> bool:
        """Whether it is called off rather than moved."""
        if "state" in self.request.POST:
            return self.request.POST["state"] == AppointmentState.CANCELLED
        return self.request.GET.get("issue") == "annule"

    def get_page_title(self) -> str | Promise:
        return _("Annuler un rendez-vous") if self.cancels else _("Reporter un rendez-vous")

    def get_form_class(self) -> type[AncrageForm]:
        """That of what is asked."""
        return AppointmentCancelForm if self.cancels else AppointmentMoveForm

    def get_page_lead(self) -> str | Promise:
        """Whose appointment, and when it was."""
        hour = _(" à %(time)s") % {"time": f"{self.appointment.at:%H:%M}"} if self.appointment.at else ""
        words = _("%(person)s, le %(date)s%(hour)s")
        return words % {
            "person": self.case.beneficiary.full_name,
            "date": date_words(self.appointment.on),
            "hour": hour,
        }

    def prepare(self) -> None:
        """Find the appointment among those of the case."""
        among = with_todays_author(Appointment.objects.filter(case=self.case), self.actor)
        self.appointment = get_object_or_404(among, pk=self.kwargs["appointment_id"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What was settled elsewhere, in another tab perhaps, is said instead of asked."""
        if self.appointment.state != AppointmentState.PLANNED:
            messages.info(request, settled_words(self.appointment))
            return redirect(self.get_cancel_url())
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """The hour and the length stay unless others are typed."""
        if self.cancels:
            return {}
        return {"next_at": self.appointment.at, "minutes": self.appointment.minutes}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who may cancel, and the same page with the other question."""
        next_url = safe_next(self.request)
        query = ([] if self.cancels else [("issue", "annule")]) + ([("next", next_url)] if next_url else [])
        return super().get_context_data(
            cancels=self.cancels,
            cancellers=CancelledBy.choices,
            other_query=urlencode(query),
            appointment=self.appointment,
            takable=takable_rows([self.appointment], self.case.organisation_id, self.actor),
            **kwargs,
        )

    def act(self, form: Any) -> Appointment:
        """One act that its message offers to undo, as those of a row."""
        data = form.cleaned_data
        press = Press(page=uuid4(), key=uuid4(), is_of_one_fact=True)
        if self.cancels:
            self.done = say_outcome(
                appointment=self.appointment,
                kind=RowActKind.CANCELLED,
                cancelled_by=data["cancelled_by"],
                reason=data["reason"],
                press=press,
                actor=self.actor,
            )
        else:
            self.done = postpone(
                case=self.case,
                appointment=self.appointment,
                day=data["next_on"],
                at=data["next_at"],
                minutes=data["minutes"] or 0,
                reason=data["reason"],
                confirmed=form.said_yes_to,
                press=press,
                actor=self.actor,
            )
        return self.appointment

    def get_undo_url(self) -> str:
        return undo_address(self.done)

    def get_success_message(self, form: Any) -> str | Promise:
        if self.cancels:
            return _("Rendez-vous annulé.")
        return _("Rendez-vous reporté au %(date)s.") % {"date": date_words(form.cleaned_data["next_on"])}
