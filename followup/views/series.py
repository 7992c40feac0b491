"""Collective sessions: the month, and the series of workshops."""

from datetime import date
from typing import Any, ClassVar, cast

from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.permissions import allows
from accounts.views.mixins import PermissionRequiredMixin
from followup.forms.sessions import SeriesCreateForm, SeriesForm, SessionForm
from followup.models import CollectiveSession, SessionSeries
from followup.selectors.sessions import month_of, series_sheet, sessions_to_mark
from followup.services.sessions import add_session, create_series, rename_series
from foundation.clock import today
from foundation.dates import month_of_address
from foundation.formatting import date_words
from foundation.views import ActFormView, PageMixin, PageView
from foundation.ways import Way


class SessionListView(PermissionRequiredMixin, PageView):
    """A month of sessions: the calendar and the list; `?mois=2025-03` chooses the month."""

    template_name = "followup/session_list.html"
    permission = "followup.view_sessions"
    page_title = gettext_lazy("Séances collectives")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the month, and what waits for its presences."""
        on = today()
        can_manage = allows(self.actor, "followup.manage_sessions", self.actor.current_organisation)
        return super().get_context_data(
            today=on,
            month=month_of(self.actor, _month_asked(self.request, on)),
            to_mark=sessions_to_mark(self.actor, on) if can_manage else [],
            can_manage=can_manage,
            **kwargs,
        )


def _month_asked(request: HttpRequest, on: date) -> date:
    """The month of the address; the present one when it makes no sense."""
    return month_of_address(request.GET.get("mois", ""), on)


TO_SERIES = Way("followup:series_detail", "thing.pk", words=gettext_lazy("Le cycle"), next_wins=True)


class SessionThingMixin(PermissionRequiredMixin, PageMixin):
    """A page about a series or a session: 404 for another organisation's, 403 without the right."""

    permission = "followup.view_sessions"
    model: ClassVar[type[Model]] = CollectiveSession
    key: ClassVar[str] = "session_id"
    leads_to = Way("followup:session_detail", "thing.pk", words=gettext_lazy("La séance"), next_wins=True)

    @cached_property
    def thing(self) -> Any:
        """What the address names."""
        return get_object_or_404(self.get_queryset(), pk=self.kwargs[self.key])

    def get_permission_object(self) -> Any:
        return self.thing

    def get_queryset(self) -> Any:
        """Among what the user may see."""
        found = self.model._default_manager.visible_to(self.actor)  # type: ignore[attr-defined]
        return found.select_related("series", "leader", "organisation") if self.model is CollectiveSession else found

    def get_page_lead(self) -> str | Promise:
        if isinstance(self.thing, SessionSeries):
            return self.page_lead
        when = {"title": self.thing.series.title, "date": date_words(self.thing.on), "time": f"{self.thing.at:%H:%M}"}
        return _("%(title)s, le %(date)s à %(time)s") % when


class SeriesDetailView(SessionThingMixin, PageView):
    """A series: its sessions and everybody's hours."""

    template_name = "followup/series_detail.html"
    model = SessionSeries
    key = "series_id"
    leads_to = Way("followup:session_list", words=gettext_lazy("Séances collectives"))

    def get_page_title(self) -> str | Promise:
        return str(self.thing.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            sheet=series_sheet(self.thing),
            today=today(),
            can_manage=allows(self.actor, "followup.manage_sessions", self.thing),
            **kwargs,
        )


class SessionFormView(ActFormView):
    """A form that says when, where and by whom."""

    form_class = SessionForm

    def get_form_kwargs(self) -> dict[str, Any]:
        user = cast(User, self.request.user)
        return super().get_form_kwargs() | {"viewer": user}

    def get_initial(self) -> dict[str, Any]:
        """Whoever plans mostly leads."""
        return {"leader": self.request.user.pk}


class SeriesCreateView(PermissionRequiredMixin, SessionFormView):
    form_class = SeriesCreateForm
    permission = "followup.manage_sessions"
    page_title = gettext_lazy("Planifier des séances")
    submit_label = gettext_lazy("Planifier")
    leads_to = Way("followup:session_list", words=gettext_lazy("Séances collectives"))
    after = Way("followup:series_detail", "result.pk")

    def act(self, form: SeriesCreateForm) -> SessionSeries:
        data = form.cleaned_data
        return create_series(
            title=data["title"],
            aim=data["aim"],
            first=form.plan(),
            number=data["number"],
            actor=self.actor,
            submission_id=data["submission_id"],
        )

    def get_success_message(self, form: SeriesCreateForm) -> str | Promise:
        number = form.cleaned_data["number"]
        return ngettext("%(n)s séance est planifiée.", "%(n)s séances sont planifiées.", number) % {"n": number}


class SeriesEditView(SessionThingMixin, ActFormView):
    form_class = SeriesForm
    model = SessionSeries
    key = "series_id"
    permission = "followup.manage_sessions"
    page_title = gettext_lazy("Modifier le cycle")
    leads_to = TO_SERIES

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.thing.title, "aim": self.thing.aim}

    def act(self, form: SeriesForm) -> SessionSeries:
        return rename_series(series=self.thing, actor=self.actor, **form.cleaned_data)


class SessionAddView(SessionThingMixin, SessionFormView):
    """Ajouter une séance à un cycle."""

    model = SessionSeries
    key = "series_id"
    permission = "followup.manage_sessions"
    page_title = gettext_lazy("Ajouter une séance")
    submit_label = gettext_lazy("Ajouter la séance")
    success_message = gettext_lazy("Séance ajoutée.")
    leads_to = TO_SERIES

    def get_page_lead(self) -> str | Promise:
        return str(self.thing.title)

    def get_initial(self) -> dict[str, Any]:
        """As the last one, a day to choose."""
        last = self.thing.sessions.order_by("-on", "-at").first()
        if last is None:
            return super().get_initial()
        return {name: getattr(last, name) for name in ("at", "minutes", "place", "capacity", "leader")}

    def act(self, form: SessionForm) -> CollectiveSession:
        return add_session(series=self.thing, plan=form.plan(), actor=self.actor)
