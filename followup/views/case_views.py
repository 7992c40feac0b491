"""Kept views of the list of cases: keep, rename, arrange, start with, delete."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.permissions import allows
from accounts.views.mixins import PermissionRequiredMixin
from followup.forms.case_filters import CaseFilter
from followup.forms.case_views import CaseViewForm, CaseViewRenameForm
from followup.models import CaseStatus, CaseView
from followup.selectors.case_views import Tab, kept_views, pairs_of, start_view
from followup.services.case_views import change_view, delete_view, keep_view, move_view, start_with
from foundation.views import ActFormView, ConfirmActView, PageView
from foundation.ways import Way

_LIST = Way("followup:case_list", words=gettext_lazy("Dossiers"))
_VIEWS = Way("followup:case_views", words=gettext_lazy("Vues de la liste"))


def described(request: HttpRequest, query: QueryDict) -> Sequence[str]:
    """The filters that an address holds, in words."""
    filters = CaseFilter(query, request=request, queryset=CaseStatus.objects.none())
    return [f"{tag.label} : {tag.value}" if tag.value else str(tag.label) for tag in filters.tags()]


class CaseViewsView(PermissionRequiredMixin, PageView):
    """The views that one finds among the tabs, with what may be done with each."""

    permission = "followup.keep_view"
    template_name = "followup/case_views.html"
    page_title = gettext_lazy("Vues de la liste")
    page_lead = gettext_lazy("Les onglets de Dossiers : ceux de l’équipe, puis les vôtres.")
    leads_to = _LIST

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each view, whether it may be changed, and where it stands among those beside it."""
        start = start_view(self.actor)
        views = kept_views(self.actor)
        lines = []
        for view in views:
            beside = [one for one in views if one.owner_id == view.owner_id]
            lines.append(
                {
                    "view": view,
                    "url": reverse("followup:case_list") + Tab(label=view.name, query=view.query, view=view).url,
                    "may_change": allows(self.actor, "followup.change_view", view),
                    "is_first": beside[0] == view,
                    "is_last": beside[-1] == view,
                    "is_start": start is not None and start.pk == view.pk,
                }
            )
        return super().get_context_data(lines=lines, has_start=start is not None, **kwargs)


class CaseViewCreateView(PermissionRequiredMixin, ActFormView):
    """Keeping what the address asks for."""

    permission = "followup.keep_view"
    template_name = "followup/case_view_form.html"
    form_class = CaseViewForm
    page_title = gettext_lazy("Garder cette vue")
    submit_label = gettext_lazy("Garder")
    leads_to = Way("followup:case_list", words=gettext_lazy("Dossiers"), query=lambda view: pairs_of(view.request.GET))
    after = Way(
        "followup:case_list", query=lambda view: [*pairs_of(QueryDict(view.result.query)), ("vue", view.result.pk)]
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"may_share": allows(self.actor, "followup.keep_team_view")}

    def act(self, form: CaseViewForm) -> CaseView:
        data = form.cleaned_data
        view = keep_view(
            name=data["name"], pairs=pairs_of(self.request.GET), team=data.get("team", False), actor=self.actor
        )
        if data["start"]:
            start_with(view=view, actor=self.actor)
        return view

    def get_success_message(self, form: Any) -> str | Promise:
        return _("La vue « %(name)s » est gardée.") % {"name": self.result.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is kept, in words."""
        return super().get_context_data(kept=described(self.request, self.request.GET), **kwargs)


class CaseViewMixin(PermissionRequiredMixin):
    """A view that the address names: the team's, or one's own."""

    permission = "followup.change_view"

    @cached_property
    def view(self) -> CaseView:
        """One that the reader finds among their tabs."""
        found: CaseView = get_object_or_404(CaseView.objects.visible_to(self.actor), pk=self.kwargs["view_id"])
        return found

    def get_permission_object(self) -> CaseView:
        return self.view


class CaseViewEditView(CaseViewMixin, ActFormView):
    """Another name; and, come from the list, the filters that it shows."""

    template_name = "followup/case_view_form.html"
    form_class = CaseViewRenameForm
    leads_to = _VIEWS
    after = Way(
        "followup:case_list", query=lambda view: [*pairs_of(QueryDict(view.result.query)), ("vue", view.result.pk)]
    )

    def get_page_title(self) -> str | Promise:
        return _("Modifier la vue « %(name)s »") % {"name": self.view.name}

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.view.name}

    def act(self, form: CaseViewRenameForm) -> CaseView:
        pairs = pairs_of(self.request.GET) if self.request.GET else None
        return change_view(view=self.view, name=form.cleaned_data["name"], pairs=pairs, actor=self.actor)

    def get_success_message(self, form: Any) -> str | Promise:
        return _("La vue « %(name)s » est enregistrée.") % {"name": self.result.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is kept from now on, in words."""
        query = self.request.GET or QueryDict(self.view.query)
        return super().get_context_data(kept=described(self.request, query), replaces=bool(self.request.GET), **kwargs)


class CaseViewDeleteView(CaseViewMixin, ConfirmActView):
    """Letting a view go."""

    leads_to = _VIEWS
    submit_label = gettext_lazy("Supprimer la vue")
    success_message = gettext_lazy("La vue est supprimée.")

    def get_page_title(self) -> str | Promise:
        return _("Supprimer la vue « %(name)s » ?") % {"name": self.view.name}

    def get_consequences(self) -> tuple[str | Promise, ...]:
        """Whose tab goes; no case does."""
        whose = (
            _("L’onglet disparaît pour toute l’équipe.") if self.view.is_team else _("L’onglet disparaît pour vous.")
        )
        return (whose, _("Aucun dossier ne change."))

    def act(self, form: Any) -> None:
        delete_view(view=self.view, actor=self.actor)


class CaseViewMoveView(CaseViewMixin, View):
    """One place to the left or to the right."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        move_view(view=self.view, step=-1 if request.POST.get("vers") == "avant" else 1, actor=self.actor)
        return redirect("followup:case_views")


class CaseViewStartView(CaseViewMixin, View):
    """The list opens with this view, or no longer does."""

    permission = "followup.keep_view"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        start_with(view=None if request.POST.get("plus") else self.view, actor=self.actor)
        return redirect("followup:case_views")
