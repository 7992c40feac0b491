"""The organisation, its sites, its projects."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.forms.settings import OrganisationForm, ProjectForm, SiteForm, initial_of
from accounts.models import Organisation, Project, Site, User
from accounts.permissions import organisation_of
from accounts.selectors import settings as selectors
from accounts.services import organisations
from accounts.views.base import SettingsMixin
from accounts.views.first_steps import organisation_steps
from foundation.clock import today
from foundation.components import SummaryRow
from foundation.errors import DomainError
from foundation.keyset import SortKey
from foundation.views import ActFormView, PageView, paginate_by_key, safe_next
from foundation.ways import Way


class SettingsView(SettingsMixin, PageView):
    """The organisation's facts, and the way to everything else."""

    template_name = "accounts/settings.html"
    section = "accounts:settings"
    page_title = gettext_lazy("Paramètres")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        organisation = organisation_of(self.actor)
        edit = reverse("accounts:organisation_edit")
        with_access, invited = selectors.access_counts(self.actor, today())
        return super().get_context_data(
            facts=[
                SummaryRow(_("Nom"), organisation.name),
                SummaryRow(_("Type"), organisation.get_kind_display()),
                SummaryRow(_("Numéro BCE"), organisation.bce_number, href=edit),
                SummaryRow(_("Adresse"), ", ".join(filter(None, (organisation.address, organisation.town))), href=edit),
                SummaryRow(_("Téléphone"), organisation.phone, href=edit),
                SummaryRow(_("Adresse e-mail"), organisation.email, href=edit),
            ],
            first_steps=organisation_steps(self.actor),
            user_count=with_access,
            invited_count=invited,
            site_count=selectors.sites(self.actor).count(),
            project_count=selectors.running_projects(self.actor, today()).count(),
            **kwargs,
        )


class OrganisationEditView(SettingsMixin, ActFormView):
    """The organisation's facts are corrected."""

    form_class = OrganisationForm
    section = "accounts:settings"
    page_title = gettext_lazy("Corriger la fiche de l’organisme")
    success_message = gettext_lazy("La fiche de l’organisme est à jour.")
    leads_to = Way("accounts:settings", words=gettext_lazy("Paramètres"))

    def get_initial(self) -> dict[str, Any]:
        return initial_of(organisation_of(self.actor), OrganisationForm)

    def act(self, form: OrganisationForm) -> Organisation:
        return organisations.update_organisation(actor=self.actor, **form.cleaned_data)


class SiteListView(SettingsMixin, PageView):
    """The places where people are received."""

    template_name = "accounts/site_list.html"
    section = "accounts:site_list"
    page_title = gettext_lazy("Sites")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            page_obj=paginate_by_key(self.request, selectors.sites(self.actor), (SortKey("name"),)), **kwargs
        )


class SiteFormView(SettingsMixin, ActFormView):
    """A site is added or corrected."""

    form_class = SiteForm
    section = "accounts:site_list"
    leads_to = Way("accounts:site_list", words=gettext_lazy("Sites"))

    @cached_property
    def site(self) -> Site | None:
        """The site that the address names, if any."""
        if "site_id" not in self.kwargs:
            return None
        found: Site = get_object_or_404(selectors.sites(self.actor), pk=self.kwargs["site_id"])
        return found

    def get_page_title(self) -> str:
        return _("Corriger le site %(name)s") % {"name": self.site.name} if self.site else _("Ajouter un site")

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.site, SiteForm) if self.site else {}

    def act(self, form: SiteForm) -> Site:
        return organisations.save_site(
            site=self.site, actor=self.actor, confirmed=form.said_yes_to, **form.cleaned_data
        )

    def get_success_message(self, form: Any) -> str:
        return _("Le site %(name)s est enregistré.") % {"name": self.result.name}


class ProjectListView(SettingsMixin, PageView):
    """What the organisation is subsidised for."""

    template_name = "accounts/project_list.html"
    section = "accounts:project_list"
    page_title = gettext_lazy("Projets")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            page_obj=paginate_by_key(self.request, selectors.projects(self.actor), (SortKey("code"),)),
            on=today(),
            **kwargs,
        )


class ProjectFormView(SettingsMixin, ActFormView):
    """A project is added or corrected."""

    form_class = ProjectForm
    section = "accounts:project_list"
    leads_to = Way("accounts:project_list", words=gettext_lazy("Projets"))

    @cached_property
    def project(self) -> Project | None:
        """The project that the address names, if any."""
        if "project_id" not in self.kwargs:
            return None
        found: Project = get_object_or_404(selectors.projects(self.actor), pk=self.kwargs["project_id"])
        return found

    def get_page_title(self) -> str:
        if self.project:
            return _("Corriger le projet %(code)s") % {"code": self.project.code}
        return _("Ajouter un projet")

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.project, ProjectForm) if self.project else {}

    def act(self, form: ProjectForm) -> Project:
        return organisations.save_project(project=self.project, actor=self.actor, **form.cleaned_data)

    def get_success_message(self, form: Any) -> str:
        return _("Le projet %(code)s est enregistré.") % {"code": self.result.code}


@require_POST
def switch_organisation(request: HttpRequest) -> HttpResponse:
    """Go on working in another of one's organisations, from its front page: the present one may not exist there. The
    page of a link that was not found here is asked for there.
    """
    actor = request.user
    assert isinstance(actor, User)  # noqa: S101 - LoginRequiredMiddleware let nobody else in
    wanted = next((one for one in actor.organisations if str(one.pk) == request.POST.get("organisation")), None)
    if wanted is None:
        messages.error(request, _("Vous n’avez pas de rôle dans cet organisme."))
    else:
        try:
            organisations.switch_organisation(organisation=wanted, actor=actor)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Vous travaillez maintenant pour %(name)s.") % {"name": wanted.name})
            return redirect(safe_next(request) or "home")
    return redirect("home")
