"""One collective session: its places, its presences, its sheet."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.permissions import allows
from accounts.selectors.records import takable_rows, with_todays_author
from followup.forms.sessions import AttendanceForm, CancelSessionForm, RegisterForm, SessionForm
from followup.models import Attendance, CollectiveSession
from followup.models.querysets import carers
from followup.rules.sessions import TAKES_A_PLACE, places_left
from followup.selectors.sessions import BLANK_LINES, participants, people_to_register
from followup.services.sessions import (
    call_off_session,
    change_session,
    may_register,
    record_attendance,
    register_people,
    withdraw,
)
from followup.views.series import SessionFormView, SessionThingMixin
from foundation.clock import today
from foundation.views import ActFormView, ConfirmActView, PageView
from foundation.ways import Way
from privacy.audit import record_accesses


class SessionDetailView(SessionThingMixin, PageView):
    """A session: its places, who has them, and what may be done."""

    template_name = "followup/session_detail.html"
    leads_to = Way(
        "followup:session_list",
        words=gettext_lazy("Séances collectives"),
        query=lambda page: {"mois": f"{page.thing.on:%Y-%m}"},
    )

    def get_page_title(self) -> str | Promise:
        return str(self.thing.series.title)

    def get_queryset(self) -> Any:
        """The session says whether this reader planned it today."""
        return with_todays_author(super().get_queryset(), self.actor)

    def get_page_lead(self) -> str | Promise:
        """Nothing: the page says when and where."""
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who takes part and what the user may do."""
        session, on = self.thing, today()
        lines = participants(session, self.actor)
        states = [line.state for line in lines]
        standing = session.cancelled_on is None
        can_manage = standing and allows(self.actor, "followup.manage_sessions", session)
        return super().get_context_data(
            session=session,
            today=on,
            lines=[(one, can_manage and may_register(self.actor, session, one.case)) for one in lines],
            takable=takable_rows([session, *lines], session.organisation_id, self.actor),
            taken=sum(state in TAKES_A_PLACE for state in states),
            free=places_left(session.capacity, states),
            can_manage=can_manage,
            can_print=allows(self.actor, "followup.manage_sessions", session),
            can_mark=standing
            and bool(lines)
            and session.on <= on
            and allows(self.actor, "followup.record_attendance", session),
            **kwargs,
        )


class SessionEditView(SessionThingMixin, SessionFormView):
    permission = "followup.manage_sessions"
    page_title = gettext_lazy("Modifier la séance")
    success_message = gettext_lazy("Séance modifiée.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.thing, name) for name in ("on", "at", "minutes", "place", "capacity", "leader")}

    def act(self, form: SessionForm) -> CollectiveSession:
        return change_session(session=self.thing, plan=form.plan(), actor=self.actor)


class SessionCancelView(SessionThingMixin, ConfirmActView):
    form_class = CancelSessionForm
    permission = "followup.manage_sessions"
    page_title = gettext_lazy("Annuler la séance ?")
    submit_label = gettext_lazy("Annuler la séance")
    success_message = gettext_lazy("Séance annulée.")
    consequences = (
        gettext_lazy("La séance reste visible, marquée annulée, avec le motif."),
        gettext_lazy("Qui a reçu une invitation reçoit l’annulation ; appelez les autres personnes inscrites."),
    )

    def act(self, form: CancelSessionForm) -> CollectiveSession:
        return call_off_session(session=self.thing, reason=form.cleaned_data["reason"], actor=self.actor)


class RegisterView(SessionThingMixin, ActFormView):
    """Inscrire des personnes à une séance; `?q=` looks for somebody by name."""

    template_name = "followup/session_register.html"
    form_class = RegisterForm
    permission = "followup.manage_sessions"
    page_title = gettext_lazy("Inscrire des personnes")
    submit_label = gettext_lazy("Inscrire")

    @property
    def typed(self) -> str:
        """The name looked for."""
        return self.request.GET.get("q", "").strip()

    def get_form_kwargs(self) -> dict[str, Any]:
        ticked = self.request.POST.getlist("cases")
        people = people_to_register(self.actor, self.thing, self.typed, ticked)
        return super().get_form_kwargs() | {"people": people, "own": carers(self.actor)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the places that are left, and whether others than one's own may be looked for."""
        states = self.thing.attendances.values_list("state", flat=True)
        return super().get_context_data(
            session=self.thing,
            free=places_left(self.thing.capacity, states),
            typed=self.typed,
            everybody=allows(self.actor, "followup.record_attendance", self.thing),
            **kwargs,
        )

    def act(self, form: RegisterForm) -> list[Attendance]:
        return register_people(
            session=self.thing,
            cases=list(form.cleaned_data["cases"]),
            invited=form.cleaned_data["invited"],
            actor=self.actor,
        )

    def get_success_message(self, form: RegisterForm) -> str | Promise:
        number = len(self.result)
        return ngettext("%(n)s personne est inscrite.", "%(n)s personnes sont inscrites.", number) % {"n": number}


class WithdrawView(SessionThingMixin, ConfirmActView):
    permission = "followup.manage_sessions"
    page_title = gettext_lazy("Retirer l’inscription ?")
    submit_label = gettext_lazy("Retirer l’inscription")
    success_message = gettext_lazy("Inscription retirée : la place est libre.")

    @cached_property
    def attendance(self) -> Attendance:
        """Somebody's place in this session."""
        places = self.thing.attendances.select_related("case__beneficiary", "session__leader")
        found: Attendance = get_object_or_404(places, pk=self.kwargs["attendance_id"])
        return found

    def prepare(self) -> None:
        """403 for a colleague's person in a colleague's session."""
        if not may_register(self.actor, self.thing, self.attendance.case):
            raise PermissionDenied

    def get_consequences(self) -> tuple[str | Promise, ...]:
        return (_("%(name)s n’a plus de place à cette séance.") % {"name": self.attendance.case.beneficiary.full_name},)

    def act(self, form: Any) -> Attendance:
        return withdraw(attendance=self.attendance, actor=self.actor)


class AttendanceView(SessionThingMixin, ActFormView):
    """Les présences d'une séance, sur une page."""

    template_name = "followup/session_attendance.html"
    form_class = AttendanceForm
    permission = "followup.record_attendance"
    page_title = gettext_lazy("Noter les présences")
    submit_label = gettext_lazy("Enregistrer les présences")
    success_message = gettext_lazy("Présences enregistrées.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"session": self.thing, "attendances": participants(self.thing)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(session=self.thing, today=today(), **kwargs)

    def act(self, form: AttendanceForm) -> int:
        return record_attendance(session=self.thing, marks=form.marks(), actor=self.actor)


class SessionSheetView(SessionThingMixin, PageView):
    """The sheet that people sign, made to be printed; `documents:session_sheet` is the same as a PDF."""

    template_name = "followup/session_sheet.html"
    permission = "followup.manage_sessions"
    page_title = gettext_lazy("Feuille de présence")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who takes part, and lines for who comes unannounced; that it was opened to be printed is recorded."""
        lines = participants(self.thing)
        record_accesses(self.actor, [line.case for line in lines], "print")
        return super().get_context_data(session=self.thing, lines=lines, blank=range(BLANK_LINES), **kwargs)
