"""Planning a contact, moving it, calling it off."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beneficiaries.case_file import CaseActView
from followup.enums import AppointmentState, Place
from followup.forms.appointments import AppointmentChangeForm, AppointmentForm
from followup.models import Appointment
from followup.services.contacts import change_appointment, plan_appointment
from followup.services.discretion import meets_there
from foundation.formatting import date_words


class AppointmentCreateView(CaseActView):
    """Fixer un rendez-vous."""

    form_class = AppointmentForm
    page_title = gettext_lazy("Fixer un rendez-vous")
    submit_label = gettext_lazy("Fixer le rendez-vous")
    done_url_name = "followup:case_summary"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Nothing takes place at a firm that may not hear of the person."""
        return super().get_form_kwargs() | {"at_the_firm": not meets_there(self.case, Place.COMPANY, "", self.on)}

    def act(self, form: AppointmentForm) -> Appointment:
        """Plan it."""
        return plan_appointment(case=self.case, plan=form.plan(), actor=self.actor)

    def get_success_message(self, form: AppointmentForm) -> str | Promise:
        """Say for when."""
        return _("Rendez-vous fixé le %(date)s.") % {"date": date_words(self.result.on)}


class AppointmentChangeView(CaseActView):
    """Reporter ou annuler un rendez-vous."""

    form_class = AppointmentChangeForm
    page_title = gettext_lazy("Reporter ou annuler un rendez-vous")
    done_url_name = "followup:case_summary"
    appointment: Appointment

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
        self.appointment = get_object_or_404(Appointment, case=self.case, pk=self.kwargs["appointment_id"])

    def get_initial(self) -> dict[str, Any]:
        """Moving is what is asked most; a link may ask for the other."""
        cancelled = self.request.GET.get("issue") == "annule"
        return {
            "state": AppointmentState.CANCELLED if cancelled else AppointmentState.MOVED,
            "next_at": self.appointment.at,
        }

    def act(self, form: AppointmentChangeForm) -> Appointment:
        """Move or cancel it."""
        return change_appointment(
            appointment=self.appointment,
            state=form.cleaned_data["state"],
            reason=form.cleaned_data["reason"],
            moved_to=form.moved_to(self.appointment),
            actor=self.actor,
        )

    def get_success_message(self, form: AppointmentChangeForm) -> str | Promise:
        """Say what became of it."""
        if form.cleaned_data["state"] == AppointmentState.CANCELLED:
            return _("Rendez-vous annulé.")
        return _("Rendez-vous reporté au %(date)s.") % {"date": date_words(form.cleaned_data["next_on"])}
